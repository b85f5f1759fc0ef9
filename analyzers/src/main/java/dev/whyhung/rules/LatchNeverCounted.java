package dev.whyhung.rules;

import dev.whyhung.finding.Finding;
import dev.whyhung.finding.Fix;
import dev.whyhung.finding.Nature;
import dev.whyhung.finding.RuleInfo;
import dev.whyhung.finding.Tier;
import dev.whyhung.graph.Facts;
import dev.whyhung.graph.thread.Pool;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.graph.thread.Wait;
import dev.whyhung.model.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Threads wait for a latch, and no thread is left that would count it down. */
final class LatchNeverCounted implements Rule {

    private static final RuleInfo INFO = RuleInfo.of(
            "latch-never-counted", "Threads wait for a latch that nobody is going to count down", Nature.OPAQUE);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> examine(Facts facts) {
        List<Finding> findings = new ArrayList<>();
        Set<Pool> selfish = PoolSelfDeadlock.pools(facts);
        for (Unanswered wait : Unanswered.all(
                facts,
                thread -> awaitsLatch(facts, thread)
                        && thread.pool().filter(selfish::contains).isEmpty())) {
            findings.add(finding(facts, wait));
        }
        return findings;
    }

    private static boolean awaitsLatch(Facts facts, ThreadFacts thread) {
        return Rendezvous.isLatch(thread) && Rendezvous.isOwn(facts, thread);
    }

    private static Finding finding(Facts facts, Unanswered wait) {
        String site = wait.first().whereText();
        return wait.draft(INFO, facts)
                .headline(Account.threadsWait(wait.waiters().size())
                        + " for a CountDownLatch that no living thread seems to count down")
                .explanation(
                        "They wait" + Account.at(site)
                                + ", and no other live thread stands in the code that uses the latch.",
                        "Most likely a task ended without countDown(), after an exception, or was never started.",
                        "How far the latch has been counted down, no dump shows.")
                .confidence(isMaybeAtWork(facts, wait) ? Tier.HINT_AT_MOST : wait.confidenceOrFailure(facts, .5, .65))
                .chain("a task ended without countDown()")
                .chain(Account.threadsWait(wait.waiters().size()) + " for the latch" + Account.at(site))
                .fix(COUNT)
                .fix(Account.SURFACE_EXCEPTIONS)
                .captureNext(AskForHeapDump.COMMAND + "   # state of the latch's Sync: how many are missing")
                .build();
    }

    /** In one dump: virtual threads that sleep in code of the same package may be the tasks that the latch is about. */
    private static boolean isMaybeAtWork(Facts facts, Unanswered wait) {
        return !wait.persistence().isMeasured()
                && facts.any(thread -> thread.thread().isVirtual()
                        && thread.waitsFor().kind() == Wait.Kind.SLEEP
                        && packageOf(thread).isPresent()
                        && packageOf(thread).equals(packageOf(wait.first())));
    }

    private static Optional<String> packageOf(ThreadFacts thread) {
        return thread.reading().appFrame().map(Frame::packageName);
    }

    private static final Fix COUNT =
            new Fix("Count down in a finally block, and wait with a limit.", "load(part); latch.countDown();", """
            try {
                load(part);
            } finally {
                latch.countDown();
            }
            // and where it is awaited:
            if (!latch.await(30, TimeUnit.SECONDS)) {
                throw new TimeoutException(latch.toString());   // names the count
            }""");
}
