package dev.whyhung.diagnose.chronicle;

import dev.whyhung.diagnose.chronicle.RoleSamples.Row;
import dev.whyhung.graph.Facts;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.graph.time.Recorded;
import dev.whyhung.model.CallStack;
import dev.whyhung.model.Recording.Activity;
import dev.whyhung.model.Recording.Samples;
import dev.whyhung.model.ThreadId;
import dev.whyhung.model.ThreadRef;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Sums up samples by role: since the service stopped and before that; or, where no onset is known, of the last minute. */
final class SamplesByRole {

    private static final Duration MINUTE = Duration.ofSeconds(60);

    private final Facts facts;
    private final Recorded recorded;

    SamplesByRole(Facts facts) {
        this.facts = facts;
        recorded = facts.recorded();
    }

    List<RoleSamples> windows(Instant from, Instant to) {
        List<RoleSamples> windows = new ArrayList<>();
        Instant onset = facts.onset().orElse(null);
        if (onset != null && onset.isAfter(from) && onset.isBefore(to)) {
            add(windows, "since the service stopped", onset, to);
            add(windows, "before the service stopped", from, onset);
        } else {
            Instant minute = to.minus(MINUTE);
            add(windows, "in the last minute", minute.isAfter(from) ? minute : from, to);
        }
        return windows;
    }

    private void add(List<RoleSamples> windows, String title, Instant from, Instant to) {
        List<Samples> samples = recorded.sampled().between(from, to);
        if (!samples.isEmpty()) {
            windows.add(new RoleSamples(title, from, to, rows(samples)));
        }
    }

    private static final class Sum {
        private final Map<ThreadRef, Long> byThread = new TreeMap<>(Comparator.comparing(ThreadRef::id));
        private long running;
        private long inNative;

        void add(Samples samples) {
            running += samples.running();
            inNative += samples.inNative();
            byThread.merge(samples.thread(), samples.running() + samples.inNative(), Long::sum);
        }

        Row row(String role) {
            Map.Entry<ThreadRef, Long> most = byThread.entrySet().stream()
                    .max(Map.Entry.<ThreadRef, Long>comparingByValue()
                            .thenComparing(entry -> entry.getKey().id(), Comparator.reverseOrder()))
                    .orElseThrow();
            return new Row(
                    role, byThread.size(), running, inNative, most.getKey().title(), most.getValue());
        }
    }

    private List<Row> rows(List<Samples> samples) {
        Map<String, Sum> byRole = new TreeMap<>();
        Map<ThreadId, String> roles = new TreeMap<>();
        for (Samples each : samples) {
            String role = roles.computeIfAbsent(each.thread().id(), id -> role(each.thread()));
            byRole.computeIfAbsent(role, key -> new Sum()).add(each);
        }
        return byRole.entrySet().stream()
                .map(entry -> entry.getValue().row(entry.getKey()))
                .sorted(Comparator.comparingLong(Row::running)
                        .thenComparingLong(Row::inNative)
                        .reversed()
                        .thenComparing(Row::role))
                .toList();
    }

    /** Of a thread that the dump does not have, its name and its last sample tell. */
    private String role(ThreadRef thread) {
        if (thread.virtual()) {
            return "VIRTUAL";
        }
        return facts.thread(thread.id())
                .map(ThreadFacts::role)
                .orElseGet(() ->
                        facts.knowledge().role(thread.name(), facts.knowledge().read(lastSample(thread.id()))))
                .name();
    }

    private CallStack lastSample(ThreadId thread) {
        return recorded.recordings().stream()
                .map(recording -> recording.activities().get(thread))
                .filter(activity -> activity != null && !activity.sample().isEmpty())
                .map(Activity::sample)
                .reduce((first, second) -> second)
                .orElse(CallStack.EMPTY);
    }
}
