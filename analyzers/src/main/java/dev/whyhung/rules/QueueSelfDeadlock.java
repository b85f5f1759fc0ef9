package dev.whyhung.rules;

import dev.whyhung.finding.Finding;
import dev.whyhung.finding.Fix;
import dev.whyhung.finding.Nature;
import dev.whyhung.finding.RuleInfo;
import dev.whyhung.graph.Facts;
import dev.whyhung.graph.thread.Persistence;
import dev.whyhung.graph.thread.Resource;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.graph.thread.ThreadNode;
import dev.whyhung.graph.waitfor.Reach;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The consumers of a full queue wait for room in it: nobody is left to make any. */
final class QueueSelfDeadlock implements Rule {

    private static final RuleInfo INFO =
            RuleInfo.of("queue-self-deadlock", "The consumers of a full queue wait to put into it", Nature.OPAQUE);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> examine(Facts facts) {
        Map<Resource, FullQueue> knots = new LinkedHashMap<>();
        FullQueue.all(facts).stream()
                .filter(queue -> queue.isKnot(facts))
                .forEach(queue -> knots.put(queue.resource(), queue));
        Map<ThreadFacts, List<List<ThreadFacts>>> takers = knots.size() < 2 ? Map.of() : takers(facts);
        List<Finding> findings = new ArrayList<>();
        while (!knots.isEmpty()) {
            FullQueue first = knots.values().iterator().next();
            Reach behindFirst = behind(facts, first);
            List<FullQueue> circle = knots.values().stream()
                    .filter(other -> behindFirst.containsAll(other.consumers())
                            && behind(facts, other).containsAll(first.consumers()))
                    .toList();
            circle.forEach(queue -> knots.remove(queue.resource()));
            if (!lacksConsumer(circle, takers)) {
                findings.add(finding(facts, circle));
            }
        }
        return findings;
    }

    /** Who may take from each queue, by the first of them. */
    private static Map<ThreadFacts, List<List<ThreadFacts>>> takers(Facts facts) {
        return facts.graph().resources().stream()
                .filter(resource -> resource.kind() == Resource.Kind.QUEUE)
                .map(queue -> facts.graph().holder(queue).holders())
                .filter(takers -> !takers.isEmpty())
                .collect(Collectors.groupingBy(takers -> takers.get(0)));
    }

    /**
     * More full queues than threads that may take from them, each of which takes from one: a chain, in which who takes from one of them is
     * missing, and no circle.
     */
    private static boolean lacksConsumer(List<FullQueue> circle, Map<ThreadFacts, List<List<ThreadFacts>>> takers) {
        if (circle.size() == 1) {
            return false;
        }
        Set<ThreadFacts> consumers = new LinkedHashSet<>();
        circle.forEach(queue -> consumers.addAll(queue.consumers()));
        long served = consumers.stream()
                .flatMap(consumer -> takers.getOrDefault(consumer, List.of()).stream())
                .filter(consumers::containsAll)
                .count();
        return served > consumers.size();
    }

    /** Queues whose consumers wait for each other are one fault. */
    private static Reach behind(Facts facts, FullQueue queue) {
        return facts.graph().reaching(List.of(queue.resource()), true);
    }

    private static Finding finding(Facts facts, List<FullQueue> circle) {
        Set<ThreadFacts> consumers = new LinkedHashSet<>();
        Set<ThreadFacts> producers = new LinkedHashSet<>();
        circle.forEach(queue -> consumers.addAll(queue.consumers()));
        circle.forEach(queue -> producers.addAll(queue.producers()));
        producers.removeAll(consumers);
        ThreadFacts consumer = consumers.iterator().next();
        String doing = Account.doing(consumer) + Account.at(consumer.whereText());
        Persistence persistence = Facts.weakest(consumers);
        Finding.Draft draft = Finding.of(INFO)
                .headline(Account.quoted(consumer) + " takes from a queue and waits to put into "
                        + (circle.size() == 1 ? "the same one" : "another that leads back to it")
                        + (producers.isEmpty() ? "" : "; " + Account.threadsWait(producers.size()) + " for room"))
                .explanation(
                        Account.all(consumers.size(), "thread")
                                + (consumers.size() == 1 ? " that takes" : " that take") + " from the full "
                                + circle.get(0).name()
                                + (consumers.size() == 1 ? " waits for room itself: " : " wait for room themselves: ")
                                + Account.quoted(consumer) + ' '
                                + doing + '.',
                        "Room would come only from them, so none ever comes.",
                        "That these threads are the consumers is concluded from the code.")
                .confidence(Unowned.ofAbsence(facts, persistence.isMeasured() ? .85 : .7))
                .persistence(persistence)
                .site(consumer.whereText())
                .chain(Account.quoted(consumer) + " is a consumer of the queue and " + doing)
                .chain(Account.threadsWait(producers.size() + consumers.size()) + " for room")
                .fix(FEEDBACK)
                .fix(
                        Fix.of(
                                "In log code: no appender may log through the queue that it serves; let a full queue discard."));
        circle.forEach(queue -> draft.resource(queue.resource()).target(queue.resource()));
        for (ThreadFacts each : consumers) {
            draft.target(new ThreadNode(each.id())).culprit(Account.culprit(each));
        }
        Account.show(draft, facts, consumers, 3);
        Account.show(draft, facts, producers, 2);
        return draft.captureNext(Account.THREE_DUMPS).build();
    }

    private static final Fix FEEDBACK = new Fix(
            "A consumer must never wait for room in its own queue: use an unbounded queue for what it feeds back, or handle"
                    + " it at once.",
            "queue.put(followUp);   // inside the consumer",
            "if (!queue.offer(followUp)) { handle(followUp); }");
}
