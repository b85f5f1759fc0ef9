package dev.whyhung.rules;

import dev.whyhung.finding.Finding;
import dev.whyhung.finding.Fix;
import dev.whyhung.finding.Nature;
import dev.whyhung.finding.RuleInfo;
import dev.whyhung.graph.Facts;
import dev.whyhung.graph.thread.Resource;
import dev.whyhung.graph.thread.ThreadFacts;
import java.util.ArrayList;
import java.util.List;

/** Threads wait to be signalled, and no thread is left that would do so. */
final class LostWakeup implements Rule {

    private static final RuleInfo INFO =
            RuleInfo.of("lost-wakeup", "Threads wait for a signal that nobody is going to send", Nature.OPAQUE);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> examine(Facts facts) {
        List<Finding> findings = new ArrayList<>();
        OwnBuffer buffers = new OwnBuffer(facts);
        for (Unanswered wait : Unanswered.all(
                facts,
                thread -> awaitsSignal(facts, thread) && !OwnPool.asks(facts, thread) && !buffers.isFullFor(thread),
                thread -> keepsNothing(facts, thread))) {
            findings.add(finding(facts, wait));
        }
        return findings;
    }

    /** Called by the application itself. */
    static boolean awaitsSignal(Facts facts, ThreadFacts thread) {
        return Unanswered.isBareSignal(thread)
                && !thread.thread().status().isTimed()
                && Rendezvous.isOwn(facts, thread)
                && !isWantedMonitor(facts, thread);
    }

    /** It holds nothing that the signaller needs: that is another fault. */
    static boolean keepsNothing(Facts facts, ThreadFacts thread) {
        return facts.graph().heldBy(thread).stream()
                .noneMatch(resource -> resource.kind().isExclusive());
    }

    /** Somebody is about to enter the monitor that it waits on, perhaps to signal. */
    private static boolean isWantedMonitor(Facts facts, ThreadFacts thread) {
        return thread.waitsFor()
                .resource()
                .map(condition -> Resource.of(Resource.Kind.MONITOR, condition.lock()))
                .filter(monitor -> !facts.graph().waiters(monitor).isEmpty())
                .isPresent();
    }

    private static Finding finding(Facts facts, Unanswered wait) {
        String site = wait.first().whereText();
        boolean bare = wait.resources().isEmpty();
        boolean standoff = wait.resources().stream().anyMatch(facts.graph()::isStandoff);
        return wait.draft(INFO, facts)
                .headline(Account.threadsWait(wait.waiters().size())
                        + " to be notified, and no living thread seems to be about to do it")
                .explanation(
                        "They wait without a timeout" + Account.at(site)
                                + ", and every other thread of that code is idle or waits as well.",
                        standoff
                                ? "Those who put in and those who take out wait for each other on one condition: a signal woke"
                                        + " the wrong one and was lost."
                                : "Most likely the signal came before the wait, went to another waiter, or its sender is gone.",
                        "Who was meant to signal, no dump shows.")
                .confidence(confidence(facts, wait, bare, standoff))
                .chain("a signal was lost or never sent")
                .chain(Account.threadsWait(wait.waiters().size()) + Account.at(site))
                .fix(PREDICATE)
                .fix(Fix.of(
                        "Use notifyAll or signalAll where several kinds of threads wait, or a BlockingQueue instead."))
                .captureNext(Account.THREE_DUMPS)
                .build();
    }

    private static double confidence(Facts facts, Unanswered wait, boolean bare, boolean standoff) {
        if (bare) {
            return wait.confidence(facts, .35, .5);
        }
        if (standoff) {
            return wait.confidence(facts, .6, .7);
        }
        return HeldUpPool.isOf(facts, wait.waiters()) ? Unowned.ofAbsence(facts, .55) : wait.confidence(facts, .4, .55);
    }

    private static final Fix PREDICATE = new Fix(
            "Set the state under the lock before signalling, and wait in a loop that looks at the state.", """
            if (!ready) { monitor.wait(); }
            ...
            ready = true; synchronized (monitor) { monitor.notify(); }""", """
            synchronized (monitor) { while (!ready) { monitor.wait(2_000); } }
            ...
            synchronized (monitor) { ready = true; monitor.notifyAll(); }""");
}
