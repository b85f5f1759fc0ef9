package dev.whyhung.rules;

import dev.whyhung.finding.Finding;
import dev.whyhung.finding.Fix;
import dev.whyhung.finding.Nature;
import dev.whyhung.finding.RuleInfo;
import dev.whyhung.graph.Bereaved;
import dev.whyhung.graph.Facts;
import dev.whyhung.graph.thread.Persistence;
import dev.whyhung.graph.thread.Pool;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.graph.thread.ThreadNode;
import dev.whyhung.graph.time.Forsaken;
import dev.whyhung.graph.time.Recorded;
import dev.whyhung.model.CallStack;
import dev.whyhung.model.Frame;
import dev.whyhung.model.Recording.Thrown;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
                last(facts, thread).ifPresent(thrown -> findings.add(finding(facts, thread, thrown, Sign.EMPTY_QUEUE)));
                told.add(thread);
            }
        }
        missed(facts).forEach((thread, thrown) -> {
            if (!told.contains(thread)) {
                findings.add(finding(facts, thread, thrown, Sign.NO_SIGNAL));
            }
        });
        if (findings.isEmpty()) {
            unheardOf(facts)
                    .ifPresent(thrown -> facts.thread(thrown.thread().id())
                            .ifPresent(thread -> findings.add(finding(facts, thread, thrown, Sign.COINCIDENCE))));
        }
        return findings;
    }

    /** Why a task is held to be cancelled. */
    private enum Sign {
        EMPTY_QUEUE(.75, "waits for work without a limit: its queue is empty"),
        NO_SIGNAL(.6, "waits for its next task"),
        COINCIDENCE(.65, "waits for its next task");

        private final double confidence;
        private final String worker;

        Sign(double confidence, String worker) {
            this.confidence = confidence;
            this.worker = worker;
        }
    }

    /** A defect that came up once, inside a task of which nothing is heard since, when those who need its package ceased to get on. */
    private static Optional<Thrown> unheardOf(Facts facts) {
        List<Thrown> defects = facts.recorded().thrown(thrown -> Forsaken.isOfPeriodicTask(thrown) && isDefect(thrown));
        Map<Kind, Long> kinds = defects.stream().collect(Collectors.groupingBy(Kind::of, Collectors.counting()));
        return defects.stream()
                .filter(thrown -> kinds.getOrDefault(Kind.of(thrown), 0L) == 1)
                .filter(thrown -> !facts.recorded().isHeardOf(thrown.stack(), thrown.at()))
                .filter(thrown -> facts.thread(thrown.thread().id())
                        .filter(ThreadFacts::isIdle)
                        .isPresent())
                .filter(thrown -> !ceasedWith(facts, thrown).isEmpty())
                .findFirst();
    }

    /** Of the language itself: what other systems do to a task is thrown in other classes, and caught as a rule. */
    private static boolean isDefect(Thrown thrown) {
        String name = thrown.className();
        return (name.startsWith("java.lang.") || name.startsWith("java.util."))
                && !name.startsWith("java.util.concurrent.")
                && !name.equals("java.lang.InterruptedException");
    }

    private record Kind(String className, Optional<Frame> site) {

        static Kind of(Thrown thrown) {
            return new Kind(thrown.className(), Recorded.site(thrown));
        }
    }

    private static List<ThreadFacts> ceasedWith(Facts facts, Thrown thrown) {
        Set<String> packages =
                packages(facts.knowledge().read(thrown.stack()).telling()).collect(Collectors.toSet());
        List<ThreadFacts> ceased = new Bereaved(facts).answeredUntil(thrown.at());
        boolean near = !ceased.isEmpty()
                && ceased.stream()
                        .allMatch(waiter -> packages(waiter.reading().telling()).anyMatch(packages::contains));
        return near ? ceased : List.of();
    }

    private static Stream<String> packages(Set<String> classes) {
        return classes.stream()
                .filter(name -> name.indexOf('.') > 0 && !name.startsWith("java."))
                .map(name -> name.substring(0, name.lastIndexOf('.')));
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

    private static Finding finding(Facts facts, ThreadFacts thread, Thrown thrown, Sign sign) {
        List<ThreadFacts> waiting =
                sign == Sign.COINCIDENCE ? ceasedWith(facts, thrown) : new Bereaved(facts).of(List.of(thrown.stack()));
        boolean empty = sign == Sign.EMPTY_QUEUE;
        Finding.Draft draft = Finding.of(INFO)
                .headline("A periodic task on " + Account.quoted(thread) + (empty ? " was" : " was most likely")
                        + " cancelled by " + thrown.text())
                .explanation(explanation(sign, waiting))
                .confidence(sign.confidence)
                .permanent()
                .persistence(waiting.isEmpty() ? Persistence.SINGLE : Facts.strongest(waiting))
                .culprit(Account.culprit(thread))
                .site(thread.name())
                .chain("the task threw " + thrown.text() + " at " + Account.time(thrown.at()))
                .chain("its executor dropped it" + (empty ? ", and its queue is empty" : ""))
                .evidence(Account.exhibit(facts, thrown))
                .evidence(Account.exhibit(facts, thread, sign.worker));
        waiting.forEach(each -> draft.target(new ThreadNode(each.id())));
        Account.show(draft, facts, waiting, 3);
        return draft.fix(CATCH_IN_TASK).build();
    }

    private static String[] explanation(Sign sign, List<ThreadFacts> waiting) {
        return new String[] {
            "An exception that leaves a periodic task of a ScheduledExecutorService cancels the task; the exception"
                    + " stays in its ScheduledFuture, at which nobody looks.",
            switch (sign) {
                case EMPTY_QUEUE ->
                    "The thread waits without a limit, so nothing at all is scheduled on its executor any more.";
                case NO_SIGNAL ->
                    "Since then nobody has signalled the threads that wait in its code, as it did before.";
                case COINCIDENCE ->
                    "It is the only one of its kind, nothing is heard of the task since, and those who wait in its package"
                            + " got on until then.";
            },
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
