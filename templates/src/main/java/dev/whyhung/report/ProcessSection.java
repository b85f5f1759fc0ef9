package dev.whyhung.report;

import dev.whyhung.diagnose.ProcessDiagnosis;
import dev.whyhung.diagnose.view.Inventory;
import dev.whyhung.model.DumpInfo;
import dev.whyhung.model.ThreadId;
import dev.whyhung.report.TemplateValues.Markup;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One process on the page; its sections show a part of this each.
 *
 * @param prefix what its anchors begin with; empty for the first process, whose findings have their ids as anchors
 * @param level level of its sections' headings
 * @param picture the blockers as a picture, or null
 */
record ProcessSection(
        String prefix,
        int level,
        ProcessSummary summary,
        List<Dump> dumps,
        FindingList findings,
        List<BlockerNode> blockers,
        @Nullable Markup picture,
        Histories histories,
        PoolList pools,
        List<ContainerLine> containers,
        int moreContainers,
        ResourceTable resources,
        List<CallNode> calls,
        StackList stacks,
        ThreadTable threads,
        CheckList checks) {

    /** A dump: where it stands and when it was taken. */
    record Dump(
            String source, int line, String format, String time, int threads, boolean truncated, boolean examined) {}

    static ProcessSection of(ProcessDiagnosis process, String prefix, boolean several, Caps caps) {
        Inventory inventory = process.inventory();
        Set<ThreadId> listed = ThreadTable.listed(process, caps);
        return new ProcessSection(
                prefix,
                several ? 3 : 2,
                ProcessSummary.of(process),
                dumps(process),
                FindingList.of(process, prefix, caps),
                BlockerNode.of(process.blockers(), caps),
                BlockerPicture.of(process.blockers()),
                Histories.of(process),
                PoolList.of(inventory),
                Caps.head(inventory.containers(), caps.resources()).stream()
                        .map(row -> ContainerLine.of(process, row, listed, prefix))
                        .toList(),
                Math.max(0, inventory.containers().size() - caps.resources()),
                ResourceTable.of(process, listed, prefix, caps),
                CallNode.of(inventory.calls(), caps),
                StackList.of(process, prefix, caps),
                ThreadTable.of(process, listed, prefix, caps),
                CheckList.of(process));
    }

    private static List<Dump> dumps(ProcessDiagnosis process) {
        List<Dump> dumps = new ArrayList<>();
        for (DumpInfo dump : process.dumps()) {
            dumps.add(new Dump(
                    dump.source(),
                    dump.line(),
                    dump.format(),
                    Wording.time(dump),
                    dump.threads(),
                    dump.truncated(),
                    dumps.size() == process.focus()));
        }
        return dumps;
    }
}
