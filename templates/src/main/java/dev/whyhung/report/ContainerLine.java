package dev.whyhung.report;

import dev.whyhung.diagnose.ProcessDiagnosis;
import dev.whyhung.diagnose.view.ContainerRow;
import dev.whyhung.diagnose.view.ThreadRow;
import dev.whyhung.model.ThreadId;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An executor or scope in the tree of containers.
 *
 * @param indent how far it stands to the right, in em
 * @param owner the thread that opened it, or null
 * @param anchor of that thread in the page, or null
 * @param parts what its threads are doing: {@code 3 stuck}
 */
record ContainerLine(
        String name,
        String indent,
        @Nullable String owner,
        @Nullable String anchor,
        int threads,
        List<Part> parts) {

    /** Threads that do the same. */
    record Part(String activity, int threads) {}

    private static final int DEEPEST = 12;

    static ContainerLine of(ProcessDiagnosis process, ContainerRow row, Set<ThreadId> listed, String prefix) {
        ThreadId owner = row.owner();
        return new ContainerLine(
                row.name(),
                Wording.rounded(1.4 * Math.min(row.depth(), DEEPEST), 1).toPlainString(),
                owner == null ? null : Legible.shortened(process.nameOf(owner), Wording.LONGEST_NAME),
                owner == null || !listed.contains(owner) ? null : ThreadTable.anchor(owner, prefix),
                row.size(),
                Arrays.stream(ThreadRow.Activity.values())
                        .filter(activity -> row.of(activity) > 0)
                        .map(activity -> new Part(Wording.id(activity), row.of(activity)))
                        .toList());
    }
}
