package dev.whyhung.graph.time;

import dev.whyhung.model.PastWait;
import dev.whyhung.model.Recording;
import dev.whyhung.model.Recording.Lifetime;
import dev.whyhung.model.Recording.Thrown;
import dev.whyhung.model.ThreadId;
import dev.whyhung.model.ThreadRef;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A platform thread ended, as a recording tells.
 *
 * @param last the last exception or error that it created, if that was just before its end: the likely reason
 * @param lastWait the last wait of it that is recorded
 * @param recording where this stands
 */
public record Death(
        ThreadRef thread, Instant at, Optional<Thrown> last, Optional<PastWait> lastWait, Recording recording) {

    private static final Duration JUST_BEFORE = Duration.ofSeconds(1);

    /** JDK 21 writes each end twice. */
    static List<Death> in(Recording recording) {
        Map<ThreadId, List<Thrown>> thrown = new HashMap<>();
        for (Thrown each : recording.thrown()) {
            thrown.computeIfAbsent(each.thread().id(), key -> new ArrayList<>()).add(each);
        }
        Map<ThreadId, PastWait> lastWaits = new HashMap<>();
        recording.recentWaits().forEach(wait -> lastWaits.put(wait.thread().id(), wait));
        Map<ThreadId, Instant> lastStarts = lastStarts(recording);
        List<Death> deaths = new ArrayList<>();
        Map<ThreadId, Instant> ended = new HashMap<>();
        for (Lifetime end : recording.ends()) {
            Instant before = ended.put(end.thread().id(), end.at());
            if (before != null && isJustBefore(before, end.at())) {
                continue;
            }
            Optional<Thrown> last = thrown.getOrDefault(end.thread().id(), List.of()).stream()
                    .filter(each -> !each.isOfLinking() && isJustBefore(each.at(), end.at()))
                    .filter(each -> !isOutlived(each, lastStarts))
                    .reduce((first, second) -> second);
            Optional<PastWait> wait =
                    Optional.ofNullable(lastWaits.get(end.thread().id()));
            deaths.add(new Death(end.thread(), end.at(), last, wait, recording));
        }
        return deaths;
    }

    /** When each thread started another one for the last time. */
    private static Map<ThreadId, Instant> lastStarts(Recording recording) {
        Map<ThreadId, Instant> last = new HashMap<>();
        for (Lifetime start : recording.starts()) {
            if (start.starter() != null) {
                last.merge(start.starter(), start.at(), (one, other) -> one.isAfter(other) ? one : other);
            }
        }
        return last;
    }

    /** Whether the thread has started another one since: then something has caught it. */
    private static boolean isOutlived(Thrown thrown, Map<ThreadId, Instant> lastStarts) {
        Instant start = lastStarts.get(thrown.thread().id());
        return start != null && start.isAfter(thrown.at());
    }

    private static boolean isJustBefore(Instant thrown, Instant end) {
        return !thrown.isAfter(end) && Duration.between(thrown, end).compareTo(JUST_BEFORE) <= 0;
    }
}
