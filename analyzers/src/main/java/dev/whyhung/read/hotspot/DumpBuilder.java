package dev.whyhung.read.hotspot;

import dev.whyhung.model.DumpInfo;
import dev.whyhung.model.PrintedDeadlock;
import dev.whyhung.model.ThreadDump;
import dev.whyhung.model.ThreadId;
import dev.whyhung.model.ThreadSnapshot;
import dev.whyhung.model.ThreadStatus;
import dev.whyhung.model.Visible;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Collects the threads of one dump in HotSpot text. */
final class DumpBuilder {

    private static final Pattern SINCE_JDK_9 = Pattern.compile("\\((\\d{1,3})[.+\\-]");
    private static final Pattern BEFORE_JDK_6 = Pattern.compile("\\(1\\.[2-5]\\.");
    private static final Pattern UNTIL_JDK_8 = Pattern.compile("\\(\\d+\\.\\d+-b\\d+|\\(1\\.\\d");

    private static final int MOST_TOLD = 10_000;

    private final List<PrintedDeadlock> deadlocks = new ArrayList<>();
    private final String source;
    private final int line;
    private final @Nullable String runtime;
    private final @Nullable LocalDateTime takenAt;
    private final @Nullable Long pid;
    private final List<ThreadSnapshot> threads = new ArrayList<>();
    private final Set<ThreadId> ids = new HashSet<>();
    private final Map<String, ThreadSnapshot> told = new LinkedHashMap<>();
    private long invented;
    private final Set<Visible> visible = EnumSet.of(Visible.MONITOR_OWNERS);
    private long uptimeNanos = -1;
    private int javaThreads;
    private int abridged;
    /** Whether its first line is there. */
    boolean announced;

    private int announcedThreads = -1;
    private boolean exported;
    private boolean tailSeen;
    private int repeatedIds;
    private int lostStacks;
    private long lines;
    private long lost;
    private boolean lockLost;

    DumpBuilder(
            String source, int line, @Nullable String runtime, @Nullable LocalDateTime takenAt, @Nullable Long pid) {
        this.source = source;
        this.line = line;
        this.runtime = runtime;
        this.takenAt = takenAt;
        this.pid = pid;
        if (takenAt != null) {
            visible.add(Visible.TIME);
        }
        if (runtime != null && featureVersion(runtime) >= 17) {
            visible.add(Visible.CLASS_INIT_WAITS);
        }
    }

    /** Major version of the JVM from its description; 0 if it is not told. Up to JDK 8, HotSpot printed its own version. */
    static int featureVersion(String runtime) {
        if (UNTIL_JDK_8.matcher(runtime).find()) {
            return 8;
        }
        Matcher matcher = SINCE_JDK_9.matcher(runtime);
        return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
    }

    void add(ThreadSnapshot thread, int itsLines) {
        lines += itsLines;
        if (!ids.add(thread.id())) {
            repeatedIds++;
            return;
        }
        threads.add(thread);
        lostStacks += hasLostStack(thread) ? 1 : 0;
        if (!thread.id().isNative() && thread.kind() != ThreadSnapshot.Kind.VIRTUAL) {
            javaThreads++;
        }
        if (thread.kind() == ThreadSnapshot.Kind.VIRTUAL) {
            visible.add(Visible.MOUNTED_VIRTUAL_THREADS);
        }
        if (thread.cpuNanos() >= 0) {
            visible.add(Visible.CPU_TIMES);
        }
        uptimeNanos = Math.max(uptimeNanos, thread.elapsedNanos());
    }

    /** Whoever waits has frames; and whoever has neither frames nor a state is shown by a header alone. */
    private static boolean hasLostStack(ThreadSnapshot thread) {
        ThreadStatus status = thread.status();
        boolean isHeader = status == ThreadStatus.UNKNOWN
                && thread.kind() == ThreadSnapshot.Kind.PLATFORM
                && !thread.id().isNative();
        boolean waits = status.isParked() || status.isInObjectWait() || status == ThreadStatus.SLEEPING;
        return thread.stack().isEmpty() && thread.locks().isEmpty() && (isHeader || waits);
    }

    /** How many of its threads have lost their frames. */
    int lostStacks() {
        return lostStacks;
    }

    /** A thread that the deadlock section tells under this key; it counts where nothing else tells one of its name. */
    void tell(String key, ThreadSnapshot thread) {
        if (told.size() < MOST_TOLD || told.containsKey(key)) {
            told.put(key, thread);
        }
    }

    void tell(PrintedDeadlock deadlock) {
        if (deadlocks.size() < MOST_TOLD) {
            deadlocks.add(deadlock);
        }
    }

    /** Whether the deadlock section has told of this thread before. */
    boolean isTold(String key) {
        return told.containsKey(key);
    }

    /** Whether the deadlock section has said that this thread waits for a monitor. */
    boolean entersMonitor(String key) {
        ThreadSnapshot thread = told.get(key);
        return thread != null && thread.status() == ThreadStatus.BLOCKED_ON_MONITOR_ENTER;
    }

    /** An id for a thread of which only the name is told. */
    ThreadId freeId() {
        ThreadId id;
        do {
            id = ThreadId.ofNative(++invented);
        } while (ids.contains(id));
        return id;
    }

    /** Adds whom only the deadlock section tells, as far as the budget goes. */
    void complete(BooleanSupplier allowed) {
        if (told.isEmpty()) {
            return;
        }
        Set<String> names = new HashSet<>();
        threads.forEach(thread -> names.add(thread.name()));
        told.values().removeIf(thread -> names.contains(thread.name()));
        for (ThreadSnapshot thread : told.values()) {
            if (allowed.getAsBoolean()) {
                add(thread, 1);
            }
        }
        told.clear();
    }

    void shows(Visible fact) {
        visible.add(fact);
    }

    void announce(int count) {
        announcedThreads = count;
    }

    void tail() {
        tailSeen = true;
    }

    /** Of a debugger, which prints nothing before the first thread, nor behind the last. */
    void exported() {
        exported = true;
    }

    /** One more thread whose header lacks its middle, or all that the JVM prints behind the number. */
    void abridge() {
        abridged++;
    }

    boolean hasJavaIds() {
        return javaThreads > 0;
    }

    @Nullable
    String runtime() {
        return runtime;
    }

    @Nullable
    LocalDateTime takenAt() {
        return takenAt;
    }

    /** Whether it has a thread of this name. */
    boolean has(String name) {
        return threads.stream().anyMatch(thread -> thread.name().equals(name));
    }

    boolean isEmpty() {
        return threads.isEmpty();
    }

    /** Whether nothing of it has been read, its deadlocks neither. */
    boolean isBare() {
        return threads.isEmpty() && told.isEmpty();
    }

    /** Whether it is but a few lines of a log that look like headers of threads; abridged ones look like anything. */
    boolean isStray() {
        int headers = threads.size() + repeatedIds;
        return !announced && lines == headers && (threads.size() < FEWEST || abridged == headers);
    }

    private static final int FEWEST = 3;

    int size() {
        return threads.size();
    }

    int repeatedIds() {
        return repeatedIds;
    }

    /** A line could not be read, which may have told a lock. */
    void lose(boolean lock) {
        lost++;
        lockLost |= lock;
    }

    /** Whether so much could not be read that what is missing proves nothing. */
    private boolean isDamaged() {
        return lockLost || lostStacks > 0 || (lost >= MOST_LOST && lost * MOST_LOST > lines);
    }

    /** One line in so many, and less than so many, may be a reader's notes, or another writer's. */
    private static final int MOST_LOST = 5;

    /** Whether its end is missing, or its beginning. */
    boolean isCut() {
        boolean isWhole = announcedThreads > 0 && javaThreads >= announcedThreads;
        return !isWhole && !exported && ((!tailSeen && !isBeforeJdk6()) || !beginsWithFirst());
    }

    /** The oldest threads are printed first, and before JDK 9 the newest, which is the one that jstack talks to. */
    private boolean beginsWithFirst() {
        return announced || threads.stream().limit(2).anyMatch(thread -> FIRST.contains(thread.name()));
    }

    private static final Set<String> FIRST = Set.of("Reference Handler", "Attach Listener");

    /** Those versions print nothing behind the last thread. */
    private boolean isBeforeJdk6() {
        return runtime != null && BEFORE_JDK_6.matcher(runtime).find();
    }

    ThreadDump build() {
        DumpInfo info = new DumpInfo(
                source,
                line,
                HotSpotText.ID,
                takenAt,
                null,
                runtime,
                pid,
                visible,
                isCut() || isDamaged(),
                uptimeNanos,
                threads.size());
        return new ThreadDump(info, threads, deadlocks);
    }
}
