# Packages that are not the application's, so that frames of the application can be told. Syntax: see CONTRIBUTING.md.

library jdk classes=java.,javax.,jakarta.,jdk.,sun.,com.sun.
library languages classes=kotlin.,kotlinx.,scala.,groovy.,clojure.,org.codehaus.groovy.
library spring classes=org.springframework.
library servers classes=org.apache.catalina.,org.apache.coyote.,org.apache.tomcat.,org.eclipse.jetty.,io.undertow.,org.xnio.,org.jboss.,weblogic.,com.ibm.ws.,io.helidon.,org.glassfish.
library reactive classes=io.netty.,reactor.,io.vertx.,io.reactivex.,rx.,akka.,org.apache.pekko.,io.grpc.,org.reactivestreams.,io.smallrye.,io.micronaut.,io.quarkus.
library frameworks classes=org.apache.camel.,io.dropwizard.,com.linecorp.armeria.,ratpack.,com.twitter.finagle.,com.twitter.util.,com.twitter.io.,org.http4s.,cats.effect.,fs2.,zio.,io.ktor.,fi.iki.elonen.,org.apache.dubbo.,org.apache.thrift.,io.temporal.,org.apache.mina.,org.jgroups.,io.aeron.,org.agrona.,org.wildfly.,fish.payara.,io.openliberty.,com.ibm.wsspi.,com.ibm.websphere.
library persistence classes=org.hibernate.,com.zaxxer.hikari.,org.apache.commons.dbcp,org.apache.commons.pool,com.mchange.,org.mybatis.,org.apache.ibatis.,org.jooq.,com.alibaba.druid.,com.jolbox.bonecp.,org.jboss.jca.,com.ibm.ejs.j2c.,com.ibm.ws.rsadapter.
library logging classes=ch.qos.logback.,org.apache.logging.,org.apache.log4j.,org.slf4j.,com.lmax.disruptor.
library common classes=com.google.common.,org.apache.commons.,com.fasterxml.,com.github.benmanes.,org.ehcache.,net.sf.ehcache.,com.hazelcast.,org.quartz.,io.micrometer.,io.opentelemetry.,io.github.resilience4j.,com.netflix.hystrix.,org.aspectj.,net.bytebuddy.,org.junit.

# Libraries that talk to another system. Frames of theirs are no application frames, and name the system behind a wait.
client PostgreSQL classes=org.postgresql.
client MySQL classes=com.mysql.
client MariaDB classes=org.mariadb.
client Oracle classes=oracle.jdbc.,oracle.net.
client SQL-Server classes=com.microsoft.sqlserver.,net.sourceforge.jtds.
client DB2 classes=com.ibm.db2.
# Packages of JDBC drivers by their documentation.
client Sybase classes=com.sybase.jdbc
client Informix classes=com.informix.
client Teradata classes=com.teradata.jdbc.
client HANA classes=com.sap.db.
client Vertica classes=com.vertica.
client MonetDB classes=org.monetdb.,nl.cwi.monetdb.
client Hive classes=org.apache.hive.jdbc.
client ClickHouse classes=com.clickhouse.,ru.yandex.clickhouse.
client Snowflake classes=net.snowflake.client.
client Redshift classes=com.amazon.redshift.
client Trino classes=io.trino.jdbc.,com.facebook.presto.jdbc.
client OceanBase classes=com.oceanbase.jdbc.
client openGauss classes=org.opengauss.
client Kingbase classes=com.kingbase8.
client Dameng classes=dm.jdbc.
client Kafka classes=org.apache.kafka.
client MongoDB classes=com.mongodb.
client Redis classes=redis.clients.,io.lettuce.,org.redisson.
client ZooKeeper classes=org.apache.zookeeper.,org.apache.curator.
client Hazelcast classes=com.hazelcast.
client Ignite classes=org.apache.ignite.
client Cassandra classes=com.datastax.
client Elasticsearch classes=org.elasticsearch.client.,co.elastic.
client ActiveMQ classes=org.apache.activemq.
client HDFS classes=org.apache.hadoop.hdfs.
client RabbitMQ classes=com.rabbitmq.
client AWS classes=com.amazonaws.,software.amazon.
client gRPC classes=io.grpc.stub.
client HTTP classes=org.apache.commons.httpclient.,okhttp3.,okio.,org.apache.http.,org.apache.hc.,jdk.internal.net.http.,sun.net.www.,feign.,retrofit2.,org.asynchttpclient.
client H2 classes=org.h2.
client Derby classes=org.apache.derby.
client HSQLDB classes=org.hsqldb.
client SQLite classes=org.sqlite.
client LDAP classes=com.sun.jndi.ldap.
client RMI classes=sun.rmi.
client SSH classes=com.jcraft.jsch.
client FTP classes=org.apache.commons.net.
client Memcached classes=net.spy.memcached.
