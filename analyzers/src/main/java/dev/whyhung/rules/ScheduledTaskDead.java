package dev.whyhung.rules;

import dev.whyhung.finding.Finding;
import dev.whyhung.finding.Fix;
import dev.whyhung.finding.Nature;
import dev.whyhung.finding.RuleInfo;
import dev.whyhung.graph.Bereaved;
import dev.whyhung.graph.Facts;
import dev.whyhung.graph.Forsaken;
import dev.whyhung.graph.Persistence;
import dev.whyhung.graph.Pool;
import dev.whyhung.graph.ThreadFacts;
import dev.whyhung.graph.ThreadNode;
import dev.whyhung.model.CallStack;
import dev.whyhung.model.Recording.Thrown;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A periodic task of a scheduled executor threw, which cancels it without a word. */
final class ScheduledTaskDead implements Rule {

    private static final RuleInfo INFO = RuleInfo.of(
                    "scheduled-task-dead", "An exception has cancelled a periodic task", Nature.OPAQUE)
            .withEvents("JavaExceptionThrow");

    private static final String QUEUE = "java.util.concurrent.ScheduledThreadPoolExecutor$DelayedWorkQueue";
    private static final String TIMED =
            "java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionObject.awaitNanos";

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> examine(Facts facts) {
        List<Finding> findings = new ArrayList<>();
        if (facts.recorded().isEmpty()) {
            return findings;
        }
        Set<ThreadFacts> told = facts.noThreads();
        for (ThreadFacts thread : facts.threads()) {
            if (hasEmptyQueue(thread) && wholePoolHas(thread)) {
                last(facts, thread).ifPresent(thrown -> findings.add(finding(facts, thread, thrown, true)));
                told.add(thread);
            }
        }
        missed(facts).forEach((thread, thrown) -> {
            if (!told.contains(thread)) {
                findings.add(finding(facts, thread, thrown, false));
            }
        });
        return findings;
    }

    /** The threads of other tasks that still run, with the exception that left one which others miss. */
    private static Map<ThreadFacts, Thrown> missed(Facts facts) {
        Map<ThreadFacts, Thrown> missed = new LinkedHashMap<>();
        facts.stuck().stream()
                .flatMap(waiter -> waiter.forsakenBy().stream())
                .flatMap(failure -> failure.thrown().stream())
                .filter(Forsaken::isOfPeriodicTask)
                .forEach(thrown -> facts.thread(thrown.thread().id())
                        .filter(ThreadFacts::isIdle)
                        .ifPresent(thread -> missed.putIfAbsent(thread, thrown)));
        return missed;
    }

    /** Waits for work without a limit: nothing is scheduled. The one that waits for the next task has a limit. */
    private static boolean hasEmptyQueue(ThreadFacts thread) {
        CallStack stack = thread.thread().stack();
        return stack.frames().stream().anyMatch(frame -> frame.className().equals(QUEUE)) && !stack.calls(TIMED);
    }

    private static boolean wholePoolHas(ThreadFacts thread) {
        return thread.pool().map(Pool::workers).orElse(List.of(thread)).stream()
                .allMatch(ScheduledTaskDead::hasEmptyQueue);
    }

    /** Its last exception, if that left a periodic task: nothing else ran on this thread afterwards. */
    private static Optional<Thrown> last(Facts facts, ThreadFacts thread) {
        return facts.recorded().lastThrown(thread.id()).filter(Forsaken::isOfPeriodicTask);
    }

    /** That the exception left the task is concluded: nothing is heard of the task since. */
    private static final double MISSED = .6;

    private static Finding finding(Facts facts, ThreadFacts thread, Thrown thrown, boolean empty) {
        List<ThreadFacts> waiting = new Bereaved(facts).of(List.of(thrown.stack()));
        Finding.Draft draft = Finding.of(INFO)
                .headline("A periodic task on " + Account.quoted(thread) + (empty ? " was" : " was most likely")
                        + " cancelled by " + thrown.text())
                .explanation(explanation(empty, waiting))
                .confidence(empty ? .75 : MISSED)
                .permanent()
                .persistence(waiting.isEmpty() ? Persistence.SINGLE : Facts.strongest(waiting))
                .culprit(Account.culprit(thread))
                .site(thread.name())
                .chain("the task threw " + thrown.text() + " at " + Account.time(thrown.at()))
                .chain("its executor dropped it" + (empty ? ", and its queue is empty" : ""))
                .evidence(Account.exhibit(facts, thrown))
                .evidence(Account.exhibit(
                        facts,
                        thread,
                        empty ? "waits for work without a limit: its queue is empty" : "waits for its next task"));
        waiting.forEach(each -> draft.target(new ThreadNode(each.id())));
        Account.show(draft, facts, waiting, 3);
        return draft.fix(CATCH_IN_TASK).build();
    }

    private static String[] explanation(boolean empty, List<ThreadFacts> waiting) {
        return new String[] {
            "An exception that leaves a periodic task of a ScheduledExecutorService cancels the task; the exception"
                    + " stays in its ScheduledFuture, at which nobody looks.",
            empty
                    ? "The thread waits without a limit, so nothing at all is scheduled on its executor any more."
                    : "Since then nobody has signalled the threads that wait in its code, as it did before.",
            waiting.isEmpty() ? "" : Account.threadsWait(waiting.size()) + " in the code that the task serves."
        };
    }

    private static final Fix CATCH_IN_TASK = new Fix(
            "Catch everything inside the task, and watch the ScheduledFuture.",
            "executor.scheduleAtFixedRate(this::renew, 1, 1, SECONDS);",
            """
            executor.scheduleAtFixedRate(() -> {
                try {
                    renew();
                } catch (RuntimeException e) {
                    log.error("renewal failed", e);   // the task lives on
                }
            }, 1, 1, SECONDS);""");
}
