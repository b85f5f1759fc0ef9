package dev.whyhung.graph.holder;

import dev.whyhung.graph.carrier.VirtualThreads;
import dev.whyhung.graph.thread.Resource;
import dev.whyhung.graph.thread.Wait;
import dev.whyhung.graph.time.Before;
import dev.whyhung.knowledge.Call;
import dev.whyhung.knowledge.Knowledge;
import dev.whyhung.knowledge.StackReading;
import dev.whyhung.knowledge.SynchronizerKind;
import dev.whyhung.model.DumpInfo;
import dev.whyhung.model.Frame;
import dev.whyhung.model.LockMention;
import dev.whyhung.model.LockRef;
import dev.whyhung.model.Owners;
import dev.whyhung.model.ThreadContainer;
import dev.whyhung.model.ThreadDump;
import dev.whyhung.model.ThreadId;
import dev.whyhung.model.ThreadSnapshot;
import dev.whyhung.model.ThreadStatus;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Tells what a thread waits for, from its lock lines, then from the call on top of its stack, then from its state. */
public final class Waits {

    private static final LockRef UNIDENTIFIED = new LockRef("", 0);
    private static final String SYNC_QUEUE = "java.util.concurrent.locks.AbstractQueued";

    private final Knowledge knowledge;
    private final Owners owners;
    private final DumpInfo dump;
    private final Map<ThreadId, ThreadContainer> scopes = new HashMap<>();
    /** Of the scopes of a thread, the thread that was started first. */
    private final Map<ThreadId, ThreadSnapshot> oldest = new HashMap<>();
    /** In which of them what those who wait for a hand-over wait on is printed. */
    private final Set<LockRef.Space> spaces = EnumSet.noneOf(LockRef.Space.class);

    private final Set<LockRef> awaited = new HashSet<>();
    /** Blockers of more than one thread. */
    private final Set<LockRef> crowded = new HashSet<>();

    private final Map<Wait, Wait> distinct = new HashMap<>();

    public Waits(Knowledge knowledge, Owners owners, ThreadDump dump) {
        this.knowledge = knowledge;
        this.owners = owners;
        this.dump = dump.info();
        for (ThreadSnapshot thread : dump.threads()) {
            if (thread.blockerClass().startsWith("java.util.concurrent.SynchronousQueue")) {
                thread.blocker().ifPresent(blocker -> spaces.add(blocker.lock().space()));
            }
            thread.blocker()
                    .map(LockMention::lock)
                    .filter(lock -> !awaited.add(lock))
                    .ifPresent(crowded::add);
            ThreadContainer container = thread.container();
            if (container != null && container.owner() != null) {
                scopes.put(container.owner(), container);
                oldest.merge(
                        container.owner(), thread, (one, other) -> one.id().compareTo(other.id()) < 0 ? one : other);
            }
        }
    }

    /** One object for equal waits, of which there may be a million. */
    public Wait of(ThreadSnapshot thread, StackReading reading) {
        Wait wait = tell(thread, reading);
        Wait known = distinct.putIfAbsent(wait, wait);
        return known == null ? wait : known;
    }

    private Wait tell(ThreadSnapshot thread, StackReading reading) {
        if (VirtualThreads.isQueued(thread, dump)) {
            return Wait.FOR_CARRIER;
        }
        ThreadContainer scope = scopes.get(thread.id());
        if (scope != null
                && thread.status().isParked()
                && reading.call().isPresent()
                && reading.call().get().isScopeJoin()) {
            return new Wait(Wait.Kind.CALL, scopeResource(scope), reading.call().get());
        }
        Optional<LockMention> blocker = thread.blocker();
        if (blocker.isPresent()) {
            return ofBlocker(thread, reading, blocker.get());
        }
        if (thread.status() == ThreadStatus.RUNNABLE_IN_OBJECT_WAIT) {
            return new Wait(Wait.Kind.CLASS_INIT, ClassInitializers.UNNAMED, null);
        }
        if (thread.status() == ThreadStatus.BLOCKED_ON_MONITOR_ENTER) {
            Resource loader = ClassLoaderLocks.isAwaitedBy(thread) ? ClassLoaderLocks.UNNAMED : null;
            return new Wait(Wait.Kind.MONITOR_ENTER, loader, null);
        }
        if (thread.status().isParked() && isInLock(thread)) {
            return new Wait(Wait.Kind.LOCK, lockTakenAt(reading), null);
        }
        return reading.call()
                .map(call -> ofCall(reading, call, UNIDENTIFIED))
                .orElseGet(() -> ofStatus(thread.status()));
    }

    /** Whether all threads that this one waits for have begun since the dump before: it was in another wait then. */
    public boolean isScopeNew(ThreadId owner, Before before) {
        ThreadSnapshot first = oldest.get(owner);
        return first != null && before.isWithout(first);
    }

    /** Of a thread or of a scope, which is not just any result. */
    private static boolean isJoinCall(Call call) {
        return call.id().equals("join") || call.isScopeJoin();
    }

    /** The tasks of a scope, as something that its owner waits for. Many scopes have the same name, or none. */
    static Resource scopeResource(ThreadContainer scope) {
        return new Resource(Resource.Kind.FUTURE, LockRef.parse(scope.name()), "of scope " + scope.label());
    }

    /** Parked in the queue of a lock, where the format does not tell which object it is. */
    private static boolean isInLock(ThreadSnapshot thread) {
        return thread.stack().frames().stream()
                .limit(TOP_OF_LOCK)
                .anyMatch(frame ->
                        LOCKS.contains(frame.className()) && frame.method().startsWith("lock"));
    }

    private static final int TOP_OF_LOCK = 10;
    private static final Set<String> LOCKS = Set.of(
            "java.util.concurrent.locks.ReentrantLock",
            "java.util.concurrent.locks.ReentrantReadWriteLock$ReadLock",
            "java.util.concurrent.locks.ReentrantReadWriteLock$WriteLock");

    /** Nothing but the code tells one such lock from another. */
    private static Resource lockTakenAt(StackReading reading) {
        return Resource.named(Resource.Kind.SYNCHRONIZER, "taken at " + site(reading));
    }

    private static String site(StackReading reading) {
        return reading.appFrame().map(Frame::qualifiedMethod).orElse("an unknown place");
    }

    private Wait ofBlocker(ThreadSnapshot thread, StackReading reading, LockMention blocker) {
        LockRef lock = blocker.lock();
        return switch (blocker.kind()) {
            case WAITING_TO_LOCK, WAITING_TO_RELOCK ->
                new Wait(Wait.Kind.MONITOR_ENTER, Resource.of(Resource.Kind.MONITOR, lock), null);
            case CLASS_INIT -> new Wait(Wait.Kind.CLASS_INIT, Resource.ofClass(lock.className()), null);
            case PARKING -> ofPark(thread, reading, lock);
            case WAITING_ON, LOCKED, OWNED_SYNCHRONIZER -> ofObjectWait(thread, reading, lock);
        };
    }

    private Wait ofObjectWait(ThreadSnapshot thread, StackReading reading, LockRef lock) {
        if (isJoin(thread)) {
            return new Wait(
                    Wait.Kind.CALL,
                    Resource.of(Resource.Kind.THREAD, lock),
                    reading.call().orElse(null));
        }
        return ofMonitorOrBlocker(reading, Resource.Kind.CONDITION, lock);
    }

    /** Waits for an object that no thread owns; the call on top of the stack says more than its class. */
    private Wait ofMonitorOrBlocker(StackReading reading, Resource.Kind kind, LockRef lock) {
        Call call = reading.call().orElse(null);
        if (call == null) {
            boolean signal = kind == Resource.Kind.CONDITION;
            Resource.Kind awaited = signal && isLoan(reading) ? Resource.Kind.PERMITS : kind;
            return new Wait(signal ? Wait.Kind.SIGNAL : Wait.Kind.PARK, Resource.of(awaited, lock), null);
        }
        if (call.kind().isExternal() || call.kind() == Call.Kind.SLEEP) {
            return ofCall(reading, call, lock);
        }
        return new Wait(
                Wait.Kind.CALL,
                shared(reading, call, lock).orElseGet(() -> Resource.of(awaitedBy(call, kind), lock)),
                call);
    }

    /** Signalled when something comes back that the application lends, as the name of its method tells. */
    private boolean isLoan(StackReading reading) {
        return reading.appFrame()
                .filter(frame -> knowledge.isNamedAmong("lends", frame))
                .isPresent();
    }

    private static Resource.Kind awaitedBy(Call call, Resource.Kind otherwise) {
        return switch (call.kind()) {
            case FUTURE -> Resource.Kind.FUTURE;
            case LATCH -> Resource.Kind.LATCH;
            case PERMIT -> Resource.Kind.PERMITS;
            case CLOSE -> Resource.Kind.POOL;
            case READ,
                    CONNECT,
                    WRITE,
                    REMOTE,
                    DNS,
                    BORROW,
                    DATABASE_LOCK,
                    DISTRIBUTED_LOCK,
                    FILE,
                    PROCESS,
                    ENTROPY,
                    SLEEP,
                    PUT,
                    LOG -> otherwise;
        };
    }

    private static boolean isJoin(ThreadSnapshot thread) {
        return thread.stack().frames().stream().limit(3).anyMatch(Waits::isJoinFrame);
    }

    private static boolean isJoinFrame(Frame frame) {
        return frame.method().equals("join") && frame.className().equals("java.lang.Thread");
    }

    private Wait ofPark(ThreadSnapshot thread, StackReading reading, LockRef lock) {
        SynchronizerKind kind = knowledge.kindOf(lock.className());
        boolean locks = kind == SynchronizerKind.EXCLUSIVE || kind == SynchronizerKind.READ_WRITE;
        if (locks || (kind == SynchronizerKind.UNKNOWN && isAcquired(thread, lock))) {
            return new Wait(Wait.Kind.LOCK, Resource.of(Resource.Kind.SYNCHRONIZER, lock), null);
        }
        return ofMonitorOrBlocker(reading, resourceKind(kind), lock);
    }

    /**
     * A synchronizer of the application's own: printed as owned by somebody, or several are parked in its queue as in that of a lock. One
     * alone may as well await the end of its program there.
     */
    private boolean isAcquired(ThreadSnapshot thread, LockRef lock) {
        return owners.of(lock) != null
                || ((crowded.contains(lock) || owners.areNamedBy(lock.className())) && isExclusiveAcquire(thread));
    }

    /** Since JDK 17 one method waits for whatever kind of acquire; its caller tells which. */
    private static boolean isExclusiveAcquire(ThreadSnapshot thread) {
        List<String> queue = thread.stack().frames().stream()
                .limit(TOP_OF_LOCK)
                .filter(frame -> frame.className().startsWith(SYNC_QUEUE))
                .map(Frame::method)
                .toList();
        return queue.stream().anyMatch(EXCLUSIVE::contains) && queue.stream().noneMatch(SHARED_OR_TIMED::contains);
    }

    private static final Set<String> EXCLUSIVE =
            Set.of("acquireQueued", "doAcquireInterruptibly", "acquire", "acquireInterruptibly");
    private static final Set<String> SHARED_OR_TIMED =
            Set.of("acquireShared", "acquireSharedInterruptibly", "tryAcquireSharedNanos", "tryAcquireNanos");

    private static Resource.Kind resourceKind(SynchronizerKind kind) {
        return switch (kind) {
            case EXCLUSIVE, READ_WRITE -> Resource.Kind.SYNCHRONIZER;
            case CONDITION -> Resource.Kind.CONDITION;
            case PERMITS -> Resource.Kind.PERMITS;
            case LATCH -> Resource.Kind.LATCH;
            case FUTURE -> Resource.Kind.FUTURE;
            case QUEUE -> Resource.Kind.QUEUE;
            case POOL -> Resource.Kind.POOL;
            case UNKNOWN -> Resource.Kind.OTHER;
        };
    }

    private Wait ofCall(StackReading reading, Call call, LockRef lock) {
        if (call.kind() == Call.Kind.SLEEP) {
            return new Wait(Wait.Kind.SLEEP, null, call);
        }
        Resource resource = call.kind().isExternal()
                ? peer(reading, call)
                : shared(reading, call, lock).orElse(null);
        return new Wait(Wait.Kind.CALL, resource, call);
    }

    /** What many wait for together and the blocker does not name: a connection pool, a queue, the output of a log. */
    private Optional<Resource> shared(StackReading reading, Call call, LockRef lock) {
        String className = reading.bare().get(0).className();
        return switch (call.kind()) {
            case BORROW -> Optional.of(new Resource(Resource.Kind.CONNECTIONS, ofPool(call, lock), call.id()));
            case PUT ->
                Optional.of(Resource.of(Resource.Kind.QUEUE, new LockRef(className, lock.space(), lock.address())));
            case LOG -> Optional.of(Resource.of(Resource.Kind.SINK, new LockRef(className, 0)));
            case PERMIT, LATCH, FUTURE ->
                lock.equals(UNIDENTIFIED) && !isJoinCall(call)
                        ? Optional.of(Resource.named(awaitedBy(call, Resource.Kind.OTHER), "of " + site(reading)))
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    /** What tells one pool of a library from another, if all who wait for one print it in the same manner. */
    private LockRef ofPool(Call call, LockRef lock) {
        boolean told = spaces.size() == 1
                && knowledge.poolsOf(call).filter(pool -> pool.tells(call)).isPresent();
        return told ? new LockRef("", lock.space(), lock.address()) : UNIDENTIFIED;
    }

    /** The other end, named by its client library, or by the application frame that waits for it. */
    private static Resource peer(StackReading reading, Call call) {
        String site = reading.appFrame().map(Frame::qualifiedMethod).orElse("");
        String name = reading.client().orElse(call.kind() == Call.Kind.DNS ? "name server" : "remote peer");
        return Resource.named(Resource.Kind.PEER, site.isEmpty() ? name : name + " behind " + site);
    }

    /** A park with a limit and without a blocker is a sleep. */
    private static Wait ofStatus(ThreadStatus status) {
        return switch (status) {
            case SLEEPING, PARKED_TIMED -> new Wait(Wait.Kind.SLEEP, null, null);
            case IN_OBJECT_WAIT, IN_OBJECT_WAIT_TIMED -> new Wait(Wait.Kind.SIGNAL, null, null);
            case PARKED -> new Wait(Wait.Kind.PARK, null, null);
            case NEW, RUNNABLE, RUNNABLE_IN_OBJECT_WAIT, BLOCKED_ON_MONITOR_ENTER, TERMINATED, UNKNOWN -> Wait.NONE;
        };
    }
}
