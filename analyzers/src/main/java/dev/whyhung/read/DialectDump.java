package dev.whyhung.read;

import dev.whyhung.model.DumpInfo;
import dev.whyhung.model.LockRef;
import dev.whyhung.model.ThreadDump;
import dev.whyhung.model.ThreadId;
import dev.whyhung.model.ThreadSnapshot;
import dev.whyhung.model.Visible;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One dump in another dialect than HotSpot's own. Such dialects name the owner of a lock at the thread that waits for it; when all
 * threads are known, the lock is added to what the owner holds.
 */
final class DialectDump {

    private final String source;
    private final int line;
    private final String format;
    private final Harvest harvest;
    private final Tally tally;
    private final Set<Visible> visible;
    private final Map<ThreadId, DialectThread> threads = new LinkedHashMap<>();
    private final List<Owner> owners = new ArrayList<>();
    private int repeatedIds;

    @Nullable
    LocalDateTime takenAt;

    @Nullable
    String runtime;

    @Nullable
    Long pid;

    boolean truncated;

    /** Who owns the lock, by id or else by name. */
    private record Owner(
            LockRef lock, boolean monitor, @Nullable ThreadId id, String name) {}

    DialectDump(String source, int line, String format, Harvest harvest, Tally tally, Set<Visible> visible) {
        this.source = source;
        this.line = line;
        this.format = format;
        this.harvest = harvest;
        this.tally = tally;
        this.visible = EnumSet.noneOf(Visible.class);
        this.visible.addAll(visible);
    }

    /** A new thread, or one that is not kept where its id is taken or there are too many. */
    DialectThread begin(ThreadId id, String name, int atLine) {
        DialectThread thread =
                new DialectThread(id, name, atLine, harvest.budget().limits.frames());
        if (threads.containsKey(id)) {
            repeatedIds++;
        } else if (harvest.budget().allowsThread()) {
            threads.put(id, thread);
        } else {
            tally.leaveOutThread();
        }
        return thread;
    }

    void owner(LockRef lock, boolean monitor, @Nullable ThreadId id, String name) {
        owners.add(new Owner(lock, monitor, id, name));
    }

    void shows(Visible fact) {
        visible.add(fact);
    }

    boolean isEmpty() {
        return threads.isEmpty();
    }

    /** Hands over what was read, if it is anything. */
    void finish() {
        if (threads.isEmpty()) {
            return;
        }
        settleOwners();
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
        DumpInfo info =
                new DumpInfo(source, line, format, takenAt, null, runtime, pid, visible, truncated, -1, threads.size());
        harvest.dump(new ThreadDump(info, built, List.of()));
    }

    private void settleOwners() {
        Map<String, List<DialectThread>> byName = new HashMap<>();
        threads.values()
                .forEach(thread -> byName.computeIfAbsent(thread.name, name -> new ArrayList<>())
                        .add(thread));
        for (Owner owner : owners) {
            List<DialectThread> named = byName.getOrDefault(owner.name, List.of());
            DialectThread thread = owner.id != null ? threads.get(owner.id) : named.size() == 1 ? named.get(0) : null;
            if (thread != null && !thread.isOwner(owner.lock)) {
                if (owner.monitor) {
                    thread.holds(DialectThread.NO_FRAME, owner.lock);
                } else {
                    thread.owns(owner.lock);
                }
            }
        }
    }
}
