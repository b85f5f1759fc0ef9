package dev.whyhung.graph.time;

import dev.whyhung.graph.thread.Component;
import dev.whyhung.graph.thread.Resource;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.model.PastWait;
import dev.whyhung.model.Recording.Thrown;
import dev.whyhung.model.Recording.WaitTotal;
import dev.whyhung.model.ThreadId;
import dev.whyhung.model.ThreadRef;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Who took a lock along, as recordings tell: a thread that created an exception inside the code that the lock guards, after which
 * nobody is known to have got it, or else the one thread that ended at that time.
 *
 * @param thrown its last exception there
 * @param death its end, if it ended
 * @param handover the last time that somebody got the lock after a wait long enough to be recorded
 */
public record LastOwner(
        ThreadRef thread, Optional<Thrown> thrown, Optional<Death> death, Optional<WaitTotal> handover) {

    private static final Duration CLOCKS = Duration.ofMillis(50);
    /** Whoever throws this did not have the lock. */
    private static final String NOT_OWNER = "java.lang.IllegalMonitorStateException";

    private static final Duration UNTIL_NOTICED = Duration.ofSeconds(30);

    /** Whether an exception inside the guarded code was followed by the end of the thread. */
    public boolean isNearProof() {
        return thrown.isPresent() && death.isPresent();
    }

    /** The search for one lock. */
    record Search(
            Recorded recorded,
            String lockClass,
            Component component,
            Set<ThreadId> waiters,
            @Nullable Instant stuckFrom) {

        static Search of(Recorded recorded, Resource lock, Collection<ThreadFacts> waiters) {
            Set<ThreadId> ids = waiters.stream().map(ThreadFacts::id).collect(Collectors.toSet());
            Instant first = waiters.stream()
                    .flatMap(waiter -> recorded.silentSince(waiter).stream())
                    .min(Instant::compareTo)
                    .orElse(null);
            return new Search(recorded, lock.className(), Component.of(waiters), ids, first);
        }

        Optional<LastOwner> find() {
            Optional<WaitTotal> handover = handover();
            Optional<Thrown> thrown =
                    recorded.thrown(each -> isThere(each, handover)).stream().reduce((one, other) -> other);
            if (thrown.isPresent()) {
                ThreadRef thread = thrown.get().thread();
                return Optional.of(new LastOwner(thread, thrown, recorded.failure(thread.id()), handover));
            }
            List<Death> deaths = recorded.deaths().stream()
                    .filter(death -> isInTime(death.at(), handover) && mayOwn(death.thread()))
                    .toList();
            return deaths.size() == 1
                    ? Optional.of(new LastOwner(
                            deaths.get(0).thread(), Optional.empty(), Optional.of(deaths.get(0)), handover))
                    : Optional.empty();
        }

        /**
         * Whether the recording shows that no thread ended since the lock was last free: since the last that waited got it, or, where
         * nobody had to wait, at all; who gets a lock at once may take it along long before anybody comes in vain.
         */
        boolean hasEverybodyLived() {
            if (stuckFrom == null || !recorded.wouldShow("ThreadEnd") || !recorded.isRecorded(stuckFrom)) {
                return false;
            }
            Optional<Instant> free =
                    handover().map(total -> total.lastEnd().minus(CLOCKS)).filter(end -> end.isBefore(stuckFrom));
            return recorded.isRecorded(free.orElse(stuckFrom.minus(UNTIL_NOTICED)))
                    && recorded.deaths().stream()
                            .filter(death -> mayOwn(death.thread()))
                            .allMatch(death -> free.filter(death.at()::isBefore).isPresent());
        }

        /** The JVM ends threads of its compilers as it likes; and once a service has started, its main thread has nothing more to do. */
        private boolean mayOwn(ThreadRef thread) {
            return !thread.virtual()
                    && !thread.id().isNative()
                    && !thread.name().contains("CompilerThread")
                    && (!thread.name().equals("main") || wasThere(thread));
        }

        private boolean wasThere(ThreadRef thread) {
            return recorded.recentWaits(thread.id()).stream().anyMatch(wait -> component.contains(wait.stack()));
        }

        private Optional<WaitTotal> handover() {
            return recorded.waitTotals()
                    .filter(total -> total.kind() == PastWait.Kind.PARK
                            && total.subject().equals(lockClass)
                            && component.contains(total.stack()))
                    .max((one, other) -> one.lastEnd().compareTo(other.lastEnd()));
        }

        private boolean isThere(Thrown thrown, Optional<WaitTotal> handover) {
            return component.contains(thrown.stack())
                    && !thrown.className().equals(NOT_OWNER)
                    && !waiters.contains(thrown.thread().id())
                    && (isInTime(thrown.at(), handover)
                            || (stuckFrom == null
                                    && recorded.failure(thrown.thread().id()).isPresent()));
        }

        /** After the last hand-over, and not long before the first of the waiters got stuck. */
        private boolean isInTime(Instant at, Optional<WaitTotal> handover) {
            boolean after =
                    handover.isEmpty() || !at.isBefore(handover.get().lastEnd().minus(CLOCKS));
            return after && stuckFrom != null && !at.isBefore(stuckFrom.minus(UNTIL_NOTICED));
        }
    }
}
