package dev.whyhung.graph;

import dev.whyhung.model.DumpInfo;
import dev.whyhung.model.Evidence;
import dev.whyhung.model.Frame;
import dev.whyhung.model.PastWait;
import dev.whyhung.model.Recording;
import dev.whyhung.model.Recording.Thrown;
import dev.whyhung.model.Recording.WaitTotal;
import dev.whyhung.model.ThreadId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What the recordings of a process tell about the time before the examined dump. */
public final class Recorded {

    private final List<Recording> recordings;
    private final List<Death> deaths = new ArrayList<>();
    private final DumpClock clock;
    private final Evidence evidence;
    private @Nullable Instant onset;

    Recorded(Evidence evidence, DumpClock clock) {
        this.evidence = evidence;
        recordings = evidence.recordings();
        this.clock = clock;
        recordings.forEach(recording -> deaths.addAll(Death.in(recording)));
        deaths.sort(Comparator.comparing(Death::at)
                .thenComparing(death -> death.thread().id()));
    }

    void conclude(Optional<Instant> stopped) {
        onset = stopped.orElse(null);
    }

    /** When the service stopped, if a recording shows it. */
    public Optional<Instant> onset() {
        return Optional.ofNullable(onset);
    }

    /** Whether the last recording goes on without a dump: there is none, or only one from well before its end. */
    public boolean isDumpMissing() {
        if (isEmpty()) {
            return false;
        }
        DumpInfo focus = evidence.focus().info();
        Recording last = recordings.get(recordings.size() - 1);
        long behind = clock.of(focus)
                .map(taken -> Duration.between(taken, last.to()).toSeconds())
                .orElse(0L);
        boolean onlyTheFirst = last.dumps() == 1 && behind > JUST_BEFORE_THE_END;
        return !evidence.hasDump() || (focus.format().equals("jfr") && (onlyTheFirst || behind > ONE_PERIOD));
    }

    private static final long JUST_BEFORE_THE_END = 10;
    private static final long ONE_PERIOD = 70;

    public boolean isEmpty() {
        return recordings.isEmpty();
    }

    /** In order of their end. */
    public List<Recording> recordings() {
        return recordings;
    }

    /** Threads that ended, in time order. */
    public List<Death> deaths() {
        return deaths;
    }

    /** When a dump was taken. */
    public Optional<Instant> instant(DumpInfo dump) {
        return clock.of(dump);
    }

    /** Whether some recording would have shown events of this name, given without {@code jdk.}. */
    public boolean wouldShow(String event) {
        return recordings.stream().anyMatch(recording -> recording.wouldShow(event));
    }

    /** Exceptions and errors that were kept, in time order. */
    public List<Thrown> thrown(Predicate<Thrown> wanted) {
        return recordings.stream()
                .flatMap(recording -> recording.thrown().stream())
                .filter(wanted)
                .sorted(Comparator.comparing(Thrown::at))
                .toList();
    }

    /** The last exception or error of a thread. */
    public Optional<Thrown> lastThrown(ThreadId thread) {
        return thrown(each -> each.thread().id().equals(thread)).stream().reduce((first, second) -> second);
    }

    /** The last time that a lock of this class was obtained, after a wait long enough to be recorded, by this code. */
    public Optional<WaitTotal> lastHandover(String lockClass, Set<String> classes) {
        return recordings.stream()
                .flatMap(recording -> recording.waitTotals().stream())
                .filter(total -> total.kind() == PastWait.Kind.PARK || total.kind() == PastWait.Kind.MONITOR_ENTER)
                .filter(total -> total.subject().equals(lockClass))
                .filter(total -> isIn(total.stack().frames(), classes))
                .max(Comparator.comparing(WaitTotal::lastEnd));
    }

    /** Whether any of these frames is of one of these classes. */
    public static boolean isIn(List<Frame> frames, Set<String> classes) {
        return frames.stream().anyMatch(frame -> classes.contains(frame.className()));
    }

    /** The frame that created an exception: the first that is no constructor of a throwable. */
    public static Optional<Frame> site(Thrown thrown) {
        return thrown.stack().frames().stream()
                .filter(frame -> !frame.method().equals("<init>"))
                .findFirst();
    }
}
