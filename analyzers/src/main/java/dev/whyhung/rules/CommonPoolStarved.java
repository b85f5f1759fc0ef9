package dev.whyhung.rules;

import dev.whyhung.finding.Finding;
import dev.whyhung.finding.Fix;
import dev.whyhung.finding.Nature;
import dev.whyhung.finding.RuleInfo;
import dev.whyhung.graph.Facts;
import dev.whyhung.graph.thread.Node;
import dev.whyhung.graph.thread.Pool;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.graph.thread.ThreadNode;
import dev.whyhung.knowledge.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Every worker of the common fork-join pool waits in application code, and somebody waits for the pool. */
final class CommonPoolStarved implements Rule {

    private static final RuleInfo INFO =
            RuleInfo.of("common-pool-starved", "All workers of the common fork-join pool are blocked", Nature.OPAQUE);

    private static final double COMPENSATED = .2;
    private static final Set<String> OF_THIS_POOL = Set.of("completable", "fork-join");

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> examine(Facts facts) {
        List<Finding> findings = new ArrayList<>();
        for (Pool pool : facts.pools()) {
            if (pool.role().is("COMMON_POOL") && StuckWorkers.areAll(pool)) {
                List<ThreadFacts> waiters = waiters(facts);
                if (!waiters.isEmpty()) {
                    findings.add(finding(facts, pool, waiters));
                }
            }
        }
        return findings;
    }

    /** Threads outside the pool that wait for the result of some task. */
    private static List<ThreadFacts> waiters(Facts facts) {
        return List.copyOf(facts.stuck(thread -> !thread.role().is("COMMON_POOL")
                && thread.waitsFor().is(Call.Kind.FUTURE)
                && thread.waitsFor()
                        .call()
                        .map(Call::id)
                        .filter(OF_THIS_POOL::contains)
                        .isPresent()));
    }

    private static Finding finding(Facts facts, Pool pool, List<ThreadFacts> waiters) {
        List<ThreadFacts> workers = pool.workers();
        ThreadFacts worker = workers.get(0);
        String doing = Account.doing(worker) + Account.at(worker.whereText());
        int size = workers.size();
        Finding.Draft draft = Finding.of(INFO)
                .kind(StuckWorkers.across(worker))
                .headline(Account.all(size, "worker")
                        + " of the common fork-join pool " + (size == 1 ? "is" : "are") + " blocked; "
                        + Account.threadsWait(waiters.size()) + " for results")
                .explanation(
                        "The common pool has one worker less than processors and is shared by everything in the process:"
                                + " parallel streams, CompletableFuture without an executor, libraries.",
                        Account.quoted(worker) + ' ' + doing + ".",
                        "Tasks behind these wait in a queue that no dump shows.",
                        size == 1
                                ? "With so few processors JDK 24 and older start a thread for each asynchronous task, JDK 25"
                                        + " uses the pool: the same code starves there alone."
                                : "")
                .confidence(confidence(workers))
                .persistence(Facts.weakest(workers))
                .resource(pool.resource())
                .site(worker.whereText())
                .chain(Account.quoted(worker) + ' ' + doing)
                .chain("no worker of the common pool is left")
                .chain(Account.threadsWait(waiters.size()) + " for results"
                        + Account.at(waiters.get(0).whereText()))
                .fix(OWN_EXECUTOR)
                .fix(Fix.of("No input, output or waiting in parallel streams. What must wait goes through"
                        + " ForkJoinPool.managedBlock."));
        StuckWorkers.blame(draft, facts, workers);
        waiters.forEach(waiter -> draft.target(
                waiter.waitsFor().resource().<Node>map(future -> future).orElse(new ThreadNode(waiter.id()))));
        Account.show(draft, facts, waiters, 2);
        return draft.captureNext(Account.THREE_DUMPS).build();
    }

    private static final Fix OWN_EXECUTOR = new Fix(
            "Give work that waits an executor of its own.",
            "CompletableFuture.supplyAsync(() -> client.fetch(id));",
            "CompletableFuture.supplyAsync(() -> client.fetch(id), fetchers);");

    private static double confidence(List<ThreadFacts> workers) {
        boolean compensated = workers.stream()
                .flatMap(worker -> worker.thread().stack().frames().stream())
                .anyMatch(frame -> frame.method().equals("compensatedBlock"));
        double base = Facts.weakest(workers).isMeasured() ? .92 : .8;
        return compensated ? base - COMPENSATED : base;
    }
}
