package dev.whyhung.rules;

import dev.whyhung.finding.Finding;
import dev.whyhung.finding.Nature;
import dev.whyhung.finding.RuleInfo;
import dev.whyhung.graph.Facts;
import dev.whyhung.graph.thread.Resource;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.graph.time.LastOwner;
import dev.whyhung.model.Recording.Thrown;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A task was cancelled inside the code of a lock that was never released. */
final class InterruptedThenLeaked implements Rule {

    private static final RuleInfo INFO = RuleInfo.of(
                    "interrupted-then-leaked",
                    "A cancelled task left with a lock that others wait for",
                    Nature.DATA_QUALITY)
            .withEvents("JavaExceptionThrow")
            .supporting(
                    "orphaned-lock-idle-owner",
                    "orphaned-lock-busy-owner",
                    "orphaned-lock-dead-owner",
                    "permits-leaked");

    @Override
    public RuleInfo info() {
        return INFO;
    }

    private static final Set<String> CANCELLED = Set.of(
            "java.lang.InterruptedException",
            "java.util.concurrent.CancellationException",
            "java.nio.channels.ClosedByInterruptException",
            "java.io.InterruptedIOException");

    @Override
    public List<Finding> examine(Facts facts) {
        List<Finding> findings = new ArrayList<>();
        for (Resource lock : facts.graph().resources()) {
            if (lock.kind() == Resource.Kind.SYNCHRONIZER || lock.kind() == Resource.Kind.PERMITS) {
                cancellation(facts, lock, facts.graph().waiters(lock))
                        .ifPresent(thrown -> findings.add(finding(facts, lock, thrown)));
            }
        }
        return findings;
    }

    /** What ended the task that had it last, if an interrupt did. */
    static Optional<Thrown> cancellation(Facts facts, Resource lock, List<ThreadFacts> waiters) {
        return facts.recorded()
                .lastOwner(lock, waiters)
                .flatMap(LastOwner::thrown)
                .filter(thrown -> CANCELLED.contains(thrown.className()));
    }

    private static Finding finding(Facts facts, Resource lock, Thrown thrown) {
        return Finding.of(INFO)
                .headline(thrown.thread().quoted() + " was cancelled while it had " + Account.lock(lock))
                .explanation(
                        "An interrupt ends a wait with an exception; code behind the wait, unlock() among it, is skipped.",
                        "This is why the lock was not released.")
                .resource(lock)
                .evidence(Account.exhibit(facts, thrown))
                .captureNext(Account.DUMP_WITH_OWNERS)
                .build();
    }
}
