package dev.whyhung.rules;

import dev.whyhung.finding.Culprit;
import dev.whyhung.finding.Finding;
import dev.whyhung.finding.Fix;
import dev.whyhung.finding.Nature;
import dev.whyhung.finding.RuleInfo;
import dev.whyhung.graph.Facts;
import dev.whyhung.graph.thread.Resource;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.graph.thread.ThreadNode;
import dev.whyhung.knowledge.Call;
import dev.whyhung.model.Frame;
import dev.whyhung.model.ThreadId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A thread that others depend on is gone. Threads end all the time; only a few kinds of them are missed: the consumer of a queue
 * whose producers now wait, the thread that reads the answers to a client, and the one that accepts a server's connections.
 */
final class WorkerThreadDied implements Rule {

    private static final RuleInfo INFO =
            RuleInfo.of("worker-thread-died", "A thread that others depend on is gone", Nature.OPAQUE);

    private static final double SEEN_BEFORE = .75;

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> examine(Facts facts) {
        if (facts.dump().truncated()) {
            return List.of();
        }
        List<Finding> findings = new ArrayList<>(DeadWorkers.findings(INFO, facts));
        Set<ThreadId> told = findings.stream()
                .flatMap(finding -> finding.culprits().stream())
                .map(Culprit::id)
                .collect(Collectors.toSet());
        Map<String, List<ThreadFacts>> producers = producers(facts);
        for (Departed departed : Departed.all(facts)) {
            List<ThreadFacts> orphans = departed.consumes(facts.knowledge())
                    .map(site -> producers.getOrDefault(site.outerClass(), List.of()))
                    .orElse(List.of());
            if (!orphans.isEmpty() && !told.contains(departed.culprit().id())) {
                findings.add(consumerGone(facts, departed, orphans));
            }
        }
        findings.addAll(new LostReader(facts).findings(INFO));
        DeafServer.find(facts).map(server -> server.finding(INFO, facts)).ifPresent(findings::add);
        return findings;
    }

    /** The threads that wait for room in a queue, by each class in which they stand: there a thread may have gone that took from it. */
    private static Map<String, List<ThreadFacts>> producers(Facts facts) {
        Map<String, List<ThreadFacts>> producers = new HashMap<>();
        for (ThreadFacts thread : facts.stuck(each -> each.waitsFor().is(Call.Kind.PUT))) {
            thread.thread().stack().frames().stream()
                    .map(Frame::outerClass)
                    .distinct()
                    .forEach(name -> producers
                            .computeIfAbsent(name, key -> new ArrayList<>())
                            .add(thread));
        }
        return producers;
    }

    private static Finding consumerGone(Facts facts, Departed departed, List<ThreadFacts> producers) {
        String name = '"' + departed.name() + '"';
        Set<Resource> queues = producers.stream()
                .flatMap(thread -> thread.waitsFor().resource().stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        Finding.Draft draft = Finding.of(INFO)
                .kind("consumer")
                .headline(name + ", which took from a queue, is gone; " + Account.threadsWait(producers.size())
                        + " for room in it")
                .explanation(
                        name
                                + " took from the queue in an earlier dump and is in no later one; no other thread of that name"
                                + " has replaced it.",
                        "Most often an exception has ended it, which a dump does not show: look for it in the log and on standard"
                                + " error.")
                .confidence(SEEN_BEFORE)
                .permanent()
                .printed()
                .persistence(ThreadPoolExhausted.prevailing(producers))
                .culprit(departed.culprit())
                .site(producers.get(0).whereText())
                .chain(name + " has ended")
                .chain(Account.threadsWait(producers.size()) + " for room"
                        + Account.at(producers.get(0).whereText()))
                .evidence(departed.exhibit())
                .fix(CATCH)
                .fix(Fix.of("Watch the thread: a health check should fail when the consumer is not alive."))
                .captureNext("jcmd <pid> JFR.dump filename=died.jfr   # the exception and the end of the thread");
        queues.forEach(draft::resource);
        producers.forEach(thread -> draft.target(new ThreadNode(thread.id())));
        Account.show(draft, facts, producers, 3);
        return draft.build();
    }

    private static final Fix CATCH = new Fix(
            "Let no exception end the loop, and start the thread anew if it ends all the same.",
            "while (true) { handle(queue.take()); }",
            """
            while (!Thread.currentThread().isInterrupted()) {
                Order order = queue.take();
                try {
                    handle(order);
                } catch (RuntimeException e) {
                    log.error("order {} failed", order, e);
                }
            }""");
}
