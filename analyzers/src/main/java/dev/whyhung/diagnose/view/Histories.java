package dev.whyhung.diagnose.view;

import dev.whyhung.graph.Facts;
import dev.whyhung.graph.thread.Pool;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.model.DumpTrace;
import dev.whyhung.model.Evidence;
import dev.whyhung.model.Sighting;
import dev.whyhung.model.ThreadId;
import dev.whyhung.model.ThreadSnapshot;
import dev.whyhung.model.ThreadStatus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Follows every thread through the latest dumps, and puts those together whose names and fates are alike. */
final class Histories {

    private static final int MOST_DUMPS = 24;

    private final Facts facts;
    private final Evidence evidence;
    private final List<Integer> dumps;
    private final Map<Key, Group> groups = new LinkedHashMap<>();

    Histories(Facts facts, Function<ThreadFacts, ThreadRow.Activity> activity) {
        this.facts = facts;
        evidence = facts.evidence();
        int all = evidence.others().size() + 1;
        dumps = all < 2
                ? List.of()
                : IntStream.range(Math.max(0, all - MOST_DUMPS), all).boxed().toList();
        if (!dumps.isEmpty()) {
            for (ThreadFacts thread : facts.threads()) {
                if (!thread.isJvm()) {
                    add(thread.id(), thread.name(), activity.apply(thread));
                }
            }
            addVanished();
        }
    }

    /** Indexes of the dumps, in time order. */
    List<Integer> dumps() {
        return dumps;
    }

    /** Stuck threads first, and the large groups among them. */
    List<History> groups() {
        return groups.entrySet().stream()
                .map(entry -> entry.getValue().history(entry.getKey()))
                .sorted(Comparator.comparing((History history) -> order(history.activity()))
                        .thenComparing(History::threads, Comparator.reverseOrder()))
                .toList();
    }

    /** Those that are gone tell as much as those that run. */
    private static ThreadRow.Activity order(ThreadRow.@Nullable Activity activity) {
        return activity == null ? ThreadRow.Activity.RUNNING : activity;
    }

    private void addVanished() {
        Set<ThreadId> gone = new LinkedHashSet<>();
        for (DumpTrace trace : evidence.others()) {
            for (int i = 0; i < trace.size(); i++) {
                ThreadId id = trace.idAt(i);
                Sighting sighting = trace.at(i);
                boolean isNew = facts.thread(id).isEmpty() && !sighting.stack().isEmpty() && gone.add(id);
                if (isNew) {
                    add(id, sighting.name(), null);
                }
            }
        }
    }

    private void add(ThreadId id, String name, ThreadRow.@Nullable Activity activity) {
        List<Step> steps = new ArrayList<>(dumps.size());
        long[] cpu = new long[dumps.size()];
        Sighting before = null;
        for (int i = 0; i < cpu.length; i++) {
            Sighting now = sighting(dumps.get(i), id);
            steps.add(step(before, now));
            cpu[i] = used(before, now);
            before = now;
        }
        groups.computeIfAbsent(new Key(Pool.nameOf(name), activity, steps), key -> new Group(cpu.length))
                .add(name, cpu);
    }

    private @Nullable Sighting sighting(int dump, ThreadId id) {
        int focus = evidence.focusIndex();
        if (dump != focus) {
            return evidence.others().get(dump < focus ? dump : dump - 1).of(id);
        }
        return facts.thread(id)
                .map(ThreadFacts::thread)
                .map(Histories::sighting)
                .orElse(null);
    }

    private static Sighting sighting(ThreadSnapshot thread) {
        return new Sighting(
                thread.name(),
                thread.stack(),
                thread.status(),
                thread.blockerClass(),
                thread.blockerHash(),
                thread.blockerAddress(),
                thread.comparableMonitors(),
                null,
                thread.cpuNanos(),
                thread.line());
    }

    private static Step step(@Nullable Sighting before, @Nullable Sighting now) {
        if (now == null) {
            return Step.ABSENT;
        }
        boolean moved = before != null
                && !(now.stack().isSamePlace(before.stack())
                        && now.blockerClass().equals(before.blockerClass()));
        return new Step(now.status(), moved);
    }

    private static long used(@Nullable Sighting before, @Nullable Sighting now) {
        if (before == null || now == null || before.cpuNanos() < 0 || now.cpuNanos() < 0) {
            return -1;
        }
        return Math.max(0, now.cpuNanos() - before.cpuNanos());
    }

    private record Step(@Nullable ThreadStatus status, boolean moved) {
        static final Step ABSENT = new Step(null, false);
    }

    private record Key(String stem, ThreadRow.@Nullable Activity activity, List<Step> steps) {}

    private static final class Group {
        private final long[] cpuNanos;
        private String first = "";
        private String last = "";
        private int threads;

        Group(int dumps) {
            cpuNanos = new long[dumps];
        }

        void add(String name, long[] cpu) {
            first = threads++ == 0 ? name : first;
            last = name;
            for (int i = 0; i < cpu.length; i++) {
                cpuNanos[i] = cpu[i] < 0 || cpuNanos[i] < 0 ? -1 : cpuNanos[i] + cpu[i];
            }
        }

        History history(Key key) {
            List<History.Moment> moments = new ArrayList<>();
            for (int i = 0; i < cpuNanos.length; i++) {
                Step step = key.steps().get(i);
                moments.add(new History.Moment(step.status(), step.moved(), cpuNanos[i]));
            }
            return new History(Names.range(first, last, threads), threads, key.activity(), moments);
        }
    }
}
