package dev.whyhung.rules;

import dev.whyhung.finding.Finding;
import dev.whyhung.finding.RuleInfo;
import dev.whyhung.graph.Facts;
import dev.whyhung.graph.thread.Resource;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.knowledge.Call;
import java.util.ArrayList;
import java.util.List;

/**
 * A lock that a system outside the threads of this dump keeps, a database or a cluster, and those who wait for it.
 *
 * @param keeper the system, behind the code that asks it
 */
record LockElsewhere(Resource keeper, List<ThreadFacts> waiters) {

    /** The locks that stuck threads ask for by calls of this kind. */
    static List<LockElsewhere> of(Facts facts, Call.Kind kind) {
        List<LockElsewhere> locks = new ArrayList<>();
        for (Resource keeper : facts.graph().resources()) {
            if (keeper.kind() != Resource.Kind.PEER) {
                continue;
            }
            List<ThreadFacts> waiters = facts.graph().stuckWaiters(keeper).stream()
                    .filter(waiter -> waiter.waitsFor().is(kind))
                    .toList();
            if (!waiters.isEmpty()) {
                locks.add(new LockElsewhere(keeper, waiters));
            }
        }
        return locks;
    }

    boolean isMeasured() {
        return Facts.weakest(waiters).isMeasured();
    }

    ThreadFacts first() {
        return waiters.get(0);
    }

    String system(String otherwise) {
        return first().reading().client().orElse(otherwise);
    }

    /** A finding about this lock: all but its words. */
    Finding.Draft draft(RuleInfo info, Facts facts) {
        Finding.Draft draft = Finding.of(info)
                .confidence(Facts.strongest(waiters).isMeasured() ? .75 : .55)
                .persistence(ThreadPoolExhausted.prevailing(waiters))
                .resource(keeper)
                .target(keeper)
                .site(first().whereText());
        Account.show(draft, facts, waiters, 4);
        return draft;
    }
}
