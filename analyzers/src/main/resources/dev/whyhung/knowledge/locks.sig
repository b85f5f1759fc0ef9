# What a park blocker of a class is: who could hold it, and whether the JVM could know. Syntax: see CONTRIBUTING.md.

lock EXCLUSIVE classes=java.util.concurrent.locks.ReentrantLock$*
lock READ_WRITE classes=java.util.concurrent.locks.ReentrantReadWriteLock$*
lock CONDITION classes=java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionObject,java.util.concurrent.locks.AbstractQueuedLongSynchronizer$ConditionObject
lock PERMITS classes=java.util.concurrent.Semaphore$*,java.util.concurrent.locks.StampedLock
lock LATCH classes=java.util.concurrent.CountDownLatch$*,java.util.concurrent.Phaser*,java.util.concurrent.Exchanger*
lock FUTURE classes=java.util.concurrent.FutureTask,java.util.concurrent.FutureTask$Sync,java.util.concurrent.CompletableFuture*,com.google.common.util.concurrent.AbstractFuture*,com.google.common.util.concurrent.*Future*,*.BaseFuture$Sync
lock QUEUE classes=java.util.concurrent.SynchronousQueue*,java.util.concurrent.LinkedTransferQueue*
lock POOL classes=java.util.concurrent.ForkJoinPool*,org.jboss.threads.EnhancedQueueExecutor*,*.ForkJoinPool
