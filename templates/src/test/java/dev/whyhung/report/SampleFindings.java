package dev.whyhung.report;

import dev.whyhung.diagnose.rank.Crowd;
import dev.whyhung.diagnose.rank.RankedFinding;
import dev.whyhung.diagnose.rank.Score;
import dev.whyhung.diagnose.rank.Severity;
import dev.whyhung.finding.Culprit;
import dev.whyhung.finding.Exhibit;
import dev.whyhung.finding.Finding;
import dev.whyhung.finding.Fix;
import dev.whyhung.finding.Tier;
import dev.whyhung.graph.thread.Persistence;
import dev.whyhung.graph.thread.Resource;
import dev.whyhung.model.ThreadId;
import java.time.Duration;
import java.util.List;

/** The findings in {@link Samples}. */
final class SampleFindings {

    private SampleFindings() {}

    static RankedFinding orphaned(List<ThreadId> victims) {
        Finding finding = Finding.of(Samples.ORPHANED)
                .headline(
                        "Lock ReentrantLock <0x000000071a2b3c40> is held by order-worker-1, which is idle and will never release it")
                .explanation(
                        "order-worker-1 owns the lock but waits for its next task.",
                        "Some earlier task left between lock() and unlock(), most likely by an exception that its future swallowed.",
                        "Every later lock() waits for ever, and no error is logged.",
                        "Which task it was the dump cannot show.")
                .culprit(new Culprit(
                        "order-worker-1", ThreadId.ofJava(27), false, true, "com.acme.Orders.place(Orders.java:41)"))
                .resource(Samples.LOCK)
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

    static Crowd crowd(List<ThreadId> threads) {
        return new Crowd(threads.size(), threads.subList(0, Math.min(50, threads.size())));
    }

    static RankedFinding stall(List<ThreadId> readers) {
        Finding finding = Finding.of(Samples.STALL)
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

    static RankedFinding exhausted(List<ThreadId> victims) {
        Finding finding = Finding.of(Samples.EXHAUSTED)
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

    static RankedFinding note(int rank) {
        Finding finding = Finding.of(Samples.SINGLE_DUMP)
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
}
