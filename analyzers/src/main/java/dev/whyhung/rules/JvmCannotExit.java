package dev.whyhung.rules;

import dev.whyhung.finding.Finding;
import dev.whyhung.finding.Fix;
import dev.whyhung.finding.Nature;
import dev.whyhung.finding.RuleInfo;
import dev.whyhung.graph.Facts;
import dev.whyhung.graph.thread.Persistence;
import dev.whyhung.graph.thread.Pool;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.model.ThreadSnapshot;
import dev.whyhung.model.ThreadStatus;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The main thread has returned, and nothing keeps the JVM alive but idle workers that nobody shut down. A service that lives on such
 * threads by design has something to do or somebody to listen to: a request, a connection, a task at some time.
 */
final class JvmCannotExit implements Rule {

    private static final RuleInfo INFO =
            RuleInfo.of("jvm-cannot-exit", "The program is done, and idle threads keep the JVM alive", Nature.OPAQUE);

    private static final Set<String> LEFT_BEHIND = Set.of("pool-take", "timer", "fj-await-work");

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> examine(Facts facts) {
        boolean returned = facts.any(thread -> thread.name().equals("DestroyJavaVM"));
        boolean daemonsShown = facts.any(thread -> thread.thread().daemon());
        List<ThreadFacts> keeping =
                List.copyOf(facts.those(thread -> !thread.thread().daemon()
                        && !thread.isJvm()
                        && thread.thread().kind() == ThreadSnapshot.Kind.PLATFORM));
        boolean done = returned
                && daemonsShown
                && !keeping.isEmpty()
                && keeping.stream().allMatch(JvmCannotExit::isLeft);
        return done ? List.of(finding(facts, keeping)) : List.of();
    }

    /** Waits without limit for work that nobody has asked for, and has not moved. */
    private static boolean isLeft(ThreadFacts thread) {
        ThreadStatus status = thread.thread().status();
        boolean untimed = status == ThreadStatus.PARKED || status == ThreadStatus.IN_OBJECT_WAIT;
        return untimed
                && thread.idle().filter(LEFT_BEHIND::contains).isPresent()
                && !thread.role().is("REQUEST")
                && thread.persistence().kind() != Persistence.Kind.PROGRESS;
    }

    private static Finding finding(Facts facts, List<ThreadFacts> keeping) {
        String pools = keeping.stream()
                .map(thread -> Pool.nameOf(thread.name()))
                .collect(Collectors.toCollection(TreeSet::new))
                .stream()
                .limit(3)
                .collect(Collectors.joining(", "));
        Finding.Draft draft = Finding.of(INFO)
                .headline("The main thread has returned, and only idle threads keep the JVM alive: " + pools)
                .explanation(
                        "They are no daemons and wait for work without limit; nobody else is left to give them any.",
                        "If the program should have ended, this is why it does not. If it is meant to stay, all is well.")
                .confidence(
                        keeping.stream().allMatch(thread -> thread.persistence().isMeasured()) ? .9 : .8)
                .persistence(Facts.weakest(keeping))
                .site(pools)
                .chain("nobody has shut down " + pools)
                .chain("the JVM waits for " + Account.threads(keeping.size()) + " to end")
                .fix(CLOSE)
                .fix(Fix.of("Or let the pool's thread factory make daemon threads."));
        keeping.stream().limit(5).forEach(thread -> draft.culprit(Account.culprit(thread)));
        keeping.stream()
                .limit(3)
                .forEach(thread -> draft.evidence(Account.exhibit(facts, thread, "is idle and no daemon")));
        return draft.build();
    }

    private static final Fix CLOSE = new Fix(
            "Shut down executors, timers and clients at the end of main.",
            "ExecutorService pool = Executors.newFixedThreadPool(3);",
            """
            ExecutorService pool = Executors.newFixedThreadPool(3);
            try {
                run(pool);
            } finally {
                pool.shutdown();
            }""");
}
