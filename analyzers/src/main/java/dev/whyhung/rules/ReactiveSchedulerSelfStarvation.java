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

/** Every thread of a reactive scheduler waits in block() for work that only this scheduler could do. */
final class ReactiveSchedulerSelfStarvation implements Rule {

    private static final RuleInfo INFO = RuleInfo.of(
            "reactive-scheduler-self-starvation", "All threads of a reactive scheduler wait in block()", Nature.OPAQUE);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> examine(Facts facts) {
        List<Finding> findings = new ArrayList<>();
        for (Pool pool : facts.pools()) {
            if (starves(facts, pool)) {
                findings.add(finding(facts, pool));
            }
        }
        return findings;
    }

    /** All threads of a scheduler, which bears a name of its own or one of the application's, wait in block(). */
    static boolean starves(Facts facts, Pool pool) {
        boolean reactive = pool.role().is("REACTIVE")
                || pool.workers().stream()
                        .allMatch(worker -> worker.thread().stack().frames().stream()
                                .anyMatch(frame -> facts.knowledge().isAmong("reactive-task", frame)));
        return reactive && pool.workers().stream().allMatch(worker -> worker.isStuck() && blocks(facts, worker));
    }

    /** Waits for the end of a publisher. */
    static boolean blocks(Facts facts, ThreadFacts worker) {
        return worker.reading().bare().stream()
                .limit(3)
                .anyMatch(frame -> facts.knowledge().isAmong("blocking-subscriber", frame));
    }

    private static Finding finding(Facts facts, Pool pool) {
        List<ThreadFacts> workers = pool.workers();
        ThreadFacts worker = workers.get(0);
        boolean network = facts.any(thread -> thread.role().is("EVENT_LOOP"));
        Finding.Draft draft = Finding.of(INFO)
                .headline(Account.all(workers.size(), "thread") + " of scheduler " + pool.name()
                        + (workers.size() == 1 ? " waits" : " wait") + " in block() for a result")
                .explanation(
                        "No thread of the scheduler is left, and nobody else runs what they wait for: it is queued behind"
                                + " them if it is to run on the same scheduler.",
                        network
                                ? "The result may also come from the network: this process has event loops that could"
                                        + " deliver it."
                                : "",
                        "No dump shows where a publisher is to run; that is in the code, in subscribeOn and publishOn.")
                .confidence(confidence(workers, network))
                .persistence(Facts.weakest(workers))
                .resource(pool.resource())
                .site(worker.whereText())
                .chain("all threads of " + pool.name() + " wait in block()" + Account.at(worker.whereText()))
                .chain("what they wait for is queued on the same scheduler")
                .fix(new Fix(
                        "Do not block: return the publisher and compose it.",
                        "return load().block();",
                        "return load().map(this::render);"))
                .fix(Fix.of(
                        "Where blocking cannot be avoided, give the inner work a scheduler of its own, and block() a"
                                + " timeout."));
        StuckWorkers.blame(draft, facts, workers);
        return draft.captureNext(Account.THREE_DUMPS).build();
    }

    private static double confidence(List<ThreadFacts> workers, boolean network) {
        double base = Facts.weakest(workers).isMeasured() ? .8 : .6;
        return network ? base - .35 : base;
    }
}
