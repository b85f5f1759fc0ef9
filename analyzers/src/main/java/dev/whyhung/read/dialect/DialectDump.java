package dev.whyhung.read.dialect;

import dev.whyhung.model.DumpInfo;
import dev.whyhung.model.LockRef;
import dev.whyhung.model.ThreadDump;
import dev.whyhung.model.ThreadId;
import dev.whyhung.model.ThreadRef;
import dev.whyhung.model.ThreadSnapshot;
import dev.whyhung.model.Visible;
import dev.whyhung.read.harvest.Harvest;
import dev.whyhung.read.harvest.Tally;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One dump in another dialect than HotSpot's own. Such dialects name the owner of a lock at the thread that waits for it; when all
 * threads are known, the lock is added to what the owner holds.
 */
public final class DialectDump {

    private final String source;
    private final int line;
    private final String format;
    private final Harvest harvest;
    private final Tally tally;
    private final Set<Visible> visible;
    private final Map<ThreadId, DialectThread> threads = new LinkedHashMap<>();
    private final List<Owner> owners = new ArrayList<>();
    private final Map<LockRef, ThreadRef> endedOwners = new LinkedHashMap<>();
    private final Map<LockRef, Integer> unseenWaiters = new HashMap<>();
    private int repeatedIds;
    private long invented;

    @Nullable
    LocalDateTime takenAt;

    /** When the JVM started, told by the same clock. */
    @Nullable
    LocalDateTime startedAt;

    @Nullable
    String runtime;

    @Nullable
    Long pid;

    boolean truncated;

    /** Whether people copy parts of such dumps, so that an owner who is named and not shown has been left out. */
    boolean mayBePart;

    /** Who owns the lock, by id or else by name. */
    private record Owner(
            LockRef lock, boolean monitor, @Nullable ThreadId id, String name) {}

    public DialectDump(String source, int line, String format, Harvest harvest, Tally tally, Set<Visible> visible) {
        this.source = source;
        this.line = line;
        this.format = format;
        this.harvest = harvest;
        this.tally = tally;
        this.visible = EnumSet.noneOf(Visible.class);
        this.visible.addAll(visible);
    }

    /** A new thread, or one that is not kept where its id is taken or there are too many. */
    public DialectThread begin(ThreadId id, String name, int atLine) {
        DialectThread thread =
                new DialectThread(id, name, atLine, harvest.budget().limits().frames());
        if (threads.containsKey(id)) {
            repeatedIds++;
        } else if (harvest.budget().allowsThread()) {
            threads.put(id, thread);
        } else {
            tally.leaveOutThread();
        }
        return thread;
    }

    /** An id for a thread of which only the name is told. */
    ThreadId freeId() {
        ThreadId id;
        do {
            id = ThreadId.ofNative(++invented);
        } while (threads.containsKey(id));
        return id;
    }

    void owner(LockRef lock, boolean monitor, @Nullable ThreadId id, String name) {
        owners.add(new Owner(lock, monitor, id, name));
    }

    /** The thread that owns the lock has ended. */
    public void ended(LockRef lock, ThreadRef owner) {
        endedOwners.putIfAbsent(lock, owner);
    }

    /** Something of it is missing. */
    public void truncate() {
        truncated = true;
    }

    /** So many threads wait for the lock, and are not shown. */
    void isAwaited(LockRef lock, int count) {
        unseenWaiters.put(lock, count);
        truncated = true;
    }

    void shows(Visible fact) {
        visible.add(fact);
    }

    boolean isEmpty() {
        return threads.isEmpty();
    }

    boolean isOfOne() {
        return threads.size() == 1;
    }

    /** Hands over what was read, if it is anything. */
    void finish() {
        finish(harvest::dump);
    }

    /** Hands over what was read, to where it belongs. */
    public void finish(Consumer<ThreadDump> sink) {
        if (threads.isEmpty()) {
            return;
        }
        if (!truncated && threads.values().stream().allMatch(DialectThread::isBare)) {
            tally.note(NO_STACKS);
            return;
        }
        Map<String, List<DialectThread>> byName = byName();
        settleOwners(byName);
        settleInitializers(byName);
        if (takenAt != null) {
            visible.add(Visible.TIME);
        }
        List<ThreadSnapshot> built = new ArrayList<>(threads.size());
        for (DialectThread thread : threads.values()) {
            built.add(thread.build(harvest.stacks()));
            tally.leaveOutFrames(thread.framesLeftOut());
            if (thread.cpuNanos >= 0) {
                visible.add(Visible.CPU_TIMES);
            }
        }
        tally.count(threads.size(), repeatedIds, truncated);
        DumpInfo info = new DumpInfo(
                source, line, format, takenAt, null, runtime, pid, visible, truncated, uptimeNanos(), threads.size());
        ThreadDump made = new ThreadDump(info, built, List.of(), endedOwners, 0, unseenWaiters);
        sink.accept(made);
    }

    private static final String NO_STACKS = "names threads, or something else like them, and shows no stacks";

    private long uptimeNanos() {
        long uptime = takenAt == null || startedAt == null
                ? -1
                : Duration.between(startedAt, takenAt).toMillis();
        return uptime < 0 || uptime > MOST_UPTIME ? -1 : uptime * 1_000_000;
    }

    private static final long MOST_UPTIME = Duration.ofDays(36_500).toMillis();

    private Map<String, List<DialectThread>> byName() {
        Map<String, List<DialectThread>> byName = new HashMap<>();
        threads.values()
                .forEach(thread -> byName.computeIfAbsent(thread.name, name -> new ArrayList<>())
                        .add(thread));
        return byName;
    }

    private void settleOwners(Map<String, List<DialectThread>> byName) {
        for (Owner owner : owners) {
            List<DialectThread> named = byName.getOrDefault(owner.name, List.of());
            DialectThread thread = owner.id != null ? threads.get(owner.id) : named.size() == 1 ? named.get(0) : null;
            if (thread == null && mayBePart && named.isEmpty() && !owner.name.isBlank()) {
                thread = unseen(owner);
                byName.put(owner.name, List.of(thread));
            }
            if (thread != null && !thread.isOwner(owner.lock)) {
                if (owner.monitor) {
                    thread.holds(DialectThread.NO_FRAME, owner.lock);
                } else {
                    thread.owns(owner.lock);
                }
            }
        }
    }

    /** An owner who is named and not shown: the dump is a part of one. */
    private DialectThread unseen(Owner owner) {
        truncated = true;
        return begin(owner.id != null ? owner.id : freeId(), owner.name, line);
    }

    /** Where the initialising thread is named, its stack names the class. */
    private void settleInitializers(Map<String, List<DialectThread>> byName) {
        for (DialectThread thread : threads.values()) {
            String initializer = thread.initializer();
            if (initializer != null) {
                visible.add(Visible.CLASS_INIT_WAITS);
                List<String> classes = byName.getOrDefault(initializer, List.of()).stream()
                        .map(DialectThread::initializes)
                        .filter(Objects::nonNull)
                        .toList();
                thread.awaits(classes.size() == 1 ? classes.get(0) : UNPRINTED);
            }
        }
    }

    private static final String UNPRINTED = "a class that is not printed";
}
