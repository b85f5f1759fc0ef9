package dev.whyhung.diagnose.view;

import dev.whyhung.model.ThreadId;
import java.util.List;

/**
 * Something that threads wait for.
 *
 * @param label what it is, for sentences
 * @param kind its kind, as in the JSON report
 * @param owner who holds it, or why that is not known
 * @param holders the threads among those, by id
 * @param waiters the threads that wait for it, by id
 * @param stuck how many of them are stuck
 */
public record ResourceRow(
        String label, String kind, String owner, List<ThreadId> holders, List<ThreadId> waiters, int stuck) {}
