package dev.whyhung.rules;

import dev.whyhung.graph.Facts;
import dev.whyhung.graph.thread.Resource;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.knowledge.Call;
import java.util.ArrayList;
import java.util.List;

/**
 * A queue into which somebody waits to put.
 *
 * @param resource the queue
 * @param producers the threads that wait for room and are stuck, by id
 * @param consumers the threads that probably take from it, by id; a consumer may be a producer as well
 */
record FullQueue(Resource resource, List<ThreadFacts> producers, List<ThreadFacts> consumers) {

    static List<FullQueue> all(Facts facts) {
        List<FullQueue> all = new ArrayList<>();
        for (Resource resource : facts.graph().resources()) {
            List<ThreadFacts> producers = facts.graph().stuckWaiters(resource);
            if (resource.kind() == Resource.Kind.QUEUE && !producers.isEmpty()) {
                all.add(new FullQueue(
                        resource, producers, facts.graph().holder(resource).holders()));
            }
        }
        return all;
    }

    /** All of its consumers wait, in the end, for room in this very queue. */
    boolean isKnot(Facts facts) {
        return !consumers.isEmpty()
                && consumers.stream().allMatch(ThreadFacts::isStuck)
                && facts.graph().reaching(List.of(resource), true).containsAll(consumers);
    }

    /**
     * Whether none of several producers has got on since the dump before, as their CPU times tell, and no thread is seen that could be on
     * its way to take: whoever is idle, or takes from another queue, is not, and main keeps the process alive. An event loop may be called
     * back, a timer may be due, a request may come for what was made ahead of it, and who sleeps wakes up.
     */
    boolean lacksConsumer(Facts facts) {
        return consumers.isEmpty()
                && !handsOver()
                && !isPipe()
                && producers.size() >= SEVERAL
                && producers.stream()
                        .allMatch(producer -> producer.persistence().isMeasured()
                                && producer.thread().cpuNanos() >= 0)
                && producers.stream().noneMatch(producer -> HeldUpPool.worksAhead(facts, producer))
                && !facts.any(thread -> mayTake(facts, thread));
    }

    private static final int SEVERAL = 3;

    private static boolean mayTake(Facts facts, ThreadFacts thread) {
        boolean rests = thread.isIdle()
                || (thread.isPassive()
                        && (thread.reading().passive(thread.name()).isPresent() || isInMain(thread)));
        boolean free = !rests && !thread.waitsFor().is(Call.Kind.PUT);
        return !thread.isJvm() && (free || thread.serves() || Standby.isTimer(facts, thread));
    }

    private static boolean isInMain(ThreadFacts thread) {
        return thread.reading().isEntry()
                && thread.reading()
                        .appFrame()
                        .filter(frame -> frame.method().equals("main"))
                        .isPresent();
    }

    /** {@code ArrayBlockingQueue} for the class of that name. */
    String name() {
        String name = resource.className();
        return name.substring(name.lastIndexOf('.') + 1);
    }

    /** It holds nothing: whoever puts waits for who takes, as long as nobody wants anything. */
    boolean handsOver() {
        return resource.className().startsWith("java.util.concurrent.SynchronousQueue")
                || resource.className().equals("java.util.concurrent.LinkedTransferQueue");
    }

    /** A pipe between two threads, rather than a queue that many may serve. */
    boolean isPipe() {
        return resource.className().equals("java.io.PipedInputStream");
    }

    String site() {
        return producers.get(0).whereText();
    }
}
