package dev.whyhung.diagnose.verdict;

import dev.whyhung.graph.Facts;
import dev.whyhung.graph.thread.Pool;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.graph.thread.Wait;
import dev.whyhung.model.CallStack;
import dev.whyhung.model.Frame;
import dev.whyhung.model.ThreadSnapshot;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A crowd of virtual threads, or a whole pool, that has waited for long, without a limit, for a signal or an element. Virtual threads are
 * made for one task each, and so is what runs deep in the code of a pool's worker; whether they are to take what comes, or ought to have
 * ended, their stacks do not tell unless they are named for it.
 */
final class QuietCrowd {

    private static final int MANY = 16;
    /** Of all threads. */
    private static final double MUCH = .2;
    /** Of them in one dump, which does not tell for how long. */
    private static final double MOST = .5;

    private final Facts facts;

    QuietCrowd(Facts facts) {
        this.facts = facts;
    }

    /** The largest, in words. */
    Optional<String> told() {
        return virtual().or(this::pool);
    }

    /** The same of a pool of some size that has no worker left, as a recording tells or, of half the service, the dump before. */
    private Optional<String> pool() {
        boolean helpless = !facts.any(MereHints::mayHelp);
        long half = (facts.threads().stream().filter(thread -> !thread.isJvm()).count() + 1) / 2;
        return facts.pools().stream()
                .filter(Pool::isBusy)
                .filter(pool -> pool.workers().stream().allMatch(this::isSilent)
                        || (helpless
                                && pool.workers().size() >= half
                                && pool.workers().stream().allMatch(this::standsStill)))
                .findFirst()
                .map(pool -> "All " + pool.workers().size() + " workers of pool " + pool.name() + " have waited at "
                        + pool.workers().get(0).whereText()
                        + " for long, and nothing tells whether they take work there or lack something.");
    }

    private static final Duration LONG = Duration.ofSeconds(30);

    private boolean isSilent(ThreadFacts worker) {
        return awaitsSignalInTask(worker) && facts.recorded().silence(worker).compareTo(LONG) >= 0;
    }

    /** A loop that takes, or a task that lasts as long as a session, is seldom called by way of several classes. */
    private boolean standsStill(ThreadFacts worker) {
        return awaitsSignalInTask(worker)
                && classes(worker) >= SEVERAL
                && worker.persistence().isMeasured()
                && worker.thread().cpuNanos() >= 0;
    }

    private static final int SEVERAL = 3;

    private long classes(ThreadFacts worker) {
        return worker.thread().stack().frames().stream()
                .filter(frame -> !frame.isHidden() && facts.knowledge().isApplication(frame.className()))
                .map(Frame::outerClass)
                .distinct()
                .count();
    }

    /** Without a limit, and in no method that is named for taking what comes. */
    private boolean awaitsSignalInTask(ThreadFacts worker) {
        return worker.isPassive()
                && worker.waitsFor().kind() == Wait.Kind.SIGNAL
                && !worker.thread().status().isTimed()
                && !worker.reading().isEntry()
                && !worker.reading().takes()
                && worker.thread().stack().frames().stream().noneMatch(this::isOwnConsumer)
                && worker.reading().passive(worker.name()).isEmpty();
    }

    /** Pools name their workers so themselves. */
    private boolean isOwnConsumer(Frame frame) {
        return facts.knowledge().isApplication(frame.className())
                && facts.knowledge().isAmong("consumes", frame);
    }

    private Optional<String> virtual() {
        int all = facts.those(thread -> thread.thread().kind() != ThreadSnapshot.Kind.CARRIER)
                .size();
        return facts.stacks().stacks().stream()
                .map(this::waiting)
                .filter(crowd -> crowd.size() >= MANY && crowd.size() >= (facts.isSingleDump() ? MOST : MUCH) * all)
                .reduce((one, other) -> other.size() > one.size() ? other : one)
                .map(crowd -> crowd.size() + " virtual threads "
                        + (facts.isSingleDump() ? "wait at " : "have waited at ")
                        + crowd.get(0).whereText()
                        + (facts.isSingleDump()
                                ? ", and one dump does not tell"
                                : " since the dump before, and nothing tells")
                        + " whether they take work there or lack something.");
    }

    private List<ThreadFacts> waiting(CallStack stack) {
        ThreadFacts first = facts.stacks().of(stack).get(0);
        return first.thread().isVirtual() && first.reading().appFrame().isPresent() && mayLack(first, stack)
                ? facts.stacks().of(stack).stream().filter(this::lingers).toList()
                : List.of();
    }

    private boolean lingers(ThreadFacts thread) {
        boolean queue = thread.reading()
                .passive(thread.name())
                .filter("queue-consumer"::equals)
                .isPresent();
        return thread.isPassive()
                && (facts.isSingleDump() || thread.persistence().isMeasured())
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
