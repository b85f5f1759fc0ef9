package dev.whyhung.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whyhung.DumpText;
import dev.whyhung.Runs;
import dev.whyhung.diagnose.ProcessDiagnosis;
import dev.whyhung.diagnose.rank.RankedFinding;
import dev.whyhung.diagnose.rank.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Threads whose tasks are not to wait: dispatchers of actors and coroutines, workers of job schedulers. */
class DispatcherTest {

    private static final String SLEEP = "java.lang.Thread.sleep(java.base@17.0.15/Native Method)";
    private static final String[] ACTOR = {
        "com.acme.Desk.on(Desk.java:20)",
        "org.apache.pekko.actor.typed.javadsl.AbstractBehavior.receive(AbstractBehavior.scala:80)",
        "org.apache.pekko.dispatch.Mailbox.run(Mailbox.scala:230)",
        "org.apache.pekko.dispatch.ForkJoinExecutorConfigurator$PekkoForkJoinTask.exec(F.scala:62)",
        "java.util.concurrent.ForkJoinWorkerThread.run(java.base@17.0.15/ForkJoinWorkerThread.java:165)"
    };
    private static final String[] COROUTINE = {
        "com.acme.Importer.load(Importer.kt:20)",
        "kotlinx.coroutines.DispatchedTask.run(DispatchedTask.kt:104)",
        "kotlinx.coroutines.scheduling.CoroutineScheduler$Worker.run(CoroutineScheduler.kt:702)"
    };
    private static final String[] LENT = {
        "com.acme.Importer.load(Importer.kt:20)",
        "kotlinx.coroutines.DispatchedTask.run(DispatchedTask.kt:104)",
        "kotlinx.coroutines.internal.LimitedDispatcher$Worker.run(LimitedDispatcher.kt:124)",
        "kotlinx.coroutines.scheduling.CoroutineScheduler$Worker.run(CoroutineScheduler.kt:702)"
    };

    /** Two dumps of the same situation; it is told how many seconds after the first each of them is. */
    private static ProcessDiagnosis twice(BiConsumer<DumpText, Integer> situation) {
        DumpText first = DumpText.withOwners(0);
        DumpText second = DumpText.withOwners(DumpText.LATER);
        situation.accept(first, 0);
        situation.accept(second, DumpText.LATER);
        return Runs.process(first, second);
    }

    private static void sleeping(DumpText dump, String name, long cpu, String... below) {
        List<String> lines = new ArrayList<>(List.of(SLEEP));
        lines.addAll(List.of(below));
        dump.thread(name, cpu, "TIMED_WAITING (sleeping)", lines.toArray(new String[0]));
    }

    private static void idleActorThread(DumpText dump, String name) {
        dump.thread(
                name,
                "WAITING (parking)",
                "jdk.internal.misc.Unsafe.park(java.base@17.0.15/Native Method)",
                "java.util.concurrent.ForkJoinPool.awaitWork(java.base@17.0.15/ForkJoinPool.java:1724)",
                "java.util.concurrent.ForkJoinWorkerThread.run(java.base@17.0.15/ForkJoinWorkerThread.java:165)");
    }

    private static void assertQuiet(ProcessDiagnosis process) {
        assertTrue(
                process.findings().stream()
                        .allMatch(finding -> finding.severity() == Severity.LOW || finding.severity() == Severity.INFO),
                Runs.rules(process).toString());
    }

    /** Pekko 1.1, as captured. */
    @Test
    void allThreadsOfADispatcherSleep() {
        RankedFinding first = twice((dump, later) -> {
                    for (int i = 3; i <= 10; i++) {
                        sleeping(dump, "shop-pekko.actor.default-dispatcher-" + i, 5, ACTOR);
                    }
                })
                .findings()
                .get(0);
        assertEquals("coroutine-dispatcher-starved", first.finding().rule().id());
        assertEquals("across-sleep", first.finding().kind());
    }

    @Test
    void aDispatcherWithAnIdleThreadGetsOn() {
        assertQuiet(twice((dump, later) -> {
            for (int i = 3; i <= 9; i++) {
                sleeping(dump, "shop-pekko.actor.default-dispatcher-" + i, 5, ACTOR);
            }
            idleActorThread(dump, "shop-pekko.actor.default-dispatcher-10");
        }));
    }

    @Test
    void actorsThatSleepAgainAndAgainGetOn() {
        assertQuiet(twice((dump, later) -> {
            for (int i = 3; i <= 10; i++) {
                sleeping(dump, "shop-pekko.actor.default-dispatcher-" + i, 100 + 20L * later, ACTOR);
            }
        }));
    }

    @Test
    void coroutinesThatSleepOnTheDefaultDispatcher() {
        RankedFinding first = twice((dump, later) -> {
                    for (int i = 1; i <= 4; i++) {
                        sleeping(dump, "DefaultDispatcher-worker-" + i, 5, COROUTINE);
                    }
                })
                .findings()
                .get(0);
        assertEquals("coroutine-dispatcher-starved", first.finding().rule().id());
    }

    @Test
    void threadsLentForBlockingWorkMaySleep() {
        assertQuiet(twice((dump, later) -> {
            for (int i = 1; i <= 4; i++) {
                sleeping(dump, "DefaultDispatcher-worker-" + i, 5, LENT);
            }
        }));
    }

    /** Quartz 2.3, as captured: jobs that start another job and wait for it. */
    @Test
    void allJobsOfASchedulerWaitForOtherJobs() {
        ProcessDiagnosis process = twice((dump, later) -> {
            for (int i = 1; i <= 5; i++) {
                dump.parked(
                        "QuartzScheduler_Worker-" + i,
                        "WAITING (parking)",
                        "<0x00000000e000000%d> (a java.util.concurrent.CountDownLatch$Sync)".formatted(i),
                        "java.util.concurrent.CountDownLatch.await(java.base@17.0.15/CountDownLatch.java:230)",
                        "com.acme.Report.execute(Report.java:21)",
                        "org.quartz.core.JobRunShell.run(JobRunShell.java:202)",
                        "org.quartz.simpl.SimpleThreadPool$WorkerThread.run(SimpleThreadPool.java:573)");
            }
        });
        assertEquals("pool-self-deadlock", Runs.rules(process).get(0));
        assertTrue(process.findings().get(0).score().confidence() >= .6);
    }

    /** Reactor 3.6, as captured: a bounded elastic scheduler with a name of its own. */
    @Test
    void allThreadsOfANamedReactiveSchedulerBlock() {
        ProcessDiagnosis process = twice((dump, later) -> {
            for (int i = 1; i <= 4; i++) {
                dump.parked(
                        "db-" + i,
                        "WAITING (parking)",
                        "<0x00000000e000000%d> (a reactor.core.publisher.BlockingMonoSubscriber)".formatted(i),
                        "java.util.concurrent.CountDownLatch.await(java.base@17.0.15/CountDownLatch.java:230)",
                        "reactor.core.publisher.BlockingSingleSubscriber.blockingGet(BlockingSingleSubscriber.java:91)",
                        "reactor.core.publisher.Mono.block(Mono.java:1779)",
                        "com.acme.Repository.load(Repository.java:21)",
                        "reactor.core.scheduler.SchedulerTask.call(SchedulerTask.java:68)",
                        "java.util.concurrent.FutureTask.run(java.base@17.0.15/FutureTask.java:264)",
                        "java.util.concurrent.ScheduledThreadPoolExecutor$ScheduledFutureTask.run(java.base@17.0.15/S.java:304)",
                        "java.util.concurrent.ThreadPoolExecutor.runWorker(java.base@17.0.15/ThreadPoolExecutor.java:1136)",
                        "java.lang.Thread.run(java.base@17.0.15/Thread.java:840)");
            }
        });
        assertEquals("reactive-scheduler-self-starvation", Runs.rules(process).get(0));
    }

    /** The server of the JDK handles requests on the thread that selects, if it is given no executor. */
    @Test
    void theOnlyThreadOfTheServerOfTheJdkIsBlocked() {
        RankedFinding first = twice((dump, later) -> dump.readingSocket(
                        "HTTP-Dispatcher",
                        "sun.net.www.http.HttpClient.parseHTTP(java.base@17.0.15/HttpClient.java:750)",
                        "com.acme.Handler.handle(Handler.java:20)",
                        "sun.net.httpserver.ServerImpl$Exchange.run(jdk.httpserver@17.0.15/ServerImpl.java:816)",
                        "sun.net.httpserver.ServerImpl$DefaultExecutor.execute(jdk.httpserver@17.0.15/ServerImpl.java:189)",
                        "sun.net.httpserver.ServerImpl$Dispatcher.handle(jdk.httpserver@17.0.15/ServerImpl.java:567)",
                        "sun.net.httpserver.ServerImpl$Dispatcher.run(jdk.httpserver@17.0.15/ServerImpl.java:532)",
                        "java.lang.Thread.run(java.base@17.0.15/Thread.java:840)"))
                .findings()
                .get(0);
        assertEquals("event-loop-blocked", first.finding().rule().id());
    }

    /** A class of the application that is called like an event loop is none: a game, say, that ticks. */
    @Test
    void aLoopOfTheApplicationMaySleep() {
        DumpText one = DumpText.withOwners(0);
        sleeping(one, "ticks", 5, "com.acme.GameEventLoop.run(GameEventLoop.java:20)");
        assertQuiet(Runs.process(one));
        assertQuiet(twice(
                (dump, later) -> sleeping(dump, "ticks", 5, "com.acme.GameEventLoop.run(GameEventLoop.java:20)")));
    }

    /** Threads of an application that hand something over, under names of those that must not wait. */
    @ParameterizedTest
    @ValueSource(strings = {"page-dispatcher-", "parallel-", "single-"})
    void aNameAloneMakesNoDispatcher(String name) {
        List<String> rules = Runs.rules(twice((dump, later) -> {
            for (int i = 1; i <= 2; i++) {
                dump.parked(
                        name + i,
                        "WAITING (parking)",
                        "<0x00000000f834000" + i + "> (a java.util.concurrent.SynchronousQueue$TransferStack)",
                        "java.util.concurrent.SynchronousQueue$TransferStack.transfer(java.base@17.0.15/SynchronousQueue.java:401)",
                        "java.util.concurrent.SynchronousQueue.put(java.base@17.0.15/SynchronousQueue.java:863)",
                        "com.acme.PageDispatcher.run(PageDispatcher.java:31)",
                        "java.lang.Thread.run(java.base@17.0.15/Thread.java:840)");
            }
        }));
        assertFalse(
                rules.contains("coroutine-dispatcher-starved") || rules.contains("event-loop-blocked"),
                rules.toString());
    }
}
