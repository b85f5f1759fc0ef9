# Frames with a meaning of their own. Syntax: see CONTRIBUTING.md.

# On top of every wait; passed over before a signature is looked for.
frames plumbing any=*.Unsafe.park,java.util.concurrent.locks.LockSupport.*,java.lang.VirtualThread.park*,java.lang.VirtualThread.yieldContinuation
frames plumbing any=java.util.concurrent.locks.AbstractQueuedSynchronizer*,java.util.concurrent.locks.AbstractQueuedLongSynchronizer*
frames plumbing any=java.util.concurrent.ForkJoinPool.managedBlock,java.util.concurrent.ForkJoinPool.unmanagedBlock,java.util.concurrent.ForkJoinPool.compensatedBlock
frames plumbing any=java.lang.Object.wait,java.lang.Object.wait0,java.lang.Object.waitImpl,java.lang.System$*.park*,jdk.internal.misc.VirtualThreads.park*,jdk.internal.vm.Continuation.yield*
frames plumbing any=java.util.concurrent.LinkedTransferQueue$DualNode.await

# The bottom of a pool's worker.
frames worker any=*.ThreadPoolExecutor.runWorker,*.ThreadPoolExecutor$Worker.run*,*.ForkJoinWorkerThread.run,org.jboss.threads.EnhancedQueueExecutor$ThreadBody.run
frames worker any=org.eclipse.jetty.util.thread.QueuedThreadPool$Runner.run,*QueuedThreadPool$*.run,weblogic.work.ExecuteThread.run,kotlinx.coroutines.scheduling.CoroutineScheduler$Worker.run
frames worker any=org.quartz.simpl.SimpleThreadPool$WorkerThread.run

# A thread is named by the call that it makes, and by its pool only while it idles: OkHttp 4.12 by capture; 2 and 3 have not been seen.
frames named-by-task any=okhttp3.internal.connection.RealCall$AsyncCall.run,okhttp3.internal.NamedRunnable.run,com.squareup.okhttp.internal.NamedRunnable.run

# A task whose result somebody may wait for.
frames task any=java.util.concurrent.FutureTask.run,java.util.concurrent.FutureTask.runAndReset,java.util.concurrent.CompletableFuture$Async*.run,java.util.concurrent.CompletableFuture$Async*.exec
frames task any=*.ForkJoinTask.doExec,com.google.common.util.concurrent.TrustedListenableFutureTask.run,com.google.common.util.concurrent.InterruptibleTask.run

# How methods are named that hand something over to other threads, and those that fetch it.
frames puts any=*.put*,*.offer*,*.add*,*.enqueue*,*.push*,*.send*,*.write*,*.publish*,*.produce*,*.insert*,*.append*,*.submit*,*.transmit*
frames delivers any=*.put,*.enqueue,*.offer,*.push,*.publish,*.append,*.insert
frames takes any=*.take*,*.poll*,*.get*,*.remove*,*.dequeue*,*.pop*,*.receive*,*.read*,*.consume*,*.fetch*,*.next*,*.drain*
# Code of consumers, and that which lets others in.
frames consumes any=*oop,*oop$*,*.listen*,*.consume*,*Consumer*.*,*Listener*.*,*Worker*.*,*Subscriber*.*,*Receiver*.*,*Dispatcher*.*,*Poller.p*,*Handler.handleMessage*,*Actor*.*,*Mailbox*.*,*Inbox*.*,*Outbox*.*,*.awaitMessage*,*.awaitEvent*,*.awaitWork*,*.awaitTask*,*.awaitJob*,*.waitForWork*,*.waitForTask*,*.waitForJob*
frames admits any=*.acquire*,*.enter*,*.pass*,*.borrow*,*.checkout*,*.reserve*,*.admit*
# Those that make something before anybody asks for it.
frames works-ahead any=*refetch*,*.preload*,*.readAhead*,*.fill*,*.refill*,*.replenish*,*.produce*,*.generate*,*Producer*.*,*Generator*.*
# Timers at rest: whatever they run when it is due is not to be seen.
frames ticks any=java.util.TimerThread.mainLoop,java.util.concurrent.ScheduledThreadPoolExecutor$DelayedWorkQueue.*,*HashedWheelTimer$Worker.run
# Those that let time pass.
frames rests any=*.sleep*,*.pause*,*.delay*,*.nap
# Those that lend something out; and of these, what no loop that fetches its next job is called.
frames limits any=*Limit*.*,*Bucket.*,*Throttl*.*,*Quota*.*
frames lends any=*.borrow*,*.checkout*,*.checkOut*,*.acquire*,*.lease*,*.getConnection*
frames borrows any=*.borrow*,*.checkout,*.checkOut,*.checkout*Connection,*.checkOut*Connection,*.acquire*Connection,*.getConnection
frames awaits-work any=*Next*,*Event*,*Job*,*Task*,*Request*,*Message*
# Those that read what others send of their own accord.
frames listens any=*.run,*.listen*,*.read*,*.receive*,*.consume*,*.subscribe*,*.next*,*.pump*,*.tail*,*.follow*,*.watch*,*.stream*,*oop
# Those that make a message of it.
frames parses any=*.parse*,*.decode*,*.deserial*,*.fill*

# Code that writes a log: its locks are held across the write by design.
frames logging any=ch.qos.logback.*,org.apache.logging.*,org.apache.log4j.*,java.util.logging.*,java.io.PrintStream.*,org.jboss.logmanager.*

# Reactor 3.6, RxJava 1 to 3: waiting for the end of a publisher.
frames blocking-subscriber any=reactor.core.publisher.Blocking*.blockingGet,io.reactivex.*Blocking*.blocking*,rx.internal.util.BlockingUtils.awaitForComplete
# Coroutines 1.9: below a task of Dispatchers.IO or of another limited dispatcher, whose threads are made for work that blocks.
frames dispatcher any=kotlinx.coroutines.scheduling.CoroutineScheduler$Worker.run,*ForkJoinWorkerThread.run
frames blocking-dispatcher any=kotlinx.coroutines.internal.LimitedDispatcher$Worker.run,kotlinx.coroutines.scheduling.LimitingDispatcher*
# Reactor 3.4 to 3.7: below a task of one of its schedulers.
frames reactive-task any=reactor.core.scheduler.*Task.call
# Quartz 2.3: below a job, which is expected to end.
frames job any=org.quartz.core.JobRunShell.run
# db-scheduler 14.0, Flowable 7.1, JobRunr 7.4, Beam's direct runner 2.60 by capture.
frames job any=com.github.kagkarlsson.scheduler.ExecutePicked.run,org.flowable.job.service.impl.asyncexecutor.ExecuteAsyncRunnable.run,org.jobrunr.server.BackgroundJobPerformer.run,org.apache.beam.runners.direct.DirectTransformExecutor.run
# A task that the submitter runs itself since the pool is full: it means to go on with something else.
frames job any=java.util.concurrent.ThreadPoolExecutor$CallerRunsPolicy.rejectedExecution
# The same of messages and requests from elsewhere. ActiveMQ 5.18, Artemis 2.37, Spring's listeners 6.2 by capture (JMS) and by their sources (AMQP, Kafka), Kafka Streams 3.9, RabbitMQ's client 5.
frames message any=org.apache.activemq.ActiveMQMessageConsumer.dispatch,org.apache.activemq.artemis.core.client.impl.ClientConsumerImpl.callOnMessage,org.springframework.jms.listener.AbstractMessageListenerContainer.*nvokeListener,org.springframework.amqp.rabbit.listener.AbstractMessageListenerContainer.*nvokeListener,org.springframework.kafka.listener.KafkaMessageListenerContainer$ListenerConsumer.*nvokeOnMessage,org.apache.kafka.streams.processor.internals.ProcessorNode.process,com.rabbitmq.client.impl.ConsumerDispatcher$*.run
# Hazelcast 5.5, Ignite 2.16, Camel 4.18, disruptor 4.0, Temporal 1.28, Hystrix 1.5, resilience4j 2.3, JGroups 5.4, MINA 2.2.
frames message any=com.hazelcast.spi.impl.operationservice.impl.OperationRunnerImpl.call,com.hazelcast.executor.impl.DistributedExecutorService$*.run,org.apache.ignite.internal.processors.job.GridJobWorker.*,org.apache.camel.impl.engine.DefaultReactiveExecutor$Worker.executeReactiveWork,com.lmax.disruptor.BatchEventProcessor.processEvents,io.temporal.internal.activity.*ActivityTaskExecutor*.execute,com.netflix.hystrix.HystrixCommand$*.call,io.github.resilience4j.bulkhead.internal.FixedThreadPoolBulkhead.*,org.jgroups.blocks.RequestCorrelator.handleRequest,org.apache.mina.core.session.IoEvent.run
# An operator has an element in hand: Flink 1.20; a participant has a transaction: jPOS 2.1; a handler has an event: Axon 4.11.
frames message any=org.axonframework.eventhandling.SimpleEventHandlerInvoker.handle,org.jpos.transaction.TransactionManager.prepare,org.apache.flink.streaming.runtime.tasks.*StreamTaskNetworkOutput.emitRecord,org.apache.flink.streaming.runtime.tasks.*ChainingOutput.pushToOperator
# RocketMQ 5.3, Paho 1.2, Java-WebSocket 1.6, JRaft 1.3 by capture.
frames message any=org.apache.rocketmq.client.impl.consumer.ConsumeMessage*Service$ConsumeRequest.run,org.eclipse.paho.client.mqttv3.internal.CommsCallback.deliverMessage,org.java_websocket.*.onWebsocketMessage,com.alipay.sofa.jraft.core.FSMCallerImpl.doApplyTasks
# Californium 3.13, SNMP4J 2.8, jSMPP 3.0, HAPI 2.5, QuickFIX/J 2.3 by capture.
frames message any=org.eclipse.californium.core.server.ServerMessageDeliverer.deliverRequest,org.snmp4j.Snmp.fireProcessPdu,org.jsmpp.session.SMPPServerSession.fireAccept*,ca.uhn.hl7v2.app.Responder.processMessage,quickfix.Session.fromCallback
# A turn of an agent: Agrona 1.23.
frames message any=org.agrona.concurrent.AgentRunner.doWork
# A value is wanted of it: Akka 2.6 and Pekko 1.1 on a dispatcher, Twitter's FuturePool, Scala's Future, cats-effect 3 and ZIO 2, the JDK; the handler of a command of Axon 4.11; a task of Spark 3.5.
frames value any=org.apache.spark.scheduler.Task.run,org.axonframework.commandhandling.SimpleCommandBus.handle,akka.dispatch.TaskInvocation.run,org.apache.pekko.dispatch.TaskInvocation.run,com.twitter.util.ExecutorServiceFuturePool$*.run,scala.concurrent.impl.Promise$Transformation.run,cats.effect.IOFiber.runLoop,zio.internal.FiberRuntime.runLoop,java.util.concurrent.CompletableFuture$AsyncSupply.*
# ActiveJ 5.5.
frames value any=io.activej.promise.Promise.lambda$ofBlocking$*
# Waiting for connections in a thread of its own: Jetty 9 to 12.
frames acceptor any=org.eclipse.jetty.server.AbstractConnector$Acceptor.run
# Handling a request: the JDK's server, Tomcat 9 to 11, Jetty 9 to 12, Undertow 2.3, Servlet containers in general.
frames http-server any=sun.net.httpserver.ServerImpl$Exchange.run,org.apache.coyote.*,org.eclipse.jetty.server.*,io.undertow.server.*,javax.servlet.http.HttpServlet.service,jakarta.servlet.http.HttpServlet.service,org.springframework.web.servlet.DispatcherServlet.*
frames grpc-server any=io.grpc.stub.ServerCalls$*,io.grpc.internal.ServerCallImpl*

# Ways to wait by burning CPU.
frames busy-wait any=java.lang.Thread.yield*,java.lang.Thread.onSpinWait,java.util.concurrent.locks.LockSupport.parkNanos,java.lang.Thread.sleep*

# Inside these a thread wakes up to look again, and has got nothing by that: MongoDB's driver 5.2 by capture; its versions 3 and 4, Kafka
# clients 1 and 3, Redisson 3 and Curator 5 by their classes; Neo4j 4.4, Liquibase 4.33 by capture.
frames looks-again any=com.mongodb.internal.connection.*Cluster.selectServer,com.mongodb.connection.*Cluster.selectServer,org.apache.kafka.clients.producer.KafkaProducer.waitOnMetadata,*.ensureCoordinatorReady,*.awaitMetadataUpdate,org.redisson.Redisson*Lock.lock,org.redisson.Redisson*Lock.tryLock,org.apache.curator.framework.recipes.locks.LockInternals.internalLockLoop,org.neo4j.kernel.impl.locking.forseti.ForsetiClient.waitFor*,liquibase.lockservice.StandardLockService.waitForLock

# Where code runs in circles: collections that were changed by several threads without a lock, and regular expressions.
frames endless any=java.util.HashMap.*,java.util.HashMap$*,java.util.WeakHashMap.*,java.util.LinkedHashMap.*,java.util.TreeMap.*,java.util.IdentityHashMap.*,java.util.LinkedList.*
frames endless any=java.util.regex.*

# Native code that, in a thread that is runnable, waits for nobody.
frames computing any=*.Unsafe.park,java.util.zip.*,java.lang.System.arraycopy,jdk.internal.misc.Unsafe.copyMemory*,jdk.internal.misc.Unsafe.setMemory*,sun.misc.Unsafe.copyMemory*,sun.misc.Unsafe.setMemory*,java.lang.StrictMath.*,java.lang.Object.clone,java.lang.Object.hashCode,java.lang.Throwable.fillInStackTrace

# Code of the JDK that keeps a lock of its own while it asks the system, or waits for room. What it waits for is to blame, not the lock.
frames system-lock any=java.net.InetAddress*,java.net.Inet6Address*,sun.security.provider.*,java.util.concurrent.SubmissionPublisher.*

# Who reads the answers to a client, after the name of the call that waits for one: ZooKeeper 3, Kafka 0.9 to 4, HDFS 2 and 3, Paho 1,
# RabbitMQ client 3 to 5 (from 5.27 on Netty as well).
frames reads-zookeeper any=org.apache.zookeeper.ClientCnxn$SendThread.run
frames reads-kafka-send any=org.apache.kafka.clients.producer.internals.Sender.run
frames reads-hdfs any=org.apache.hadoop.hdfs.*DataStreamer.run,org.apache.hadoop.hdfs.*DataStreamer$ResponseProcessor.run
frames reads-mqtt any=org.eclipse.paho.client.mqttv3.internal.CommsReceiver.run
frames reads-rabbitmq any=com.rabbitmq.client.impl.AMQConnection$MainLoop.run,com.rabbitmq.client.impl.nio.NioLoop.run,io.netty.util.concurrent.SingleThread*EventExecutor*.run
