package dev.whyhung.knowledge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clients whose callers wait for what other threads read, and servers that wait for their own clients. */
class ClientCallsTest {

    private static final String LATCH = "java.util.concurrent.CountDownLatch.await ";
    private static final String FUTURE = "java.util.concurrent.CompletableFuture$Signaller.block"
            + " java.util.concurrent.CompletableFuture.waitingGet java.util.concurrent.CompletableFuture.get ";
    private static final String SELECT = "sun.nio.ch.EPoll.wait sun.nio.ch.EPollSelectorImpl.doSelect"
            + " sun.nio.ch.SelectorImpl.lockAndDoSelect sun.nio.ch.SelectorImpl.select ";

    @ParameterizedTest
    @CsvSource({
        "com.hazelcast.spi.impl.AbstractInvocationFuture.joinInternal com.hazelcast.client.impl.proxy.ClientMapProxy.get,"
                + " REMOTE hazelcast",
        "org.apache.ignite.internal.util.future.GridFutureAdapter.get0, REMOTE ignite",
        FUTURE + "org.infinispan.client.hotrod.impl.Util.await, REMOTE infinispan",
        LATCH + "org.apache.geode.distributed.internal.ReplyProcessor21.basicWait, REMOTE geode",
        "org.jgroups.util.CondVar.waitFor org.jgroups.blocks.Request.waitForCompletion, REMOTE jgroups",
        "com.alibaba.dubbo.remoting.exchange.support.DefaultFuture.get, REMOTE dubbo",
        "java.util.concurrent.LinkedBlockingQueue.poll org.apache.dubbo.common.threadpool.ThreadlessExecutor.waitAndDrain,"
                + " REMOTE dubbo",
        LATCH + "com.alipay.remoting.rpc.protocol.DefaultInvokeFuture.waitResponse, REMOTE bolt",
        LATCH + "org.apache.rocketmq.remoting.netty.ResponseFuture.waitResponse, REMOTE rocketmq",
        "org.apache.hadoop.util.concurrent.AsyncGet$Util.wait org.apache.hadoop.ipc.Client.getRpcResponse"
                + " org.apache.hadoop.ipc.Client.call, REMOTE hadoop",
        "org.apache.hadoop.hbase.ipc.BlockingRpcCallback.get"
                + " org.apache.hadoop.hbase.ipc.AbstractRpcClient.callBlockingMethod, REMOTE hbase",
        "com.stumbleupon.async.Deferred.doJoin org.apache.kudu.client.KuduClient.joinAndHandleException,"
                + " REMOTE async-hbase",
        FUTURE + "org.redisson.command.CommandAsyncService.get org.redisson.RedissonMap.get, REMOTE redisson",
        LATCH + "org.elasticsearch.client.RestClient$SyncResponseListener.get, REMOTE elasticsearch",
        FUTURE + "com.couchbase.client.java.AsyncUtils.block, REMOTE couchbase",
        FUTURE + "org.neo4j.driver.internal.util.Futures.blockingGet, REMOTE neo4j",
        LATCH + "org.apache.kafka.clients.producer.internals.ProduceRequestResult.await, REMOTE kafka-send",
        FUTURE + "org.apache.kafka.common.internals.KafkaFutureImpl.get, REMOTE kafka-admin",
        "weblogic.rjvm.ResponseImpl.waitForData, REMOTE weblogic",
        "org.eclipse.jetty.server.HttpInput.blockForContent, READ jetty-request",
        "org.eclipse.jetty.util.SharedBlockingCallback$Blocker.block org.eclipse.jetty.server.HttpOutput.channelWrite,"
                + " WRITE jetty-answer",
        FUTURE + "org.eclipse.jetty.util.Blocker$1.block, WRITE jetty-answer",
        SELECT + "org.xnio.nio.SelectorUtils.await org.xnio.nio.NioSocketConduit.awaitReadable, READ xnio",
        SELECT + "org.xnio.nio.SelectorUtils.await org.xnio.nio.NioSocketConduit.awaitWritable, WRITE xnio",
        "org.apache.tomcat.util.net.NioEndpoint$NioSocketWrapper.fillReadBuffer, READ tomcat",
        LATCH + "org.apache.tomcat.util.net.NioEndpoint$KeyAttachment.awaitLatch"
                + " org.apache.tomcat.util.net.NioBlockingSelector.read, READ tomcat",
        "java.util.concurrent.Semaphore.tryAcquire org.apache.tomcat.util.net.NioEndpoint$NioSocketWrapper.doWrite,"
                + " WRITE tomcat"
    })
    void waitFor(String methods, String expected) {
        StackReading reading = LibraryCallsTest.read(methods + " com.acme.Shop.serve");
        Call call = reading.call().orElseThrow();
        assertEquals(expected, call.kind() + " " + call.id());
        assertEquals(Optional.empty(), reading.idle("http-nio-8080-exec-1"));
    }

    @ParameterizedTest
    @CsvSource({
        "com.hazelcast.spi.impl.AbstractInvocationFuture.joinInternal"
                + " com.hazelcast.collection.impl.queue.QueueProxyImpl.take",
        FUTURE + "org.redisson.command.CommandAsyncService.get org.redisson.RedissonBlockingQueue.take",
        "io.grpc.stub.ClientCalls$ThreadlessExecutor.waitAndDrain"
                + " io.grpc.stub.ClientCalls$BlockingResponseStream.waitForNext"
    })
    void takeWhatComes(String methods) {
        assertEquals(
                Optional.empty(),
                LibraryCallsTest.read(methods + " com.acme.Mail.run")
                        .call()
                        .filter(call -> call.kind() == Call.Kind.REMOTE));
    }
}
