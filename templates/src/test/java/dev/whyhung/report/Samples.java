package dev.whyhung.report;

import dev.whyhung.diagnose.Check;
import dev.whyhung.diagnose.Diagnosis;
import dev.whyhung.diagnose.Identity;
import dev.whyhung.diagnose.ProcessDiagnosis;
import dev.whyhung.diagnose.verdict.Verdict;
import dev.whyhung.diagnose.view.Inventory;
import dev.whyhung.diagnose.view.StackGroup;
import dev.whyhung.diagnose.view.ThreadRow;
import dev.whyhung.finding.Nature;
import dev.whyhung.finding.RuleInfo;
import dev.whyhung.graph.thread.Resource;
import dev.whyhung.model.InputReport;
import dev.whyhung.model.Skipped;
import dev.whyhung.model.ThreadId;
import dev.whyhung.model.Visible;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

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

    static final Resource LOCK = new Resource(
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
        ThreadRow row = SampleThreads.row(1, "main", ThreadRow.Activity.STUCK, 0, "latch CountDownLatch", null);
        ProcessDiagnosis process = new ProcessDiagnosis(
                Identity.of(null, null),
                List.of(SampleThreads.dump("jstack-cut.txt", null, 1)),
                0,
                1,
                0,
                new Verdict(Verdict.Status.INCONCLUSIVE, "The dump shows too little to tell.", 0),
                List.of(SampleFindings.note(1)),
                SampleFindings.crowd(List.of(ThreadId.ofJava(1))),
                checks(Check.Outcome.NOT_APPLICABLE),
                List.of(),
                List.of(SampleThreads.group(
                        ThreadRow.Activity.STUCK, "main", List.of(ThreadId.ofJava(1)), "com.acme.Main.main")),
                List.of(row),
                Inventory.EMPTY,
                null,
                List.of("The dump has no time."));
        return new Diagnosis("0.1.0", List.of(input), List.of(process), List.of());
    }

    /** Every text that can come out of a dump is {@link #HOSTILE}. */
    static Diagnosis hostile() {
        return HostileSample.diagnosis();
    }

    /** A process of many threads in a few hundred stacks. */
    static Diagnosis large(int threads) {
        List<ThreadRow> rows = new ArrayList<>();
        int stacks = 300;
        for (int i = 1; i <= threads; i++) {
            rows.add(SampleThreads.row(
                    i, "http-nio-8080-exec-" + i, ThreadRow.Activity.STUCK, i % stacks, LOCK.label(), "order-1"));
        }
        List<StackGroup> groups = IntStream.range(0, stacks)
                .mapToObj(i -> SampleThreads.group(
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
                SampleFindings.crowd(List.of()),
                small.checks(),
                small.blockers(),
                groups,
                rows,
                SampleInventories.inventory(threads, ThreadId.ofJava(27)),
                null,
                small.notes());
        return new Diagnosis("0.1.0", inputs(), List.of(process), List.of());
    }

    private static ProcessDiagnosis hungProcess(int requests) {
        List<ThreadRow> rows = new ArrayList<>();
        rows.add(SampleThreads.row(1, "main", ThreadRow.Activity.PASSIVE, 3, null, null));
        rows.add(SampleThreads.row(27, "order-worker-1", ThreadRow.Activity.IDLE, 1, null, null));
        List<ThreadId> victims = new ArrayList<>();
        for (int i = 1; i <= requests; i++) {
            victims.add(ThreadId.ofJava(100 + i));
            rows.add(SampleThreads.row(
                    100 + i, "http-nio-8080-exec-" + i, ThreadRow.Activity.STUCK, 0, LOCK.label(), "order-worker-1"));
        }
        for (int i = 1; i <= 5; i++) {
            rows.add(SampleThreads.row(400 + i, "feed-reader-" + i, ThreadRow.Activity.STUCK, 2, "remote peer", null));
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
                        SampleThreads.dump("jstack-1.txt", "2026-11-22T10:15:00", 207),
                        SampleThreads.dump("jstack-2.txt", "2026-11-22T10:15:10", 207)),
                1,
                205,
                0,
                new Verdict(
                        Verdict.Status.HUNG,
                        requests
                                + " request threads wait for a lock whose holder order-worker-1 is idle: nobody will release it.",
                        .98),
                List.of(
                        SampleFindings.orphaned(victims),
                        SampleFindings.stall(readers),
                        SampleFindings.exhausted(victims)),
                SampleFindings.crowd(List.of()),
                checks(Check.Outcome.CLEAR),
                List.of(SampleInventories.tree(requests)),
                List.of(
                        SampleThreads.group(
                                ThreadRow.Activity.STUCK,
                                "http-nio-8080-exec-1 … 200 (200)",
                                victims,
                                "com.acme.Orders.place"),
                        SampleThreads.group(
                                ThreadRow.Activity.IDLE,
                                "order-worker-1",
                                List.of(ThreadId.ofJava(27)),
                                "java.util.concurrent.ThreadPoolExecutor.getTask"),
                        SampleThreads.group(
                                ThreadRow.Activity.STUCK, "feed-reader-1 … 5 (5)", readers, "com.acme.Feed.poll"),
                        SampleThreads.group(
                                ThreadRow.Activity.PASSIVE, "main", List.of(ThreadId.ofJava(1)), "com.acme.Main.main")),
                rows,
                SampleInventories.inventory(requests, ThreadId.ofJava(27)),
                null,
                List.of("The dumps have no time zone; they are ordered by elapsed time."));
    }

    private static ProcessDiagnosis healthyProcess() {
        ThreadRow row = SampleThreads.row(1, "main", ThreadRow.Activity.PASSIVE, 0, null, null);
        return new ProcessDiagnosis(
                Identity.of("OpenJDK 64-Bit Server VM (25+36)", null),
                List.of(
                        SampleThreads.dump("a.txt", "2026-11-22T10:15:00", 1),
                        SampleThreads.dump("b.txt", "2026-11-22T10:16:05", 1)),
                1,
                0,
                0,
                new Verdict(Verdict.Status.HEALTHY, "Nothing is stuck: every waiting thread waits for work.", .9),
                List.of(),
                SampleFindings.crowd(List.of()),
                checks(Check.Outcome.CLEAR),
                List.of(),
                List.of(SampleThreads.group(
                        ThreadRow.Activity.PASSIVE, "main", List.of(ThreadId.ofJava(1)), "com.acme.Main.main")),
                List.of(row),
                Inventory.EMPTY,
                null,
                List.of());
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
}
