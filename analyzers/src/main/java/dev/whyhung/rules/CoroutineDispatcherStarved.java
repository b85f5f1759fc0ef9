package dev.whyhung.rules;

import dev.whyhung.finding.Finding;
import dev.whyhung.finding.Fix;
import dev.whyhung.finding.Nature;
import dev.whyhung.finding.RuleInfo;
import dev.whyhung.graph.Facts;
import dev.whyhung.graph.thread.Pool;
import dev.whyhung.graph.thread.ThreadFacts;
import java.util.ArrayList;
import java.util.List;

/** Every thread of a coroutine or actor dispatcher is blocked: nothing else that it should run is run. */
final class CoroutineDispatcherStarved implements Rule {

    private static final RuleInfo INFO = RuleInfo.of(
            "coroutine-dispatcher-starved",
            "All threads of a coroutine or actor dispatcher are blocked",
            Nature.OPAQUE);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> examine(Facts facts) {
        List<Finding> findings = new ArrayList<>();
        for (Pool pool : facts.pools()) {
            boolean computes = pool.role().is("COROUTINE") || pool.role().is("ACTOR");
            List<ThreadFacts> computing = computes && !pool.hasIdleWorker() ? computing(facts, pool) : List.of();
            if (!computing.isEmpty() && computing.stream().allMatch(ThreadFacts::isStuck)) {
                findings.add(finding(facts, pool, computing));
            }
        }
        return findings;
    }

    /** The threads of the pool but those that it lends for blocking work: Dispatchers.IO shares the workers of the default. */
    private static List<ThreadFacts> computing(Facts facts, Pool pool) {
        return pool.workers().stream()
                .filter(worker -> worker.thread().stack().frames().stream()
                        .noneMatch(frame -> facts.knowledge().isAmong("blocking-dispatcher", frame)))
                .toList();
    }

    private static Finding finding(Facts facts, Pool pool, List<ThreadFacts> workers) {
        ThreadFacts worker = workers.get(0);
        String doing = Account.doing(worker) + Account.at(worker.whereText());
        Finding.Draft draft = Finding.of(INFO)
                .kind(StuckWorkers.across(worker))
                .headline(Account.all(workers.size(), "thread") + " of dispatcher " + pool.name()
                        + (workers.size() == 1 ? " is blocked" : " are blocked, none is idle"))
                .explanation(
                        "A dispatcher has about as many threads as processors and expects its tasks not to wait.",
                        Account.quoted(worker) + ' ' + doing + '.',
                        "Coroutines or actors that could run wait in its queue, which no dump shows.")
                .confidence(Facts.weakest(workers).isMeasured() ? .8 : .6)
                .persistence(Facts.weakest(workers))
                .resource(pool.resource())
                .site(worker.whereText())
                .chain(Account.quoted(worker) + ' ' + doing)
                .chain("no thread of dispatcher " + pool.name() + " is left")
                .fix(new Fix(
                        "Suspend instead of blocking: no runBlocking, sleep or blocking call inside the dispatcher.",
                        "runBlocking { load() }   // inside a coroutine",
                        "load()                   // a suspend function"))
                .fix(Fix.of("What must block goes to a dispatcher made for it: withContext(Dispatchers.IO), a"
                        + " blocking-io-dispatcher for actors."));
        StuckWorkers.blame(draft, facts, workers);
        return draft.captureNext(Account.THREE_DUMPS).build();
    }
}
