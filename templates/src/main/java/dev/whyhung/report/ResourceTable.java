package dev.whyhung.report;

import dev.whyhung.diagnose.ProcessDiagnosis;
import dev.whyhung.diagnose.view.ResourceRow;
import dev.whyhung.model.ThreadId;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What threads wait for, with the threads on both sides.
 *
 * @param omitted number of resources left out
 */
record ResourceTable(List<Row> rows, int omitted) {

    private static final int MOST_WAITERS = 6;

    /** A thread, and its anchor in the thread table or null. */
    record Link(String name, @Nullable String anchor) {}

    /**
     * A resource.
     *
     * @param owner who holds it, in words
     * @param holders the threads among those
     * @param waiters the first threads that wait for it
     */
    record Row(
            String anchor,
            String label,
            String kind,
            String owner,
            List<Link> holders,
            int waiting,
            int stuck,
            List<Link> waiters,
            int more) {}

    /**
     * @param listed the threads that the thread table shows
     */
    static ResourceTable of(ProcessDiagnosis process, Set<ThreadId> listed, String prefix, Caps caps) {
        List<ResourceRow> all = process.inventory().resources();
        List<ResourceRow> shown = Caps.head(all, caps.resources());
        List<Row> rows = new java.util.ArrayList<>();
        for (ResourceRow resource : shown) {
            List<ThreadId> waiters = Caps.head(resource.waiters(), MOST_WAITERS);
            rows.add(new Row(
                    anchor(rows.size(), prefix),
                    resource.label(),
                    resource.kind(),
                    resource.owner(),
                    links(process, Caps.head(resource.holders(), MOST_WAITERS), listed, prefix),
                    resource.waiters().size(),
                    resource.stuck(),
                    links(process, waiters, listed, prefix),
                    resource.waiters().size() - waiters.size()));
        }
        return new ResourceTable(rows, all.size() - rows.size());
    }

    private static List<Link> links(
            ProcessDiagnosis process, List<ThreadId> threads, Set<ThreadId> listed, String prefix) {
        return threads.stream()
                .map(id -> new Link(
                        Legible.shortened(process.nameOf(id), 60),
                        listed.contains(id) ? ThreadTable.anchor(id, prefix) : null))
                .toList();
    }

    static String anchor(int index, String prefix) {
        return prefix + "resource-" + (index + 1);
    }
}
