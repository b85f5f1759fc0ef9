package dev.whyhung.read.filedump;

import dev.whyhung.model.CallStack;
import dev.whyhung.model.DumpInfo;
import dev.whyhung.model.Frame;
import dev.whyhung.model.LockMention;
import dev.whyhung.model.LockRef;
import dev.whyhung.model.ThreadContainer;
import dev.whyhung.model.ThreadDump;
import dev.whyhung.model.ThreadId;
import dev.whyhung.model.ThreadSnapshot;
import dev.whyhung.model.Visible;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Collects the threads of one dump that {@code Thread.dump_to_file} wrote. What the dump tells only as a whole, who is virtual
 * before JDK 25, who carries whom, who owns the blocker that another names, is settled at the end.
 */
final class FileDump {

    /** Platform threads that run no Java code; before JDK 25 a virtual thread without frames looks the same. */
    private static final Pattern WITHOUT_FRAMES = Pattern.compile(
            "Signal Dispatcher|Service Thread|Monitor Deflation Thread|Notification Thread|Attach Listener|DestroyJavaVM"
                    + "|JFR .*|C[12] CompilerThread\\d+|JDWP .*");

    private final String source;
    private final String format;
    private final List<ThreadSnapshot> threads = new ArrayList<>();
    private final Map<ThreadId, ThreadId> mounts = new HashMap<>();
    private final Map<ThreadId, Set<LockRef>> owned = new HashMap<>();
    private final Map<LockRef, List<ThreadId>> named = new HashMap<>();
    private final Set<ThreadContainer> virtualContainers = new HashSet<>();
    private int spentExecutors;
    private boolean states;
    private boolean blanks;

    @Nullable
    Long pid;

    @Nullable
    String runtime;

    @Nullable
    OffsetDateTime time;

    /** Where it begins. */
    int line = 1;

    boolean truncated;

    FileDump(String source, String format) {
        this.source = source;
        this.format = format;
    }

    void time(String text) {
        try {
            time = OffsetDateTime.parse(text);
        } catch (DateTimeException e) {
            time = null;
        }
    }

    void spentExecutor() {
        spentExecutors++;
    }

    int size() {
        return threads.size();
    }

    void add(FileDumpThread thread, @Nullable ThreadContainer container) {
        CallStack stack = thread.stack();
        ThreadId id = ThreadId.ofJava(thread.id);
        boolean virtual = thread.virtual || endsIn(stack, "java.lang.VirtualThread", "run");
        ThreadId carrier = thread.carrier < 0 ? null : ThreadId.ofJava(thread.carrier);
        if (carrier != null) {
            mounts.put(carrier, id);
        }
        addOwner(thread);
        if (virtual && container != null && !container.isRoot()) {
            virtualContainers.add(container);
        }
        states |= thread.state != null;
        blanks |= !virtual && thread.state == null && stack.isEmpty();
        threads.add(new ThreadSnapshot(
                id,
                thread.name,
                virtual ? ThreadSnapshot.Kind.VIRTUAL : platformKind(stack),
                virtual,
                thread.status(stack),
                stack,
                thread.locks(stack),
                -1,
                -1,
                null,
                thread.line,
                0,
                container,
                carrier));
    }

    /** The owner of what this thread waits for, if it is printed there. */
    private void addOwner(FileDumpThread thread) {
        LockRef blocker = thread.blockedBy();
        if (thread.blockerOwner >= 0 && blocker != null) {
            ThreadId owner = ThreadId.ofJava(thread.blockerOwner);
            owned.computeIfAbsent(owner, key -> new HashSet<>()).add(blocker);
            named.computeIfAbsent(blocker, key -> new ArrayList<>()).add(owner);
        }
    }

    private static ThreadSnapshot.Kind platformKind(CallStack stack) {
        return hasMounted(stack) ? ThreadSnapshot.Kind.CARRIER : ThreadSnapshot.Kind.PLATFORM;
    }

    private static boolean endsIn(CallStack stack, String className, String method) {
        if (stack.isEmpty()) {
            return false;
        }
        Frame last = stack.frames().get(stack.depth() - 1);
        return last.className().equals(className) && last.method().equals(method);
    }

    /** The frames of a carrier while a virtual thread is mounted on it. */
    private static boolean hasMounted(CallStack stack) {
        return stack.frames().stream()
                .limit(4)
                .anyMatch(frame -> frame.method().equals("runContinuation")
                        && frame.className().equals("java.lang.VirtualThread"));
    }

    ThreadDump build() {
        Set<ThreadId> seen = hasRepeatedIds() ? new HashSet<>() : null;
        List<ThreadSnapshot> settled = new ArrayList<>(threads.size());
        for (ThreadSnapshot thread : threads) {
            if (seen == null || seen.add(thread.id())) {
                settled.add(settle(thread));
            }
        }
        return new ThreadDump(info(settled.size()), settled, List.of(), Map.of(), spentExecutors);
    }

    private boolean hasRepeatedIds() {
        long[] ids = threads.stream()
                .mapToLong(thread -> thread.id().value())
                .sorted()
                .toArray();
        for (int i = 1; i < ids.length; i++) {
            if (ids[i] == ids[i - 1]) {
                return true;
            }
        }
        return false;
    }

    private ThreadSnapshot settle(ThreadSnapshot thread) {
        ThreadId carried = thread.isVirtual() ? null : mounts.get(thread.id());
        Set<LockRef> locks = owned.getOrDefault(thread.id(), Set.of());
        boolean blank = blanks && isVirtualWithoutFrames(thread);
        if (carried == null && locks.isEmpty() && !blank) {
            return thread;
        }
        List<LockMention> mentions = new ArrayList<>(thread.locks());
        locks.stream()
                .filter(lock ->
                        mentions.stream().noneMatch(mention -> mention.lock().equals(lock)))
                .map(lock -> new LockMention(LockMention.Kind.OWNED_SYNCHRONIZER, -1, lock))
                .forEach(mentions::add);
        return new ThreadSnapshot(
                thread.id(),
                thread.name(),
                blank ? ThreadSnapshot.Kind.VIRTUAL : carried != null ? ThreadSnapshot.Kind.CARRIER : thread.kind(),
                thread.daemon(),
                thread.status(),
                thread.stack(),
                mentions,
                thread.cpuNanos(),
                thread.elapsedNanos(),
                null,
                thread.line(),
                thread.address(),
                thread.container(),
                carried != null ? carried : thread.mount());
    }

    private boolean isVirtualWithoutFrames(ThreadSnapshot thread) {
        ThreadContainer container = thread.container();
        if (!thread.stack().isEmpty() || thread.isVirtual() || states || container == null) {
            return false;
        }
        return container.isRoot()
                ? !WITHOUT_FRAMES.matcher(thread.name()).matches()
                : virtualContainers.contains(container)
                        || container.name().startsWith("java.util.concurrent.ThreadPerTaskExecutor");
    }

    /**
     * Whether owners of synchronizers are printed. Threads are written one after the other: a lock may have passed on meanwhile, and then
     * its waiters name several. Where some name the same, and none another, the dump is believed.
     */
    private boolean showsOwners() {
        return named.values().stream().anyMatch(owners -> owners.size() >= WITNESSES)
                && named.values().stream()
                        .allMatch(owners -> owners.stream().distinct().count() == 1);
    }

    private static final int WITNESSES = 3;

    private DumpInfo info(int count) {
        Set<Visible> visible = EnumSet.of(Visible.MOUNTED_VIRTUAL_THREADS, Visible.UNMOUNTED_VIRTUAL_THREADS);
        if (states) {
            visible.add(Visible.THREAD_STATES);
            visible.add(Visible.MONITOR_OWNERS);
            if (format.equals(ThreadDumpJson.ID)) {
                visible.add(Visible.CARRIERS);
            }
        }
        if (showsOwners()) {
            visible.add(Visible.SYNCHRONIZER_OWNERS);
        }
        OffsetDateTime at = time;
        if (at != null) {
            visible.add(Visible.TIME);
        }
        LocalDateTime local = at == null ? null : at.toLocalDateTime();
        ZoneOffset offset = at == null ? null : at.getOffset();
        return new DumpInfo(source, line, format, local, offset, runtime, pid, visible, truncated, -1, count);
    }
}
