package dev.whyhung.rules;

import dev.whyhung.graph.Facts;
import dev.whyhung.graph.Pool;
import dev.whyhung.graph.ThreadFacts;
import dev.whyhung.knowledge.Call;
import java.util.ArrayList;
import java.util.List;

/** Every worker of a server waits for an HTTP answer: perhaps of this very server, which has no worker left to give it. */
final class SelfCallStarvation implements Rule {

    private static final RuleInfo INFO = RuleInfo.of(
            "self-call-starvation", "All workers of a server may wait for answers of the server itself", Nature.OPAQUE);

    private static final double NEARLY_ALL = .9;
    private static final int WORKERS = 2;
    /** No dump shows where a socket leads: a call to any other system looks the same, and is far more frequent. */
    private static final double UNSHOWN = .38;

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> examine(Facts facts) {
        List<Finding> findings = new ArrayList<>();
        for (Pool pool : facts.pools()) {
            List<ThreadFacts> calling =
                    pool.workers().stream().filter(SelfCallStarvation::calls).toList();
            boolean all = pool.workers().size() >= WORKERS
                    && calling.size() >= NEARLY_ALL * pool.workers().size();
            if (pool.isRequestPool() && all && !pool.hasIdleWorker() && servesHttp(facts, calling)) {
                findings.add(finding(facts, pool, calling));
            }
        }
        return findings;
    }

    private static boolean calls(ThreadFacts worker) {
        return worker.isStuck()
                && worker.reading().client().filter("HTTP"::equals).isPresent()
                && (worker.waitsFor().is(Call.Kind.READ) || worker.waitsFor().is(Call.Kind.REMOTE));
    }

    /** Below the call there are frames of an HTTP server, and all make it at one place. */
    private static boolean servesHttp(Facts facts, List<ThreadFacts> calling) {
        return calling.stream()
                        .allMatch(worker -> worker.thread().stack().frames().stream()
                                .anyMatch(frame -> facts.knowledge().isAmong("http-server", frame)))
                && calling.stream().map(ThreadFacts::whereText).distinct().count() == 1;
    }

    private static Finding finding(Facts facts, Pool pool, List<ThreadFacts> calling) {
        ThreadFacts worker = calling.get(0);
        Finding.Draft draft = Finding.of(INFO)
                .headline("All " + calling.size() + " workers of " + pool.name()
                        + " wait for an HTTP answer, perhaps of this server itself")
                .explanation(
                        "Every worker of the server makes the same call" + Account.at(worker.whereText())
                                + " while it handles a request.",
                        "If that call leads back to this server, directly or through others, no worker is left to answer"
                                + " it, and it never resolves. If it leads elsewhere, the other server is silent.",
                        "No dump shows which host a socket is connected to.")
                .confidence(UNSHOWN)
                .persistence(Facts.weakest(calling))
                .resource(pool.resource())
                .site(worker.whereText())
                .chain("each worker of " + pool.name() + " calls out" + Account.at(worker.whereText()))
                .chain("if the call comes back here, it waits in the queue of the same workers")
                .fix(Fix.of("Call the code instead of the server; or serve such calls with workers of their own."))
                .fix(Fix.of("Give the client a read timeout shorter than that of the caller."))
                .captureNext("ss -tnp | grep <pid>   # a connection from and to this process is the proof");
        StuckWorkers.blame(draft, facts, calling);
        return draft.build();
    }
}
