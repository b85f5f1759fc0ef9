package dev.whyhung.graph.time;

import dev.whyhung.graph.thread.Component;
import dev.whyhung.graph.thread.Resource;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.model.PastWait;
import dev.whyhung.model.Recording.WaitTotal;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** How a lock, or permits, passed from hand to hand before the examined dump, as recordings tell by the waits for it that ended. */
public final class LockHistory {

    static final Duration LONG = Duration.ofSeconds(10);
    private static final Duration A_MOMENT = Duration.ofSeconds(2);

    private final Recorded recorded;
    private final Resource lock;
    private final Collection<ThreadFacts> waiters;
    private final boolean isOfPast;

    LockHistory(Recorded recorded, Resource lock, Collection<ThreadFacts> waiters, boolean isOfPast) {
        this.recorded = recorded;
        this.lock = lock;
        this.waiters = waiters;
        this.isOfPast = isOfPast;
    }

    /** For how long no wait for it is known to have ended: since one of these began, and the last that was recorded was over. */
    public Duration unchanged() {
        Instant until = recorded.now().orElse(null);
        Optional<Instant> oldest = waiters.stream()
                .flatMap(waiter -> recorded.silentSince(waiter).stream())
                .min(Instant::compareTo);
        if (until == null || oldest.isEmpty()) {
            return Duration.ZERO;
        }
        Instant since = lastHandover(until).filter(oldest.get()::isBefore).orElse(oldest.get());
        return since.isBefore(until) ? Duration.between(since, until) : Duration.ZERO;
    }

    /** Whether those who wait already did when this was thrown, and have not got it since. */
    public boolean wasWantedAt(Instant thrown) {
        Instant until = recorded.now().orElse(null);
        return until != null && isHeldForLong() && thrown.minus(A_MOMENT).isAfter(until.minus(unchanged()));
    }

    /** Whether a wait for it ended just before the examined dump: it passes from hand to hand. */
    public boolean isPassedOn() {
        Instant until = recorded.now().orElse(null);
        return until != null
                && lastHandover(until).filter(until.minus(A_MOMENT)::isBefore).isPresent();
    }

    /** Whether nobody has got it for longer than a lock that is merely in demand lets anybody wait. */
    public boolean isHeldForLong() {
        return unchanged().compareTo(LONG) >= 0;
    }

    /** Whether somebody else was seen to keep it from others for half as long at least: then it may be the turn of the next. */
    public boolean mayBeInTurn() {
        Duration now = unchanged();
        return !now.isZero() && now.compareTo(longestTurn().multipliedBy(2)) <= 0;
    }

    /** Those who had to wait got it when the one before gave it back; for how long it lay there and nobody wanted it does not count. */
    private Duration longestTurn() {
        Duration longest = Duration.ZERO;
        Instant last = Instant.MIN;
        for (PastWait wait : fruitful()) {
            Instant begin = wait.start().isAfter(last) ? wait.start() : last;
            Duration turn = Duration.between(begin, wait.end());
            longest = turn.compareTo(longest) > 0 ? turn : longest;
            last = wait.end();
        }
        return longest;
    }

    /** Of the latest waits for it, those that got it, by their end. */
    private List<PastWait> fruitful() {
        Component component = Component.of(waiters);
        Instant until = recorded.now().orElse(Instant.MAX);
        Stream<PastWait> waits =
                recorded.threads().recentWaits().values().stream().flatMap(List::stream);
        return waits.filter(wait -> isForLock(wait.kind())
                        && !wait.vain()
                        && !wait.end().isAfter(until)
                        && wait.subject().equals(lock.recordedClass())
                        && component.contains(wait.stack()))
                .sorted(Comparator.comparing(PastWait::end))
                .toList();
    }

    /** Of a place only the last end is kept: where that is too late to count, those before are not known. */
    private Optional<Instant> lastHandover(Instant until) {
        Component component = Component.of(waiters);
        return recorded.waitTotals()
                .filter(total -> isForLock(total.kind()))
                .filter(total -> total.subject().equals(lock.recordedClass()) && component.contains(total.stack()))
                .map(WaitTotal::lastEnd)
                .filter(end -> !isOfPast || !end.isAfter(until))
                .max(Instant::compareTo);
    }

    private static boolean isForLock(PastWait.Kind kind) {
        return kind == PastWait.Kind.PARK || kind == PastWait.Kind.MONITOR_ENTER;
    }
}
