# Who has the connections that others wait for, and who takes from the queues inside libraries. Syntax: see CONTRIBUTING.md.

# HikariCP 6.0 and 7.0, MyBatis 3.5, UCP 23.6, Atomikos 6.0, Vibur 26, c3p0 0.10, Tomcat JDBC 10.1 with PostgreSQL 42.7 and H2 2.3; Spring 6.1 and 6.2, Hibernate 6.6 by capture, jOOQ 3 by their sources.
pool JDBC borrows=HikariCP,c3p0,Tomcat-JDBC,Druid,Agroal,DBCP2,DBCP,BoneCP,IronJacamar,Liberty,MyBatis,UCP,Atomikos,Vibur,Bitronix,EclipseLink told=HikariCP holding=org.postgresql.*,com.mysql.*,org.mariadb.*,oracle.jdbc.*,com.microsoft.sqlserver.*,com.ibm.db2.*,net.sourceforge.jtds.*,com.sybase.jdbc*,com.informix.*,com.teradata.jdbc.*,com.sap.db.*,com.vertica.*,org.monetdb.*,nl.cwi.monetdb.*,org.apache.hive.jdbc.*,com.clickhouse.*,ru.yandex.clickhouse.*,net.snowflake.client.*,com.amazon.redshift.*,io.trino.jdbc.*,com.facebook.presto.jdbc.*,com.oceanbase.jdbc.*,org.opengauss.*,com.kingbase8.*,dm.jdbc.*,org.h2.*,org.apache.derby.*,org.hsqldb.*,org.sqlite.*,org.springframework.transaction.interceptor.TransactionInterceptor.invoke,org.springframework.transaction.support.TransactionTemplate.execute,org.springframework.jdbc.core.JdbcTemplate.execute,com.zaxxer.hikari.pool.HikariProxy*,com.zaxxer.hikari.pool.Proxy*,org.apache.commons.dbcp2.Delegating* connecting=java.sql.DriverManager.getConnection,*.Driver.connect opening=*.hikari.pool.HikariPool$PoolEntryCreator.*,*.hikari.pool.PoolBase.quietlyCloseConnection,*.hikari.pool.PoolBase.newConnection,org.apache.commons.dbcp*.makeObject,com.mchange.v2.resourcepool.BasicResourcePool$*AcquireTask.run,org.apache.tomcat.jdbc.pool.ConnectionPool.createConnection,com.alibaba.druid.pool.DruidDataSource$CreateConnectionThread.run,com.alibaba.druid.pool.DruidAbstractDataSource.createPhysicalConnection,io.agroal.pool.ConnectionPool$CreateConnectionTask.call,com.jolbox.bonecp.BoneCP.obtainInternalConnection,org.jboss.jca.core.connectionmanager.pool.mcp.*ManagedConnectionPool.createConnectionEventListener joining=org.springframework.jdbc.datasource.DataSourceUtils.*,org.hibernate.resource.jdbc.internal.LogicalConnectionManagedImpl.acquireConnectionIfNeeded helping=com.mchange.v2.async.ThreadPoolAsynchronousRunner$PoolThread.run suspending=org.springframework.transaction.support.AbstractPlatformTransactionManager.handleExistingTransaction
# HikariCP 2 to 7: threads by which the pools of a process, and their names, are known.
keeper HikariCP name=(.+?)[: ](?:housekeeper|connection[ -](?:adder|closer)).*
# HttpClient 5.4 by capture, 4.5 by its sources.
pool HTTP borrows=HttpClient holding=org.apache.http.*,org.apache.hc.*,org.apache.commons.httpclient.* opening=*.DefaultHttpClientConnectionOperator.connect
# Jedis 5.2 on commons-pool 2.12; who has the objects of other pools of commons-pool, no frame tells.
pool Redis borrows=Jedis holding=redis.clients.* opening=redis.clients.*.makeObject
pool MongoDB borrows=MongoDB holding=com.mongodb.internal.connection.InternalStreamConnection.* opening=com.mongodb.internal.connection.*.open
# UnboundID's LDAP 7.0 by its sources.
pool LDAP borrows=LDAP holding=com.unboundid.ldap.sdk.LDAPConnection.*,com.unboundid.ldap.sdk.*Request.process* opening=com.unboundid.ldap.sdk.LDAPConnectionPool.createConnection
# OrientDB 3.2 in the process.
pool OrientDB borrows=OrientDB holding=com.orientechnologies.orient.core.*

# logback 1.5, log4j 2.24 with disruptor 3.4, java.util.logging has no queue.
pair logback-async producer=ch.qos.logback.core.AsyncAppenderBase.put* consumer=ch.qos.logback.core.AsyncAppenderBase$Worker.run
pair log4j1-async producer=org.apache.log4j.AsyncAppender.append consumer=org.apache.log4j.AsyncAppender$Dispatcher.run
pair log4j-async-appender producer=org.apache.logging.log4j.core.appender.AsyncAppender.* consumer=org.apache.logging.log4j.core.appender.AsyncAppenderEventDispatcher.*
pair log4j-async-logger producer=org.apache.logging.log4j.core.async.AsyncLogger*.* consumer=com.lmax.disruptor.BatchEventProcessor.*
# Spring Integration 6.4; QuickFIX/J 2.3.
pair spring-queue-channel producer=org.springframework.integration.channel.QueueChannel.doSend consumer=org.springframework.integration.endpoint.AbstractPollingEndpoint.messageReceived
pair quickfix producer=quickfix.mina.*.enqueue consumer=quickfix.mina.ThreadPerSessionEventHandlingStrategy$MessageDispatchingThread.doRun
pair disruptor producer=com.lmax.disruptor.RingBuffer.* consumer=com.lmax.disruptor.BatchEventProcessor.*,com.lmax.disruptor.WorkProcessor.*
# Camel 4.8, whose every queue has consumers of one class.
pair camel-seda producer=org.apache.camel.component.seda.SedaProducer.addToQueue consumer=org.apache.camel.component.seda.SedaConsumer.doRun
# Flink 1.20, as far as the operators that receive it run in the same process.
pair flink-buffers producer=org.apache.flink.runtime.io.network.buffer.LocalBufferPool.request*Blocking consumer=org.apache.flink.streaming.runtime.io.AbstractStreamTaskNetworkInput.processElement

# Who computes a value that others wait for. Guava 33 by capture: as long as one of them computes, the rest will get theirs.
load guava-cache waits=com.google.common.cache.LocalCache$Segment.waitForLoadingValue,com.google.common.cache.LocalCache$*.waitForValue loads=com.google.common.cache.LocalCache$Segment.loadSync,com.google.common.cache.LocalCache$LoadingValueReference.loadFuture,com.google.common.cache.LocalCache.loadAll
# MyBatis 3.5: a cache that lets one caller ask the database.
load mybatis-cache waits=org.apache.ibatis.cache.decorators.BlockingCache.acquireLock loads=org.apache.ibatis.executor.BaseExecutor.queryFromDatabase
# HAPI 2.5: a task waits for the answer to each request.
load hl7 waits=ca.uhn.hl7v2.app.ActiveInitiator.sendAndReceive loads=ca.uhn.hl7v2.concurrent.BlockingHashMap.poll
# cache2k 2.6 by capture.
load cache2k waits=org.cache2k.core.Entry.waitForProcessing loads=org.cache2k.core.HeapCache.load
# Hystrix 1.5, Camel 4.18: what a pool of theirs is asked for.
load hystrix waits=com.netflix.hystrix.HystrixCommand.execute,com.netflix.hystrix.HystrixCommand$*.get loads=com.netflix.hystrix.strategy.concurrency.HystrixContexSchedulerAction.*
load camel-seda waits=org.apache.camel.component.seda.SedaProducer.process loads=org.apache.camel.component.seda.SedaConsumer.sendToConsumers
# Spark 3.5: a job, and the tasks of it that run in the process of the driver.
load spark waits=org.apache.spark.scheduler.DAGScheduler.runJob loads=org.apache.spark.scheduler.Task.run
# jPOS 2.1: what is taken from a space, and the transactions whose participants may put it there.
load jpos waits=org.jpos.space.TSpace.in,org.jpos.space.TSpace.rd loads=org.jpos.transaction.TransactionManager.prepare
# Clojure's core.async 1.6 by capture, earlier ones not seen: what is taken from a channel, and go blocks that may put it there.
load core-async waits=clojure.core.async$fn__*,clojure.core.async$_LT__BANG__BANG_.*,clojure.core.async$_GT__BANG__BANG_.* loads=clojure.core.async.impl.ioc_macros$run_state_machine*
