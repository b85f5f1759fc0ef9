package dev.whyhung.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whyhung.DumpText;
import dev.whyhung.MadeRecording;
import dev.whyhung.Runs;
import dev.whyhung.diagnose.ProcessDiagnosis;
import dev.whyhung.diagnose.rank.RankedFinding;
import dev.whyhung.finding.Finding;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who has a connection, and who only begins a transaction. */
class ConnectionPoolTest {

    private static final String RUN = "java.lang.Thread.run(java.base@17.0.15/Thread.java:840)";
    private static final String[] TRANSACTION = {
        "org.springframework.transaction.interceptor.TransactionAspectSupport.invokeWithinTransaction(T.java:385)",
        "org.springframework.transaction.interceptor.TransactionInterceptor.invoke(TransactionInterceptor.java:119)"
    };
    private static final String[] BEGIN = {
        "org.springframework.jdbc.datasource.DataSourceTransactionManager.doBegin(DataSourceTransactionManager.java:265)",
        "org.springframework.transaction.interceptor.TransactionAspectSupport.createTransactionIfNecessary(T.java:605)",
        TRANSACTION[0],
        TRANSACTION[1]
    };
    private static final String PLACE = "com.acme.Orders$$SpringCGLIB$$0.place(<generated>)";
    private static final String CONTROLLER = "com.acme.OrderController.post(OrderController.java:20)";

    private static void borrowing(DumpText dump, int number, String[]... below) {
        borrowingFrom(9, dump, number, below);
    }

    private static void borrowingFrom(int pool, DumpText dump, int number, String[]... below) {
        List<String> lines = new ArrayList<>(List.of(
                "jdk.internal.misc.Unsafe.park(java.base@17.0.15/Native Method)",
                "- parking to wait for  <0x00000000e000000%d> (a java.util.concurrent.SynchronousQueue$TransferQueue)"
                        .formatted(pool),
                "java.util.concurrent.SynchronousQueue.poll(java.base@17.0.15/SynchronousQueue.java:903)",
                "com.zaxxer.hikari.util.ConcurrentBag.borrow(ConcurrentBag.java:151)",
                "com.zaxxer.hikari.pool.HikariPool.getConnection(HikariPool.java:163)"));
        for (String[] frames : below) {
            lines.addAll(List.of(frames));
        }
        lines.add(RUN);
        dump.thread("http-nio-8080-exec-" + number, "TIMED_WAITING (parking)", lines.toArray(new String[0]));
    }

    private static Finding leak(String... thrownIn) {
        DumpText dump = DumpText.withoutOwners(50);
        for (int i = 1; i <= 6; i++) {
            borrowing(dump, i, new String[] {"com.acme.Reports.total(Reports.java:20)"}, new String[] {CONTROLLER});
        }
        MadeRecording recording = MadeRecording.of("r.jfr", -90, 50)
                .thrown(
                        0,
                        MadeRecording.thread(2, "http-nio-8080-exec-2"),
                        "java.lang.NumberFormatException",
                        "For input string: \"none\"",
                        thrownIn);
        return Runs.finding(Runs.process(List.of(recording), dump), "connection-leak")
                .finding();
    }

    /** Some wait for their first connection, and others, called from there, for a second one. */
    @Test
    void whoWasCalledWhereOthersBorrowHasOne() {
        ProcessDiagnosis process = Runs.twice(dump -> {
            for (int i = 1; i <= 8; i++) {
                String[] total = {"com.acme.Reports.total(Reports.java:2" + (i > 4 ? 0 : 4) + ")"};
                String[] count = {"com.acme.Reports.count(Reports.java:41)"};
                borrowing(dump, i, i > 4 ? total : count, i > 4 ? new String[0] : total, new String[] {CONTROLLER});
            }
        });
        RankedFinding first = process.findings().get(0);
        assertEquals("pool-nested-acquire-deadlock", first.finding().rule().id());
        assertEquals(.75, first.score().confidence(), 1e-9);
        assertEquals(4, first.finding().culprits().size());
        assertFalse(Runs.rules(process).contains("connection-leak"));
    }

    @Test
    void theExceptionInTheCodeThatBorrowsIsTheLikelyWayOut() {
        Finding lost = leak(
                "java.lang.Integer.parseInt(java.base@17.0.15/Integer.java:652)",
                "com.acme.Reports.total(Reports.java:23)",
                CONTROLLER);
        Finding other = leak("com.acme.Mail.send(Mail.java:9)", CONTROLLER);
        assertTrue(lost.evidence().stream().anyMatch(each -> each.text().contains("NumberFormatException")));
        assertFalse(other.evidence().stream().anyMatch(each -> each.text().contains("NumberFormatException")));
        assertEquals(.1, lost.confidence() - other.confidence(), 1e-9);
    }

    @Test
    void aBorrowThatFailedIsNoWayOut() {
        Finding timeout = leak(
                "com.zaxxer.hikari.pool.HikariPool.createTimeoutException(HikariPool.java:709)",
                "com.zaxxer.hikari.pool.HikariPool.getConnection(HikariPool.java:179)",
                "com.acme.Reports.total(Reports.java:20)",
                CONTROLLER);
        assertFalse(timeout.evidence().stream().anyMatch(each -> each.text().contains("NumberFormatException")));
    }

    @ParameterizedTest
    @CsvSource({
        "BoneCP, java.util.concurrent.LinkedBlockingQueue.poll, com.jolbox.bonecp.DefaultConnectionStrategy.getConnectionInternal",
        "IronJacamar, java.util.concurrent.Semaphore.tryAcquire, org.jboss.jca.core.connectionmanager.pool.mcp.SemaphoreArrayListManagedConnectionPool.getConnection",
        "Liberty, java.lang.Object.wait, com.ibm.ejs.j2c.FreePool.queueRequest"
    })
    void poolsOfOldServers(String library, String wait, String borrow) {
        ProcessDiagnosis process = Runs.twice(dump -> {
            for (int i = 1; i <= 8; i++) {
                dump.thread(
                        "default task-" + i,
                        wait.endsWith("wait") ? "TIMED_WAITING (on object monitor)" : "TIMED_WAITING (parking)",
                        wait.endsWith("wait")
                                ? "java.lang.Object.wait(Native Method)"
                                : "sun.misc.Unsafe.park(Native Method)",
                        wait + "(Source.java:467)",
                        borrow + "(Source.java:82)",
                        CONTROLLER,
                        RUN);
            }
        });
        assertTrue(Runs.rules(process).contains("connection-pool-exhausted"), library);
        assertTrue(
                process.verdict().headline().contains(library),
                process.verdict().headline());
    }

    /** Druid's own thread waits as long as all connections are lent; after a failed attempt it sleeps. */
    @ParameterizedTest
    @CsvSource({
        "connection-leak, java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionObject.await",
        "pool-cannot-create, java.lang.Thread.sleep"
    })
    void druidOpensNothingWhereEverythingIsLent(String rule, String wait) {
        boolean sleeps = wait.endsWith("sleep");
        ProcessDiagnosis process = Runs.twice(dump -> {
            for (int i = 1; i <= 8; i++) {
                dump.parked(
                        "http-nio-8080-exec-" + i,
                        "TIMED_WAITING (parking)",
                        "<0x00000000e0000009> (a java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionObject)",
                        "java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionObject.awaitNanos(AbstractQueuedSynchronizer.java:1674)",
                        "com.alibaba.druid.pool.DruidDataSource.pollLast(DruidDataSource.java:2376)",
                        "com.alibaba.druid.pool.DruidDataSource.getConnectionInternal(DruidDataSource.java:1744)",
                        CONTROLLER,
                        RUN);
            }
            dump.thread(
                    "Druid-ConnectionPool-Create-1",
                    sleeps ? "TIMED_WAITING (sleeping)" : "WAITING (parking)",
                    sleeps
                            ? wait + "(java.base@17.0.15/Native Method)"
                            : "jdk.internal.misc.Unsafe.park(Native Method)",
                    sleeps
                            ? "com.alibaba.druid.pool.DruidDataSource$CreateConnectionThread.run(DruidDataSource.java:2941)"
                            : "- parking to wait for  <0x00000000e0000008> (a java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionObject)",
                    sleeps ? RUN : wait + "(AbstractQueuedSynchronizer.java:1630)",
                    sleeps
                            ? RUN
                            : "com.alibaba.druid.pool.DruidDataSource$CreateConnectionThread.run(DruidDataSource.java:2890)");
        });
        assertEquals(rule, Runs.rules(process).get(0));
    }

    @Test
    void whoBeginsATransactionHasNoConnectionYet() {
        ProcessDiagnosis process = Runs.twice(dump -> {
            for (int i = 1; i <= 8; i++) {
                borrowing(dump, i, BEGIN, new String[] {PLACE, CONTROLLER});
            }
        });
        assertEquals("connection-leak", Runs.rules(process).get(0));
    }

    @Test
    void aNestedTransactionWantsASecondConnection() {
        ProcessDiagnosis process = Runs.twice(dump -> {
            for (int i = 1; i <= 8; i++) {
                String[] inner = {
                    "com.acme.Audit$$SpringCGLIB$$0.write(<generated>)", "com.acme.Orders.place(Orders.java:9)"
                };
                borrowing(dump, i, BEGIN, inner, TRANSACTION, new String[] {PLACE, CONTROLLER});
            }
        });
        assertEquals("pool-nested-acquire-deadlock", Runs.rules(process).get(0));
    }

    @Test
    void theFirstStatementOfATransactionTakesItsOnlyConnection() {
        ProcessDiagnosis process = Runs.twice(dump -> {
            for (int i = 1; i <= 8; i++) {
                String[] lazily = {
                    "org.hibernate.resource.jdbc.internal.LogicalConnectionManagedImpl.acquireConnectionIfNeeded(L.java:113)",
                    "com.acme.OrderDao.find(OrderDao.java:9)"
                };
                borrowing(dump, i, lazily, TRANSACTION, new String[] {PLACE, CONTROLLER});
            }
        });
        assertFalse(Runs.rules(process).contains("pool-nested-acquire-deadlock"));
    }

    /** Spring 6.2 with Hibernate 6.6, as captured: whoever suspends a transaction to begin another keeps its connection. */
    @Test
    void aSuspendedTransactionKeepsItsConnection() {
        String[] inner = {
            "org.hibernate.resource.jdbc.internal.LogicalConnectionManagedImpl.acquireConnectionIfNeeded(L.java:126)",
            "org.springframework.orm.jpa.JpaTransactionManager.doBegin(JpaTransactionManager.java:420)",
            "org.springframework.transaction.support.AbstractPlatformTransactionManager.startTransaction(A.java:532)",
            "org.springframework.transaction.support.AbstractPlatformTransactionManager.handleExistingTransaction(A.java:452)",
            TRANSACTION[0],
            TRANSACTION[1],
            "com.acme.Audit$$SpringCGLIB$$0.write(<generated>)",
            "com.acme.Orders.place(Orders.java:9)"
        };
        String[] outer = {
            "org.hibernate.resource.jdbc.internal.LogicalConnectionManagedImpl.acquireConnectionIfNeeded(L.java:126)",
            "org.springframework.orm.jpa.JpaTransactionManager.doBegin(JpaTransactionManager.java:420)",
            "org.springframework.transaction.support.AbstractPlatformTransactionManager.startTransaction(A.java:532)"
        };
        ProcessDiagnosis process = Runs.twice(dump -> {
            for (int i = 1; i <= 5; i++) {
                borrowing(dump, i, inner, TRANSACTION, new String[] {PLACE, CONTROLLER});
            }
            for (int i = 6; i <= 20; i++) {
                borrowing(dump, i, outer, TRANSACTION, new String[] {PLACE, CONTROLLER});
            }
        });
        RankedFinding nested = process.findings().get(0);
        assertEquals("pool-nested-acquire-deadlock", nested.finding().rule().id());
        assertEquals(5, nested.finding().culprits().size());
    }

    @Test
    void anOpenTransactionKeepsItsConnectionAcrossARemoteCall() {
        ProcessDiagnosis process = Runs.twice(dump -> {
            for (int i = 1; i <= 8; i++) {
                borrowing(dump, i, BEGIN, new String[] {PLACE, CONTROLLER});
            }
            for (int i = 9; i <= 11; i++) {
                dump.readingSocketTimed(
                        "http-nio-8080-exec-" + i,
                        "sun.net.www.http.HttpClient.parseHTTP(java.base@17.0.15/HttpClient.java:750)",
                        "com.acme.Shipping.quote(Shipping.java:30)",
                        TRANSACTION[0],
                        TRANSACTION[1],
                        PLACE,
                        RUN);
            }
        });
        assertEquals("external-io-stall", Runs.rules(process).get(0));
        assertEquals(11, process.findings().get(0).victims().size());
        assertFalse(Runs.rules(process).contains("connection-leak"));
    }

    private static void housekeeper(DumpText dump, String pool) {
        dump.parked(
                pool + " housekeeper",
                "TIMED_WAITING (parking)",
                "<0x00000000e00000aa> (a java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionObject)",
                "java.util.concurrent.ScheduledThreadPoolExecutor$DelayedWorkQueue.take(S.java:1182)",
                "java.util.concurrent.ThreadPoolExecutor.getTask(java.base@17.0.15/ThreadPoolExecutor.java:1062)",
                RUN);
    }

    private static final String[] ORDERS = {"com.acme.OrderDao.find(OrderDao.java:9)", CONTROLLER};
    private static final String[] USERS = {
        "com.acme.UserDao.find(UserDao.java:9)", "com.acme.UserController.get(U.java:2)"
    };

    private static void querying(DumpText dump, int number, int line) {
        dump.thread(
                "http-nio-8080-exec-" + number,
                "RUNNABLE",
                "org.h2.mvstore.MVMap.get(MVMap.java:%d)".formatted(line),
                "org.h2.jdbc.JdbcStatement.execute(JdbcStatement.java:241)",
                USERS[0],
                USERS[1],
                RUN);
    }

    private static DumpText twoPools(DumpText dump, int line) {
        housekeeper(dump, "orders");
        housekeeper(dump, "users");
        for (int i = 1; i <= 6; i++) {
            borrowingFrom(7, dump, i, ORDERS);
        }
        querying(dump, 7, line);
        querying(dump, 8, line + 1);
        return dump;
    }

    @Test
    void whoWorksWithAnotherPoolDoesNotHoldThisOne() {
        ProcessDiagnosis process =
                Runs.process(twoPools(DumpText.withOwners(0), 10), twoPools(DumpText.withOwners(DumpText.LATER), 20));
        assertEquals("connection-leak", Runs.rules(process).get(0));
        assertEquals(6, process.findings().get(0).victims().size());
    }

    /** A single pool: who works with a connection has one of it, in whatever code. */
    @Test
    void whoWorksWithTheOnlyPoolHoldsIt() {
        ProcessDiagnosis process = Runs.twice(dump -> {
            housekeeper(dump, "orders");
            for (int i = 1; i <= 6; i++) {
                borrowingFrom(7, dump, i, ORDERS);
            }
            querying(dump, 7, 10);
        });
        assertFalse(Runs.rules(process).contains("connection-leak"));
    }

    @Test
    void twoExhaustedPoolsAreTwoFindings() {
        ProcessDiagnosis process = Runs.twice(dump -> {
            for (int i = 1; i <= 6; i++) {
                borrowingFrom(7, dump, i, ORDERS);
            }
            for (int i = 7; i <= 10; i++) {
                borrowingFrom(8, dump, i, USERS);
            }
            dump.readingSocketTimed(
                    "users:connection-adder",
                    "org.postgresql.core.v3.ConnectionFactoryImpl.doAuthentication(ConnectionFactoryImpl.java:696)",
                    "com.zaxxer.hikari.pool.PoolBase.newConnection(PoolBase.java:359)",
                    "com.zaxxer.hikari.pool.HikariPool$PoolEntryCreator.call(HikariPool.java:725)",
                    RUN);
        });
        assertEquals(
                2,
                Runs.rules(process).stream()
                        .filter("connection-pool-exhausted"::equals)
                        .count());
        RankedFinding first = process.findings().get(0);
        assertEquals("pool-cannot-create", first.finding().rule().id());
        assertEquals(
                true,
                first.finding().headline().contains("HikariCP pool users"),
                first.finding().headline());
        assertEquals(true, Runs.rules(process).contains("connection-leak"));
    }
}
