package dev.whyhung.knowledge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whyhung.model.CallStack;
import dev.whyhung.model.Frame;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Stacks as captured with libraries, from the top. */
class LibraryCallsTest {

    private static final String LATCH = "java.util.concurrent.CountDownLatch.await ";
    private static final String FUTURE = "java.util.concurrent.CompletableFuture.get ";
    private static final String QUEUE = "java.util.concurrent.LinkedBlockingQueue.poll ";
    private static final String PERMIT = "java.util.concurrent.Semaphore.tryAcquire ";

    /** @param methods from the top of a stack, with blanks between them */
    static StackReading read(String methods) {
        return Knowledge.standard()
                .read(new CallStack(Arrays.stream(methods.split(" "))
                        .map(method -> new Frame(
                                method.substring(0, method.lastIndexOf('.')),
                                method.substring(method.lastIndexOf('.') + 1),
                                ""))
                        .toList()));
    }

    @ParameterizedTest
    @CsvSource({
        QUEUE + "com.unboundid.ldap.sdk.LDAPConnectionPool.getConnection, BORROW LDAP",
        QUEUE + "com.unboundid.ldap.sdk.SimpleBindRequest.process com.unboundid.ldap.sdk.LDAPConnection.bind,"
                + " REMOTE unboundid",
        "bitronix.tm.resource.common.XAPool.waitForConnectionInPool bitronix.tm.resource.common.XAPool.getInPool,"
                + " BORROW Bitronix",
        "org.eclipse.persistence.sessions.server.ConnectionPool.acquireConnection, BORROW EclipseLink",
        PERMIT + "com.orientechnologies.common.concur.resource.OResourcePool.getResource, BORROW OrientDB",
        "com.sleepycat.je.txn.LockManager.waitForLock com.sleepycat.je.txn.LockManager.lock,"
                + " DATABASE_LOCK berkeley-db",
        "jetbrains.exodus.env.ReentrantTransactionDispatcher.waitForPermits, DATABASE_LOCK xodus",
        "java.lang.Thread.sleep liquibase.lockservice.StandardLockService.waitForLock, DISTRIBUTED_LOCK liquibase",
        LATCH + "net.spy.memcached.internal.OperationFuture.get net.spy.memcached.internal.GetFuture.get,"
                + " REMOTE memcached",
        "org.snmp4j.Snmp.send org.snmp4j.Snmp.get, REMOTE snmp",
        "org.jsmpp.extra.PendingResponse.waitDone org.jsmpp.session.AbstractSession.executeSendCommand, REMOTE smpp",
        "org.eclipse.californium.core.coap.Request.waitForResponse, REMOTE coap",
        LATCH + "ca.uhn.hl7v2.concurrent.BlockingHashMap.poll, REMOTE hl7",
        "org.apache.http.concurrent.BasicFuture.get, REMOTE http-async",
        FUTURE + "org.asynchttpclient.netty.NettyResponseFuture.get, REMOTE async-http-client",
        FUTURE + "io.nats.client.impl.NatsConnection.requestInternal, REMOTE nats",
        FUTURE + "com.datastax.oss.driver.internal.core.util.concurrent.CompletableFutures.getUninterruptibly,"
                + " REMOTE cassandra",
        FUTURE + "org.apache.cxf.transport.http.HttpClientHTTPConduit$HttpClientWrappedOutputStream.getResponse,"
                + " REMOTE cxf",
        LATCH + "io.smallrye.mutiny.operators.uni.UniBlockingAwait.await, FUTURE mutiny",
        LATCH + "org.apache.ibatis.cache.decorators.BlockingCache.acquireLock, FUTURE mybatis-cache",
        "groovyx.gpars.dataflow.expression.DataflowExpression.getVal, FUTURE gpars",
        "org.cache2k.core.Entry.waitForProcessing, FUTURE cache2k",
        PERMIT + "org.jruby.RubyThread$SleepTask2.run org.jruby.RubyThread.sleep, SLEEP jruby"
    })
    void waitFor(String methods, String expected) {
        Call call = read(methods + " com.acme.Shop.serve").call().orElseThrow();
        assertEquals(expected, call.kind() + " " + call.id());
    }

    @ParameterizedTest
    @CsvSource({
        "com.github.kagkarlsson.scheduler.ExecutePicked.run",
        "org.flowable.job.service.impl.asyncexecutor.ExecuteAsyncRunnable.run",
        "org.jobrunr.server.BackgroundJobPerformer.run",
        "org.apache.beam.runners.direct.DirectTransformExecutor.run",
        "org.eclipse.paho.client.mqttv3.internal.CommsCallback.deliverMessage",
        "org.java_websocket.server.WebSocketServer.onWebsocketMessage",
        "com.alipay.sofa.jraft.core.FSMCallerImpl.doApplyTasks",
        "org.snmp4j.Snmp.fireProcessPdu",
        "org.jsmpp.session.SMPPServerSession.fireAcceptSubmitSm",
        "quickfix.Session.fromCallback",
        "io.activej.promise.Promise.lambda$ofBlocking$12"
    })
    void handOver(String caller) {
        assertTrue(read("java.net.Socket$SocketInputStream.read com.acme.Shop.serve " + caller)
                .isJob());
    }

    /** The thread that reads for a client of MQTT is at rest; the one that has a message in hand is not. */
    @Test
    void aMessageOfMqttIsInHand() {
        String read = "sun.nio.ch.SocketDispatcher.read0 java.net.Socket$SocketInputStream.read ";
        String callback = "org.eclipse.paho.client.mqttv3.internal.CommsCallback.";
        assertEquals(Optional.of("mqtt-loop"), read(read + callback + "run").passive("MQTT Call: sub"));
        assertFalse(read(read + "com.acme.Shop.on " + callback + "deliverMessage " + callback + "run")
                .passive("MQTT Call: sub")
                .isPresent());
    }

    @Test
    void theLoopOfAWindowSystemWaitsForEvents() {
        assertEquals(
                Optional.of("awt-queue"),
                read("java.awt.EventQueue.getNextEvent java.awt.EventDispatchThread.run")
                        .idle("AWT-EventQueue-0"));
        assertEquals(
                Optional.of("xodus-jobs"),
                read(PERMIT + "jetbrains.exodus.core.execution.JobProcessorQueueAdapter.waitForJobs")
                        .idle("Exodus shared timer thread"));
    }
}
