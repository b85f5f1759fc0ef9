package dev.whyhung.rules;

import dev.whyhung.finding.Finding;
import dev.whyhung.finding.Fix;
import dev.whyhung.finding.Nature;
import dev.whyhung.finding.RuleInfo;
import dev.whyhung.graph.Facts;
import dev.whyhung.graph.thread.Pool;
import dev.whyhung.graph.thread.Resource;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.graph.thread.Wait;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Every worker of a pool sleeps inside a task while somebody waits for the pool. */
final class SleepOnExecutor implements Rule {

    private static final RuleInfo INFO =
            RuleInfo.of("sleep-on-executor", "All workers of a pool sleep inside their tasks", Nature.OPAQUE);

    private static final int WORKERS = 2;

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> examine(Facts facts) {
        List<Finding> findings = new ArrayList<>();
        for (Pool pool : facts.pools()) {
            boolean asleep =
                    pool.workers().size() >= WORKERS && pool.workers().stream().allMatch(SleepOnExecutor::sleepsInTask);
            if (asleep && (pool.isRequestPool() || !waiters(facts, pool).isEmpty())) {
                findings.add(finding(facts, pool));
            }
        }
        return findings;
    }

    /** In one and the same sleep: a loop that wakes up now and then uses some CPU and is no fault. */
    private static boolean sleepsInTask(ThreadFacts worker) {
        return worker.waitsFor().kind() == Wait.Kind.SLEEP
                && worker.reading().appFrame().isPresent()
                && !worker.role().is("EVENT_LOOP")
                && worker.persistence().isMeasured();
    }

    private static List<ThreadFacts> waiters(Facts facts, Pool pool) {
        Set<ThreadFacts> waiters = new LinkedHashSet<>();
        for (ThreadFacts worker : pool.workers()) {
            for (Resource held : facts.graph().heldBy(worker)) {
                waiters.addAll(facts.graph().waiters(held));
            }
        }
        waiters.removeAll(pool.workers());
        return List.copyOf(waiters);
    }

    private static Finding finding(Facts facts, Pool pool) {
        List<ThreadFacts> workers = pool.workers();
        List<ThreadFacts> waiters = waiters(facts, pool);
        ThreadFacts worker = workers.get(0);
        Finding.Draft draft = Finding.of(INFO)
                .headline(
                        Account.all(workers.size(), "worker") + " of pool " + pool.name() + " sleep inside their tasks"
                                + (waiters.isEmpty() ? "" : "; " + Account.threadsWait(waiters.size()) + " for them"))
                .explanation(
                        Account.quoted(worker) + " sleeps" + Account.at(worker.whereText())
                                + ": a worker that sleeps serves nobody.",
                        "How many tasks wait in the pool's queue, no dump shows.",
                        "If the tasks are meant to pause (a loop that polls), the pool is at rest and not the cause.")
                .confidence(waiters.isEmpty() ? .5 : .65)
                .persistence(Facts.weakest(workers))
                .resource(pool.resource())
                .site(worker.whereText())
                .chain(Account.quoted(worker) + " sleeps" + Account.at(worker.whereText()))
                .chain("no worker of pool " + pool.name() + " is left")
                .fix(DELAYED);
        StuckWorkers.blame(draft, facts, workers);
        Account.show(draft, facts, waiters, 2);
        return draft.captureNext(Account.THREE_DUMPS).build();
    }

    private static final Fix DELAYED = new Fix(
            "Do not sleep on a worker: come back later.",
            "Thread.sleep(backOff); tryAgain();",
            "CompletableFuture.delayedExecutor(backOff, MILLISECONDS, pool).execute(this::tryAgain);");
}
