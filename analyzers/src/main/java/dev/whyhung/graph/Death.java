package dev.whyhung.graph;

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
 * @param recording where this stands
 */
public record Death(ThreadRef thread, Instant at, Optional<Thrown> last, Recording recording) {

    private static final Duration JUST_BEFORE = Duration.ofSeconds(1);

    /** JDK 21 writes each end twice. */
    static List<Death> in(Recording recording) {
        Map<ThreadId, List<Thrown>> thrown = new HashMap<>();
        for (Thrown each : recording.thrown()) {
            thrown.computeIfAbsent(each.thread().id(), key -> new ArrayList<>()).add(each);
        }
        List<Death> deaths = new ArrayList<>();
        Map<ThreadId, Instant> ended = new HashMap<>();
        for (Lifetime end : recording.ends()) {
            Instant before = ended.put(end.thread().id(), end.at());
            if (before != null && isJustBefore(before, end.at())) {
                continue;
            }
            Optional<Thrown> last = thrown.getOrDefault(end.thread().id(), List.of()).stream()
                    .filter(each -> !each.isOfLinking() && isJustBefore(each.at(), end.at()))
                    .filter(each -> !isOutlived(each, recording))
                    .reduce((first, second) -> second);
            deaths.add(new Death(end.thread(), end.at(), last, recording));
        }
        return deaths;
    }

    /** Whether the thread has started another one since: then something has caught it. */
    private static boolean isOutlived(Thrown thrown, Recording recording) {
        return recording.starts().stream()
                .anyMatch(start ->
                        start.at().isAfter(thrown.at()) && thrown.thread().id().equals(start.starter()));
    }

    private static boolean isJustBefore(Instant thrown, Instant end) {
        return !thrown.isAfter(end) && Duration.between(thrown, end).compareTo(JUST_BEFORE) <= 0;
    }
}
