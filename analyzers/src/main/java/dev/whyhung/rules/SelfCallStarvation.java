package dev.whyhung.rules;

import dev.whyhung.finding.Exhibit;
import dev.whyhung.finding.Finding;
import dev.whyhung.finding.Fix;
import dev.whyhung.finding.Nature;
import dev.whyhung.finding.RuleInfo;
import dev.whyhung.finding.Tier;
import dev.whyhung.graph.Facts;
import dev.whyhung.graph.thread.Pool;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.graph.thread.ThreadNode;
import dev.whyhung.knowledge.Call;
import dev.whyhung.model.Frame;
import dev.whyhung.model.Recording;
import dev.whyhung.model.Recording.WaitTotal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every worker of a server waits for an HTTP answer: perhaps of this very server, which has no worker left to give it. */
final class SelfCallStarvation implements Rule {

    private static final RuleInfo INFO = RuleInfo.of(
            "self-call-starvation", "All workers of a server may wait for answers of the server itself", Nature.OPAQUE);

    private static final double NEARLY_ALL = .9;
    private static final int WORKERS = 2;
    /** No dump shows where a socket leads: a call to any other system looks the same, and is far more frequent. */
    private static final double UNSHOWN = Tier.HINT_AT_MOST;
    /** A recording shows it, and names of threads tell which port is this server's. */
    private static final double SHOWN = .85;

    @Override
    public RuleInfo info() {
        return INFO;
    }

    /**
     * Workers of a server that all make one call.
     *
     * @param own an earlier answer to it that came from this server, if a recording has one
     */
    private record Calling(Pool pool, List<ThreadFacts> workers, Optional<WaitTotal> own) {}

    @Override
    public List<Finding> examine(Facts facts) {
        List<Finding> findings = new ArrayList<>();
        calling(facts).forEach(calling -> findings.add(finding(facts, calling)));
        return findings;
    }

    /** All who wait for this server, as a recording shows, while none of its workers is left. */
    static Set<ThreadFacts> callers(Facts facts) {
        if (facts.recorded().isEmpty() || calling(facts).stream().noneMatch(each -> each.own.isPresent())) {
            return Set.of();
        }
        Set<String> ports = ports(facts);
        Map<Optional<Frame>, Boolean> own = new HashMap<>();
        return facts.stuck(SelfCallStarvation::calls).stream()
                .filter(thread -> own.computeIfAbsent(
                        thread.where(),
                        site -> earlierAnswer(facts, ports, site).isPresent()))
                .collect(Collectors.toSet());
    }

    private static List<Calling> calling(Facts facts) {
        List<Calling> all = new ArrayList<>();
        Set<String> ports = ports(facts);
        for (Pool pool : facts.pools()) {
            List<ThreadFacts> workers =
                    pool.workers().stream().filter(SelfCallStarvation::calls).toList();
            boolean taken = pool.workers().size() >= WORKERS
                    && workers.size() >= NEARLY_ALL * pool.workers().size();
            if (pool.isRequestPool() && taken && !pool.hasIdleWorker() && servesTheSame(facts, workers)) {
                all.add(new Calling(
                        pool,
                        workers,
                        earlierAnswer(facts, ports, workers.get(0).where())));
            }
        }
        return all;
    }

    private static boolean calls(ThreadFacts worker) {
        return worker.isStuck()
                && worker.reading().client().filter(SERVERS_OF::containsKey).isPresent()
                && (worker.waitsFor().is(Call.Kind.READ) || worker.waitsFor().is(Call.Kind.REMOTE));
    }

    /** By the client that makes the call, the frames of the servers that would answer it. */
    private static final Map<String, String> SERVERS_OF = Map.of("HTTP", "http-server", "gRPC", "grpc-server");

    private static String protocol(ThreadFacts worker) {
        return worker.reading().client().orElseThrow();
    }

    /** Below the call there are frames of a server of the same protocol, and all make it at one place. */
    private static boolean servesTheSame(Facts facts, List<ThreadFacts> calling) {
        String servers = SERVERS_OF.getOrDefault(protocol(calling.get(0)), "");
        return calling.stream()
                        .allMatch(worker -> worker.thread().stack().frames().stream()
                                .anyMatch(frame -> facts.knowledge().isAmong(servers, frame)))
                && calling.stream().map(ThreadFacts::whereText).distinct().count() == 1;
    }

    /** What a name ends with is the number of a worker. */
    private static final Pattern PORT = Pattern.compile("(?<!\\d)\\d{2,5}(?=\\D)");

    private static final Pattern LOOPBACK = Pattern.compile("(localhost|127\\.[\\d.]+|::1|0:0:0:0:0:0:0:1):\\d+");
    private static final Set<String> SERVERS = Set.of("REQUEST", "ACCEPTOR", "EVENT_LOOP");

    /** As the process was told on its command line; another's is named for what it belongs to. */
    private static final Pattern OWN_PORT = Pattern.compile(
            "(?:^|\\s)(?:-D|--)(?:(?:server|http|https|quarkus\\.http|jetty|listen)[.-])?port[= ](\\d{2,5})(?!\\S)");

    /**
     * On which servers of this process listen, which write it into names of threads, or are given it; only a recording tells who talks to
     * them.
     */
    private static Set<String> ports(Facts facts) {
        Stream<String> ofNames = facts.threads().stream()
                .filter(thread -> SERVERS.stream().anyMatch(thread.role()::is))
                .flatMap(thread -> PORT.matcher(thread.name()).results().map(MatchResult::group));
        Stream<String> given = facts.recorded().recordings().stream()
                .map(Recording::jvm)
                .flatMap(jvm -> Stream.of(jvm.arguments(), jvm.command()))
                .flatMap(arguments -> OWN_PORT.matcher(arguments).results())
                .map(found -> found.group(1));
        return facts.recorded().isEmpty()
                ? Set.of()
                : Stream.concat(ofNames, given).collect(Collectors.toSet());
    }

    /** One that came to this code from this machine and one of these ports. */
    private static Optional<WaitTotal> earlierAnswer(Facts facts, Set<String> ports, Optional<Frame> site) {
        return site.stream()
                .flatMap(facts.recorded()::talks)
                .filter(talk -> LOOPBACK.matcher(talk.subject()).matches()
                        && ports.contains(
                                talk.subject().substring(talk.subject().lastIndexOf(':') + 1)))
                .findFirst();
    }

    private static Finding finding(Facts facts, Calling calling) {
        ThreadFacts worker = calling.workers.get(0);
        Pool pool = calling.pool;
        boolean own = calling.own.isPresent();
        Finding.Draft draft = Finding.of(INFO)
                .headline(Account.all(calling.workers.size(), "worker") + " of " + pool.name()
                        + " wait for an answer over "
                        + protocol(worker)
                        + (own ? "" : ", perhaps") + " of this server itself")
                .explanation(
                        "Every worker of the server makes the same call" + Account.at(worker.whereText())
                                + " while it handles a request.",
                        own
                                ? "The recording has earlier answers to this call, and they came from a port on which"
                                        + " this process listens. No worker is left to answer, so it never resolves."
                                : "If that call leads back to this server, directly or through others, no worker is left"
                                        + " to answer it, and it never resolves. If it leads elsewhere, the other server"
                                        + " is silent.",
                        own ? "" : "No dump shows which host a socket is connected to.")
                .confidence(own ? SHOWN : UNSHOWN)
                .persistence(Facts.weakest(calling.workers))
                .resource(pool.resource())
                .site(worker.whereText())
                .chain("each worker of " + pool.name() + " calls out" + Account.at(worker.whereText()))
                .chain((own ? "the call comes back here and waits" : "if the call comes back here, it waits")
                        + " in the queue of the same workers")
                .fix(Fix.of("Call the code instead of the server; or serve such calls with workers of their own."))
                .fix(Fix.of("Give the client a read timeout shorter than that of the caller."))
                .captureNext("ss -tnp | grep <pid>   # a connection from and to this process is the proof");
        calling.own.ifPresent(talk -> draft.evidence(new Exhibit(
                facts.recorded().sourceOf(talk), "earlier answers to this call came from " + talk.subject())));
        callers(facts).forEach(caller -> draft.target(new ThreadNode(caller.id())));
        StuckWorkers.blame(draft, facts, calling.workers);
        return draft.build();
    }
}
