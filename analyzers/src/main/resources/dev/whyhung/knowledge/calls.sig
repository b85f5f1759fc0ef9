# Calls that block their caller, by their topmost frames; the first that matches counts. Syntax: see CONTRIBUTING.md.

call BORROW/HikariCP top=com.zaxxer.hikari.util.ConcurrentBag.borrow,java.util.concurrent.SynchronousQueue.poll,*.SynchronousQueue$*.xfer* within=com.zaxxer.hikari.pool.HikariPool.getConnection
call BORROW/DBCP2 top=*LinkedBlockingDeque.takeFirst,*LinkedBlockingDeque.pollFirst,*.GenericObjectPool.create within=org.apache.commons.dbcp2.PoolingDataSource.getConnection,org.apache.commons.dbcp.PoolingDataSource.getConnection,org.apache.commons.dbcp2.datasources.*
# commons-pool 1 waits on an object of its own, DBCP 1 with it.
call BORROW/DBCP top=org.apache.commons.pool.impl.Generic*ObjectPool.borrowObject within=org.apache.commons.dbcp.*
call BORROW/Jedis top=org.apache.commons.pool.impl.Generic*ObjectPool.borrowObject,*LinkedBlockingDeque.takeFirst,*LinkedBlockingDeque.pollFirst,*.GenericObjectPool.create within=redis.clients.jedis.*
call BORROW/Commons-Pool top=org.apache.commons.pool.impl.Generic*ObjectPool.borrowObject,*LinkedBlockingDeque.takeFirst,*LinkedBlockingDeque.pollFirst,*.GenericObjectPool.create,*.GenericKeyedObjectPool.create within=*.GenericObjectPool.borrowObject,*.GenericKeyedObjectPool.borrowObject
call BORROW/c3p0 top=com.mchange.v2.resourcepool.BasicResourcePool.awaitAvailable
call BORROW/Tomcat-JDBC top=*FairBlockingQueue*.poll,java.util.concurrent.CountDownLatch.await within=org.apache.tomcat.jdbc.pool.ConnectionPool.borrowConnection
call BORROW/Druid top=com.alibaba.druid.pool.DruidDataSource.takeLast,com.alibaba.druid.pool.DruidDataSource.pollLast
# Agroal 2.3 (Quarkus, WildFly).
call BORROW/Agroal top=io.agroal.pool.ConnectionPool.handlerFrom*
# BoneCP 0.8, IronJacamar 1 to 3 (JBoss, WildFly), Liberty and WebSphere, by the frames that are printed of them.
call BORROW/BoneCP top=*BlockingQueue.poll,*BlockingQueue.take,*TransferQueue.poll,*TransferQueue.take within=com.jolbox.bonecp.*ConnectionStrategy.getConnection*
call BORROW/IronJacamar top=java.util.concurrent.Semaphore.*cquire* within=org.jboss.jca.core.connectionmanager.pool.mcp.*ManagedConnectionPool.getConnection
call BORROW/Liberty top=com.ibm.ejs.j2c.FreePool.queueRequest,com.ibm.ejs.j2c.poolmanager.FreePool.queueRequest
call BORROW/HttpClient top=org.apache.h*.pool.*,org.apache.h*.concurrent.*,org.apache.hc.core5.*,java.util.concurrent.CompletableFuture.* within=*StrictConnPool*,*LaxConnPool*,*AbstractConnPool*,*PoolingHttpClientConnectionManager*.get* unless=*SessionInputBuffer*,*.DefaultHttpRequestExecutor.*,*HttpRequestExecutor.*
# HttpClient 3.1, 4.0 to 4.2.
call BORROW/HttpClient top=org.apache.commons.httpclient.MultiThreadedHttpConnectionManager.doGetConnection,org.apache.http.impl.conn.tsccm.WaitingThread.await
# MyBatis 3.5 by capture; it creates a connection in the same method, under its lock.
call BORROW/MyBatis top=org.apache.ibatis.datasource.pooled.PooledDataSource.popConnection unless=*ReentrantLock.lock*,org.apache.ibatis.datasource.unpooled.*
# UCP 23.6, Atomikos 6.0, Vibur 26 by capture.
call BORROW/Vibur top=java.util.concurrent.Semaphore.*cquire* within=org.vibur.dbcp.pool.PoolOperations.get*
call BORROW/Atomikos top=com.atomikos.datasource.pool.ConnectionPool*.waitFor* within=com.atomikos.jdbc.*
call BORROW/UCP top=java.util.concurrent.Semaphore.*cquire* within=oracle.ucp.common.Core.borrow
# UnboundID's LDAP 7.0 by capture.
call BORROW/LDAP top=*Queue.poll,*Queue.take within=com.unboundid.ldap.sdk.LDAPConnectionPool.getConnection
# Bitronix 2.1, EclipseLink 4.0, OrientDB 3.2 by capture.
call BORROW/Bitronix top=bitronix.tm.resource.common.XAPool.waitForConnectionInPool
call BORROW/EclipseLink top=org.eclipse.persistence.sessions.server.ConnectionPool.acquireConnection unless=*.buildConnection
call BORROW/OrientDB top=java.util.concurrent.Semaphore.*cquire* within=com.orientechnologies.common.concur.resource.OResourcePool.getResource
call BORROW/MongoDB top=com.mongodb.internal.connection.ConcurrentPool.get

call DATABASE_LOCK/h2 top=org.h2.mvstore.tx.Transaction.waitFor*,org.h2.mvstore.db.MVTable.doLock* within=org.h2.*
call DATABASE_LOCK/derby top=org.apache.derby.impl.services.locks.*
# HSQLDB 2.7: the turn of a session.
call DATABASE_LOCK/hsqldb top=org.hsqldb.lib.CountUpDownLatch.await within=org.hsqldb.Session.execute*
# Neo4j 4.4: asks again and again, with pauses.
call DATABASE_LOCK/neo4j top=java.lang.Thread.sleep*,org.neo4j.kernel.impl.locking.forseti.ForsetiClient.* within=org.neo4j.kernel.impl.locking.forseti.ForsetiClient.waitFor*
# Berkeley DB Java Edition 18.3, Xodus 2.0 by capture.
call DATABASE_LOCK/berkeley-db top=com.sleepycat.je.txn.LockManager.waitForLock
call DATABASE_LOCK/xodus top=jetbrains.exodus.env.ReentrantTransactionDispatcher.waitForPermits
call DATABASE_LOCK/sqlite top=org.sqlite.core.NativeDB.step within=org.sqlite.*

# Redisson 3.37, Curator 5.7, Hazelcast 5.3 by capture; Ignite 2.16 by its classes. A candidate for leadership waits as it should.
call DISTRIBUTED_LOCK/redisson top=java.util.concurrent.Semaphore.*cquire,java.util.concurrent.CompletableFuture.*,java.lang.Thread.sleep* within=org.redisson.Redisson*Lock.lock*,org.redisson.Redisson*Lock.tryLock
call DISTRIBUTED_LOCK/curator top=org.apache.curator.framework.recipes.locks.LockInternals.internalLockLoop unless=org.apache.curator.framework.recipes.leader.*
# Liquibase 4.33: another process is said to change the schema.
call DISTRIBUTED_LOCK/liquibase top=java.lang.Thread.sleep* within=liquibase.lockservice.StandardLockService.waitForLock
call DISTRIBUTED_LOCK/hazelcast top=com.hazelcast.spi.impl.*Future.* within=com.hazelcast.internal.locksupport.LockProxySupport.*ock*,com.hazelcast.cp.internal.datastructures.lock.proxy.FencedLockProxy.*
call DISTRIBUTED_LOCK/ignite top=org.apache.ignite.internal.util.future.GridFutureAdapter.*,java.util.concurrent.* within=org.apache.ignite.internal.processors.cache.CacheLockImpl.*ock,org.apache.ignite.internal.processors.datastructures.GridCacheLockImpl.*ock*

call REMOTE/http-body top=*BlockingQueue.take within=jdk.internal.net.http.ResponseSubscribers$HttpResponseInputStream.*
call REMOTE/jdk-http-client top=java.util.concurrent.CompletableFuture.get,java.util.concurrent.CompletableFuture.waitingGet,java.util.concurrent.CompletableFuture.join within=jdk.internal.net.http.HttpClientImpl.send
# A stream is silent for as long as there is nothing to tell.
call REMOTE/grpc top=io.grpc.stub.ClientCalls$ThreadlessExecutor.waitAndDrain*,com.google.common.util.concurrent.AbstractFuture.get within=io.grpc.stub.ClientCalls.* unless=io.grpc.stub.ClientCalls$BlockingResponseStream.*
call REMOTE/gax top=com.google.common.util.concurrent.* within=com.google.api.gax.rpc.ApiExceptions.callAndTranslateApiException
call REMOTE/mongo top=*.selectServer*,java.util.concurrent.CountDownLatch.await within=com.mongodb.internal.connection.BaseCluster.selectServer,com.mongodb.internal.connection.*Cluster.*
call REMOTE/kafka-send top=org.apache.kafka.clients.producer.*,org.apache.kafka.common.utils.* within=org.apache.kafka.clients.producer.KafkaProducer.waitOnMetadata,org.apache.kafka.clients.producer.internals.BufferPool.allocate
call REMOTE/kafka-send top=java.util.concurrent.CountDownLatch.await within=org.apache.kafka.clients.producer.internals.ProduceRequestResult.await
call REMOTE/kafka-admin top=java.util.concurrent.CompletableFuture.* within=org.apache.kafka.common.internals.KafkaFutureImpl.get
call REMOTE/kafka-consumer top=sun.nio.ch.EPoll.wait,sun.nio.ch.EPollArrayWrapper.epollWait,sun.nio.ch.KQueue.poll,sun.nio.ch.WEPoll.wait within=*ensureCoordinatorReady*,*awaitMetadataUpdate*,*joinGroupIfNeeded*,*.commitOffsetsSync unless=org.apache.kafka.clients.consumer.KafkaConsumer.poll
# JDK 8 to 28; up to 7 the request itself is waited on.
call REMOTE/ldap top=*BlockingQueue.take,*BlockingQueue.poll,com.sun.jndi.ldap.Connection.readReply within=com.sun.jndi.ldap.Connection.readReply
call REMOTE/zookeeper top=org.apache.zookeeper.ClientCnxn.submitRequest,org.apache.zookeeper.ClientCnxn.waitForPacketFinish
# Artemis 2.37: the broker grants no credit while an address is full.
call REMOTE/artemis-credits top=java.util.concurrent.Semaphore.*cquire within=org.apache.activemq.artemis.core.client.impl.*ProducerCredits*.acquireCredits
# ActiveMQ 5, RabbitMQ client 3 to 5: the answer to a command; HDFS 2 and 3: the acknowledgement of what was written.
call REMOTE/activemq top=*Queue.take,*Queue.poll within=org.apache.activemq.transport.FutureResponse.getResult
call REMOTE/rabbitmq top=com.rabbitmq.utility.BlockingCell.*,java.util.concurrent.CompletableFuture.get within=com.rabbitmq.client.impl.AMQChannel*
# The confirms of a broker: RabbitMQ client 5.25 by capture.
call REMOTE/rabbitmq-confirms top=com.rabbitmq.client.impl.ChannelN.waitForConfirms
call REMOTE/hdfs top=org.apache.hadoop.hdfs.*.waitForAckedSeqno
# Coherence 22.06: the answer of the members that have the entries.
call REMOTE/coherence top=com.oracle.coherence.common.base.* within=com.tangosol.coherence.component.net.Poll.waitCompletion
# UnboundID's LDAP 7.0, CXF 4.0 on the client of the JDK, by capture: the answer to a request.
call REMOTE/unboundid top=*Queue.poll,*Queue.take within=com.unboundid.ldap.sdk.*Request.process*,com.unboundid.ldap.sdk.SimpleBindRequest.*
call REMOTE/cxf top=java.util.concurrent.CompletableFuture.* within=org.apache.cxf.transport.http.HttpClientHTTPConduit$*.getResponse
# Clients that hand the request to a thread of their own and wait: spymemcached 2.12, Paho 1.2, SNMP4J 2.8, jSMPP 3.0, Californium 3.13, HAPI 2.5,
# HttpAsyncClient 4.1, AsyncHttpClient 2.12, jnats 2.20, the driver of Cassandra 4.18, all by capture.
call REMOTE/mqtt top=org.eclipse.paho.client.mqttv3.internal.Token.waitForResponse
call REMOTE/memcached top=java.util.concurrent.CountDownLatch.await within=net.spy.memcached.internal.*Future.get
call REMOTE/snmp top=org.snmp4j.Snmp.send
call REMOTE/smpp top=org.jsmpp.extra.PendingResponse.waitDone
call REMOTE/coap top=org.eclipse.californium.core.coap.Request.waitForResponse
call REMOTE/hl7 top=java.util.concurrent.CountDownLatch.await within=ca.uhn.hl7v2.concurrent.BlockingHashMap.*
call REMOTE/http-async top=org.apache.http.concurrent.BasicFuture.get
call REMOTE/async-http-client top=java.util.concurrent.CompletableFuture.* within=org.asynchttpclient.netty.NettyResponseFuture.get
call REMOTE/nats top=java.util.concurrent.CompletableFuture.* within=io.nats.client.impl.NatsConnection.request*
call REMOTE/cassandra top=java.util.concurrent.CompletableFuture.* within=com.datastax.oss.driver.*
# By their classes: Hazelcast 3 to 5, Ignite 2, Infinispan 9 to 15, Geode 1, JGroups 3 to 5. Whoever takes from a queue of theirs, or waits for
# a signal, waits by design.
call REMOTE/hazelcast top=com.hazelcast.spi.impl.*Future.*,com.hazelcast.client.impl.*Future.*,java.util.concurrent.CompletableFuture.* within=com.hazelcast.*InvocationFuture.* unless=com.hazelcast.*Queue*Proxy*,com.hazelcast.*CountDownLatch*,com.hazelcast.*Semaphore*,com.hazelcast.*Ringbuffer*
call REMOTE/ignite top=org.apache.ignite.internal.util.future.GridFutureAdapter.get* unless=org.apache.ignite.internal.processors.datastructures.*,org.apache.ignite.internal.util.worker.GridWorker.run
call REMOTE/infinispan top=java.util.concurrent.CompletableFuture.* within=org.infinispan.client.hotrod.impl.*,org.infinispan.*.Completable*.await*,org.infinispan.*.CompletionStages.join
call REMOTE/geode top=java.util.concurrent.CountDownLatch.await,org.apache.geode.internal.util.concurrent.StoppableCountDownLatch.await within=org.apache.geode.distributed.internal.ReplyProcessor21.*
call REMOTE/jgroups top=org.jgroups.util.CondVar.waitFor,java.util.concurrent.CompletableFuture.*,org.jgroups.blocks.* within=org.jgroups.blocks.*Request.waitForCompletion,org.jgroups.blocks.UnicastRequest.*,org.jgroups.blocks.GroupRequest.*
# The same of Dubbo 2 and 3, SOFA's Bolt, RocketMQ 4 and 5, Hadoop 2 and 3, HBase 1 and 2, Kudu 1, AsyncHBase, Redisson 3,
# the clients of Elasticsearch 6 to 8, OpenSearch, Couchbase 2 and 3, Neo4j 4 and 5, Cassandra 3, Jetty 9 to 12, Artemis 2, Qpid JMS.
call REMOTE/dubbo top=com.alibaba.dubbo.remoting.*Future.get,org.apache.dubbo.*,*Queue.poll,*Queue.take,java.util.concurrent.CompletableFuture.* within=com.alibaba.dubbo.remoting.exchange.support.DefaultFuture.get,org.apache.dubbo.common.threadpool.ThreadlessExecutor.waitAndDrain,org.apache.dubbo.rpc.AsyncRpcResult.get,org.apache.dubbo.remoting.exchange.support.DefaultFuture.get
call REMOTE/bolt top=java.util.concurrent.CountDownLatch.await within=com.alipay.remoting.*InvokeFuture.waitResponse
call REMOTE/rocketmq top=java.util.concurrent.CountDownLatch.await,java.util.concurrent.CompletableFuture.* within=org.apache.rocketmq.remoting.netty.ResponseFuture.waitResponse,org.apache.rocketmq.remoting.netty.*.invokeSync*
call REMOTE/hadoop top=org.apache.hadoop.ipc.Client.*,org.apache.hadoop.util.concurrent.AsyncGet* within=org.apache.hadoop.ipc.Client.call
call REMOTE/hbase top=org.apache.hadoop.hbase.ipc.*.get,org.apache.hadoop.hbase.ipc.RpcClient*.call within=org.apache.hadoop.hbase.ipc.*RpcClient*.callBlockingMethod
call REMOTE/async-hbase top=com.stumbleupon.async.Deferred.doJoin within=org.apache.kudu.client.*,org.hbase.async.*
call REMOTE/redisson top=java.util.concurrent.CompletableFuture.*,java.util.concurrent.CountDownLatch.await,org.redisson.misc.* within=org.redisson.command.Command*Service.get* unless=org.redisson.RedissonBlocking*,org.redisson.Redisson*Deque.*,org.redisson.Redisson*Queue.*,org.redisson.Redisson*Latch.*,org.redisson.Redisson*Semaphore.*
call REMOTE/elasticsearch top=java.util.concurrent.CountDownLatch.await within=org.elasticsearch.client.RestClient$SyncResponseListener.get,org.opensearch.client.RestClient$SyncResponseListener.get
call REMOTE/couchbase top=java.util.concurrent.CompletableFuture.*,java.util.concurrent.CountDownLatch.await within=com.couchbase.client.*
call REMOTE/neo4j top=java.util.concurrent.CompletableFuture.* within=org.neo4j.driver.internal.util.Futures.blockingGet
call REMOTE/cassandra top=com.google.common.util.concurrent.* within=com.datastax.driver.core.*
call REMOTE/jetty-client top=java.util.concurrent.CountDownLatch.await,java.util.concurrent.CompletableFuture.* within=org.eclipse.jetty.client.*.send,org.eclipse.jetty.client.*FutureResponseListener.get
call REMOTE/artemis top=org.apache.activemq.artemis.core.protocol.core.impl.ChannelImpl.sendBlocking
call REMOTE/qpid top=org.apache.qpid.jms.provider.*Future.sync,java.util.concurrent.CountDownLatch.await within=org.apache.qpid.jms.provider.*Future.sync
# Remote calls of servers: WebLogic's, JBoss's, CORBA's.
call REMOTE/weblogic top=weblogic.rjvm.ResponseImpl.waitForData
call REMOTE/jboss top=org.jboss.ejb.client.EJBClientInvocationContext.awaitResponse
call REMOTE/corba top=com.sun.corba.*.CorbaResponseWaitingRoomImpl.waitForResponse
call REMOTE/lettuce top=java.util.concurrent.CompletableFuture.*,java.util.concurrent.CountDownLatch.await,io.lettuce.* within=io.lettuce.core.*
call REMOTE/aws top=java.util.concurrent.CompletableFuture.* within=software.amazon.*
call REMOTE/reactor-netty top=reactor.core.publisher.Blocking*.blockingGet,java.util.concurrent.CountDownLatch.await within=org.springframework.web.reactive.function.client.*,reactor.netty.http.client.*

call DNS/lookup top=java.net.Inet*AddressImpl.lookupAllHostAddr,java.net.InetAddress.checkLookupTable,java.net.Inet*AddressImpl.getHostByAddr
call CONNECT/socket top=sun.nio.ch.Net.connect*,sun.nio.ch.Net.pollConnect*,*PlainSocketImpl.socketConnect,*PlainSocketImpl.connect0,*PlainSocketImpl.waitForConnect
call CONNECT/poll top=sun.nio.ch.Net.poll,sun.nio.ch.Poller.poll within=sun.nio.ch.NioSocketImpl.connect,sun.nio.ch.SocketChannelImpl.*onnect
# What these transports read and write is registered with a selector, and such a channel never blocks: their threads are at work.
call READ/socket-timed top=sun.nio.ch.Net.poll,sun.nio.ch.SocketDispatcher.read0,sun.nio.ch.NioSocketImpl.park,sun.nio.ch.Poller.poll* within=sun.nio.ch.NioSocketImpl.timedRead
call READ/socket top=sun.nio.ch.SocketDispatcher.read0,sun.nio.ch.SocketDispatcher.readv0,sun.nio.ch.UnixDispatcher.read0,java.net.SocketInputStream.socketRead0,*.SocketInputStream.socketRead unless=*.netty.channel.socket.nio.NioSocketChannel.*,org.jboss.netty.channel.socket.nio.*,org.xnio.nio.NioSocketConduit.*,org.eclipse.jetty.io.*EndPoint.f*,org.apache.tomcat.util.net.*NioChannel.*,org.apache.mina.transport.socket.nio.NioProcessor.*,org.apache.kafka.common.network.*TransportLayer.*,jdk.internal.net.http.SocketTube.*
call READ/socket-poll top=sun.nio.ch.Net.poll,sun.nio.ch.Poller.poll* within=sun.nio.ch.NioSocketImpl.implRead,sun.nio.ch.NioSocketImpl.read,sun.nio.ch.SocketChannelImpl.*ead,sun.nio.ch.SocketAdaptor*,java.net.Socket$SocketInputStream.read
call READ/channel top=sun.nio.ch.FileDispatcherImpl.read0,sun.nio.ch.FileDispatcherImpl.readv0,sun.nio.ch.UnixDispatcher.readv0 within=sun.nio.ch.SocketChannelImpl.read,sun.nio.ch.SocketDispatcher.read unless=*.netty.channel.socket.nio.NioSocketChannel.*,org.jboss.netty.channel.socket.nio.*,org.xnio.nio.NioSocketConduit.*,org.eclipse.jetty.io.*EndPoint.f*,org.apache.tomcat.util.net.*NioChannel.*,org.apache.mina.transport.socket.nio.NioProcessor.*,org.apache.kafka.common.network.*TransportLayer.*,jdk.internal.net.http.SocketTube.*
# A server that reads the rest of a request, or writes an answer, as fast as its client allows: Jetty 9 to 12, XNIO 3 (Undertow), Tomcat 7 to
# 11, by their classes.
call READ/jetty-request top=org.eclipse.jetty.server.HttpInput.blockForContent,org.eclipse.jetty.*.BlockingContentProducer$LockedSemaphore.acquire
call WRITE/jetty-answer top=org.eclipse.jetty.util.SharedBlockingCallback$Blocker.block,java.util.concurrent.CompletableFuture* within=org.eclipse.jetty.util.SharedBlockingCallback$Blocker.block,org.eclipse.jetty.util.Blocker$*.block
call READ/xnio top=sun.nio.ch.EPoll.wait,sun.nio.ch.EPollArrayWrapper.epollWait,sun.nio.ch.KQueue.poll,sun.nio.ch.WEPoll.wait within=org.xnio.*.awaitReadable
call WRITE/xnio top=sun.nio.ch.EPoll.wait,sun.nio.ch.EPollArrayWrapper.epollWait,sun.nio.ch.KQueue.poll,sun.nio.ch.WEPoll.wait within=org.xnio.*.awaitWritable
call READ/tomcat top=org.apache.tomcat.util.net.*.fillReadBuffer,org.apache.tomcat.util.net.*.awaitLatch,java.util.concurrent.CountDownLatch.await,org.apache.tomcat.util.net.NioBlockingSelector.read within=org.apache.tomcat.util.net.*SocketWrapper.fillReadBuffer,org.apache.tomcat.util.net.NioBlockingSelector.read
call WRITE/tomcat top=org.apache.tomcat.util.net.*.doWrite,org.apache.tomcat.util.net.*.awaitLatch,java.util.concurrent.Semaphore.*cquire,java.util.concurrent.CountDownLatch.await,org.apache.tomcat.util.net.NioBlockingSelector.write within=org.apache.tomcat.util.net.*SocketWrapper.doWrite,org.apache.tomcat.util.net.NioBlockingSelector.write
# An appender that sends to a log server: log4j 2.24, logback 1.5.
call LOG/socket top=sun.nio.ch.FileDispatcherImpl.write0,sun.nio.ch.UnixDispatcher.write0,sun.nio.ch.SocketDispatcher.write0,java.net.SocketOutputStream.socketWrite0,sun.nio.ch.Net.poll within=org.apache.logging.log4j.core.net.*Socket*Manager.write*,ch.qos.logback.core.net.*Appender*
call WRITE/socket top=sun.nio.ch.SocketDispatcher.write0,sun.nio.ch.SocketDispatcher.writev0,sun.nio.ch.FileDispatcherImpl.write0,sun.nio.ch.FileDispatcherImpl.writev0,sun.nio.ch.UnixDispatcher.write0,sun.nio.ch.UnixDispatcher.writev0,java.net.SocketOutputStream.socketWrite0,sun.nio.ch.Net.poll within=sun.nio.ch.NioSocketImpl.*rite,sun.nio.ch.SocketChannelImpl.*rite,sun.nio.ch.SocketDispatcher.write,java.net.SocketOutputStream.* unless=*.netty.channel.socket.nio.NioSocketChannel.*,org.jboss.netty.channel.socket.nio.*,org.xnio.nio.NioSocketConduit.*,org.eclipse.jetty.io.*EndPoint.f*,org.apache.tomcat.util.net.*NioChannel.*,org.apache.mina.transport.socket.nio.NioProcessor.*,org.apache.kafka.common.network.*TransportLayer.*,jdk.internal.net.http.SocketTube.*

call ENTROPY/seed top=java.io.FileInputStream.read* within=sun.security.provider.NativePRNG$*,sun.security.provider.SeedGenerator*
call LOG/appender top=java.io.FileOutputStream.writeBytes,java.io.FileOutputStream.write,sun.nio.ch.FileDispatcherImpl.write0,sun.nio.ch.UnixFileDispatcherImpl.write0,java.io.RandomAccessFile.writeBytes within=ch.qos.logback.*,org.apache.logging.*,org.apache.log4j.*,java.util.logging.*,java.io.PrintStream.*
call FILE/open top=java.io.FileInputStream.open0,java.io.FileOutputStream.open0,java.io.RandomAccessFile.open0
call FILE/stream top=java.io.FileInputStream.readBytes*,java.io.FileInputStream.read0,java.io.FileOutputStream.writeBytes,java.io.RandomAccessFile.readBytes*,java.io.RandomAccessFile.writeBytes*,sun.nio.ch.FileDispatcherImpl.*,sun.nio.ch.UnixFileDispatcherImpl.*,sun.nio.fs.UnixNativeDispatcher.*,java.io.UnixFileSystem.* unless=sun.nio.ch.SocketDispatcher.*,sun.nio.ch.DatagramDispatcher.*,sun.nio.ch.NioSocketImpl.*,sun.nio.ch.SocketChannelImpl.*,sun.nio.ch.ServerSocketChannelImpl.*,sun.nio.ch.DatagramChannelImpl.*
call PROCESS/wait top=java.lang.ProcessImpl.waitFor,java.lang.UNIXProcess.waitFor,java.lang.Process.waitFor
# Ruby's sleep: JRuby 9.4.
call SLEEP/jruby top=java.util.concurrent.Semaphore.*cquire* within=org.jruby.RubyThread.sleep
call SLEEP/sleep top=java.lang.Thread.sleep*,java.lang.Thread.sleepNanos*,java.util.concurrent.TimeUnit.sleep

# Flink 1.20: whoever sends waits for a buffer while the operators behind it are slow.
call PUT/flink top=java.util.concurrent.CompletableFuture.* within=org.apache.flink.runtime.io.network.buffer.LocalBufferPool.request*Blocking
call CLOSE/executor top=java.util.concurrent.ThreadPoolExecutor.awaitTermination,java.util.concurrent.ForkJoinPool.awaitTermination,java.util.concurrent.ExecutorService.close,java.util.concurrent.ThreadPerTaskExecutor.awaitTermination
# Reactor 3.6, RxJava 3; coroutines 1.9.
call FUTURE/reactor top=reactor.core.publisher.Blocking*.blockingGet,io.reactivex.*Blocking*.blocking*,rx.internal.util.BlockingUtils.awaitForComplete
call FUTURE/coroutine top=kotlinx.coroutines.BlockingCoroutine.joinBlocking
# Vert.x 5.0 in virtual threads.
call FUTURE/vertx top=java.util.concurrent.CountDownLatch.await,io.vertx.core.Future.await within=io.vertx.core.Future.await
# jPOS 2.1: the answer comes by a space; sessions, channels and multiplexers take their work from one, too.
call FUTURE/jpos top=org.jpos.space.TSpace.in,org.jpos.space.TSpace.rd unless=org.jpos.transaction.TransactionManager.*,org.jpos.iso.*,org.jpos.q2.*
# Hystrix 1.5; Camel 4.18, whose producers wait for consumers to be done.
call FUTURE/hystrix top=java.util.concurrent.CountDownLatch.await within=rx.internal.operators.BlockingOperatorToFuture$*.get
# Promises of Clojure 1.12, by which core.async waits for channels, too.
call FUTURE/clojure top=java.util.concurrent.CountDownLatch.await within=clojure.core$promise$reify__*.deref
# Mutiny 2.8, GPars 1.2, jMonkeyEngine 3.6, cache2k 2.6, MyBatis 3.5, Lucene 9.12 by capture.
call FUTURE/mutiny top=java.util.concurrent.CountDownLatch.await within=io.smallrye.mutiny.operators.uni.UniBlockingAwait.await
call FUTURE/gpars top=groovyx.gpars.dataflow.expression.DataflowExpression.getVal
call FUTURE/jmonkey top=com.jme3.app.AppTask.get
call FUTURE/cache2k top=org.cache2k.core.Entry.waitForProcessing
call FUTURE/mybatis-cache top=java.util.concurrent.CountDownLatch.await within=org.apache.ibatis.cache.decorators.BlockingCache.acquireLock
call FUTURE/lucene-reopen top=org.apache.lucene.search.ControlledRealTimeReopenThread.waitForGeneration
call FUTURE/camel-seda top=java.util.concurrent.CountDownLatch.await within=org.apache.camel.component.seda.SedaProducer.process
# Pekko 1.1, Scala 2.13: Await.result.
call FUTURE/scala top=scala.concurrent.impl.Promise*.ready,scala.concurrent.impl.Promise*.tryAwait*,scala.concurrent.impl.Promise*.result,scala.concurrent.Await*.result
call FUTURE/completion-service top=java.util.concurrent.ExecutorCompletionService.take,java.util.concurrent.ExecutorCompletionService.poll
call FUTURE/task top=java.util.concurrent.FutureTask.awaitDone,java.util.concurrent.FutureTask.get
call FUTURE/completable top=java.util.concurrent.CompletableFuture$Signaller.block,java.util.concurrent.CompletableFuture$Signaller.isReleasable,java.util.concurrent.CompletableFuture.waitingGet,java.util.concurrent.CompletableFuture.timedGet,java.util.concurrent.CompletableFuture.get,java.util.concurrent.CompletableFuture.join
call FUTURE/fork-join top=java.util.concurrent.ForkJoinTask.awaitDone,java.util.concurrent.ForkJoinTask.externalAwaitDone,java.util.concurrent.ForkJoinTask.join,java.util.concurrent.ForkJoinTask.get,java.util.concurrent.ForkJoinPool.invoke
call FUTURE/guava top=com.google.common.util.concurrent.AbstractFuture.get,com.google.common.util.concurrent.Uninterruptibles.getUninterruptibly
# Netty 3 and 4: what happens to a channel is told by its loop.
call FUTURE/netty-channel top=*DefaultPromise.await*,org.jboss.netty.channel.DefaultChannelFuture.await* within=*DefaultChannelPromise.*,org.jboss.netty.channel.DefaultChannelFuture.*
call FUTURE/netty top=*DefaultPromise.await*
call FUTURE/reactor top=reactor.core.publisher.Blocking*.blocking*
call FUTURE/rxjava top=io.reactivex.*Blocking*.blocking*,io.reactivex.*.Future*.get
call FUTURE/elastic top=*.BaseFuture.get,*.BaseFuture$Sync.get,*.PlainActionFuture.get
# HBase 1 and 2: the write-ahead log.
call FUTURE/hbase top=org.apache.hadoop.hbase.regionserver.wal.SyncFuture.get
call FUTURE/scope-join top=jdk.internal.misc.ThreadFlock.awaitAll,java.util.concurrent.StructuredTaskScope*.join*
call FUTURE/join top=java.lang.Thread.join
# disruptor 3.4 and 4.0: a producer polls for room without a blocker.
call PUT/ring top=com.lmax.disruptor.*Sequencer.next,com.lmax.disruptor.RingBuffer.next
# log4j 1.2; the flow control of an ActiveMQ 5 broker.
call PUT/log4j1 top=org.apache.log4j.AsyncAppender.append
call PUT/activemq top=org.apache.activemq.usage.*.waitForSpace
call PUT/pipe top=java.io.PipedInputStream.awaitSpace
call PUT/publisher top=java.util.concurrent.SubmissionPublisher*.*,*.BufferedSubscription.* within=java.util.concurrent.SubmissionPublisher.submit
call PUT/queue top=*Queue.put,*Deque.put*,java.util.concurrent.LinkedTransferQueue.transfer,java.util.concurrent.SynchronousQueue.put,java.util.concurrent.ArrayBlockingQueue.offer
call PERMIT/semaphore top=java.util.concurrent.Semaphore.acquire*,java.util.concurrent.Semaphore.tryAcquire,java.util.concurrent.locks.StampedLock.*
call LATCH/latch top=java.util.concurrent.CountDownLatch.await,java.util.concurrent.CyclicBarrier.*await,java.util.concurrent.CyclicBarrier.dowait,java.util.concurrent.Phaser.*,java.util.concurrent.Exchanger.*
