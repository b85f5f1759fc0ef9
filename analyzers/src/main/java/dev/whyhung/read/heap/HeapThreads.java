package dev.whyhung.read.heap;

import dev.whyhung.model.LockRef;
import dev.whyhung.model.ThreadId;
import dev.whyhung.model.ThreadRef;
import dev.whyhung.model.ThreadSnapshot;
import dev.whyhung.model.ThreadStatus;
import dev.whyhung.model.Visible;
import dev.whyhung.read.dialect.DialectDump;
import dev.whyhung.read.dialect.DialectThread;
import dev.whyhung.read.harvest.Harvest;
import dev.whyhung.read.harvest.StatusBits;
import dev.whyhung.read.harvest.Tally;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The threads of a heap as a dump: with their stacks, what they park for, and the locks that they own. */
final class HeapThreads {

    /** The file has no lines. */
    private static final int NO_LINE = 0;

    private static final int MOST_OWNED = 1_000;

    /** A few bytes of a heap may stand for very much text of stacks. */
    private static final int MOST_STACK_LETTERS = 64 << 20;

    /** The state of a virtual thread that has ended. */
    private static final long ENDED = 99;

    private static final long[] NO_STACK = {};

    private final HeapObjects heap;
    /** The threads of the dump, by their objects. */
    private final Map<Long, DialectThread> shown = new HashMap<>();

    private long stackLetters;

    HeapThreads(HeapObjects heap) {
        this.heap = heap;
    }

    /** All of it as a dump, which is not finished yet; and not whole while a class is initialised, since who waits for that runs. */
    DialectDump dump(String source, Harvest harvest, Tally tally) {
        DialectDump dump = new DialectDump(
                source,
                NO_LINE,
                HeapDump.ID,
                harvest,
                tally,
                EnumSet.of(Visible.THREAD_STATES, Visible.SYNCHRONIZER_OWNERS));
        heap.roots.forEach((object, trace) -> {
            FieldLayout.Values fields = heap.threads.get(object);
            if (fields != null) {
                long[] stack = heap.code.traces.remove(trace); // of no other thread
                shown.put(object, thread(object, fields, stack == null ? NO_STACK : stack, dump));
            }
        });
        if (shown.values().stream().anyMatch(thread -> thread.initializes() != null)) {
            dump.truncate();
        }
        addOwners(dump);
        return dump;
    }

    /** Of the locks that somebody waits for, and of those by which a worker is known to be at work. */
    private void addOwners(DialectDump dump) {
        Set<Long> awaited = new HashSet<>();
        heap.roots.keySet().forEach(object -> awaited.add(parkBlocker(object)));
        Map<Long, Integer> counts = new HashMap<>();
        heap.owners.forEach((lock, owner) -> {
            boolean isTold =
                    awaited.contains(lock) || heap.code.isA(heap.classOf.getOrDefault(lock, 0L), HeapCode.WORKER);
            if (isTold && counts.merge(owner, 1, Integer::sum) <= MOST_OWNED) {
                addOwner(owner, lock(lock), dump);
            }
        });
    }

    private void addOwner(long owner, LockRef lock, DialectDump dump) {
        DialectThread thread = shown.get(owner);
        FieldLayout.Values fields = heap.threads.get(owner);
        if (thread != null) {
            thread.owns(lock);
        } else if (fields != null && isEnded(owner, fields)) {
            boolean virtual = heap.code.isA(fields.classId, HeapCode.ANY_VIRTUAL);
            dump.ended(lock, new ThreadRef(idOf(owner, fields), nameOf(owner, fields), virtual));
        } else if (fields != null && heap.virtualStates.containsKey(owner)) {
            DialectThread unmounted = thread(owner, fields, NO_STACK, dump); // JDK 21 leaves out its stack
            unmounted.owns(lock);
            shown.put(owner, unmounted);
            dump.truncate();
        }
    }

    private long parkBlocker(long object) {
        FieldLayout.Values fields = heap.threads.get(object);
        return fields == null ? 0 : fields.get("parkBlocker");
    }

    private DialectThread thread(long object, FieldLayout.Values fields, long[] trace, DialectDump dump) {
        DialectThread thread = dump.begin(idOf(object, fields), nameOf(object, fields), NO_LINE);
        FieldLayout.Values holder = heap.holders.getOrDefault(fields.get("holder"), fields);
        boolean virtual = heap.code.isA(fields.classId, HeapCode.ANY_VIRTUAL);
        ThreadStatus status = virtual ? null : statusOf(fields);
        thread.is(
                virtual ? ThreadSnapshot.Kind.VIRTUAL : ThreadSnapshot.Kind.PLATFORM,
                holder.get("daemon") != 0,
                status);
        for (int i = 0; i < trace.length && stackLetters <= MOST_STACK_LETTERS; i++) {
            String frame = heap.code.frame(trace[i]);
            stackLetters += frame.length();
            thread.frame(frame);
        }
        if (stackLetters > MOST_STACK_LETTERS) {
            heap.fill();
        }
        long blocker = fields.get("parkBlocker");
        boolean isParked = status == null || status.isParked();
        if (blocker != 0 && isParked) {
            thread.waitsFor(lock(blocker));
        }
        return thread;
    }

    private boolean isEnded(long object, FieldLayout.Values fields) {
        Long state = heap.virtualStates.get(object);
        if (state != null) {
            return state == ENDED;
        }
        return statusOf(fields) == ThreadStatus.TERMINATED;
    }

    /** Null where the JVM does not keep it in the thread object, as HotSpot does. */
    private @Nullable ThreadStatus statusOf(FieldLayout.Values fields) {
        FieldLayout.Values holder = heap.holders.getOrDefault(fields.get("holder"), fields);
        return holder.has("threadStatus") ? StatusBits.statusOf(holder.get("threadStatus")) : null;
    }

    private static ThreadId idOf(long object, FieldLayout.Values fields) {
        long id = fields.get("tid");
        return id > 0 ? ThreadId.ofJava(id) : ThreadId.ofNative(object & Long.MAX_VALUE);
    }

    private String nameOf(long object, FieldLayout.Values fields) {
        FieldLayout.Values string = heap.strings.get(fields.get("name"));
        String name = heap.letters.get(string == null ? fields.get("name") : string.get("value"));
        return name == null ? "thread at 0x" + Long.toHexString(object) : name;
    }

    private LockRef lock(long object) {
        return new LockRef(heap.code.className(heap.classOf.getOrDefault(object, 0L)), object);
    }
}
