package dev.whyhung.rules;

import dev.whyhung.finding.Finding;
import dev.whyhung.finding.Fix;
import dev.whyhung.finding.RuleInfo;
import dev.whyhung.graph.Facts;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.model.CallStack;
import dev.whyhung.model.DumpTrace;
import dev.whyhung.model.Frame;
import dev.whyhung.model.Sighting;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A server whose workers are there, and nobody accepts its connections: nobody can connect.
 *
 * @param name of the server, as in names of its threads
 * @param seen the acceptor in an earlier dump, if there was one
 * @param workers threads of the server that are still there
 */
record DeafServer(String name, Optional<Departed> seen, List<ThreadFacts> workers) {

    private static final double SEEN_BEFORE = .75;
    private static final double NEVER_SEEN = .6;

    /** Of connectors with an acceptor of their own; NIO2 accepts on its workers. */
    private static final Pattern TOMCAT_WORKER =
            Pattern.compile("(https?-(?:jsse-|openssl-)?(?:nio|apr)-.+)-exec-\\d+");

    /** Not while the server is being stopped, and not in an excerpt: every whole dump has the threads that the JVM itself starts. */
    static Optional<DeafServer> find(Facts facts) {
        return isExcerpt(facts)
                ? Optional.empty()
                : tomcat(facts).or(() -> acceptorLost(facts)).filter(server -> !isStopping(facts));
    }

    /** Tomcat's workers are named after their connector, as is its acceptor. */
    private static Optional<DeafServer> tomcat(Facts facts) {
        List<ThreadFacts> workers = List.copyOf(
                facts.those(thread -> TOMCAT_WORKER.matcher(thread.name()).matches() && runsTomcat(thread)));
        if (workers.isEmpty()) {
            return Optional.empty();
        }
        Matcher name = TOMCAT_WORKER.matcher(workers.get(0).name());
        String server = name.matches() ? name.group(1) : "";
        boolean accepts =
                facts.threads().stream().anyMatch(thread -> thread.name().startsWith(server + "-Acceptor"));
        Optional<Departed> before = Departed.all(facts).stream()
                .filter(departed -> departed.name().startsWith(server + "-Acceptor"))
                .findFirst();
        return accepts ? Optional.empty() : Optional.of(new DeafServer(server, before, workers));
    }

    private static boolean runsTomcat(ThreadFacts thread) {
        return thread.thread().stack().frames().stream()
                .anyMatch(frame -> frame.className().startsWith("org.apache.tomcat.util.threads."));
    }

    /**
     * Other servers may do without an acceptor, or accept on a worker that returns to its pool. But where the dump before shows a thread
     * that accepts for a connector, none does any more, and its neighbours live on, the acceptor has ended.
     */
    private static Optional<DeafServer> acceptorLost(Facts facts) {
        List<DumpTrace> earlier = facts.evidence().earlier();
        if (earlier.isEmpty()) {
            return Optional.empty();
        }
        Map<CallStack, Boolean> accepts = new HashMap<>();
        Set<String> accepting = facts.threads().stream()
                .filter(thread -> accepts.computeIfAbsent(thread.thread().stack(), stack -> accepts(facts, stack)))
                .map(thread -> connector(thread.name()))
                .collect(Collectors.toSet());
        DumpTrace before = earlier.get(0);
        for (int i = 0; i < before.size(); i++) {
            Sighting sighting = before.at(i);
            boolean accepted = accepts.computeIfAbsent(sighting.stack(), stack -> accepts(facts, stack));
            if (accepted && !accepting.contains(connector(sighting.name()))) {
                Departed acceptor =
                        new Departed(before.idAt(i), sighting, before.info().source());
                List<ThreadFacts> neighbours = neighbours(facts, before, acceptor);
                if (!neighbours.isEmpty()) {
                    return Optional.of(new DeafServer(stem(acceptor.name()), Optional.of(acceptor), neighbours));
                }
            }
        }
        return Optional.empty();
    }

    /** {@code ServerConnector@5e{HTTP/1.1}{0.0.0.0:8080}} of {@code qtp1234567-31-acceptor-0@7c-ServerConnector@5e{HTTP/1.1}{0.0.0.0:8080}}. */
    private static String connector(String acceptor) {
        int dash = acceptor.indexOf('-', Math.max(acceptor.indexOf('@'), 0));
        return dash < 0 ? acceptor : acceptor.substring(dash + 1);
    }

    private static boolean accepts(Facts facts, CallStack stack) {
        return stack.frames().stream().anyMatch(frame -> facts.knowledge().isAmong("acceptor", frame));
    }

    /** Threads that bear the name of the acceptor's pool in both dumps. */
    private static List<ThreadFacts> neighbours(Facts facts, DumpTrace before, Departed acceptor) {
        String stem = stem(acceptor.name());
        List<ThreadFacts> neighbours = new ArrayList<>();
        for (ThreadFacts thread : facts.threads()) {
            boolean old = before.of(thread.id()) != null && !thread.id().equals(acceptor.id());
            if (old && !stem.isEmpty() && thread.name().startsWith(stem)) {
                neighbours.add(thread);
            }
        }
        return neighbours;
    }

    /** {@code qtp1234567} of {@code qtp1234567-31-acceptor-0@…}. */
    private static String stem(String acceptor) {
        int end = acceptor.indexOf('-');
        return end < 0 ? "" : acceptor.substring(0, end);
    }

    private static boolean isExcerpt(Facts facts) {
        return !facts.any(thread -> thread.name().equals("Reference Handler"));
    }

    private static boolean isStopping(Facts facts) {
        return facts.any(thread -> thread.thread().stack().frames().stream().anyMatch(DeafServer::stops));
    }

    private static boolean stops(Frame frame) {
        return frame.className().equals("java.lang.Shutdown")
                || frame.className().equals("java.lang.ApplicationShutdownHooks")
                || (SERVERS.stream().anyMatch(frame.className()::startsWith)
                        && ENDS.stream().anyMatch(frame.method()::startsWith));
    }

    private static final Set<String> SERVERS = Set.of("org.apache.", "org.eclipse.jetty.", "org.springframework.");
    private static final Set<String> ENDS = Set.of("stop", "doStop", "doClose", "awaitShutdown");

    Finding finding(RuleInfo rule, Facts facts) {
        Finding.Draft draft = Finding.of(rule)
                .kind("acceptor")
                .headline("The thread that accepts connections of " + name + " is gone: nobody can connect")
                .explanation(
                        Account.threads(workers.size()) + " of the server are there, its acceptor is not"
                                + (seen.isPresent() ? ", though an earlier dump has it." : "."),
                        "An error has ended it, most often that no memory or no thread was to be had.")
                .confidence(seen.isPresent() ? SEEN_BEFORE : NEVER_SEEN)
                .background()
                .printed()
                .site(name)
                .chain("the acceptor of " + name + " has ended")
                .chain("connections wait in the system's queue and are never accepted")
                .fix(Fix.of(
                        "Restart, and look for an OutOfMemoryError in the log; start with -XX:+ExitOnOutOfMemoryError, so that"
                                + " the process does not live on without its acceptor."))
                .captureNext("ss -ltn   # Recv-Q of the listening port: connections that nobody accepts");
        seen.map(Departed::exhibit).ifPresent(draft::evidence);
        workers.stream().limit(2).forEach(worker -> draft.evidence(Account.exhibit(facts, worker, "is there")));
        return draft.build();
    }
}
