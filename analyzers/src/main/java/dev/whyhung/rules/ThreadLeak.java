package dev.whyhung.rules;

import dev.whyhung.finding.Finding;
import dev.whyhung.finding.Fix;
import dev.whyhung.finding.Nature;
import dev.whyhung.finding.RuleInfo;
import dev.whyhung.graph.Facts;
import dev.whyhung.graph.thread.Persistence;
import dev.whyhung.graph.thread.Pool;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.graph.thread.Wait;
import dev.whyhung.knowledge.Call;
import dev.whyhung.model.DumpTrace;
import dev.whyhung.model.ThreadSnapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Threads of one name become more and more and have nothing to do. A pool that grows under load is none of this: its threads are
 * few pools', and mostly at work.
 */
final class ThreadLeak implements Rule {

    private static final RuleInfo INFO =
            RuleInfo.of("thread-leak", "Threads are started again and again and never end", Nature.OPAQUE);

    private static final int MANY = 2_000;
    private static final int GROWTH = 50;
    private static final double GROWTH_SHARE = .2;
    private static final double NEARLY_ALL = .9;

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> examine(Facts facts) {
        Map<String, List<ThreadFacts>> byName = new TreeMap<>();
        facts.those(thread -> !thread.isJvm()
                        && thread.thread().kind() == ThreadSnapshot.Kind.PLATFORM
                        && !thread.role().is("REQUEST"))
                .forEach(thread -> byName.computeIfAbsent(pattern(thread.name()), key -> new ArrayList<>())
                        .add(thread));
        List<Finding> findings = new ArrayList<>();
        byName.forEach((name, threads) -> {
            List<ThreadFacts> added = added(facts, threads);
            boolean grows = added.size() > GROWTH && added.size() > GROWTH_SHARE * (threads.size() - added.size());
            if (threads.size() > MANY ? isLeft(threads) : grows && isLeft(added)) {
                findings.add(finding(facts, name, threads, grows ? added.size() : 0));
            }
        });
        return findings;
    }

    private static String pattern(String name) {
        return name.replaceAll("\\d+", "N");
    }

    /** Those that the oldest dump did not have. */
    private static List<ThreadFacts> added(Facts facts, List<ThreadFacts> threads) {
        List<DumpTrace> earlier = facts.evidence().earlier();
        return earlier.isEmpty()
                ? List.of()
                : threads.stream()
                        .filter(thread -> earlier.get(earlier.size() - 1).of(thread.id()) == null)
                        .toList();
    }

    /** Nearly all have nothing to do, and they are not the workers of a few pools. */
    private static boolean isLeft(List<ThreadFacts> threads) {
        Set<String> pools = new HashSet<>();
        long resting = threads.stream().filter(ThreadLeak::rests).count();
        threads.stream()
                .filter(thread -> thread.reading().isWorker())
                .forEach(thread -> pools.add(Pool.nameOf(thread.name())));
        long workers =
                threads.stream().filter(thread -> thread.reading().isWorker()).count();
        return resting >= NEARLY_ALL * threads.size() && pools.size() * 2L >= workers;
    }

    /** A reader of a connection of its own is not at rest, however quiet the connection is. */
    private static boolean rests(ThreadFacts thread) {
        return !thread.isStuck()
                && thread.waitsFor().kind() != Wait.Kind.NONE
                && !thread.waitsFor().is(Call.Kind.READ)
                && thread.waitsFor().kind() != Wait.Kind.SLEEP;
    }

    private static Finding finding(Facts facts, String name, List<ThreadFacts> threads, int added) {
        Finding.Draft draft = Finding.of(INFO)
                .headline(threads.size() + " threads " + name + " have nothing to do"
                        + (added > 0 ? ", and " + added + " of them are new since the first dump" : ""))
                .explanation(
                        "They wait for work of which there is not that much: executors or timers are made again and again"
                                + " and never shut down, or threads are started and never told to end.",
                        "Each takes memory outside the heap; in the end no thread can be started any more.")
                .confidence(.8)
                .background()
                .persistence(added > 0 ? Persistence.measured(span(facts)) : Persistence.SINGLE)
                .site(threads.get(0).whereText())
                .chain("somebody starts threads " + name + " and never ends them")
                .chain("the process runs towards its limit of threads")
                .fix(SHARED)
                .captureNext("jcmd <pid> VM.flags; ulimit -u; cat /sys/fs/cgroup/pids.max   # how far the limit is");
        if (threads.size() > MANY) {
            draft.printed();
        }
        Account.show(draft, facts, threads.subList(Math.max(0, threads.size() - 3), threads.size()), 3);
        return draft.build();
    }

    private static Duration span(Facts facts) {
        List<DumpTrace> earlier = facts.evidence().earlier();
        return earlier.get(earlier.size() - 1).info().until(facts.dump()).orElse(Duration.ZERO);
    }

    private static final Fix SHARED = new Fix(
            "Make one executor for the life of the service, or shut each one down where it was made.",
            "ExecutorService executor = Executors.newFixedThreadPool(1);   // in every call",
            "private static final ExecutorService MAIL = Executors.newFixedThreadPool(4);");
}
