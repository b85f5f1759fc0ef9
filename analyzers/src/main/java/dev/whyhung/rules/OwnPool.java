package dev.whyhung.rules;

import dev.whyhung.finding.Finding;
import dev.whyhung.finding.Fix;
import dev.whyhung.finding.RuleInfo;
import dev.whyhung.finding.Tier;
import dev.whyhung.graph.Facts;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.model.Frame;
import dev.whyhung.model.Recording.Thrown;
import java.util.List;
import java.util.Optional;

/** Things that the application lends out by a monitor, condition or queue of its own; the names of its methods tell. */
final class OwnPool {

    private OwnPool() {}

    /** Whether a thread waits to be given one. */
    static boolean asks(Facts facts, ThreadFacts thread) {
        return lender(facts, thread).isPresent();
    }

    /** The method, as {@code com.acme.Lines.borrow}, in which a thread waits to be given one. */
    static Optional<String> lender(Facts facts, ThreadFacts thread) {
        return LostWakeup.awaitsSignal(facts, thread)
                ? thread.reading()
                        .appFrame()
                        .filter(frame -> facts.knowledge().isNamedAmong("lends", frame))
                        .map(Frame::qualifiedMethod)
                : Optional.empty();
    }

    /** Everyone who asks in vain, by the place, where nobody is seen that could give one back. */
    static List<Finding> leaks(RuleInfo rule, Facts facts) {
        return Unanswered.all(facts, thread -> asks(facts, thread), thread -> LostWakeup.keepsNothing(facts, thread))
                .stream()
                .map(wait -> leak(rule, facts, wait))
                .toList();
    }

    private static Finding leak(RuleInfo rule, Facts facts, Unanswered wait) {
        List<ThreadFacts> waiters = wait.waiters();
        String site = wait.first().whereText();
        Optional<Thrown> failure = facts.recorded().failureInside(waiters);
        Finding.Draft draft = wait.draft(rule, facts)
                .kind("own-pool")
                .headline(Account.threadsWait(waiters.size()) + " at " + site
                        + " for what others were lent, and no living thread seems to have it")
                .explanation(
                        "By its name, the method lends something that has run out. Whoever has a loan usually stands in the code that"
                                + " asked for it, and nobody does but those who wait.",
                        limitsRate(facts, wait)
                                ? "If it limits a rate, whoever refills it has stopped: an exception cancels a periodic task of"
                                        + " a ScheduledExecutorService without a word."
                                : "",
                        failure.isEmpty()
                                ? "Most likely earlier calls left without giving it back; or the signal that it is back went to"
                                        + " a thread that could not use it."
                                : "The recording has an exception in that code: a call that it ended, without a finally, gave"
                                        + " nothing back.")
                .confidence(confidence(facts, wait))
                .chain("earlier calls were lent something and ended without giving it back")
                .chain(Account.threadsWait(waiters.size()) + Account.at(site))
                .fix(GIVE_BACK)
                .fix(Fix.of("Signal all who wait when something comes back, and let their wait end after a time."))
                .captureNext(AskForHeapDump.COMMAND + "   # what the pool still has, and who refers to the rest");
        failure.ifPresent(thrown -> draft.evidence(Account.exhibit(facts, thrown)));
        return draft.build();
    }

    private static double confidence(Facts facts, Unanswered wait) {
        List<ThreadFacts> waiters = wait.waiters();
        if (mayBeRefilled(facts, wait) || Standby.mayRest(facts, waiters) || Standby.mayFollow(facts, waiters)) {
            return Tier.HINT_AT_MOST;
        }
        return HeldUpPool.isOf(facts, waiters) ? Unowned.ofAbsence(facts, LACKED) : wait.confidence(facts, .45, LACKED);
    }

    private static final double LACKED = .6;

    /** What limits a rate gets new permits by the clock: without CPU times, who has got one and asks for the next stands there again. */
    private static boolean mayBeRefilled(Facts facts, Unanswered wait) {
        return wait.waiters().stream().allMatch(waiter -> waiter.thread().cpuNanos() < 0)
                && limitsRate(facts, wait)
                && facts.any(thread -> Standby.isTimer(facts, thread));
    }

    private static boolean limitsRate(Facts facts, Unanswered wait) {
        return wait.first()
                .reading()
                .appFrame()
                .filter(frame -> facts.knowledge().isAmong("limits", frame))
                .isPresent();
    }

    private static final Fix GIVE_BACK =
            new Fix("Give it back in a finally block that begins right after it was lent.", """
            Line line = lines.borrow();
            Answer answer = line.call(request);   // returns early or throws: the line is gone
            lines.giveBack(line);""", """
            Line line = lines.borrow();
            try {
                return line.call(request);
            } finally {
                lines.giveBack(line);
            }""");
}
