package dev.whyhung.rules;

import dev.whyhung.finding.Finding;
import dev.whyhung.finding.Fix;
import dev.whyhung.finding.Nature;
import dev.whyhung.finding.RuleInfo;
import dev.whyhung.graph.Facts;
import dev.whyhung.graph.thread.AcquireSite;
import dev.whyhung.graph.thread.Resource;
import dev.whyhung.graph.thread.ThreadFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Threads wait at a barrier, and nobody is left to come. */
final class BarrierBrokenOrShort implements Rule {

    private static final RuleInfo INFO = RuleInfo.of(
            "barrier-broken-or-short", "Threads wait at a barrier to which nobody else comes", Nature.OPAQUE);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> examine(Facts facts) {
        List<Finding> findings = new ArrayList<>();
        for (Unanswered wait : Unanswered.all(facts, thread -> isAtBarrier(facts, thread))) {
            findings.add(finding(facts, wait));
        }
        return findings;
    }

    private static boolean isAtBarrier(Facts facts, ThreadFacts thread) {
        boolean meets = thread.waitsFor()
                .resource()
                .filter(resource -> resource.kind() == Resource.Kind.LATCH)
                .isPresent();
        return meets && !Rendezvous.isLatch(thread) && Rendezvous.isOwn(facts, thread);
    }

    private static Finding finding(Facts facts, Unanswered wait) {
        String site = wait.first().whereText();
        String barrier = Rendezvous.className(wait.first());
        return wait.draft(INFO, facts)
                .headline(Account.threadsWait(wait.waiters().size()) + " at a " + barrier
                        + ", and no living thread seems to be on the way to it")
                .explanation(
                        "They wait" + Account.at(site) + " until all parties have come.",
                        "No other live thread stands in the code that uses it: a party died or was never started, or the"
                                + " missing ones are queued in a pool whose workers all wait here.",
                        "How many parties it has, no dump shows.")
                .confidence(confidence(facts, wait))
                .chain("a party does not come")
                .chain(Account.threadsWait(wait.waiters().size()) + " at the " + barrier + Account.at(site))
                .fix(AWAIT)
                .fix(Fix.of(
                        "Give a pool whose tasks meet at a barrier at least as many threads as the barrier has parties, and"
                                + " deregister a party that fails (Phaser.arriveAndDeregister)."))
                .fix(Account.SURFACE_EXCEPTIONS)
                .build();
    }

    /** Who leads a team comes to meet it when there is work, and rests until then as the team does. */
    private static double confidence(Facts facts, Unanswered wait) {
        double confidence = wait.confidenceOrFailure(facts, .5, .65);
        Predicate<ThreadFacts> inside = AcquireSite.inside(wait.waiters());
        return Standby.mayRest(facts, wait.waiters()) || facts.any(thread -> takesOrders(thread) && inside.test(thread))
                ? Math.min(confidence, BY_LEADER)
                : confidence;
    }

    private static boolean takesOrders(ThreadFacts thread) {
        return thread.isPassive() && thread.reading().passive(thread.name()).isPresent();
    }

    private static final double BY_LEADER = .38;

    private static final Fix AWAIT = new Fix(
            "Wait with a limit: a timeout breaks the barrier, and everyone learns of it.",
            "barrier.await();",
            "barrier.await(30, TimeUnit.SECONDS);   // TimeoutException here, BrokenBarrierException for the others");
}
