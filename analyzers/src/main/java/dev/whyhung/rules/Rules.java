package dev.whyhung.rules;

import java.util.List;
import java.util.Optional;

/** All rules, by id. */
public final class Rules {

    public static final List<Rule> ALL = List.of(
            new AccidentalSerialization(),
            new AskForHeapDump(),
            new BarrierBrokenOrShort(),
            new ChmRecursiveUpdate(),
            new ClassInitStuck(),
            new CleanerStuck(),
            new CommonPoolStarved(),
            new ConnectionLeak(),
            new ConnectionPoolExhausted(),
            new CoroutineDispatcherStarved(),
            new CpuStarvedContainer(),
            new DatabaseLockWait(),
            new DeadlockClassInit(),
            new DeadlockMonitorOrLock(),
            new DebuggerOrAgentSuspended(),
            new DialectLimited(),
            new DnsStall(),
            new DumpTruncated(),
            new EntropyStall(),
            new EventLoopBlocked(),
            new ExecutorCloseWaits(),
            new ExternalIoStall(),
            new FileIoStall(),
            new FinalizerStuck(),
            new FutureNeverCompleted(),
            new FutureTaskStuck(),
            new GcThrashOrLongPause(),
            new HealthyIdle(),
            new InterruptedThenLeaked(),
            new JfrEndsBeforeHang(),
            new JfrNoThreadDump(),
            new JvmCannotExit(),
            new LatchNeverCounted(),
            new LockHeldAcrossBlockingCall(),
            new LockHeldByProgressingThread(),
            new LockSelfDeadlockNonreentrant(),
            new LockUpgradeSelfDeadlock(),
            new LogSinkBlocked(),
            new LostWakeup(),
            new NestedMonitorLockout(),
            new NoLockOwners(),
            new OomKilledThreads(),
            new OrphanedLockBusyOwner(),
            new OrphanedLockDeadOwner(),
            new OrphanedLockIdleOwner(),
            new PermitsHeldAcrossBlockingCall(),
            new PermitsLeaked(),
            new PoisonedClass(),
            new PoolCannotCreate(),
            new PoolNestedAcquireDeadlock(),
            new PoolSelfDeadlock(),
            new ProcessWaitStuck(),
            new QueueFullProducerBlocked(),
            new QueueSelfDeadlock(),
            new ReactiveSchedulerSelfStarvation(),
            new ResourceLockCycle(),
            new RwlockWriterStarved(),
            new ScheduledTaskDead(),
            new SchedulerThreadBlocked(),
            new SelfCallStarvation(),
            new ShutdownDeadlock(),
            new SingleDump(),
            new SleepOnExecutor(),
            new SpinLivelock(),
            new SwapOrIoStall(),
            new ThreadLeak(),
            new ThreadPoolExhausted(),
            new TimeToSafepointStall(),
            new TimerThreadDead(),
            new UnlockByWrongThread(),
            new VirtualThreadsInvisible(),
            new WorkerThreadDied());

    private Rules() {}

    public static Optional<Rule> byId(String id) {
        return ALL.stream().filter(rule -> rule.info().id().equals(id)).findFirst();
    }
}
