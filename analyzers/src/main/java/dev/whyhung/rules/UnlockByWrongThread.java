package dev.whyhung.rules;

import dev.whyhung.finding.Finding;
import dev.whyhung.finding.Nature;
import dev.whyhung.finding.RuleInfo;
import dev.whyhung.graph.Facts;
import dev.whyhung.graph.thread.Resource;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.model.Recording.Thrown;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A lock was released on a thread that did not hold it: the one that does still has it. */
final class UnlockByWrongThread implements Rule {

    private static final RuleInfo INFO = RuleInfo.of(
                    "unlock-by-wrong-thread",
                    "A thread tried to release a lock that it did not hold",
                    Nature.DATA_QUALITY)
            .withEvents("JavaExceptionThrow")
            .supporting("orphaned-lock-idle-owner", "orphaned-lock-dead-owner");

    @Override
    public RuleInfo info() {
        return INFO;
    }

    private static final String ILLEGAL = "java.lang.IllegalMonitorStateException";

    @Override
    public List<Finding> examine(Facts facts) {
        List<Finding> findings = new ArrayList<>();
        for (Resource lock : facts.graph().resources()) {
            if (lock.kind() == Resource.Kind.SYNCHRONIZER) {
                List<ThreadFacts> waiters = facts.graph().waiters(lock);
                Optional<Thrown> thrown = facts.recorded()
                        .lastThrownInside(waiters, each -> each.className().equals(ILLEGAL));
                thrown.ifPresent(each -> findings.add(finding(facts, lock, each)));
            }
        }
        return findings;
    }

    private static Finding finding(Facts facts, Resource lock, Thrown thrown) {
        return Finding.of(INFO)
                .headline(thrown.thread().quoted() + " called unlock() without holding the lock")
                .explanation(
                        "A java.util.concurrent lock belongs to the thread that locked it; unlock() on another thread throws"
                                + " IllegalMonitorStateException, and the lock stays locked.",
                        "It was thrown in the code of a lock for which threads wait now.")
                .resource(lock)
                .evidence(Account.exhibit(facts, thrown))
                .captureNext(Account.DUMP_WITH_OWNERS)
                .build();
    }
}
