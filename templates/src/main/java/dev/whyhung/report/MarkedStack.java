package dev.whyhung.report;

import dev.whyhung.diagnose.ProcessDiagnosis;
import dev.whyhung.diagnose.rank.RankedFinding;
import dev.whyhung.diagnose.view.ThreadRow;
import dev.whyhung.finding.Culprit;
import dev.whyhung.model.Frame;
import dev.whyhung.model.ThreadId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A stack with the frame that a finding is about.
 *
 * @param whose whose stack it is
 * @param lines its frames, top first
 * @param more frames that are left out below
 */
record MarkedStack(String whose, List<Line> lines, int more) {

    private static final int MOST_STACKS = 2;
    private static final int MOST_LINES = 30;
    private static final int BELOW_THE_MARK = 5;

    /** A frame, and whether it is the one. */
    record Line(String text, boolean guilty) {}

    /** The distinct stacks of the culprits; without a living culprit that of the first victim. */
    static List<MarkedStack> of(ProcessDiagnosis process, RankedFinding ranked) {
        Map<Integer, MarkedStack> stacks = new LinkedHashMap<>();
        for (Culprit culprit : ranked.finding().culprits()) {
            add(stacks, process, culprit.id(), culprit.at(), "The stack of ");
        }
        if (stacks.isEmpty()) {
            for (ThreadId victim : Caps.head(ranked.victims().first(), 1)) {
                add(stacks, process, victim, ranked.finding().site(), "Where a victim waits: ");
            }
        }
        return List.copyOf(stacks.values());
    }

    private static void add(
            Map<Integer, MarkedStack> stacks,
            ProcessDiagnosis process,
            ThreadId id,
            @Nullable String guilty,
            String whose) {
        ThreadRow row = process.row(id);
        if (row != null && row.stackGroup() >= 0 && stacks.size() < MOST_STACKS) {
            String name = Legible.shortened(process.nameOf(id), Wording.LONGEST_NAME);
            List<Frame> frames = process.stacks().get(row.stackGroup()).frames();
            stacks.putIfAbsent(row.stackGroup(), marked(whose + name, frames, guilty));
        }
    }

    private static MarkedStack marked(String whose, List<Frame> frames, @Nullable String guilty) {
        List<Line> lines = new ArrayList<>();
        int mark = indexOf(guilty, frames);
        int end = Math.min(mark < 0 ? MOST_LINES : mark + 1 + BELOW_THE_MARK, frames.size());
        for (int i = 0; i < end; i++) {
            lines.add(new Line(frames.get(i).text(), i == mark));
        }
        return new MarkedStack(whose, lines, frames.size() - lines.size());
    }

    /** Index of the first frame of this method, or -1. */
    private static int indexOf(@Nullable String guilty, List<Frame> frames) {
        String method = guilty == null || guilty.indexOf('(') < 0 ? guilty : guilty.substring(0, guilty.indexOf('('));
        for (int i = 0; i < frames.size(); i++) {
            if (frames.get(i).qualifiedMethod().equals(method)) {
                return i;
            }
        }
        return -1;
    }
}
