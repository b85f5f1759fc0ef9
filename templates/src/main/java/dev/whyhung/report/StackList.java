package dev.whyhung.report;

import dev.whyhung.diagnose.ProcessDiagnosis;
import dev.whyhung.diagnose.view.StackGroup;
import dev.whyhung.diagnose.view.ThreadRow;
import dev.whyhung.model.Frame;
import dev.whyhung.report.TemplateValues.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Every distinct stack, once.
 *
 * @param busy stacks of threads that are stuck, waiting or running
 * @param idle stacks of threads that do what they should while there is nothing to do
 * @param idleThreads number of threads in those
 * @param omitted number of stacks left out
 */
record StackList(List<Stack> busy, List<Stack> idle, int idleThreads, int omitted) {

    /**
     * A stack.
     *
     * @param where the application frame that its threads stand at, else its first frame
     * @param frames all frames, a line each
     * @param logical the same with libraries folded and with whoever submitted the task; null where that says no more
     */
    record Stack(
            String anchor,
            String activity,
            int count,
            String names,
            String where,
            Code frames,
            @Nullable Code logical) {}

    static StackList of(ProcessDiagnosis process, String prefix, Caps caps) {
        List<StackGroup> groups = process.stacks();
        List<Stack> busy = new ArrayList<>();
        List<Stack> idle = new ArrayList<>();
        int idleThreads = 0;
        List<StackGroup> shown = Caps.head(groups, caps.stacks());
        for (int i = 0; i < shown.size(); i++) {
            StackGroup group = shown.get(i);
            Stack stack = stack(process, group, prefix + "stack-" + (i + 1), caps);
            if (group.activity().isRest()) {
                idle.add(stack);
                idleThreads += stack.count();
            } else {
                busy.add(stack);
            }
        }
        return new StackList(busy, idle, idleThreads, groups.size() - shown.size());
    }

    /** The anchor of a stack group by its index, or null if the page does not show it. */
    static @Nullable String anchor(int group, String prefix, Caps caps) {
        return group < 0 || group >= caps.stacks() ? null : prefix + "stack-" + (group + 1);
    }

    private static Stack stack(ProcessDiagnosis process, StackGroup group, String anchor, Caps caps) {
        List<Frame> frames = group.frames();
        String text = Caps.head(frames, caps.frames()).stream()
                .map(frame -> Legible.line(frame.text()))
                .collect(Collectors.joining("\n"));
        int more = frames.size() - caps.frames();
        return new Stack(
                anchor,
                Wording.id(group.activity()),
                group.threads().size(),
                group.names(),
                where(process, group),
                new Code(more > 0 ? text + "\n... " + more + " more frames" : text),
                logical(group));
    }

    private static @Nullable Code logical(StackGroup group) {
        boolean says = group.logical().size() < group.frames().size()
                || group.logical().stream().anyMatch(line -> line.startsWith("in "));
        return group.logical().isEmpty() || !says
                ? null
                : new Code(group.logical().stream().map(Legible::line).collect(Collectors.joining("\n")));
    }

    private static String where(ProcessDiagnosis process, StackGroup group) {
        ThreadRow row =
                group.threads().isEmpty() ? null : process.row(group.threads().get(0));
        String where = row == null ? null : row.where();
        if (where != null) {
            return where;
        }
        return group.frames().isEmpty() ? "no frames" : group.frames().get(0).text();
    }
}
