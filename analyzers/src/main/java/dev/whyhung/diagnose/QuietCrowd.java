package dev.whyhung.diagnose;

import dev.whyhung.graph.Facts;
import dev.whyhung.graph.ThreadFacts;
import dev.whyhung.graph.Wait;
import dev.whyhung.model.CallStack;
import dev.whyhung.model.Frame;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A crowd of virtual threads that has waited since the dump before, without a limit, for a signal or an element. They are made for one
 * task each; whether this one is to take what comes, or ought to have ended, their stacks do not tell unless they are named for it.
 */
final class QuietCrowd {

    private static final int MANY = 16;
    /** Of all threads. */
    private static final double MUCH = .2;

    private final Facts facts;

    QuietCrowd(Facts facts) {
        this.facts = facts;
    }

    /** The largest, in words. */
    Optional<String> told() {
        return virtual().or(this::pool);
    }

    /** The same of a pool of some size that has no worker left, as a recording tells. */
    private Optional<String> pool() {
        return facts.pools().stream()
                .filter(pool -> pool.workers().size() >= SOME_WORKERS && !pool.hasIdleWorker())
                .filter(pool -> pool.workers().stream().allMatch(this::isHeldUp))
                .findFirst()
                .map(pool -> "All " + pool.workers().size() + " workers of pool " + pool.name() + " have waited at "
                        + pool.workers().get(0).whereText()
                        + " for long, and nothing tells whether they take work there or lack something.");
    }

    private static final int SOME_WORKERS = 4;
    private static final Duration LONG = Duration.ofSeconds(30);

    /** In a task, for a signal, and in no method that is named for taking what comes. */
    private boolean isHeldUp(ThreadFacts worker) {
        return worker.isPassive()
                && worker.waitsFor().kind() == Wait.Kind.SIGNAL
                && !worker.thread().status().isTimed()
                && !worker.reading().isEntry()
                && !worker.reading().takes()
                && worker.thread().stack().frames().stream().noneMatch(this::isOwnConsumer)
                && worker.reading().passive(worker.name()).isEmpty()
                && facts.recorded().silence(worker).compareTo(LONG) >= 0;
    }

    /** Pools name their workers so themselves. */
    private boolean isOwnConsumer(Frame frame) {
        return facts.knowledge().isApplication(frame.className())
                && facts.knowledge().isAmong("consumes", frame);
    }

    private Optional<String> virtual() {
        return facts.stacks().stacks().stream()
                .map(this::waiting)
                .filter(crowd -> crowd.size() >= MANY
                        && crowd.size() >= MUCH * facts.threads().size())
                .reduce((one, other) -> other.size() > one.size() ? other : one)
                .map(crowd -> crowd.size() + " virtual threads have waited at "
                        + crowd.get(0).whereText()
                        + " since the dump before, and nothing tells whether they take work there or lack something.");
    }

    private List<ThreadFacts> waiting(CallStack stack) {
        ThreadFacts first = facts.stacks().of(stack).get(0);
        return first.thread().isVirtual() && first.reading().appFrame().isPresent() && mayLack(first, stack)
                ? facts.stacks().of(stack).stream().filter(QuietCrowd::lingers).toList()
                : List.of();
    }

    private static boolean lingers(ThreadFacts thread) {
        boolean queue = thread.reading()
                .passive(thread.name())
                .filter("queue-consumer"::equals)
                .isPresent();
        return thread.isPassive()
                && thread.persistence().isMeasured()
                && !thread.thread().status().isTimed()
                && (queue || awaitsSignal(thread.waitsFor()));
    }

    /** Up to JDK 21 a parked thread shows nothing that it is parked on. */
    private static boolean awaitsSignal(Wait wait) {
        return wait.kind() == Wait.Kind.SIGNAL
                || (wait.kind() == Wait.Kind.PARK && wait.resource().isEmpty());
    }

    /** Not in code that is named for taking what comes; and called by others of the application, or in code named for letting them in. */
    private boolean mayLack(ThreadFacts first, CallStack stack) {
        return !first.reading().takes()
                && stack.frames().stream().noneMatch(frame -> facts.knowledge().isAmong("consumes", frame))
                && (stack.frames().stream().filter(this::isOwn).count() > 1
                        || first.where()
                                .filter(frame -> facts.knowledge().isNamedAmong("admits", frame))
                                .isPresent());
    }

    private boolean isOwn(Frame frame) {
        return !frame.isHidden()
                && !frame.method().startsWith("lambda$")
                && facts.knowledge().isApplication(frame.className());
    }
}
