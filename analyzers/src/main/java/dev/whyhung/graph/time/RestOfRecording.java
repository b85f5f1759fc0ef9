package dev.whyhung.graph.time;

import dev.whyhung.model.DumpInfo;
import dev.whyhung.model.Evidence;
import dev.whyhung.model.PastWait;
import dev.whyhung.model.Recording;
import dev.whyhung.model.Recording.Activity;
import dev.whyhung.model.ThreadId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What a recording tells of the time behind the examined dump, if that is one of its own. */
record RestOfRecording(Recording recording, Evidence evidence, DumpClock clock) {

    private static final Duration JUST_BEFORE_THE_END = Duration.ofSeconds(10);
    private static final Duration ONE_PERIOD = Duration.ofSeconds(70);
    private static final Duration AFTER_ITS_BEGIN = Duration.ofSeconds(30);
    private static final Duration LATELY = Duration.ofSeconds(5);
    private static final Duration ABOUT = Duration.ofSeconds(20);

    /** Whether there is no dump, or only one from well before the end. */
    boolean isWithoutDump() {
        if (!evidence.hasDump()) {
            return true;
        }
        DumpInfo focus = evidence.focus().info();
        Instant taken = clock.of(focus).orElse(recording.to());
        Duration behind = Duration.between(taken, recording.to());
        boolean stale = behind.compareTo(JUST_BEFORE_THE_END) > 0 && !goesOnAsAt(taken);
        return focus.format().equals("jfr") && (stale || behind.compareTo(ONE_PERIOD) > 0);
    }

    /**
     * Whether the dump is none of its first, and the recording goes on as it was then: most threads that
     * waited, and got on, about that time did so lately, too, or have ended, or are not due yet. A sample is no sign: who is stuck in
     * native code is sampled.
     */
    private boolean goesOnAsAt(Instant taken) {
        if (taken.isBefore(recording.from().plus(AFTER_ITS_BEGIN))) {
            return false;
        }
        Duration third = Duration.between(taken, recording.to()).dividedBy(3);
        Instant lately = recording.to().minus(third.compareTo(LATELY) > 0 ? third : LATELY);
        Instant about = taken.minus(ABOUT);
        Set<ThreadId> ended =
                recording.ends().stream().map(end -> end.thread().id()).collect(Collectors.toSet());
        Map<ThreadId, Duration> usual = lastLengths();
        List<Instant> last = recording.activities().values().stream()
                .filter(activity -> !ended.contains(activity.thread().id()))
                .filter(activity -> isDue(activity, usual))
                .map(Activity::lastWait)
                .filter(about::isBefore)
                .toList();
        return last.stream().filter(lately::isBefore).count() * 2 >= last.size();
    }

    /** Whether it has been silent for longer than it waited the last time: a timer comes once a minute. */
    private boolean isDue(Activity activity, Map<ThreadId, Duration> usual) {
        Duration wait = usual.getOrDefault(activity.thread().id(), Duration.ZERO);
        return wait.compareTo(ABOUT) < 0
                || activity.lastWait().isBefore(recording.to().minus(wait));
    }

    /** Of the wait of each thread that ended last. */
    private Map<ThreadId, Duration> lastLengths() {
        Map<ThreadId, PastWait> last = new HashMap<>();
        for (PastWait wait : recording.recentWaits()) {
            last.merge(wait.thread().id(), wait, (one, other) -> one.end().isAfter(other.end()) ? one : other);
        }
        Map<ThreadId, Duration> lengths = new HashMap<>();
        last.forEach((thread, wait) -> lengths.put(thread, wait.length()));
        return lengths;
    }
}
