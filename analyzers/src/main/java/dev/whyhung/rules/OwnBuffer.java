package dev.whyhung.rules;

import dev.whyhung.finding.Finding;
import dev.whyhung.finding.Fix;
import dev.whyhung.finding.RuleInfo;
import dev.whyhung.graph.Facts;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.knowledge.StackReading;
import dev.whyhung.model.Frame;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The application's own bounded buffers, by the names of their methods: threads wait for a signal in one that puts, and none stands in
 * one of the same class that takes. So it is room that they lack, rather than a signal that went to another.
 */
final class OwnBuffer {

    private static final double FORSAKEN = .6;

    private final Facts facts;
    /** Classes in which somebody takes. */
    private final Set<String> taken = new HashSet<>();

    OwnBuffer(Facts facts) {
        this.facts = facts;
        facts.those(thread -> thread.reading().takes() && !thread.isJvm())
                .forEach(thread -> className(thread).ifPresent(taken::add));
    }

    private static Optional<String> className(ThreadFacts thread) {
        return thread.reading().appFrame().map(Frame::className);
    }

    /** Whether a thread that waits for a signal waits for room. */
    boolean isFullFor(ThreadFacts thread) {
        return facts.knowledge().isNamedAmong("delivers", thread.thread().stack(), thread.reading())
                && thread.reading()
                        .appFrame()
                        .filter(frame -> facts.knowledge().isNamedAmong("takes", frame))
                        .isEmpty()
                && className(thread).filter(taken::contains).isEmpty();
    }

    /** Whether a thread waits where it puts something into a class from which this one took, and nobody takes there now. */
    boolean isLeftFullBy(StackReading took, ThreadFacts putting) {
        return took.takes()
                && putting.reading().puts()
                && !putting.reading().takes()
                && className(putting)
                        .filter(name -> !taken.contains(name))
                        .filter(name -> took.appFrame()
                                .filter(frame -> frame.className().equals(name))
                                .isPresent())
                        .isPresent();
    }

    List<Finding> findings(RuleInfo rule) {
        return Unanswered.all(
                        facts,
                        thread -> LostWakeup.awaitsSignal(facts, thread) && isFullFor(thread),
                        thread -> LostWakeup.keepsNothing(facts, thread))
                .stream()
                .map(wait -> finding(rule, wait))
                .toList();
    }

    private Finding finding(RuleInfo rule, Unanswered wait) {
        String site = wait.first().whereText();
        String name = className(wait.first()).orElse("buffer");
        double confidence = HeldUpPool.isOf(facts, wait.waiters())
                ? Unowned.ofAbsence(facts, FORSAKEN)
                : HeldUpPool.worksAhead(facts, wait.first()) || Standby.mayRest(facts, wait.waiters())
                        ? Account.MERE_LOAD
                        : wait.confidence(facts, .4, .55);
        return wait.draft(rule, facts)
                .headline(Account.threadsWait(wait.waiters().size()) + " to put into a full "
                        + name.substring(name.lastIndexOf('.') + 1))
                .explanation(
                        "They wait to be notified" + Account.at(site) + ", in a method that puts something in.",
                        "No thread of this dump stands where it would take from it: the consumer may have died.",
                        "No dump shows how full a buffer is; that is concluded from the names of the methods.")
                .confidence(confidence)
                .chain("nobody is seen to take from it")
                .chain(Account.threadsWait(wait.waiters().size()) + " for room" + Account.at(site))
                .fix(Fix.of("Let no exception end the consumer, and start it anew if it ends all the same."))
                .fix(Fix.of("Wait for room with a limit, and report when it is over."))
                .captureNext(Account.THREE_DUMPS)
                .build();
    }
}
