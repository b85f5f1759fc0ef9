package dev.whyhung.graph.judgement;

import dev.whyhung.graph.thread.AcquireSite;
import dev.whyhung.graph.thread.Holder;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.graph.thread.Wait;
import dev.whyhung.graph.waitfor.WaitForGraph;
import java.util.List;
import java.util.Optional;

/** Who has what others of its kind wait for, in the very method in which they ask for it, and keeps it because it leads them. */
final class Leader {

    private Leader() {}

    /**
     * Whether a thread waits its turn to wait for work: its leader is idle. Or stands by: the leader lets time pass, and this one, a
     * thread of its own, has never done anything but wait.
     */
    static boolean isFollowedBy(ThreadFacts thread, WaitForGraph graph) {
        return of(thread, graph)
                .filter(leader -> leader.isIdle() || standsBy(thread, leader))
                .isPresent();
    }

    private static Optional<ThreadFacts> of(ThreadFacts thread, WaitForGraph graph) {
        List<ThreadFacts> holders = thread.waitsFor()
                .resource()
                .map(graph::holder)
                .map(Holder::holders)
                .orElse(List.of());
        return holders.size() == 1 && AcquireSite.sharesSection(holders.get(0), thread)
                ? Optional.of(holders.get(0))
                : Optional.empty();
    }

    private static boolean standsBy(ThreadFacts thread, ThreadFacts leader) {
        return leader.waitsFor().kind() == Wait.Kind.SLEEP
                && leader.stem().equals(thread.stem())
                && thread.pool().isEmpty()
                && !thread.reading().isJob()
                && thread.hasNeverWorked();
    }
}
