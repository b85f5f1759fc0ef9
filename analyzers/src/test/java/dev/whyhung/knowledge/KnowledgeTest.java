package dev.whyhung.knowledge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whyhung.model.CallStack;
import dev.whyhung.model.Frame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KnowledgeTest {

    @TempDir
    Path folder;

    private static CallStack stack(String... methods) {
        return new CallStack(Arrays.stream(methods)
                .map(method -> new Frame(
                        method.substring(0, method.lastIndexOf('.')),
                        method.substring(method.lastIndexOf('.') + 1),
                        ""))
                .toList());
    }

    private Knowledge with(String... lines) throws IOException, SignatureException {
        Path file = folder.resolve("mine.sig");
        Files.write(file, List.of(lines));
        return Knowledge.standardWith(List.of(file));
    }

    @ParameterizedTest
    @CsvSource({
        "http-nio-8080-exec-12, REQUEST",
        "http-nio-8080-Acceptor, ACCEPTOR",
        "http-nio-8080-Poller, ACCEPTOR",
        "qtp123456-17, REQUEST",
        "qtp123456-17-selector-x, EVENT_LOOP",
        "XNIO-1 task-3, REQUEST",
        "XNIO-1 I/O-2, EVENT_LOOP",
        "ForkJoinPool.commonPool-worker-1, COMMON_POOL",
        "pool-3-thread-1, WORKER",
        "scheduling-1, SCHEDULER",
        "C2 CompilerThread0, JVM",
        "Finalizer, JVM",
        "boundedElastic-4, REACTIVE",
        "my-own-thread, OTHER"
    })
    void rolesByName(String name, String role) {
        Knowledge knowledge = Knowledge.standard();
        assertEquals(role, knowledge.role(name, knowledge.read(CallStack.EMPTY)).name());
    }

    @Test
    void anIdlePoolWorkerIsIdleAndABusyOneIsNot() {
        Knowledge knowledge = Knowledge.standard();
        StackReading idle = knowledge.read(stack(
                "jdk.internal.misc.Unsafe.park",
                "java.util.concurrent.locks.LockSupport.park",
                "java.util.concurrent.LinkedBlockingQueue.take",
                "java.util.concurrent.ThreadPoolExecutor.getTask",
                "java.util.concurrent.ThreadPoolExecutor.runWorker"));
        StackReading busy = knowledge.read(stack(
                "jdk.internal.misc.Unsafe.park",
                "java.util.concurrent.locks.LockSupport.park",
                "java.util.concurrent.LinkedBlockingQueue.take",
                "com.acme.Work.next",
                "java.util.concurrent.ThreadPoolExecutor.runWorker"));
        assertEquals(Optional.of("pool-take"), idle.idle("pool-1-thread-1"));
        assertEquals(Optional.empty(), busy.idle("pool-1-thread-1"));
        assertTrue(busy.passive("pool-1-thread-1").isPresent());
    }

    /** Stacks of JDK 6 and 7, and of Scala 2.10, whose pools are copies of those. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "java.util.concurrent.ThreadPoolExecutor$Worker.runTask java.util.concurrent.ThreadPoolExecutor$Worker.run",
                "edu.emory.mathcs.backport.java.util.concurrent.ThreadPoolExecutor$Worker.runTask",
                "scala.concurrent.forkjoin.ForkJoinTask.doExec scala.concurrent.forkjoin.ForkJoinWorkerThread.run"
            })
    void anOldPoolHasWorkersToo(String bottom) {
        String[] methods = ("java.lang.Object.wait com.acme.Work.next " + bottom).split(" ");
        assertTrue(Knowledge.standard().read(stack(methods)).isWorker());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "java.util.concurrent.ForkJoinPool.tryAwaitWork java.util.concurrent.ForkJoinPool.work"
                        + " java.util.concurrent.ForkJoinWorkerThread.run",
                "scala.concurrent.forkjoin.ForkJoinPool.idleAwaitWork scala.concurrent.forkjoin.ForkJoinPool.scan"
                        + " scala.concurrent.forkjoin.ForkJoinPool.runWorker scala.concurrent.forkjoin.ForkJoinWorkerThread.run",
                "scala.concurrent.forkjoin.ForkJoinPool.scan scala.concurrent.forkjoin.ForkJoinPool.runWorker"
                        + " scala.concurrent.forkjoin.ForkJoinWorkerThread.run"
            })
    void anOldForkJoinWorkerRests(String frames) {
        String[] methods = ("sun.misc.Unsafe.park " + frames).split(" ");
        assertEquals(
                Optional.of("fj-await-work"),
                Knowledge.standard().read(stack(methods)).idle("ForkJoinPool-1-worker-1"));
    }

    @Test
    void aKafkaConsumerThatFindsNoBrokerIsNotIdle() {
        StackReading reading = Knowledge.standard()
                .read(stack(
                        "sun.nio.ch.EPoll.wait",
                        "sun.nio.ch.EPollSelectorImpl.doSelect",
                        "org.apache.kafka.common.network.Selector.poll",
                        "org.apache.kafka.clients.consumer.internals.AbstractCoordinator.ensureCoordinatorReady"));
        assertEquals(Optional.empty(), reading.idle("consumer"));
        assertEquals(Call.Kind.REMOTE, reading.call().orElseThrow().kind());
    }

    @ParameterizedTest
    @CsvSource({
        "redis.clients.jedis.Connection.executeCommand redis.clients.jedis.Jedis.blpop, redis-pop",
        "redis.clients.jedis.Connection.executeCommand redis.clients.jedis.UnifiedJedis.brpop, redis-pop",
        "redis.clients.jedis.JedisPubSubBase.process redis.clients.jedis.Jedis.subscribe, redis-subscriber",
        "org.postgresql.core.v3.QueryExecutorImpl.processNotifies org.postgresql.jdbc.PgConnection.getNotifications,"
                + " database-notifications",
        "org.eclipse.angus.mail.imap.protocol.IMAPProtocol.readIdleResponse org.eclipse.angus.mail.imap.IMAPFolder.idle,"
                + " mail-idle",
        "okhttp3.internal.ws.WebSocketReader.processNextFrame okhttp3.internal.ws.RealWebSocket.loopReader, web-socket",
        "com.jcraft.jsch.Session.read com.jcraft.jsch.Session.run, ssh-reader",
        "org.eclipse.paho.client.mqttv3.internal.CommsReceiver.run java.lang.Thread.run, mqtt-loop"
    })
    void whoReadsWhatOthersPushIsAtRest(String below, String id) {
        String[] methods = ("sun.nio.ch.SocketDispatcher.read0 sun.nio.ch.NioSocketImpl.implRead"
                        + " java.net.Socket$SocketInputStream.read " + below + " com.acme.Jobs.next")
                .split(" ");
        assertEquals(Optional.of(id), Knowledge.standard().read(stack(methods)).passive("jobs-1"));
    }

    @Test
    void anAnonymousClassIsPartOfTheClassAroundIt() {
        StackReading reading = Knowledge.standard()
                .read(stack("com.acme.Token$1$2.run", "com.acme.Token$Entry.run", "com.acme.Cache$L3.run"));
        assertEquals(Set.of("com.acme.Token", "com.acme.Token$Entry", "com.acme.Cache$L3"), reading.telling());
    }

    @Test
    void whoAsksForOneValueIsNotAtRest() {
        StackReading reading = Knowledge.standard()
                .read(stack(
                        "sun.nio.ch.SocketDispatcher.read0",
                        "redis.clients.jedis.Connection.executeCommand",
                        "redis.clients.jedis.Jedis.get",
                        "com.acme.Prices.of"));
        assertEquals(Optional.empty(), reading.passive("jobs-1"));
    }

    /** It wakes whoever waits for the result. */
    @Test
    void whoCompletesAFutureDoesNotWaitForIt() {
        StackReading reading = Knowledge.standard()
                .read(stack(
                        "jdk.internal.misc.Unsafe.unpark",
                        "java.util.concurrent.locks.LockSupport.unpark",
                        "java.util.concurrent.CompletableFuture$Signaller.tryFire",
                        "java.util.concurrent.CompletableFuture.postComplete",
                        "java.util.concurrent.CompletableFuture$AsyncSupply.run",
                        "java.util.concurrent.ForkJoinWorkerThread.run"));
        assertEquals(Optional.empty(), reading.call());
    }

    /** The read of a body is bound by no timeout of the client. */
    @Test
    void theBodyOfAnAnswerIsAwaitedFromThePeer() {
        StackReading reading = Knowledge.standard()
                .read(stack(
                        "java.util.concurrent.ArrayBlockingQueue.take",
                        "jdk.internal.net.http.ResponseSubscribers$HttpResponseInputStream.current",
                        "jdk.internal.net.http.ResponseSubscribers$HttpResponseInputStream.read",
                        "com.acme.Prices.of"));
        assertEquals(Call.Kind.REMOTE, reading.call().orElseThrow().kind());
        assertEquals(Optional.empty(), reading.passive("jobs-1"));
    }

    /** The reader of the connection hands answers over by a queue. */
    @Test
    void aDirectoryIsAnotherSystem() {
        StackReading reading = Knowledge.standard()
                .read(stack(
                        "java.util.concurrent.LinkedBlockingQueue.take",
                        "com.sun.jndi.ldap.LdapRequest.getReplyBer",
                        "com.sun.jndi.ldap.Connection.readReply",
                        "com.sun.jndi.ldap.LdapClient.ldapBind",
                        "com.acme.Login.check"));
        assertEquals(Call.Kind.REMOTE, reading.call().orElseThrow().kind());
    }

    @Test
    void theUsersEntriesComeFirst() throws Exception {
        Knowledge knowledge = with(
                "# our own framework",
                "idle acme-loop top=com.acme.Loop.await*",
                "role REQUEST weight=1 name=acme worker \\d+",
                "library acme classes=com.acme.framework.",
                "client Mainframe classes=com.acme.mq.");
        assertEquals(
                Optional.of("acme-loop"),
                knowledge.read(stack("com.acme.Loop.awaitWork")).idle("x"));
        assertEquals(
                "REQUEST",
                knowledge.role("acme worker 7", knowledge.read(CallStack.EMPTY)).name());
        StackReading reading = knowledge.read(
                stack("com.acme.mq.Link.call", "com.acme.framework.Handler.run", "com.acme.shop.Cart.pay"));
        assertEquals("com.acme.shop.Cart.pay", reading.appFrame().orElseThrow().qualifiedMethod());
        assertEquals(Optional.of("Mainframe"), reading.client());
        assertFalse(knowledge.isApplication("com.acme.framework.Handler"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sleepy x top=a.b | unknown kind of entry 'sleepy'",
                "idle x | expected KIND ID field=value",
                "idle x unless=a.b | would match every thread",
                "idle x colour=red | unknown field 'colour'",
                "role REQUEST weight=heavy name=a | weight is no number",
                "role REQUEST weight=1 name=( | name is no regular expression",
                "call SINGING/x top=a.b | unknown kind of call 'SINGING'",
                "lock ROUND classes=a.B | unknown kind of lock 'ROUND'"
            })
    void aWrongLineIsNamed(String line, String message) {
        SignatureException e = assertThrows(SignatureException.class, () -> with("# fine", line));
        assertTrue(e.getMessage().contains("mine.sig:2: " + message), e.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "*.take, java.util.concurrent.LinkedBlockingQueue.take, true",
        "*.take, java.util.concurrent.LinkedBlockingQueue.takeFirst, false",
        "java.lang.Object.wait*, java.lang.Object.wait0, true",
        "java.lang.Object.wait, java.lang.Object.wait0, false",
        "a.*b.*c, a.xb.yc, true",
        "a.*b.*c, a.xbc, false",
        "*, anything, true"
    })
    void patterns(String pattern, String text, boolean expected) {
        assertEquals(expected, new FramePattern(pattern).matches(text));
    }

    @Test
    void theBottomOfADeepStackTellsTheRole() {
        String[] methods = new String[60];
        Arrays.fill(methods, "com.acme.Deep.call");
        methods[58] = "io.netty.channel.nio.NioEventLoop.run";
        methods[59] = "io.netty.util.concurrent.SingleThreadEventExecutor$4.run";
        Knowledge knowledge = Knowledge.standard();
        assertEquals(
                "EVENT_LOOP",
                knowledge.role("custom-1", knowledge.read(stack(methods))).name());
        methods[58] = "io.netty.util.concurrent.DefaultEventExecutor.run";
        assertEquals(
                "WORKER",
                knowledge.role("custom-1", knowledge.read(stack(methods))).name());
    }

    @Test
    void poolsAndPairsCanBeAdded() throws Exception {
        Knowledge knowledge = with(
                "call BORROW/AcmePool top=com.acme.Pool.take",
                "pool Acme borrows=AcmePool holding=com.acme.driver.* opening=com.acme.Pool.open",
                "pair acme producer=com.acme.Bus.publish consumer=com.acme.Bus.deliver");
        Call call = knowledge.read(stack("com.acme.Pool.take")).call().orElseThrow();
        ConnectionPools pools = knowledge.poolsOf(call).orElseThrow();
        assertEquals("Acme", pools.id());
        assertTrue(pools.isHolding(stack("com.acme.driver.Wire.read").frames()));
        assertTrue(pools.isOpening(stack("com.acme.Pool.open").frames()));
        assertFalse(pools.isJoining(stack("com.acme.Pool.open").frames()));
        assertTrue(knowledge.queuePairs().get(0).isConsumer(stack("com.acme.Bus.deliver")));
    }

    @Test
    void aPoolNeedsItsFields() {
        assertThrows(SignatureException.class, () -> with("pool Acme borrows=AcmePool"));
        assertThrows(SignatureException.class, () -> with("pair acme producer=com.acme.Bus.publish"));
    }
}
