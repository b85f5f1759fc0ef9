package dev.whyhung.rules;

import dev.whyhung.finding.Finding;
import dev.whyhung.finding.Fix;
import dev.whyhung.finding.Nature;
import dev.whyhung.finding.RuleInfo;
import dev.whyhung.graph.Bereaved;
import dev.whyhung.graph.Facts;
import dev.whyhung.graph.thread.Persistence;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.graph.thread.ThreadNode;
import dev.whyhung.graph.time.Death;
import dev.whyhung.model.CallStack;
import dev.whyhung.model.DumpTrace;
import dev.whyhung.model.PastWait;
import dev.whyhung.model.Sighting;
import java.util.ArrayList;
import java.util.List;

/** The thread of a {@code java.util.Timer} ended by an exception, and every task of that timer with it. */
final class TimerThreadDead implements Rule {

    private static final RuleInfo INFO =
            RuleInfo.of("timer-thread-dead", "The thread of a Timer has died", Nature.OPAQUE);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> examine(Facts facts) {
        List<Finding> findings = new ArrayList<>();
        for (Death death : facts.recorded().deaths()) {
            if ((death.last().isPresent() || hadTasks(facts, death)) && isTimer(facts, death)) {
                findings.add(finding(facts, death));
            }
        }
        return findings;
    }

    private static boolean isTimer(Facts facts, Death death) {
        return death.last().map(thrown -> isLoop(thrown.stack())).orElse(false)
                || facts.recorded().recentWaits(death.thread().id()).stream().anyMatch(wait -> isLoop(wait.stack()))
                || facts.evidence().others().stream().anyMatch(trace -> wasTimer(trace, death));
    }

    private static boolean wasTimer(DumpTrace trace, Death death) {
        Sighting before = trace.of(death.thread().id());
        return before != null && isLoop(before.stack());
    }

    private static boolean isLoop(CallStack stack) {
        return stack.calls("java.util.TimerThread.mainLoop");
    }

    /** A timer that was cancelled has ended too; only one that still waited for the time of its next task counts. */
    private static boolean hadTasks(Facts facts, Death death) {
        return death.lastWait().filter(PastWait::timed).isPresent()
                && !facts.recorded().wouldShow("JavaExceptionThrow");
    }

    /** Those who were always notified by it have not been since. */
    private static final double MISSED = .6;

    private static final double BY_TIME = .7;
    private static final double UNSEEN_BY_TIME = .5;

    private static Finding finding(Facts facts, Death death) {
        List<CallStack> stacks = new ArrayList<>(
                Bereaved.stacks(facts.recorded().recentWaits(death.thread().id())));
        death.last().ifPresent(thrown -> stacks.add(thrown.stack()));
        Bereaved bereaved = new Bereaved(facts);
        List<ThreadFacts> sharers = bereaved.of(stacks, List.of(death));
        List<ThreadFacts> waiting = sharers.isEmpty() ? bereaved.answeredUntil(death.at()) : sharers;
        boolean sharesCode = waiting.isEmpty() || !sharers.isEmpty();
        boolean seen = death.last().isPresent();
        boolean missed = waiting.stream().anyMatch(waiter -> waiter.forsakenBy().isPresent());
        String name = death.thread().quoted();
        Finding.Draft draft = Finding.of(INFO)
                .headline("The timer thread " + name
                        + death.last()
                                .map(thrown -> " died of " + thrown.text())
                                .orElse(" ended while it waited for its next task"))
                .explanation(explanation(seen, waiting, sharesCode))
                .confidence(confidence(seen, missed, sharesCode))
                .persistence(waiting.isEmpty() ? Persistence.SINGLE : Facts.strongest(waiting))
                .culprit(Account.gone(death.thread(), death.last()))
                .site(death.thread().name())
                .chain("the timer thread " + name + " ended at " + Account.time(death.at()))
                .chain("its tasks do not run any more");
        if (seen) {
            draft.permanent();
        }
        waiting.forEach(thread -> draft.target(new ThreadNode(thread.id())));
        Account.show(draft, death);
        Account.show(draft, facts, waiting, 3);
        return draft.fix(CATCH_IN_TASK).captureNext(Account.RECORD_EXCEPTIONS).build();
    }

    private static double confidence(boolean seen, boolean missed, boolean sharesCode) {
        if (!sharesCode) {
            return seen ? BY_TIME : UNSEEN_BY_TIME;
        }
        return seen ? .9 : missed ? MISSED : .45;
    }

    private static String[] explanation(boolean seen, List<ThreadFacts> waiting, boolean sharesCode) {
        return new String[] {
            "A java.util.Timer has one thread; an exception that leaves a task ends it, and no task of that timer"
                    + " ever runs again.",
            seen
                    ? "Nothing is logged unless an uncaught exception handler does so."
                    : "Exceptions were not recorded; a timer that was cancelled ends in the same way.",
            waiting.isEmpty()
                    ? ""
                    : Account.threadsWait(waiting.size())
                            + (sharesCode ? " in the code that its task serves." : ", who were served up to its end.")
        };
    }

    private static final Fix CATCH_IN_TASK = new Fix(
            "Catch everything inside the task, or use a ScheduledExecutorService, where one failing task does not"
                    + " stop the others.",
            "public void run() { renew(); }",
            """
            public void run() {
                try {
                    renew();
                } catch (RuntimeException e) {
                    log.error("renewal failed", e);   // the timer lives on
                }
            }""");
}
