package dev.whyhung.rules;

import dev.whyhung.finding.Finding;
import dev.whyhung.graph.Facts;
import dev.whyhung.graph.thread.Persistence;
import dev.whyhung.graph.thread.Resource;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.graph.thread.ThreadNode;
import dev.whyhung.knowledge.Call;
import java.util.ArrayList;
import java.util.List;

/**
 * Threads that are stuck in a question to the operating system, and those that wait for them at a lock which the JDK itself holds
 * meanwhile. No application code could release that lock, so blame passes through it.
 *
 * @param asking the threads in the call, by id
 * @param locks the JDK's locks that these threads hold and others wait for
 * @param behind the stuck threads that wait for one of those locks
 */
record SystemCall(List<ThreadFacts> asking, List<Resource> locks, List<ThreadFacts> behind) {

    private static final int CROWD = 3;

    static SystemCall of(Facts facts, Call.Kind kind) {
        List<ThreadFacts> asking = List.copyOf(facts.stuck(
                thread -> thread.waitsFor().is(kind) && thread.persistence().kind() != Persistence.Kind.PROGRESS));
        List<Resource> locks = new ArrayList<>();
        List<ThreadFacts> behind = new ArrayList<>();
        for (HeldLock held : HeldLock.all(facts)) {
            if (asking.contains(held.owner()) && held.isOfSystem(facts)) {
                locks.add(held.resource());
                behind.addAll(held.waiters());
            }
        }
        return new SystemCall(asking, locks, behind);
    }

    boolean isEmpty() {
        return asking.isEmpty();
    }

    int threads() {
        return asking.size() + behind.size();
    }

    double confidence(double measured) {
        return persistence().isMeasured() ? measured : threads() >= CROWD ? .6 : .45;
    }

    Persistence persistence() {
        return Facts.strongest(asking);
    }

    /** Adds threads and locks as targets, and what they do as evidence. */
    void describe(Finding.Draft draft, Facts facts) {
        asking.forEach(thread -> draft.target(new ThreadNode(thread.id())));
        locks.forEach(draft::target);
        locks.forEach(draft::resource);
        draft.confidence(confidence(.85))
                .persistence(persistence())
                .site(asking.get(0).whereText());
        Account.show(draft, facts, asking, 3);
        Account.show(draft, facts, behind, 2);
    }

    /** {@code 4 threads wait behind the first}, or nothing. */
    String following() {
        return behind.isEmpty()
                ? ""
                : Account.threadsWait(behind.size())
                        + " behind it at a lock that the JDK holds meanwhile; that lock is no defect.";
    }
}
