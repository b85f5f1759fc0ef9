package dev.whyhung.knowledge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.whyhung.model.CallStack;
import dev.whyhung.model.Frame;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Threads of whole servers, by the frames that captures of them show; frames from the top, divided by blanks. */
class ServerThreadsTest {

    private static final String READ = "sun.nio.ch.SocketDispatcher.read0 sun.nio.ch.NioSocketImpl.implRead ";

    private static StackReading read(String frames) {
        return Knowledge.standard()
                .read(new CallStack(Arrays.stream(frames.split(" "))
                        .map(method -> new Frame(
                                method.substring(0, method.lastIndexOf('.')),
                                method.substring(method.lastIndexOf('.') + 1),
                                ""))
                        .toList()));
    }

    private static String kind(String frames) {
        return read(frames).call().map(call -> call.kind().name()).orElse("none");
    }

    @ParameterizedTest
    @CsvSource({
        "temporal-poller, Workflow Poller taskQueue=\"orders\": 1, io.grpc.stub.ClientCalls$ThreadlessExecutor.waitAndDrain"
                + " io.temporal.internal.worker.WorkflowPollTask.doPoll io.temporal.internal.worker.Poller$PollLoopTask.run",
        "none, order-1, io.grpc.stub.ClientCalls$ThreadlessExecutor.waitAndDrain com.acme.Orders.ask",
        "grizzly-worker, grizzly-http-server-0, java.util.concurrent.LinkedTransferQueue$Node.block"
                + " java.util.concurrent.LinkedTransferQueue.awaitMatch java.util.concurrent.LinkedTransferQueue.xfer"
                + " org.glassfish.grizzly.threadpool.FixedThreadPool$BasicWorker.getTask",
        "grizzly-worker, http-thread-pool::http-listener(2), java.lang.Object.wait"
                + " org.glassfish.grizzly.threadpool.SyncThreadPool$SyncThreadWorker.getTask",
        "camel-seda, Camel (camel-1) thread #7 - seda://orders, java.util.concurrent.LinkedBlockingQueue.poll"
                + " org.apache.camel.component.seda.SedaConsumer.doRun",
        "kafka-handler, data-plane-kafka-request-handler-0, java.util.concurrent.ArrayBlockingQueue.poll"
                + " kafka.network.RequestChannel.receiveRequest kafka.server.KafkaRequestHandler.run",
        "jvm-internal, ZWorker#1, a.B.c",
        "none, ZScheduler-Worker-0, zio.internal.ZScheduler.loop"
    })
    void rest(String id, String name, String frames) {
        assertEquals(id, read(frames).idle(name).orElse("none"));
    }

    @ParameterizedTest
    @CsvSource({
        "database-session, org.h2.value.Transfer.readInt org.h2.server.TcpServerThread.process org.h2.server.TcpServerThread.run",
        "none, com.acme.Rates.ask org.h2.command.Command.executeQuery org.h2.server.TcpServerThread.process"
                + " org.h2.server.TcpServerThread.run",
        "thrift-connection, org.apache.thrift.transport.TIOStreamTransport.read"
                + " org.apache.thrift.protocol.TBinaryProtocol.readMessageBegin org.apache.thrift.TBaseProcessor.process",
        "none, org.apache.thrift.protocol.TBinaryProtocol.readMessageBegin org.apache.thrift.TServiceClient.receiveBase"
                + " com.acme.Orders.ask"
    })
    void wait(String id, String frames) {
        assertEquals(id, read(READ + frames).passive("x").orElse("none"));
    }

    @ParameterizedTest
    @CsvSource({
        "temporal-slots, java.util.concurrent.Semaphore.acquire io.temporal.worker.tuning.FixedSizeSlotSupplier.reserveSlot"
                + " io.temporal.internal.worker.TrackingSlotSupplier.reserveSlot",
        "jmx-notifications, java.lang.Object.wait com.sun.jmx.remote.internal.ArrayNotificationBuffer.fetchNotifications"
                + " sun.rmi.server.UnicastServerRef.dispatch"
    })
    void waitForNews(String id, String frames) {
        assertEquals(id, read(frames).passive("x").orElse("none"));
    }

    @ParameterizedTest
    @CsvSource({
        "REQUEST, http-thread-pool::http-listener(1), com.acme.A.b",
        "REQUEST, RMI TCP Connection(2)-10.0.0.1, com.acme.A.b sun.rmi.server.UnicastServerRef.dispatch",
        "REQUEST, io-executor-thread-3, com.acme.A.b io.micronaut.http.server.RouteExecutor.callRoute",
        "REQUEST, data-plane-kafka-request-handler-0, kafka.server.KafkaRequestHandler.run",
        "REQUEST, pool-1-thread-2, com.acme.A.b org.apache.thrift.server.Invocation.run",
        "REQUEST, H2 TCP Server (tcp://localhost:9092) thread-3, org.h2.server.TcpServerThread.process",
        "EVENT_LOOP, NioProcessor-2, com.acme.A.b org.apache.mina.core.polling.AbstractPollingIoProcessor$Processor.run",
        "EVENT_LOOP, default I/O-2, com.acme.A.b org.xnio.nio.WorkerThread.run",
        "REQUEST, vert.x-virtual-thread-12, com.acme.A.b",
        "WORKER, pool-1-thread-2, com.acme.A.b"
    })
    void serve(String role, String name, String frames) {
        assertEquals(role, Knowledge.standard().role(name, read(frames)).name());
    }

    @ParameterizedTest
    @CsvSource({
        "true, true, com.acme.A.b org.apache.activemq.ActiveMQMessageConsumer.dispatch",
        "true, false, com.acme.A.b akka.dispatch.TaskInvocation.run",
        "true, false, com.acme.A.b org.quartz.core.JobRunShell.run",
        "true, true, com.acme.A.on org.axonframework.eventhandling.SimpleEventHandlerInvoker.handle",
        "true, false, com.acme.A.on org.axonframework.commandhandling.SimpleCommandBus.handle",
        "true, true, com.acme.A.b org.jpos.transaction.TransactionManager.prepare org.jpos.transaction.TransactionManager.run",
        "true, true, com.acme.A.map org.apache.flink.streaming.runtime.tasks.OneInputStreamTask$StreamTaskNetworkOutput.emitRecord",
        "false, false, com.acme.A.run org.apache.flink.streaming.runtime.tasks.SourceStreamTask$LegacySourceFunctionThread.run",
        "false, false, com.acme.A.b java.util.concurrent.ThreadPoolExecutor.runWorker"
    })
    void runJobs(boolean job, boolean message, String frames) {
        assertEquals(job, read(frames).isJob());
        assertEquals(message, read(frames).isMessage());
    }

    /** Up to JDK 17 the class that closes and writes to sockets is that of files. */
    @ParameterizedTest
    @CsvSource({
        "none, sun.nio.ch.FileDispatcherImpl.close0 sun.nio.ch.SocketDispatcher.close sun.nio.ch.SocketChannelImpl.kill",
        "none, sun.nio.ch.FileDispatcherImpl.preClose0 sun.nio.ch.SocketDispatcher.preClose sun.nio.ch.NioSocketImpl.close",
        "WRITE, sun.nio.ch.FileDispatcherImpl.writev0 sun.nio.ch.SocketDispatcher.writev sun.nio.ch.IOUtil.write"
                + " sun.nio.ch.SocketChannelImpl.write",
        "READ, sun.nio.ch.FileDispatcherImpl.readv0 sun.nio.ch.SocketDispatcher.readv sun.nio.ch.IOUtil.read"
                + " sun.nio.ch.SocketChannelImpl.read",
        "FILE, sun.nio.ch.FileDispatcherImpl.close0 sun.nio.ch.FileDispatcherImpl.close sun.nio.ch.FileChannelImpl.close",
        "FILE, sun.nio.ch.FileDispatcherImpl.force0 sun.nio.ch.FileDispatcherImpl.force sun.nio.ch.FileChannelImpl.force"
    })
    void socketsAreNoFiles(String kind, String frames) {
        assertEquals(kind, kind(frames));
    }

    @ParameterizedTest
    @CsvSource({
        "MyBatis, org.apache.ibatis.datasource.pooled.PooledDataSource.popConnection"
                + " org.apache.ibatis.datasource.pooled.PooledDataSource.getConnection",
        "none, java.util.concurrent.locks.ReentrantLock$Sync.lock java.util.concurrent.locks.ReentrantLock.lock"
                + " org.apache.ibatis.datasource.pooled.PooledDataSource.popConnection",
        "UCP, java.util.concurrent.Semaphore.tryAcquire oracle.ucp.common.CriStats$BorrowSemaphore.tryAcquire"
                + " oracle.ucp.common.Core.findFirst oracle.ucp.common.Core.helpBorrow oracle.ucp.common.Core.borrow",
        "Vibur, java.util.concurrent.Semaphore.tryAcquire org.vibur.objectpool.ConcurrentPool.tryTake"
                + " org.vibur.dbcp.pool.PoolOperations.getConnHolder org.vibur.dbcp.ViburDBCPDataSource.getConnection",
        "Atomikos, java.lang.Object.wait com.atomikos.datasource.pool.ConnectionPool.waitForAtLeastOneAvailableConnection"
                + " com.atomikos.datasource.pool.ConnectionPool.borrowConnection"
                + " com.atomikos.jdbc.internal.AbstractDataSourceBean.getConnection"
    })
    void borrow(String pool, String frames) {
        assertEquals(
                pool,
                read(frames)
                        .call()
                        .filter(call -> call.kind() == Call.Kind.BORROW)
                        .map(Call::id)
                        .orElse("none"));
    }

    /** A channel that is registered with a selector never blocks; code of the application on the same loop may. */
    @ParameterizedTest
    @CsvSource({
        "none, sun.nio.ch.FileDispatcherImpl.write0 sun.nio.ch.SocketDispatcher.write sun.nio.ch.SocketChannelImpl.write"
                + " io.netty.channel.socket.nio.NioSocketChannel.doWrite io.netty.channel.nio.NioEventLoop.run",
        "none, sun.nio.ch.SocketDispatcher.read0 sun.nio.ch.SocketChannelImpl.read"
                + " org.apache.flink.shaded.netty4.io.netty.channel.socket.nio.NioSocketChannel.doReadBytes",
        "READ, sun.nio.ch.SocketDispatcher.read0 sun.nio.ch.SocketChannelImpl.read com.acme.Rates.ask"
                + " io.netty.channel.nio.AbstractNioByteChannel$NioByteUnsafe.read io.netty.channel.nio.NioEventLoop.run"
    })
    void selectedChannels(String kind, String frames) {
        assertEquals(kind, kind(frames));
    }

    @ParameterizedTest
    @CsvSource({
        "PUT, java.util.concurrent.CompletableFuture.get"
                + " org.apache.flink.runtime.io.network.buffer.LocalBufferPool.requestMemorySegmentBlocking",
        "DATABASE_LOCK, java.lang.Thread.sleep org.neo4j.kernel.impl.locking.forseti.ForsetiClient.incrementalBackoffWait"
                + " org.neo4j.kernel.impl.locking.forseti.ForsetiClient.waitFor",
        "REMOTE, com.oracle.coherence.common.base.Blocking.parkNanos com.oracle.coherence.common.base.Blocking.park"
                + " com.tangosol.coherence.component.net.Poll.waitCompletion com.acme.Stock.of",
        "FUTURE, java.lang.Object.wait org.jpos.space.TSpace.in com.acme.Payments.authorize",
        "none, java.lang.Object.wait org.jpos.space.TSpace.in org.jpos.transaction.TransactionManager.run",
        "FUTURE, java.util.concurrent.CountDownLatch.await io.vertx.core.Future.await com.acme.Orders.handle"
    })
    void call(String kind, String frames) {
        assertEquals(kind, kind(frames));
    }
}
