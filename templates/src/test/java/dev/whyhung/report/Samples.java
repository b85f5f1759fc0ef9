package dev.whyhung.report;

import dev.whyhung.diagnose.BlockerTree;
import dev.whyhung.diagnose.CallTree;
import dev.whyhung.diagnose.Check;
import dev.whyhung.diagnose.ContainerRow;
import dev.whyhung.diagnose.Crowd;
import dev.whyhung.diagnose.Diagnosis;
import dev.whyhung.diagnose.History;
import dev.whyhung.diagnose.Identity;
import dev.whyhung.diagnose.Inventory;
import dev.whyhung.diagnose.Occupancy;
import dev.whyhung.diagnose.PoolRow;
import dev.whyhung.diagnose.ProcessDiagnosis;
import dev.whyhung.diagnose.RankedFinding;
import dev.whyhung.diagnose.ResourceRow;
import dev.whyhung.diagnose.Score;
import dev.whyhung.diagnose.Severity;
import dev.whyhung.diagnose.StackGroup;
import dev.whyhung.diagnose.ThreadRow;
import dev.whyhung.diagnose.Timeline;
import dev.whyhung.diagnose.Verdict;
import dev.whyhung.graph.Persistence;
import dev.whyhung.graph.Resource;
import dev.whyhung.model.CallStack;
import dev.whyhung.model.DumpInfo;
import dev.whyhung.model.Frame;
import dev.whyhung.model.InputReport;
import dev.whyhung.model.Skipped;
import dev.whyhung.model.ThreadId;
import dev.whyhung.model.ThreadSnapshot;
import dev.whyhung.model.ThreadStatus;
import dev.whyhung.model.Visible;
import dev.whyhung.rules.Culprit;
import dev.whyhung.rules.Exhibit;
import dev.whyhung.rules.Finding;
import dev.whyhung.rules.Fix;
import dev.whyhung.rules.Nature;
import dev.whyhung.rules.RuleInfo;
import dev.whyhung.rules.Tier;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Diagnoses as the analyzers would make them, from literal records. */
final class Samples {

    /** One name with everything that could break out of text, a terminal, a web page or a message. */
    static final String HOSTILE =
            "evil\"'<script>alert(1)</script></title>]]>\u001B[31mred\u202Egnp.exe`code`\n@channel "
                    + "[x](http://evil.example/)&amp;\uD800\u0000${1+1}<#list>**bold**";

    static final RuleInfo ORPHANED = RuleInfo.of(
            "orphaned-lock-idle-owner",
            "Lock held by a thread that is back in its pool",
            Nature.OPAQUE,
            Visible.SYNCHRONIZER_OWNERS);
    static final RuleInfo EXHAUSTED =
            RuleInfo.of("thread-pool-exhausted", "All workers of a pool are stuck", Nature.TRANSPARENT);
    static final RuleInfo STALL = RuleInfo.of("external-io-stall", "A peer does not answer", Nature.EXOGENOUS);
    static final RuleInfo SINGLE_DUMP = RuleInfo.of("single-dump", "Only one dump was given", Nature.DATA_QUALITY);
    static final RuleInfo CLASS_INIT =
            RuleInfo.of("deadlock-class-init", "Classes wait for each other's initialization", Nature.OPAQUE);

    private static final Resource LOCK = new Resource(
            Resource.Kind.SYNCHRONIZER, "java.util.concurrent.locks.ReentrantLock$NonfairSync", 0x71a2b3c40L, "");

    private Samples() {}

    /** 200 request threads behind a lock whose owner went back to its pool, and one stalled reader beside them. */
    static Diagnosis hung() {
        return hung(200);
    }

    static Diagnosis hung(int requests) {
        return new Diagnosis("0.1.0", inputs(), List.of(hungProcess(requests)), List.of());
    }

    static Diagnosis healthy() {
        return new Diagnosis("0.1.0", inputs(), List.of(healthyProcess()), List.of());
    }

    static Diagnosis twoProcesses() {
        return new Diagnosis("0.1.0", inputs(), List.of(hungProcess(200), healthyProcess()), List.of("timer: ignored"));
    }

    static Diagnosis nothing() {
        InputReport input = new InputReport(
                "notes.txt", "unknown", InputReport.Status.SKIPPED, 0, 0, 3, List.of(), "holds no thread dump");
        return new Diagnosis("0.1.0", List.of(input), List.of(), List.of());
    }

    static Diagnosis inconclusive() {
        InputReport input = new InputReport(
                "jstack-cut.txt",
                "hotspot-text",
                InputReport.Status.PARTIAL,
                1,
                1,
                2,
                List.of(new Skipped(7, "\tat com.acme.Ord"), new Skipped(8, "\u001B[2J")),
                "ends inside a stack");
        ThreadRow row = row(1, "main", ThreadRow.Activity.STUCK, 0, "latch CountDownLatch", null);
        ProcessDiagnosis process = new ProcessDiagnosis(
                Identity.of(null, null),
                List.of(dump("jstack-cut.txt", null, 1)),
                0,
                1,
                0,
                new Verdict(Verdict.Status.INCONCLUSIVE, "The dump shows too little to tell.", 0),
                List.of(note(1)),
                crowd(List.of(ThreadId.ofJava(1))),
                checks(Check.Outcome.NOT_APPLICABLE),
                List.of(),
                List.of(group(ThreadRow.Activity.STUCK, "main", List.of(ThreadId.ofJava(1)), "com.acme.Main.main")),
                List.of(row),
                Inventory.EMPTY,
                List.of("The dump has no time."));
        return new Diagnosis("0.1.0", List.of(input), List.of(process), List.of());
    }

    /** Every text that can come out of a dump is {@link #HOSTILE}. */
    static Diagnosis hostile() {
        String name = HOSTILE;
        ThreadId id = ThreadId.ofNative(0x4c5f);
        Finding finding = Finding.of(ORPHANED)
                .kind(name)
                .headline("Lock is held by " + name)
                .explanation(name, name)
                .culprit(new Culprit(name, id, true, false, name))
                .resource(new Resource(Resource.Kind.POOL, name, 16, name))
                .confidence(.98)
                .persistence(Persistence.SINGLE)
                .site(name)
                .evidence(new Exhibit(name, 3, name))
                .chain(name)
                .fix(new Fix(name, name, name))
                .captureNext(name)
                .build();
        RankedFinding ranked = new RankedFinding(
                "orphaned-lock-idle-owner-1",
                name,
                finding,
                1,
                Severity.HIGH,
                new Score(70, 1, .98, 1, .8),
                Tier.PROVEN,
                .5,
                1,
                crowd(List.of(id)),
                List.of(),
                null);
        ThreadSnapshot thread = new ThreadSnapshot(
                id,
                name,
                ThreadSnapshot.Kind.PLATFORM,
                false,
                ThreadStatus.PARKED,
                new CallStack(List.of(new Frame(name, name, name))),
                List.of(),
                -1,
                -1,
                3);
        ThreadRow row = new ThreadRow(
                thread,
                name,
                name,
                name,
                id,
                ThreadRow.Activity.STUCK,
                name,
                name,
                name,
                0,
                0,
                List.of(0),
                Duration.ZERO);
        BlockerTree tree = new BlockerTree(
                BlockerTree.Kind.RESOURCE,
                name,
                name,
                0,
                1,
                true,
                0,
                List.of(
                        new BlockerTree(BlockerTree.Kind.THREADS, name, name, 1, 0, false, 0, List.of()),
                        new BlockerTree(BlockerTree.Kind.CYCLE, name, name, 0, 0, false, 1, List.of())));
        ProcessDiagnosis process = new ProcessDiagnosis(
                new Identity(name, 7L, name, name, null),
                List.of(dump(name, name, 1)),
                0,
                1,
                0,
                new Verdict(Verdict.Status.HUNG, name, .98),
                List.of(ranked),
                crowd(List.of(id)),
                List.of(
                        new Check(ORPHANED, Check.Outcome.FAILED, List.of(name), name),
                        new Check(STALL, Check.Outcome.NOT_APPLICABLE, List.of(name), name)),
                List.of(tree),
                List.of(new StackGroup(
                        thread.stack().frames(), ThreadRow.Activity.STUCK, List.of(id), name, List.of("in " + name))),
                List.of(row),
                hostileInventory(name, id),
                List.of(name));
        InputReport input =
                new InputReport(name, name, InputReport.Status.PARTIAL, 1, 1, 1, List.of(new Skipped(9, name)), name);
        return new Diagnosis(name, List.of(input), List.of(process), List.of(name));
    }

    /** A process of many threads in a few hundred stacks. */
    static Diagnosis large(int threads) {
        List<ThreadRow> rows = new ArrayList<>();
        int stacks = 300;
        for (int i = 1; i <= threads; i++) {
            rows.add(row(i, "http-nio-8080-exec-" + i, ThreadRow.Activity.STUCK, i % stacks, LOCK.label(), "order-1"));
        }
        List<StackGroup> groups = IntStream.range(0, stacks)
                .mapToObj(i -> group(
                        ThreadRow.Activity.STUCK,
                        "http-nio-8080-exec-" + i + " ... (" + threads / stacks + ")",
                        IntStream.rangeClosed(1, threads)
                                .filter(id -> id % stacks == i)
                                .mapToObj(ThreadId::ofJava)
                                .toList(),
                        "com.acme.Orders.place" + i))
                .toList();
        ProcessDiagnosis small = hungProcess(200);
        ProcessDiagnosis process = new ProcessDiagnosis(
                small.identity(),
                small.dumps(),
                small.focus(),
                threads,
                0,
                small.verdict(),
                small.findings(),
                crowd(List.of()),
                small.checks(),
                small.blockers(),
                groups,
                rows,
                inventory(threads, ThreadId.ofJava(27)),
                small.notes());
        return new Diagnosis("0.1.0", inputs(), List.of(process), List.of());
    }

    private static ProcessDiagnosis hungProcess(int requests) {
        List<ThreadRow> rows = new ArrayList<>();
        rows.add(row(1, "main", ThreadRow.Activity.PASSIVE, 3, null, null));
        rows.add(row(27, "order-worker-1", ThreadRow.Activity.IDLE, 1, null, null));
        List<ThreadId> victims = new ArrayList<>();
        for (int i = 1; i <= requests; i++) {
            victims.add(ThreadId.ofJava(100 + i));
            rows.add(row(
                    100 + i, "http-nio-8080-exec-" + i, ThreadRow.Activity.STUCK, 0, LOCK.label(), "order-worker-1"));
        }
        for (int i = 1; i <= 5; i++) {
            rows.add(row(400 + i, "feed-reader-" + i, ThreadRow.Activity.STUCK, 2, "remote peer", null));
        }
        List<ThreadId> readers =
                IntStream.rangeClosed(401, 405).mapToObj(ThreadId::ofJava).toList();
        return new ProcessDiagnosis(
                new Identity(
                        "OpenJDK 64-Bit Server VM (17.0.15+6-Debian-1deb12u1 mixed mode, sharing)",
                        4711L,
                        "com.acme.Orders",
                        null,
                        LocalDateTime.parse("2026-11-22T10:00:00")),
                List.of(
                        dump("jstack-1.txt", "2026-11-22T10:15:00", 207),
                        dump("jstack-2.txt", "2026-11-22T10:15:10", 207)),
                1,
                205,
                0,
                new Verdict(
                        Verdict.Status.HUNG,
                        requests
                                + " request threads wait for a lock whose holder order-worker-1 is idle: nobody will release it.",
                        .98),
                List.of(orphaned(victims), stall(readers), exhausted(victims)),
                crowd(List.of()),
                checks(Check.Outcome.CLEAR),
                List.of(tree(requests)),
                List.of(
                        group(
                                ThreadRow.Activity.STUCK,
                                "http-nio-8080-exec-1 … 200 (200)",
                                victims,
                                "com.acme.Orders.place"),
                        group(
                                ThreadRow.Activity.IDLE,
                                "order-worker-1",
                                List.of(ThreadId.ofJava(27)),
                                "java.util.concurrent.ThreadPoolExecutor.getTask"),
                        group(ThreadRow.Activity.STUCK, "feed-reader-1 … 5 (5)", readers, "com.acme.Feed.poll"),
                        group(ThreadRow.Activity.PASSIVE, "main", List.of(ThreadId.ofJava(1)), "com.acme.Main.main")),
                rows,
                inventory(requests, ThreadId.ofJava(27)),
                List.of("The dumps have no time zone; they are ordered by elapsed time."));
    }

    private static RankedFinding orphaned(List<ThreadId> victims) {
        Finding finding = Finding.of(ORPHANED)
                .headline(
                        "Lock ReentrantLock <0x000000071a2b3c40> is held by order-worker-1, which is idle and will never release it")
                .explanation(
                        "order-worker-1 owns the lock but waits for its next task.",
                        "Some earlier task left between lock() and unlock(), most likely by an exception that its future swallowed.",
                        "Every later lock() waits for ever, and no error is logged.",
                        "Which task it was the dump cannot show.")
                .culprit(new Culprit(
                        "order-worker-1", ThreadId.ofJava(27), false, true, "com.acme.Orders.place(Orders.java:41)"))
                .resource(LOCK)
                .confidence(.98)
                .permanent()
                .printed()
                .persistence(Persistence.measured(Duration.ofSeconds(10)))
                .site("com.acme.Orders.place")
                .evidence(new Exhibit(
                        "jstack-2.txt",
                        1204,
                        "- <0x000000071a2b3c40> (a java.util.concurrent.locks.ReentrantLock$NonfairSync)"))
                .evidence(
                        new Exhibit(
                                "jstack-2.txt",
                                120,
                                "- parking to wait for  <0x000000071a2b3c40> (a java.util.concurrent.locks.ReentrantLock$NonfairSync)"))
                .chain("order-worker-1 left a task without unlocking.")
                .chain("It is idle now: it waits in ThreadPoolExecutor.getTask.")
                .chain("200 threads of http-nio-8080-exec wait in com.acme.Orders.place for the lock.")
                .fix(new Fix(
                        "Release the lock in a finally block, so that an exception cannot leave it held.",
                        "lock.lock();\norders.place(order);\nlock.unlock();",
                        "lock.lock();\ntry {\n    orders.place(order);\n} finally {\n    lock.unlock();\n}"))
                .fix(Fix.of("Until then only a restart helps."))
                .captureNext("jcmd <pid> JFR.start duration=60s settings=profile filename=hang.jfr")
                .build();
        return new RankedFinding(
                "orphaned-lock-idle-owner-1",
                "6f1c2a90",
                finding,
                1,
                Severity.CRITICAL,
                new Score(95.64999, .976, .98, 1, 1),
                Tier.PROVEN,
                .9662,
                victims.size(),
                crowd(victims),
                List.of("thread-pool-exhausted-1"),
                null);
    }

    private static Crowd crowd(List<ThreadId> threads) {
        return new Crowd(threads.size(), threads.subList(0, Math.min(50, threads.size())));
    }

    private static RankedFinding stall(List<ThreadId> readers) {
        Finding finding = Finding.of(STALL)
                .kind("read")
                .headline("5 threads wait for an answer of feed.example:8443")
                .explanation("The peer accepted the connection and sends nothing.")
                .culprit(new Culprit(
                        "feed-reader-1", ThreadId.ofJava(401), false, true, "com.acme.Feed.poll(Feed.java:88)"))
                .resource(Resource.named(Resource.Kind.PEER, "feed.example:8443"))
                .confidence(.7)
                .persistence(Persistence.measured(Duration.ofSeconds(10)))
                .site("com.acme.Feed.poll")
                .evidence(new Exhibit(
                        "jstack-2.txt", 1300, "at sun.nio.ch.SocketDispatcher.read0(java.base@17/Native Method)"))
                .chain("feed-reader-1 reads from a socket without a timeout.")
                .fix(Fix.of("Set a read timeout."))
                .build();
        return new RankedFinding(
                "external-io-stall-1",
                "77aa0b12",
                finding,
                2,
                Severity.MEDIUM,
                new Score(1.7, .0245, .7, 1, 1),
                Tier.INFERRED,
                .024,
                readers.size(),
                crowd(readers),
                List.of(),
                null);
    }

    private static RankedFinding exhausted(List<ThreadId> victims) {
        Finding finding = Finding.of(EXHAUSTED)
                .headline("All 200 workers of http-nio-8080-exec are stuck; new requests queue")
                .explanation("A pool without an idle worker answers nobody.")
                .resource(Resource.named(Resource.Kind.POOL, "http-nio-8080-exec"))
                .confidence(.9)
                .persistence(Persistence.measured(Duration.ofSeconds(10)))
                .site("")
                .build();
        return new RankedFinding(
                "thread-pool-exhausted-1",
                "0c0c77de",
                finding,
                3,
                Severity.HIGH,
                new Score(40, .976, .9, .1, 1),
                Tier.STRONG,
                .96,
                victims.size(),
                crowd(victims),
                List.of(),
                "orphaned-lock-idle-owner-1");
    }

    private static RankedFinding note(int rank) {
        Finding finding = Finding.of(SINGLE_DUMP)
                .headline("Only one dump was given: a wait cannot be told from a hang.")
                .explanation("With three dumps ten seconds apart whyhung can measure what moves.")
                .captureNext("jcmd <pid> Thread.print -l  (three times, ten seconds apart)")
                .build();
        return new RankedFinding(
                "single-dump-1",
                "51d0",
                finding,
                rank,
                Severity.INFO,
                Score.NONE,
                Tier.HINT,
                0,
                0,
                crowd(List.of()),
                List.of(),
                null);
    }

    private static ProcessDiagnosis healthyProcess() {
        ThreadRow row = row(1, "main", ThreadRow.Activity.PASSIVE, 0, null, null);
        return new ProcessDiagnosis(
                Identity.of("OpenJDK 64-Bit Server VM (25+36)", null),
                List.of(dump("a.txt", "2026-11-22T10:15:00", 1), dump("b.txt", "2026-11-22T10:16:05", 1)),
                1,
                0,
                0,
                new Verdict(Verdict.Status.HEALTHY, "Nothing is stuck: every waiting thread waits for work.", .9),
                List.of(),
                crowd(List.of()),
                checks(Check.Outcome.CLEAR),
                List.of(),
                List.of(group(ThreadRow.Activity.PASSIVE, "main", List.of(ThreadId.ofJava(1)), "com.acme.Main.main")),
                List.of(row),
                Inventory.EMPTY,
                List.of());
    }

    private static Inventory hostileInventory(String name, ThreadId id) {
        History.Moment moment = new History.Moment(ThreadStatus.PARKED, true, 7);
        return new Inventory(
                List.of(new ResourceRow(name, name, name, List.of(id), List.of(id), 1)),
                List.of(new PoolRow(name, name, 1, 1, 1, 1)),
                List.of(new ContainerRow(name, 1, id, Map.of(ThreadRow.Activity.STUCK, 1))),
                List.of(0),
                List.of(new History(name, 1, ThreadRow.Activity.STUCK, List.of(moment))),
                List.of(new CallTree(2, List.of(name), List.of(new CallTree(1, List.of(name), List.of())))),
                List.of(new Timeline(
                        name,
                        name,
                        name,
                        List.of(new Timeline.Series(name, List.of(1.0, Double.NaN, 2.0))),
                        List.of(new Timeline.Mark(.5, name)))),
                List.of(new Occupancy(name, List.of(new Occupancy.Bar(name, 3)))));
    }

    private static Inventory inventory(int requests, ThreadId owner) {
        List<ThreadId> waiters = IntStream.rangeClosed(1, requests)
                .mapToObj(i -> ThreadId.ofJava(100 + i))
                .toList();
        History.Moment first = new History.Moment(ThreadStatus.PARKED, false, -1);
        History.Moment then = new History.Moment(ThreadStatus.PARKED, false, 0);
        History.Moment ran = new History.Moment(ThreadStatus.RUNNABLE, true, 1_200_000_000);
        History.Moment gone = new History.Moment(null, false, -1);
        CallTree place = new CallTree(requests, List.of("com.acme.Orders.place(Orders.java:41)"), List.of());
        CallTree poll = new CallTree(5, List.of("com.acme.Feed.poll(Feed.java:88)"), List.of());
        return new Inventory(
                List.of(
                        new ResourceRow(
                                LOCK.label(), "synchronizer", "order-worker-1", List.of(owner), waiters, requests),
                        new ResourceRow("remote peer", "peer", "no owner", List.of(), List.of(), 0)),
                List.of(
                        new PoolRow("http-nio-8080-exec", "REQUEST", requests, 0, 0, 0),
                        new PoolRow("order-worker", "OTHER", 0, 2, 3, 11)),
                List.of(
                        new ContainerRow("<root>", 0, null, Map.of(ThreadRow.Activity.RUNNING, 4)),
                        new ContainerRow("price-scope", 1, owner, Map.of(ThreadRow.Activity.SCHEDULED, 3))),
                List.of(0, 1),
                List.of(
                        new History(
                                "http-nio-8080-exec-1 … " + requests + " (" + requests + ")",
                                requests,
                                ThreadRow.Activity.STUCK,
                                List.of(first, then)),
                        new History("order-worker-1", 1, ThreadRow.Activity.IDLE, List.of(first, ran)),
                        new History("order-worker-2", 1, null, List.of(first, gone))),
                List.of(new CallTree(
                        requests + 5, List.of("… 4 frames of java.lang, java.util.concurrent"), List.of(place, poll))),
                List.of(new Timeline(
                        "Threads waiting for the lock",
                        "10:14:00",
                        "10:15:10",
                        List.of(
                                new Timeline.Series("waiting", List.of(0.0, 0.0, 12.0, 80.0, 160.0, 200.0, 200.0)),
                                new Timeline.Series("running", List.of(20.0, 21.0, Double.NaN, 9.0, 3.0, 0.0, 0.0))),
                        List.of(new Timeline.Mark(.3, "order-worker-1 went idle")))),
                List.of(new Occupancy(
                        "reactor-http-nio",
                        List.of(
                                new Occupancy.Bar("below 10 ms", 9_120),
                                new Occupancy.Bar("10 to 100 ms", 204),
                                new Occupancy.Bar("over 1 s", 3)))));
    }

    private static BlockerTree tree(int requests) {
        BlockerTree waiting = new BlockerTree(
                BlockerTree.Kind.THREADS,
                "http-nio-8080-exec (" + requests + ")",
                "at com.acme.Orders.place(Orders.java:41)",
                requests,
                0,
                false,
                0,
                List.of());
        BlockerTree lock = new BlockerTree(
                BlockerTree.Kind.RESOURCE,
                LOCK.label(),
                "held by order-worker-1",
                0,
                requests,
                true,
                0,
                List.of(waiting));
        return new BlockerTree(
                BlockerTree.Kind.THREADS,
                "order-worker-1",
                "idle in ThreadPoolExecutor.getTask",
                1,
                requests,
                true,
                0,
                List.of(lock));
    }

    private static List<Check> checks(Check.Outcome other) {
        return List.of(
                new Check(
                        CLASS_INIT,
                        other,
                        other == Check.Outcome.CLEAR ? List.of() : List.of("class initialization waits"),
                        ""),
                new Check(STALL, Check.Outcome.FAILED, List.of(), "IllegalStateException: no frame"),
                new Check(ORPHANED, Check.Outcome.FOUND, List.of(), ""),
                new Check(
                        EXHAUSTED,
                        Check.Outcome.NOT_APPLICABLE,
                        List.of("ownable synchronizers"),
                        "jcmd <pid> Thread.print -l"));
    }

    private static List<InputReport> inputs() {
        return List.of(
                new InputReport(
                        "jstack-1.txt",
                        "hotspot-text",
                        InputReport.Status.READ,
                        1,
                        207,
                        0,
                        List.of(),
                        null,
                        123_456,
                        "a".repeat(64)),
                new InputReport(
                        "jstack-2.txt",
                        "hotspot-text",
                        InputReport.Status.READ,
                        1,
                        207,
                        0,
                        List.of(),
                        null,
                        123_456,
                        "b".repeat(64)));
    }

    private static DumpInfo dump(String source, @Nullable String time, int threads) {
        LocalDateTime at = time == null || time.startsWith("evil") ? null : LocalDateTime.parse(time);
        long uptime = at == null ? -1 : at.toLocalTime().toNanoOfDay();
        return new DumpInfo(
                source,
                1,
                "hotspot-text",
                at,
                null,
                null,
                null,
                EnumSet.of(Visible.MONITOR_OWNERS),
                at == null,
                uptime,
                threads);
    }

    private static ThreadRow row(
            int id,
            String name,
            ThreadRow.Activity activity,
            int stack,
            @Nullable String waitsFor,
            @Nullable String heldBy) {
        ThreadSnapshot thread = new ThreadSnapshot(
                ThreadId.ofJava(id),
                name,
                ThreadSnapshot.Kind.PLATFORM,
                true,
                ThreadStatus.PARKED,
                CallStack.EMPTY,
                List.of(),
                12_340_000,
                60_000_000_000L,
                10 * id);
        String pool = name.contains("exec") ? "http-nio-8080-exec" : null;
        return new ThreadRow(
                thread,
                pool == null ? "OTHER" : "REQUEST",
                pool,
                null,
                null,
                activity,
                waitsFor,
                heldBy,
                "com.acme.Orders.place(Orders.java:41)",
                stack,
                LOCK.label().equals(waitsFor) ? 0 : -1,
                name.equals("order-worker-1") ? List.of(0) : List.of(),
                activity == ThreadRow.Activity.STUCK ? Duration.ofSeconds(10) : Duration.ZERO);
    }

    private static StackGroup group(ThreadRow.Activity activity, String names, List<ThreadId> threads, String entry) {
        List<Frame> frames = new ArrayList<>();
        frames.add(new Frame("jdk.internal.misc.Unsafe", "park", "Native Method"));
        frames.add(new Frame("java.util.concurrent.locks.LockSupport", "park", "LockSupport.java:211"));
        frames.add(new Frame(
                "java.util.concurrent.locks.AbstractQueuedSynchronizer",
                "acquire",
                "AbstractQueuedSynchronizer.java:715"));
        int dot = entry.lastIndexOf('.');
        frames.add(new Frame(entry.substring(0, dot), entry.substring(dot + 1), "Orders.java:41"));
        for (int i = 0; i < 20; i++) {
            frames.add(new Frame(
                    "org.apache.catalina.core.ApplicationFilterChain",
                    "doFilter" + i,
                    "ApplicationFilterChain.java:" + (100 + i)));
        }
        frames.add(new Frame("java.lang.Thread", "run", "Thread.java:840"));
        return new StackGroup(
                frames, activity, threads, names, List.of(frames.get(3).text(), "… 20 frames of org.apache.catalina"));
    }
}
