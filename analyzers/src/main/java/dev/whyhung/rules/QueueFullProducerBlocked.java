package dev.whyhung.rules;

import dev.whyhung.finding.Finding;
import dev.whyhung.finding.Fix;
import dev.whyhung.finding.Nature;
import dev.whyhung.finding.RuleInfo;
import dev.whyhung.graph.Facts;
import dev.whyhung.graph.thread.ThreadFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Threads wait for room in a queue from which nobody takes. What its consumer waits for is the cause. */
final class QueueFullProducerBlocked implements Rule {

    private static final RuleInfo INFO = RuleInfo.of(
            "queue-full-producer-blocked", "Threads wait to put into a queue that is full", Nature.TRANSPARENT);

    /** A pipe has one reader, made for it: without one, what is written stays there. */
    private static final double NO_READER = .5;

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> examine(Facts facts) {
        List<Finding> findings = new ArrayList<>();
        for (FullQueue queue : FullQueue.all(facts)) {
            boolean handsOver = queue.producers().size() == 1
                    && !queue.isPipe()
                    && !keepsOthersWaiting(facts, queue.producers().get(0));
            if (!handsOver || queue.consumers().stream().anyMatch(ThreadFacts::isStuck)) {
                findings.add(finding(facts, queue));
            }
        }
        findings.addAll(new OwnBuffer(facts).findings(INFO));
        return findings;
    }

    /** Those who wait for room in a queue of which this rule tells more than that there is load. */
    static Set<ThreadFacts> told(Facts facts) {
        Set<ThreadFacts> told = facts.noThreads();
        FullQueue.all(facts).stream()
                .filter(queue -> confidence(facts, queue) > Account.MERE_LOAD)
                .forEach(queue -> told.addAll(queue.producers()));
        return told;
    }

    /** For a lock, in the publisher itself perhaps. */
    private static boolean keepsOthersWaiting(Facts facts, ThreadFacts producer) {
        return facts.graph().heldBy(producer).stream()
                .anyMatch(held -> !facts.graph().stuckWaiters(held).isEmpty());
    }

    private static Finding finding(Facts facts, FullQueue queue) {
        List<ThreadFacts> producers = queue.producers();
        Finding.Draft draft = Finding.of(INFO)
                .headline(Account.threadsWait(producers.size()) + " to put into a full " + queue.name())
                .explanation(
                        consumers(queue),
                        "The queue is the victim: whoever should take from it is the cause.",
                        "No dump shows how full a queue is, or which thread serves it; that is concluded from the code.")
                .confidence(confidence(facts, queue))
                .persistence(ThreadPoolExhausted.prevailing(producers, queue.consumers()))
                .resource(queue.resource())
                .target(queue.resource())
                .site(queue.site())
                .chain(doing(queue))
                .chain(Account.threadsWait(producers.size()) + " for room in the queue" + Account.at(queue.site()))
                .fix(new Fix(
                        "Decide what happens when the queue is full, instead of waiting without a limit.",
                        "queue.put(order);",
                        """
                        if (!queue.offer(order, 2, TimeUnit.SECONDS)) {
                            throw new RejectedExecutionException("queue full");
                        }"""));
        Account.show(draft, facts, queue.consumers(), 2);
        Account.show(draft, facts, producers, 3);
        return draft.build();
    }

    /** Threads that wait to hand over what nobody wants yet are at rest, unless they serve requests or their consumer is known. */
    private static double confidence(Facts facts, FullQueue queue) {
        boolean measured = ThreadPoolExhausted.prevailing(queue.producers(), queue.consumers())
                .isMeasured();
        if (!measured && facts.graph().isServed(queue.resource())) {
            return Account.MERE_LOAD;
        }
        boolean serving = queue.producers().stream()
                .anyMatch(producer -> producer.serves()
                        || producer.reading().isJob()
                        || producer.pool().filter(facts::isAsked).isPresent());
        if (queue.isPipe() && queue.consumers().isEmpty()) {
            return measured ? NO_READER : Account.MERE_LOAD;
        }
        boolean forsaken = (isCrowdOfTasks(queue) && !Unanswered.isSomebodyAtWork(facts))
                || (queue.consumers().isEmpty() && !queue.handsOver() && HeldUpPool.isOf(facts, queue.producers()));
        if (measured && forsaken) {
            return Unowned.ofAbsence(facts, CROWD_OF_TASKS);
        }
        if (!serving && queue.lacksConsumer(facts)) {
            return Unowned.ofAbsence(facts, NO_CONSUMER);
        }
        return serving || !queue.consumers().isEmpty() ? .85 : Account.MERE_LOAD;
    }

    private static final int CROWD = 10;
    private static final double CROWD_OF_TASKS = .6;
    private static final double NO_CONSUMER = .5;

    /** Virtual threads are made for a task each: so many that stand there are no producers that work ahead of a consumer. */
    private static boolean isCrowdOfTasks(FullQueue queue) {
        return queue.consumers().isEmpty()
                && !queue.handsOver()
                && queue.producers().size() >= CROWD
                && queue.producers().stream()
                        .allMatch(producer -> producer.thread().isVirtual());
    }

    private static String consumers(FullQueue queue) {
        return queue.consumers().isEmpty()
                ? "No thread of this dump shows that it takes from the queue: its consumer may have died."
                : "Its consumer is probably this: " + doing(queue) + '.';
    }

    private static String doing(FullQueue queue) {
        if (queue.consumers().isEmpty()) {
            return "nobody is seen to take from the queue";
        }
        ThreadFacts consumer = queue.consumers().get(0);
        return Account.quoted(consumer) + ' ' + Account.doing(consumer) + Account.at(consumer.whereText());
    }
}
