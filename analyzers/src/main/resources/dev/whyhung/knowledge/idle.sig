# Threads that wait for work, as they should. Syntax: see CONTRIBUTING.md.
# Checked with one process that runs Tomcat 10.1, Jetty 12, Undertow 2.3, Netty 4.1, Vert.x 4.5, Reactor 3.6, RxJava 3, HikariCP 6,
# Kafka clients 3.8, OkHttp 4, HttpClient 5, gRPC 1.68, Quartz 2.3, log4j 2.24, logback 1.5, coroutines 1.9, Hazelcast 5.3,
# Pekko 1.1, Spring 6.1 and others (fixtures/cases/idle-libraries).

idle jvm-internal name=VM Thread|VM Periodic Task Thread|GC Thread.*|G1 .*|(?:Gang worker|ParGC|PS|Concurrent Mark-Sweep|CMS).*|Z(?!Scheduler)[A-Z]\w+.*|Shenandoah.*|C[12] CompilerThread.*|Sweeper thread|Monitor Deflation Thread|Service Thread|Signal Dispatcher|Attach Listener|Notification Thread|DestroyJavaVM|JFR .*|StringDedup.*|Surrogate Locker Thread.*|Suspend Checker Thread|Low Memory Detector|JVMCI.*
idle reference-handler top=java.lang.ref.Reference.waitForReferencePendingList,java.lang.ref.Reference.tryHandlePending,java.lang.ref.Reference$ReferenceHandler.run
idle refqueue-loop top=java.lang.ref.ReferenceQueue.remove*,java.lang.ref.NativeReferenceQueue.remove*,java.lang.ref.ReferenceQueue.await
idle pool-take-liberty top=com.ibm.ws.threading.internal.BoundedBuffer.* within=*.ThreadPoolExecutor.getTask
idle pool-take top=*Queue*.take,*Queue*.poll,*Queue*.xfer*,*Queue*.transfer,*Deque.take*,*Deque.poll* within=*.ThreadPoolExecutor.getTask
idle fj-await-work top=*ForkJoinPool.awaitWork,*ForkJoinPool.idleAwaitWork,*ForkJoinPool.tryAwaitWork,*ForkJoinPool.deactivate,*ForkJoinPool.scan,*ForkJoinPool.runWorker within=*ForkJoinWorkerThread.run
idle fj-delay top=java.util.concurrent.DelayScheduler.loop
idle timer top=java.util.TimerThread.mainLoop
idle select-loop top=sun.nio.ch.EPoll.wait,sun.nio.ch.KQueue.poll,sun.nio.ch.WEPoll.wait,sun.nio.ch.EPollArrayWrapper.epollWait,sun.nio.ch.KQueueArrayWrapper.kevent0,sun.nio.ch.WindowsSelectorImpl$SubSelector.poll*,sun.nio.ch.PollArrayWrapper.poll0,sun.nio.ch.DevPollArrayWrapper.poll0,*epoll.Native.epollWait*,*kqueue.Native.*,*uring.Native.* unless=org.xnio.*.awaitReadable,org.xnio.*.awaitWritable,*.commitOffsetsSync,*ensureCoordinatorReady*,*awaitMetadataUpdate*,*joinGroupIfNeeded*,sun.nio.ch.Net.*,*.selectNow
idle accept top=sun.nio.ch.Net.accept,sun.nio.ch.ServerSocketChannelImpl.accept*,*PlainSocketImpl.socketAccept,*PlainSocketImpl.accept0,sun.nio.ch.NioSocketImpl.accept,*DualStackPlainSocketImpl.*ccept0
idle poll-accept top=sun.nio.ch.Net.poll,sun.nio.ch.Poller.poll* within=sun.nio.ch.NioSocketImpl.accept,java.net.ServerSocket.accept,sun.nio.ch.ServerSocketChannelImpl.*ccept
idle vthread-poller top=sun.nio.ch.Poller.pollerLoop,sun.nio.ch.Poller.subPollerLoop,sun.nio.ch.*Poller.poll,sun.nio.ch.EPoll.wait,sun.nio.ch.Poller.poll within=sun.nio.ch.Poller.*oop*,sun.nio.ch.Poller.run unless=sun.nio.ch.NioSocketImpl.*
idle vthread-unblocker top=java.lang.VirtualThread.takeVirtualThreadListToUnblock,java.lang.VirtualThread.unblockVirtualThreads
idle nio2-port top=*BlockingQueue.take,sun.nio.ch.EPoll.wait,sun.nio.ch.KQueue.poll,sun.nio.ch.Iocp.getQueuedCompletionStatus within=sun.nio.ch.EPollPort$EventHandlerTask.run,sun.nio.ch.KQueuePort$EventHandlerTask.run,sun.nio.ch.Iocp$EventHandlerTask.run
idle watch-service top=*.take,*.poll* within=sun.nio.fs.AbstractWatchService.take,sun.nio.fs.LinuxWatchService*
idle inotify top=sun.nio.fs.LinuxWatchService.poll
idle jetty-idle top=*Queue.poll,*Queue.take,*QueuedThreadPool*.idleJobPoll within=*QueuedThreadPool*.idleJobPoll
idle jetty-runner top=org.eclipse.jetty.util.BlockingArrayQueue.poll,org.eclipse.jetty.util.BlockingArrayQueue.take within=*QueuedThreadPool*
# Grizzly 3 and 4 (GlassFish, Payara).
idle grizzly-worker top=*Queue*.take,*Queue*.poll,*Queue*.xfer*,*Queue*.transfer,org.glassfish.grizzly.threadpool.*.getTask within=org.glassfish.grizzly.threadpool.*.getTask
idle jetty-reserved top=*ReservedThread*.reservedWait,*SynchronousQueue.poll,*ReservedThread*.run within=*ReservedThread*
# Druid 1.2: waits until a connection is wanted and the pool is not at its limit.
idle druid-creator top=com.alibaba.druid.pool.DruidDataSource$CreateConnectionThread.run unless=java.lang.Thread.sleep*,*ReentrantLock.lock*,com.alibaba.druid.pool.DruidAbstractDataSource.createPhysicalConnection
# WebSphere 6 to 9.
idle websphere-worker top=com.ibm.ws.util.BoundedBuffer.* within=com.ibm.ws.util.ThreadPool.getTask
idle websphere-alarm top=com.ibm.ejs.util.am._AlarmManagerThread.run
# WebLogic 10 to 14, Tomcat 6, handlers of Hadoop 1 to 3 and of HBase.
idle weblogic-worker top=weblogic.work.ExecuteThread.waitForRequest,weblogic.kernel.ExecuteThread.waitForRequest
idle tomcat6-worker top=org.apache.tomcat.util.net.*Endpoint$Worker.await,org.apache.tomcat.util.threads.ThreadPool$ControlRunnable.run
idle hadoop-handler top=*Queue.take,*Queue.poll,java.util.concurrent.Semaphore.* within=org.apache.hadoop.ipc.Server$Handler.run,org.apache.hadoop.hbase.ipc.*
idle jboss-worker top=org.jboss.threads.EnhancedQueueExecutor$PoolThreadNode.park,org.jboss.threads.EnhancedQueueExecutor$ThreadBody.run
idle netty-take top=*SingleThreadEventExecutor.takeTask,*GlobalEventExecutor.takeTask,*BlockingQueue.take,*BlockingQueue.poll within=*SingleThreadEventExecutor.takeTask,*GlobalEventExecutor.takeTask
idle netty-wheel top=*HashedWheelTimer$Worker.waitForNextTick within=*HashedWheelTimer$Worker.run
idle netty-wheel-sleep top=java.lang.Thread.sleep* within=*HashedWheelTimer$Worker.waitForNextTick
idle coroutine-worker top=kotlinx.coroutines.scheduling.CoroutineScheduler$Worker.*ark,kotlinx.coroutines.scheduling.CoroutineScheduler$Worker.tryPark
idle coroutine-default top=kotlinx.coroutines.DefaultExecutor.run
idle logback-async top=*BlockingQueue.take,*BlockingQueue.poll within=*AsyncAppenderBase$Worker.run
idle log4j-async top=*WaitStrategy.waitFor within=*BatchEventProcessor.*
idle log4j-queue top=*Queue.take,*Queue.poll within=*AsyncAppenderEventDispatcher.*,*AsyncAppender$*
# Camel 4.8 and 4.18.
idle camel-seda top=*Queue.poll within=org.apache.camel.component.seda.SedaConsumer.doRun
idle okhttp-runner top=okhttp3.internal.concurrent.TaskRunner$RealBackend.coordinatorWait,okhttp3.internal.concurrent.TaskRunner.awaitTaskToRun,okhttp3.ConnectionPool*.run
idle okio-watchdog top=okio.AsyncTimeout*.await*,okio.AsyncTimeout$Watchdog.run
idle connection-evictor top=java.lang.Thread.sleep*,*.sleep,java.util.concurrent.TimeUnit.sleep within=*IdleConnectionEvictor*,*IdleConnectionReaper*,*ConnectionEvictor*
idle quartz-worker within=org.quartz.simpl.SimpleThreadPool$WorkerThread.run top=org.quartz.simpl.SimpleThreadPool$WorkerThread.run
idle quartz-scheduler top=org.quartz.core.QuartzSchedulerThread.run
idle c3p0-worker top=com.mchange.v2.async.ThreadPoolAsynchronousRunner$PoolThread.run
idle hazelcast top=*.MPSCQueue.take*,*.MPSCQueue.park*,*.OperationQueueImpl.take,com.hazelcast.*.OperationParkerImpl*
idle hazelcast-stripe top=*BlockingQueue.take,*BlockingQueue.poll,*DelayQueue.take,*DelayQueue.poll,java.lang.Thread.sleep*,*TimeUnit.sleep within=com.hazelcast.*
# Xodus 2.0: each thread waits at a semaphore of its own for jobs.
idle xodus-jobs top=java.util.concurrent.Semaphore.* within=jetbrains.exodus.core.execution.JobProcessorQueueAdapter.waitForJobs
idle awt-queue top=java.awt.EventQueue.getNextEvent
idle akka-timer top=*LightArrayRevolverScheduler.waitNanos,java.lang.Thread.sleep* within=*LightArrayRevolverScheduler*
idle mongo-monitor top=com.mongodb.internal.connection.DefaultServerMonitor$*.waitFor*,com.mongodb.internal.connection.DefaultServerMonitor*
idle zookeeper-client within=org.apache.zookeeper.ClientCnxn$EventThread.run,org.apache.zookeeper.ClientCnxn$SendThread.run top=*BlockingQueue.take,java.lang.Thread.sleep*,*.sleep,sun.nio.ch.EPoll.wait,sun.nio.ch.*
idle rmi-connection within=sun.rmi.transport.tcp.TCPTransport.handleMessages unless=sun.rmi.transport.Transport*.serviceCall,sun.rmi.transport.Transport.serviceCall
idle rmi-gc top=sun.misc.GC$Daemon.run,sun.rmi.transport.DGC*.run,sun.rmi.transport.ObjectTable$Reaper.run
idle ldap-reader within=com.sun.jndi.ldap.Connection.run top=java.net.SocketInputStream.*,sun.nio.ch.*
# Threads of clients that read whatever comes: RabbitMQ, ActiveMQ.
idle mq-reader within=com.rabbitmq.client.impl.AMQConnection$MainLoop.run,org.apache.activemq.transport.tcp.TcpTransport.run top=java.net.SocketInputStream.*,*.read0,sun.nio.ch.*
# Temporal 1.28: long polls for work, and the server of its tests.
idle temporal-poller top=io.grpc.stub.ClientCalls$ThreadlessExecutor.waitAndDrain* within=io.temporal.internal.worker.Poller$*.run,io.temporal.internal.worker.*PollTask.*
idle temporal-test-server top=io.temporal.internal.testservice.TaskQueue$PollFuture.get
idle kafka-handler top=*Queue.poll,*Queue.take within=kafka.network.RequestChannel.receiveRequest
idle kafka-heartbeat top=org.apache.kafka.clients.consumer.internals.*Coordinator$HeartbeatThread.run
idle http-keep-alive top=*.socketRead0,*.read0,sun.nio.ch.Net.poll,*.read within=org.apache.coyote.http11.InternalInputBuffer.fill,org.apache.coyote.http11.Http11InputBuffer.fill,org.apache.coyote.*.parseRequestLine unless=org.apache.coyote.http11.*.doRead,*.CoyoteInputStream.read
idle http-client-keep-alive within=sun.net.www.http.KeepAliveCache.run
idle tomcat-container top=java.lang.Thread.sleep* within=org.apache.catalina.core.StandardServer.await
idle tomcat-background top=java.lang.Thread.sleep* within=org.apache.catalina.core.ContainerBase$ContainerBackgroundProcessor.run
idle reactor-netty-server within=reactor.netty.*DisposableBind*,reactor.netty.*.await* top=java.lang.Thread.sleep*,java.util.concurrent.CountDownLatch.await,reactor.core.publisher.*
idle keep-alive-main top=java.util.concurrent.CountDownLatch.await,java.lang.Thread.join*,java.lang.Thread.sleep*,java.util.concurrent.CompletableFuture.*et,java.util.concurrent.CompletableFuture.waitingGet,java.util.concurrent.CompletableFuture.join,*.awaitTermination,*.Server.join,*.QueuedThreadPool.join,*DefaultPromise.await*,io.grpc.*.awaitTermination,java.util.concurrent.FutureTask.*,java.util.concurrent.Semaphore.acquire,java.util.concurrent.locks.* unless=*.<clinit> depth=8 name=main|container-0|keep-alive|keepalive|.*-keepalive|server-main
idle keep-alive-wait top=*.main,*.run,*.await*,*.join*,*.block* unless=*.<clinit> depth=8 name=main|container-0|keep-alive
idle jdwp name=JDWP .*
idle jmx name=JMX server connection timeout .*|RMI (?:Scheduler|Reaper|RenewClean).*|GC Daemon
idle process-reaper top=java.lang.ProcessHandleImpl.waitForProcessExit0,java.lang.UNIXProcess.waitForProcessExit
idle surefire-commands within=org.apache.maven.plugin.surefire.booterclient.lazytestprovider.*
idle mysql-cleanup top=*.remove,*.take within=com.mysql.*.AbandonedConnectionCleanupThread.run

# Consumers at rest, throttles: neither idle workers nor stuck.
passive throttle top=java.lang.Thread.sleep*,*.waitForPermission,*.sleepUninterruptibly,*.parkNanos,java.util.concurrent.TimeUnit.sleep within=*RateLimiter.acquire,*RateLimiter.waitForPermission,*AtomicRateLimiter.*,io.github.bucket4j.*
passive throttle-permits top=java.util.concurrent.Semaphore.* within=*RateLimiter*.*,*RateLimit.*,*TokenBucket*.*,*LeakyBucket*.*,*Throttl*.*
# Clojure's core.async 1.6: a loop in a thread of its own takes from a channel, or from the first of several that has something.
passive core-async-thread top=java.util.concurrent.CountDownLatch.await within=clojure.core.async$fn__*.invoke*,clojure.core.async$_LT__BANG__BANG_*,clojure.core.async$alts_BANG__BANG_* name=async-.*
# poll comes back after the time it was given, with or without a broker, and is called again.
passive kafka-consumer top=sun.nio.ch.EPoll.wait,sun.nio.ch.KQueue.poll,sun.nio.ch.WEPoll.wait within=org.apache.kafka.clients.consumer.KafkaConsumer.poll
passive kafka-async-consumer top=*.FetchBuffer.awaitNotEmpty,java.util.concurrent.CompletableFuture.* within=org.apache.kafka.clients.consumer.internals.AsyncKafkaConsumer.poll unless=*.ConsumerRebalanceListener*
passive queue-consumer top=*Queue.take,*Queue.poll,*Queue.remove,*Deque.take*,*Deque.poll*,java.util.concurrent.ExecutorCompletionService.take,java.util.concurrent.ExecutorCompletionService.poll unless=jdk.internal.net.http.ResponseSubscribers$HttpResponseInputStream.*
# Threads that read what others send when they like: subscriptions, blocking pops, pushed mail, log streams. Seen with Jedis 5.2, Redisson
# 3.37, PostgreSQL 42.7, Angus Mail 2.0, JSch 0.2, sshj 0.39, OkHttp 4.12, Java-WebSocket 1.5, Paho 1.2; MySQL's binlog by its sources.
passive redis-pop within=redis.clients.jedis.*.blpop*,redis.clients.jedis.*.brpop*,redis.clients.jedis.*.blmove*,redis.clients.jedis.*.blmpop*,redis.clients.jedis.*.bz*,redis.clients.jedis.*.xread*,org.redisson.RedissonBlocking*.take*,org.redisson.RedissonBlocking*.poll*
passive redis-subscriber within=redis.clients.jedis.JedisPubSub*.process,redis.clients.jedis.BinaryJedisPubSub.process
passive database-notifications within=org.postgresql.jdbc.PgConnection.getNotifications,org.postgresql.core.v3.replication.V3PGReplicationStream.readInternal,com.github.shyiko.mysql.binlog.BinaryLogClient.listenForEventPackets
# Clients of SQS, versions 1 and 2, of Kubernetes, and the peers of ZooKeeper 3: by name, not by capture.
passive long-poll within=com.amazonaws.services.sqs.AmazonSQSClient.receiveMessage,software.amazon.awssdk.services.sqs.DefaultSqsClient.receiveMessage,io.kubernetes.client.util.Watch.hasNext
passive zookeeper-peer within=org.apache.zookeeper.server.quorum.Learner.readPacket,org.apache.zookeeper.server.quorum.LearnerHandler.run,org.apache.zookeeper.server.quorum.QuorumCnxManager$RecvWorker.run top=java.net.SocketInputStream.*,*.read0,sun.nio.ch.*
# Messages of a stream that a server sends when it has some.
passive grpc-stream top=io.grpc.stub.ClientCalls$ThreadlessExecutor.waitAndDrain* within=io.grpc.stub.ClientCalls$BlockingResponseStream.*
# Whoever takes from a queue of Ignite 2 waits at a semaphore, by its classes.
passive ignite-queue top=java.util.concurrent.Semaphore.* within=org.apache.ignite.internal.processors.datastructures.GridCacheQueue*.take,org.apache.ignite.internal.processors.datastructures.GridCacheQueue*.poll
passive mail-idle within=*.mail.imap.protocol.IMAPProtocol.readIdleResponse
passive web-socket within=okhttp3.internal.ws.RealWebSocket.loopReader,okhttp3.internal.sse.ServerSentEventReader.processNextEvent,org.java_websocket.client.WebSocketClient.run
passive mqtt-loop within=org.eclipse.paho.*.CommsReceiver.run,org.eclipse.paho.*.CommsSender.run,org.eclipse.paho.*.CommsCallback.run top=java.net.SocketInputStream.*,*.read0,sun.nio.ch.*,org.eclipse.paho.*.ClientState.get,org.eclipse.paho.*.CommsCallback.run unless=org.eclipse.paho.*.CommsCallback.deliverMessage
passive ssh-reader within=com.jcraft.jsch.Session.run,net.schmizz.sshj.transport.Reader.run top=java.net.SocketInputStream.*,*.read0,sun.nio.ch.*
# Several acceptors of one socket take turns.
passive accept-turn top=sun.nio.ch.ServerSocketChannelImpl.accept within=*Acceptor*.run,*.accept
# WebLogic: one thread polls all sockets, the others wait for their turn to do so.
passive weblogic-muxer top=weblogic.socket.*Muxer.processSockets,weblogic.socket.*Muxer.poll
# Threads of servers that wait for the next request of a connection: H2 2.2, HSQLDB 2.7 and Derby 10.16 as servers, Thrift 0.21.
passive database-session within=org.h2.server.TcpServerThread.run,org.hsqldb.server.ServerConnection.run,org.apache.derby.impl.drda.DDMReader.* top=java.net.SocketInputStream.*,*.read0,sun.nio.ch.* unless=org.h2.command.Command.*,org.hsqldb.Session.*,org.apache.derby.impl.jdbc.*
# UnboundID's LDAP 7.0: the readers of a client, and of the server in memory, by capture.
passive ldap-reader within=com.unboundid.ldap.sdk.LDAPConnectionReader.run,com.unboundid.ldap.listener.LDAPListenerClientConnection.run top=java.net.SocketInputStream.*,*.read0,sun.nio.ch.* unless=com.unboundid.ldap.listener.*.process*
passive thrift-connection within=org.apache.thrift.protocol.*.readMessageBegin top=java.net.SocketInputStream.*,*.read0,sun.nio.ch.* unless=org.apache.thrift.TServiceClient.*
# Temporal 1.28: as many activities run as the worker allows, and its pollers ask for the next when one has ended.
passive temporal-slots top=java.util.concurrent.Semaphore.* within=io.temporal.internal.worker.TrackingSlotSupplier.reserveSlot
# Whoever watches the process by JMX asks for news, and is answered when there is some.
passive jmx-notifications within=com.sun.jmx.remote.internal.ArrayNotificationBuffer.fetchNotifications
passive stdin top=java.io.FileInputStream.readBytes,java.io.FileInputStream.read0 within=java.io.BufferedInputStream.read,java.util.Scanner.*,java.io.Console.*,sun.nio.cs.StreamDecoder.*
passive udp top=sun.nio.ch.DatagramChannelImpl.*eceive*,java.net.PlainDatagramSocketImpl.receive0,sun.nio.ch.DatagramChannelImpl.park
