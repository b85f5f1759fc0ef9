# What threads are for, by name, and by a frame where the name alone would mislead. Syntax: see CONTRIBUTING.md.
# weight: what a stuck thread of the role counts; a blocked event loop stops all its connections.

# Threads of the JVM that clean up after the application count once they run its code.
role CLEANUP weight=1 within=java.lang.ref.Finalizer.runFinalizer,java.lang.ref.Finalizer.invokeFinalizeMethod name=Finalizer|Secondary finalizer
role CLEANUP weight=1 within=jdk.internal.ref.*Cleanable.clean,jdk.internal.ref.*.performCleanup,sun.misc.Cleaner.clean,jdk.internal.ref.Cleaner.clean name=Common-Cleaner|Cleaner-\d+|Reference Handler|InnocuousThread-\d+
role JVM weight=0 within=jdk.internal.ref.CleanerImpl.run name=Cleaner-\d+
role JVM weight=0 name=Finalizer|Secondary finalizer|Reference Handler|Common-Cleaner|InnocuousThread-\d+|VM Thread|VM Periodic Task Thread|Signal Dispatcher|Attach Listener|Service Thread|Monitor Deflation Thread|Notification Thread|Sweeper thread|C[12] CompilerThread.*|DestroyJavaVM|JFR .*|process reaper.*|Low Memory Detector|Surrogate Locker Thread.*|JVMCI.*|JDWP .*
role CARRIER weight=0 within=java.lang.VirtualThread.runContinuation,jdk.internal.vm.Continuation.run unless=java.lang.VirtualThread.run
# Tomcat's poller hands over what comes in; unlike the loops of other servers, it never brings the answers to a client of the process.
role ACCEPTOR weight=5 name=.*-Acceptor(?:-\d+)?|qtp.*-acceptor-\d+@.*|RMI TCP Accept-.*|(?:XNIO-\d+|default|management) Accept|.*http.*-acceptor.*|https?-.*-(?:Poller|ClientPoller).*
# Netty 4.1 and 4.2: threads of an executor group are made for work that blocks, though they look like loops.
role WORKER weight=1 within=io.netty.util.concurrent.DefaultEventExecutor.run name=.*
# Netty 3, then 4.
role EVENT_LOOP weight=5 within=org.jboss.netty.channel.socket.nio.Abstract*Selector.run,org.jboss.netty.channel.socket.nio.*Worker.run name=.*
role EVENT_LOOP weight=5 within=*netty*SingleThread*EventExecutor*.run,*netty*SingleThreadIoEventLoop*,*netty*EventLoop.run name=.*
# MINA 2.2, Grizzly 3 and 4 (GlassFish, Payara), XNIO 3.8 (JBoss, WildFly).
role EVENT_LOOP weight=5 within=org.apache.mina.core.polling.AbstractPollingIoProcessor$Processor.run,org.glassfish.grizzly.nio.SelectorRunner.run,org.xnio.nio.WorkerThread.run name=NioProcessor-\d+|.*SelectorRunner.*|.* I/O-\d+
# ActiveJ 5.5 by capture: everything of an application happens there.
role EVENT_LOOP weight=5 within=io.activej.eventloop.Eventloop.run name=.*
# Swing and AWT, by capture of JDK 11 and 17; the loop of a game: jMonkeyEngine 3.6.
role EVENT_LOOP weight=5 within=java.awt.EventDispatchThread.run name=AWT-EventQueue-\d+
role EVENT_LOOP weight=5 within=com.jme3.app.SimpleApplication.update name=.*
# The server of the JDK, without an executor of its own: one thread selects and handles all requests.
role EVENT_LOOP weight=5 within=sun.net.httpserver.ServerImpl$Dispatcher.run name=HTTP-Dispatcher
role EVENT_LOOP weight=5 name=nioEventLoopGroup-\d+-\d+|(?:epoll|kqueue|multiThreadIo)EventLoopGroup-\d+-\d+|reactor-http-(?:nio|epoll|kqueue)-\d+|vert\.x-eventloop-thread-\d+|vert\.x-acceptor-thread-\d+|webflux-http-.*|lettuce-(?:nio|epoll)EventLoop-.*|grpc-(?:default|nio)-(?:boss|worker)-ELG-.*|AsyncHttpClient-\d+-\d+|redisson-netty-.*|cluster\d+-nio-worker-\d+|elasticsearch\[.*\[transport_worker\].*|XNIO-\d+ I/O-\d+|HttpClient-\d+-SelectorManager|hz\..*\.IO\.thread-.*|(?:data-plane-)?kafka-network-thread-.*|qtp.*-selector-.*
# Jetty 11 by capture; 9.4 to 12 by their classes: a worker of the server takes its turn at the selector.
role EVENT_LOOP weight=5 within=org.eclipse.jetty.io.ManagedSelector.select,org.eclipse.jetty.io.ManagedSelector$SelectorProducer.* name=qtp\d+-\d+
role REQUEST weight=1 name=https?-\d+-Processor\d+|TP-Processor\d+|https?-(?:nio|nio2|apr|bio|jsse-nio|openssl-nio)-.*exec-\d+|ajp-.*-exec-\d+|catalina-exec-\d+|tomcat-handler-\d+|qtp\d+-\d+|XNIO-\d+ task-\d+|default task-\d+|default-threads.*|executor-thread-\d+|Default Executor-thread-\d+|WebContainer : \d+|\[(?:ACTIVE|STUCK|STANDBY)\] ExecuteThread: '\d+'.*|dw-\d+.*|Handling (?:GET|POST|PUT|DELETE) .*|grpc-default-executor-\d+|http-exec-\d+|https?-worker-\d+|request-\d+
role REQUEST weight=1 name=(?:RpcServer|B\.(?:default|priority)|RpcServer\.\w+)\.\w*handler=.*|RpcServer\.handler=.*|IPC Server handler \d+ on .*
role REQUEST weight=1 within=io.grpc.internal.ServerCallImpl*,org.apache.tomcat.util.net.SocketProcessorBase.run,org.apache.coyote.AbstractProtocol$ConnectionHandler.process,org.springframework.web.servlet.DispatcherServlet.*,javax.servlet.http.HttpServlet.service,jakarta.servlet.http.HttpServlet.service,org.eclipse.jetty.server.HttpChannel.*,io.undertow.server.Connectors.executeRootHandler,com.sun.net.httpserver.*.handle,sun.net.httpserver.ServerImpl$Exchange.run
# RMI of the JDK; Grizzly 3 and 4 (GlassFish, Payara); Helidon 4, Micronaut 4, Armeria 1.32, Ratpack 1.9, Thrift 0.21, Dubbo 3.3, a
# Kafka 3.9 broker by capture or by their sources.
role REQUEST weight=1 within=sun.rmi.server.UnicastServerRef.dispatch,io.helidon.webserver.http.HttpRouting*,io.micronaut.http.server.RouteExecutor.*,org.apache.thrift.server.Invocation.run,org.apache.thrift.server.TThreadPoolServer$WorkerProcess.run name=.*
# Mu Server 2.1, the server of Apache XML-RPC 3.1.
role REQUEST weight=1 name=muhandler-\d+-\d+
role REQUEST weight=1 within=org.apache.xmlrpc.server.XmlRpcStreamServer.execute name=.*
role REQUEST weight=1 name=grizzly-http-server-\d+|http-thread-pool::.*|armeria-blocking-tasks-\d+-\d+|ratpack-blocking-\d+-\d+|DubboServerHandler-.*|TThreadPoolServer WorkerProcess-.*|(?:(?:data|control)-plane-)?kafka-request-handler-\d+
# Axon 4.11 and JobRunr 7.4 use a scheduler as a pool.
role WORKER weight=1 within=org.axonframework.eventhandling.SimpleEventHandlerInvoker.handle,org.jobrunr.server.BackgroundJobPerformer.run name=.*
# Vert.x 4.5 and 5.0: a verticle in virtual threads does one thing at a time, so whoever waits for a lock holds up all its connections.
role REQUEST weight=5 name=vert\.x-virtual-thread-\d+
# Flink 1.20: a task that stands still holds up all that flows through it.
role WORKER weight=5 within=org.apache.flink.streaming.runtime.tasks.StreamTask.invoke name=.*
# Databases that serve others from this process: H2 2.2, HSQLDB 2.7, Derby 10.16 by capture.
role REQUEST weight=1 within=org.h2.server.TcpServerThread.process,org.hsqldb.server.ServerConnection.receiveResult,org.apache.derby.impl.drda.DRDAConnThread.processCommands name=.*
# Asynchronous channels of the JDK: whoever completes an operation of a group runs its handler, and the others go on with the next.
role REQUEST weight=1 within=sun.nio.ch.EPollPort$EventHandlerTask.run,sun.nio.ch.KQueuePort$EventHandlerTask.run,sun.nio.ch.Iocp$EventHandlerTask.run name=.*
role COMMON_POOL weight=2 name=ForkJoinPool\.commonPool-worker-\d+
# Akka 2.6, Pekko 1.1: a dispatcher for blocking work is a pool like any other.
role WORKER weight=1 name=.*blocking.*-dispatcher-\d+
role ACTOR weight=1 within=akka.*,org.apache.pekko.*,*ForkJoinWorkerThread.run name=.*-dispatcher-\d+
role FJ weight=1 name=ForkJoinPool-\d+-worker-\d+|scala-execution-context-global-\d+
role COROUTINE weight=2 name=DefaultDispatcher-worker-\d+
# Reactor 3.7, RxJava 3: anybody may call threads by such a word, and whoever is at rest takes from a queue of timed tasks.
role REACTIVE weight=5 within=reactor.*,io.reactivex.*,rx.*,java.util.concurrent.ScheduledThreadPoolExecutor$DelayedWorkQueue.* name=parallel-\d+|single-\d+|RxComputationThreadPool-\d+
role REACTIVE weight=1 name=boundedElastic-\d+|elastic-\d+|RxCachedThreadScheduler-\d+
role LOGGING weight=1 name=AsyncAppender-Worker-.*|Log4j2-.*Async.*|Log4j2-TF-.*
role SCHEDULER weight=1 name=scheduling-\d+|Timer-\d+|Catalina-utility-\d+|Scheduler-\d+-\d+|.*HikariPool-\d+ (?:housekeeper|connection adder|connection closer)|HikariPool-\d+:.*|.*QuartzSchedulerThread|ThreadPoolTaskScheduler-\d+|CompletableFutureDelayScheduler|.*-delayScheduler|sys-scheduler-\d+|lettuce-timer-.*|commons-pool-evictor.*
role SCHEDULER weight=1 within=java.util.concurrent.ScheduledThreadPoolExecutor$ScheduledFutureTask.run,java.util.TimerThread.mainLoop name=.*
role CONSUMER weight=1 name=kafka-consumer-.*|org\.springframework\.kafka.*-C-\d+|.*#\d+-\d+-C-\d+|kafka-coordinator-heartbeat-thread.*|SimpleAsyncTaskExecutor-\d+|DefaultMessageListenerContainer-\d+|pulsar-.*|.*StreamThread-\d+
role PRODUCER_IO weight=2 name=kafka-producer-network-thread.*
role WORKER weight=1 name=pool-\d+-thread-\d+|.*[Tt]ask[Ee]xecutor-\d+|vert\.x-worker-thread-\d+|task-\d+|async-\d+|OkHttp http.*|HttpClient-\d+-Worker-\d+|DefaultQuartzScheduler_Worker-\d+
