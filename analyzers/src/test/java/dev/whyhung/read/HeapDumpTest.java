package dev.whyhung.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.HotSpotDiagnosticMXBean;
import dev.whyhung.Runs;
import dev.whyhung.diagnose.ProcessDiagnosis;
import dev.whyhung.diagnose.rank.RankedFinding;
import dev.whyhung.diagnose.rank.Severity;
import dev.whyhung.diagnose.verdict.Verdict;
import dev.whyhung.finding.Tier;
import dev.whyhung.model.DumpInfo;
import dev.whyhung.model.InputReport;
import dev.whyhung.model.ThreadDump;
import dev.whyhung.model.ThreadSnapshot;
import dev.whyhung.model.ThreadStatus;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The heap of this JVM, in which two threads are deadlocked, and one waits for a lock whose owner has ended. */
class HeapDumpTest {

    private static final ReentrantLock SEA = new ReentrantLock();
    private static final ReentrantLock SKY = new ReentrantLock();
    private static final ReentrantLock LEFT = new ReentrantLock();
    private static final CompletableFuture<String> ANSWER = new CompletableFuture<>();
    private static final List<Thread> THREADS = new ArrayList<>();

    @TempDir
    private static Path folder;

    private static Path heap;

    @BeforeAll
    static void hang() throws IOException, InterruptedException {
        CountDownLatch both = new CountDownLatch(2);
        start("gull", () -> take(SEA, SKY, both));
        start("gannet", () -> take(SKY, SEA, both));
        start("auk", LEFT::lock).join();
        start("tern", () -> take(LEFT, LEFT, new CountDownLatch(0)));
        for (int i = 1; i <= 4; i++) {
            start("http-nio-8080-exec-" + i, HeapDumpTest::call);
        }
        while (!SEA.hasQueuedThreads()
                || !SKY.hasQueuedThreads()
                || THREADS.stream().anyMatch(thread -> thread.isAlive() && thread.getState() != Thread.State.WAITING)) {
            Thread.sleep(10);
        }
        heap = folder.resolve("heap.hprof");
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(heap.toString(), true);
    }

    @AfterAll
    static void end() {
        THREADS.forEach(Thread::interrupt);
    }

    private static Thread start(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        THREADS.add(thread);
        thread.start();
        return thread;
    }

    private static void call() {
        try {
            ANSWER.get();
        } catch (ExecutionException | InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    private static void take(ReentrantLock first, ReentrantLock second, CountDownLatch both) {
        try {
            first.lockInterruptibly();
            both.countDown();
            both.await();
            second.lockInterruptibly();
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    private static ThreadSnapshot named(String name, ThreadDump dump) {
        return dump.threads().stream()
                .filter(thread -> thread.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<ThreadDump> dumps(Source... sources) {
        List<ThreadDump> dumps = new ArrayList<>();
        for (Source source : sources) {
            new Kept(dumps).read(source);
        }
        return dumps;
    }

    private static Source file() throws IOException {
        return Sources.expand(List.of(heap.toString()), System.in).get(0);
    }

    private static Source packed(byte[] content) {
        byte[] gzip = Packed.gzip(content);
        return Source.stream("heap.hprof.gz", () -> new ByteArrayInputStream(gzip), true);
    }

    @Test
    void threadsLocksAndOwners() throws IOException {
        ThreadDump dump = dumps(file()).get(0);
        ThreadSnapshot gull = named("gull", dump);
        assertTrue(gull.daemon());
        assertEquals(ThreadStatus.PARKED, gull.status());
        assertEquals(THREADS.get(0).getId(), gull.id().value());
        assertTrue(
                gull.stack().frames().stream()
                        .anyMatch(frame ->
                                frame.text().startsWith("dev.whyhung.read.HeapDumpTest.take(HeapDumpTest.java:")),
                gull.stack().toString());
        String held = named("gannet", dump).locks().stream()
                .filter(mention -> ThreadSnapshot.isOwned(mention.kind()))
                .map(mention -> mention.lock().toString())
                .findFirst()
                .orElseThrow();
        assertEquals(held, gull.blocker().orElseThrow().lock().toString());
        assertEquals(
                "auk",
                dump.endedOwners()
                        .get(named("tern", dump).blocker().orElseThrow().lock())
                        .name());
    }

    @Test
    void theDeadlockIsFound() throws IOException {
        ProcessDiagnosis process =
                Runs.diagnose(Intake.read(List.of(file()))).processes().get(0);
        assertEquals(Verdict.Status.HUNG, process.verdict().status());
        assertTrue(Runs.rules(process).contains("deadlock-monitor-or-lock"), process.toString());
        assertTrue(Runs.rules(process).contains("orphaned-lock-dead-owner"), process.toString());
    }

    /** A heap is dumped for many reasons, and a moment of a busy service looks like a hang. */
    @Test
    void whatMayPassIsAHint() throws IOException {
        List<RankedFinding> findings =
                Runs.diagnose(Intake.read(List.of(file()))).processes().get(0).findings();
        Map<String, Tier> tiers = new TreeMap<>();
        findings.stream()
                .filter(finding -> finding.severity().atLeast(Severity.LOW))
                .forEach(finding -> tiers.put(finding.finding().rule().id(), finding.tier()));
        assertEquals(
                Map.of(
                        "deadlock-monitor-or-lock", Tier.PROVEN,
                        "orphaned-lock-dead-owner", Tier.PROVEN,
                        "future-never-completed", Tier.HINT,
                        "thread-pool-exhausted", Tier.HINT),
                tiers);
    }

    @Test
    void packedIsTheSame() throws IOException {
        byte[] whole = Files.readAllBytes(heap);
        assertEquals(
                Described.of(whole).threads(), Described.of(Packed.gzip(whole)).threads());
        assertEquals(
                dumps(file()).get(0).threads().size(),
                Described.of(whole).threads().size());
    }

    /** What a heap that is still being packed, or copied, leaves of itself. */
    @Test
    void cutWhilePacked() throws IOException {
        byte[] gzip = Packed.gzip(Files.readAllBytes(heap));
        byte[] cut = Arrays.copyOf(gzip, gzip.length - 1000);
        InputReport report = new Kept(new ArrayList<>())
                .read(Source.stream("heap.hprof.gz", () -> new ByteArrayInputStream(cut), true))
                .get(0);
        assertEquals(InputReport.Status.PARTIAL, report.status(), report.toString());
        assertEquals("Unexpected end of ZLIB input stream", report.message());
        assertTrue(report.threads() > 8, report.toString());
    }

    /** It can be read but once, and is kept in a file. */
    @Test
    void aPipeIsNoFile() {
        assertNull(Source.file("pipe", Path.of("/dev/null"), true).file());
        assertEquals(heap, Source.file("heap", heap, true).file());
    }

    /** It tells no monitors, so a thread dump of the same process is better. */
    @Test
    void aThreadDumpGoesFirst() throws IOException {
        String dump = SurroundingsTest.capture("scen-mixed-deadlock", "26/jstack-l-1.txt");
        Source text = Source.stream(
                "jstack.txt", () -> new ByteArrayInputStream(dump.getBytes(StandardCharsets.UTF_8)), true);
        Intake.Result read = Intake.read(List.of(file(), text));
        assertEquals(1, read.processes().size());
        assertEquals(
                List.of("jstack.txt"),
                read.processes().get(0).dumps().stream().map(DumpInfo::source).toList());
        assertEquals(
                "is read for its threads, which tell no monitors; they count where no thread dump is given",
                read.inputs().get(0).message());
    }

    @Test
    void cutAndDamaged() throws IOException {
        byte[] whole = Files.readAllBytes(heap);
        Random random = new Random(7);
        for (int i = 0; i < 8; i++) {
            byte[] damaged = Arrays.copyOf(whole, i < 4 ? 20 + random.nextInt(whole.length - 20) : whole.length);
            for (int j = 0; j < (i < 4 ? 0 : 10); j++) {
                damaged[20 + random.nextInt(whole.length / 4)] ^= (byte) (1 << random.nextInt(8));
            }
            List<InputReport> reports = new Kept(new ArrayList<>()).read(packed(damaged));
            assertFalse(String.valueOf(reports.get(0).message()).contains(Unpacker.BUG), reports.toString());
            assertTrue(i >= 4 || reports.get(0).status() != InputReport.Status.READ, reports.toString());
        }
    }
}
