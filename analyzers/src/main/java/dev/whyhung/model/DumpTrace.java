package dev.whyhung.model;

import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A dump reduced to what persistence needs, in columns sorted by thread id: some forty bytes a thread, so that a hundred dumps of
 * ten thousand threads fit beside the one that is examined.
 */
public final class DumpTrace {

    private static final long NO_HOLDER = Long.MIN_VALUE;

    private final DumpInfo info;
    private final long[] ids;
    private final String[] names;
    private final CallStack[] stacks;
    private final ThreadStatus[] statuses;
    private final String[] blockerClasses;
    private final int[] blockerHashes;
    private final long[] blockerAddresses;
    private final List<LockMention>[] monitors;
    private final long[] holders;
    private final long[] cpuNanos;
    private final int[] lines;

    @SuppressWarnings({"unchecked", "rawtypes"})
    private DumpTrace(DumpInfo info, int size) {
        this.info = info;
        ids = new long[size];
        names = new String[size];
        stacks = new CallStack[size];
        statuses = new ThreadStatus[size];
        blockerClasses = new String[size];
        blockerHashes = new int[size];
        blockerAddresses = new long[size];
        monitors = new List[size];
        holders = new long[size];
        cpuNanos = new long[size];
        lines = new int[size];
    }

    private DumpTrace(DumpInfo info, DumpTrace same) {
        this.info = info;
        ids = same.ids;
        names = same.names;
        stacks = same.stacks;
        statuses = same.statuses;
        blockerClasses = same.blockerClasses;
        blockerHashes = same.blockerHashes;
        blockerAddresses = same.blockerAddresses;
        monitors = same.monitors;
        holders = same.holders;
        cpuNanos = same.cpuNanos;
        lines = same.lines;
    }

    public static DumpTrace of(ThreadDump dump) {
        ThreadSnapshot[] threads = dump.threads().toArray(new ThreadSnapshot[0]);
        Arrays.sort(threads, Comparator.comparingLong(thread -> thread.id().value()));
        Owners owners = Owners.of(dump);
        DumpTrace trace = new DumpTrace(dump.info(), threads.length);
        for (int i = 0; i < threads.length; i++) {
            trace.set(i, threads[i], owners);
        }
        return trace;
    }

    /** The same threads; the time of the dump told in another zone. */
    public DumpTrace inZone(ZoneOffset zone) {
        return new DumpTrace(info.inZone(zone), this);
    }

    private void set(int i, ThreadSnapshot thread, Owners owners) {
        ids[i] = thread.id().value();
        names[i] = thread.name();
        stacks[i] = thread.stack();
        statuses[i] = thread.status();
        blockerClasses[i] = thread.blockerClass();
        blockerHashes[i] = thread.blockerHash();
        blockerAddresses[i] = thread.blockerAddress();
        monitors[i] = thread.comparableMonitors();
        ThreadId holder =
                thread.blocker().map(mention -> owners.of(mention.lock())).orElse(null);
        holders[i] = holder == null ? NO_HOLDER : holder.value();
        cpuNanos[i] = thread.cpuNanos();
        lines[i] = thread.line();
    }

    public DumpInfo info() {
        return info;
    }

    public int size() {
        return ids.length;
    }

    public ThreadId idAt(int index) {
        return new ThreadId(ids[index]);
    }

    /** The thread in this dump, or null if it was not there. */
    public @Nullable Sighting of(ThreadId id) {
        int i = Arrays.binarySearch(ids, id.value());
        return i < 0 ? null : at(i);
    }

    public Sighting at(int i) {
        ThreadId holder = holders[i] == NO_HOLDER ? null : new ThreadId(holders[i]);
        return new Sighting(
                names[i],
                stacks[i],
                statuses[i],
                blockerClasses[i],
                blockerHashes[i],
                blockerAddresses[i],
                monitors[i],
                holder,
                cpuNanos[i],
                lines[i]);
    }
}
