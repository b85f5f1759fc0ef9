package dev.whyhung.read.dialect;

import dev.whyhung.model.CallStack;
import dev.whyhung.model.LockMention;
import dev.whyhung.model.LockMention.Kind;
import dev.whyhung.model.LockRef;
import dev.whyhung.model.ThreadId;
import dev.whyhung.model.ThreadSnapshot;
import dev.whyhung.model.ThreadStatus;
import dev.whyhung.read.harvest.StackTable;
import dev.whyhung.read.harvest.StatusOfFrames;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One thread of a {@link DialectDump}, line by line. */
public final class DialectThread {

    /** Where no frame is named that a lock was taken in. */
    static final int NO_FRAME = -1;

    final ThreadId id;
    final String name;
    private final int line;
    private final int mostFrames;
    private final ByteArrayOutputStream frames = new ByteArrayOutputStream();
    private final Map<Owned, LockMention> owned = new LinkedHashMap<>();
    private final List<String> initializes = new ArrayList<>();
    private @Nullable LockMention wait;
    private boolean waitsForClass;
    private @Nullable String initializer;
    private @Nullable String awaitedClass;
    private boolean inObjectWait;
    private int depth;

    ThreadSnapshot.Kind kind = ThreadSnapshot.Kind.PLATFORM;
    boolean daemon;
    long cpuNanos = -1;

    /** Where the JVM keeps it, or 0. */
    long address;

    /** The name of its {@link Thread.State}, or null. */
    @Nullable
    String state;

    /** Set where the dialect says more than a state. */
    @Nullable
    ThreadStatus status;

    DialectThread(ThreadId id, String name, int line, int mostFrames) {
        this.id = id;
        this.name = name;
        this.line = line;
        this.mostFrames = mostFrames;
    }

    /** The status may be unknown. */
    public void is(ThreadSnapshot.Kind kind, boolean daemon, @Nullable ThreadStatus status) {
        this.kind = kind;
        this.daemon = daemon;
        this.status = status;
    }

    /** A frame as HotSpot writes it behind {@code at}. */
    public void frame(String text) {
        inObjectWait |= depth < TOP && text.startsWith(OBJECT_WAIT);
        int initializer = text.indexOf(CLASS_INITIALIZER);
        if (initializer > 0) {
            initializes.add(text.substring(0, initializer));
        }
        if (depth++ < mostFrames) {
            frames.write(StackTable.FRAME);
            frames.writeBytes(text.replace('\n', ' ').getBytes(StandardCharsets.UTF_8));
            frames.write(StackTable.STACK_END);
        }
    }

    private static final int TOP = 5;
    private static final String OBJECT_WAIT = "java.lang.Object.wait";
    private static final String CLASS_INITIALIZER = ".<clinit>(";

    boolean isInObjectWait() {
        return inObjectWait;
    }

    int framesLeftOut() {
        return Math.max(0, depth - mostFrames);
    }

    boolean isWithoutFrames() {
        return depth == 0;
    }

    /** Whether nothing is known of it but its name and perhaps its state. */
    boolean isBare() {
        return depth == 0 && wait == null && owned.isEmpty() && !waitsForClass && cpuNanos < 0;
    }

    /** Index of the frame that was read last. */
    int lastFrame() {
        return Math.max(0, depth - 1);
    }

    /** What it waits for; the first word counts. */
    public void waitsFor(LockRef lock) {
        if (wait == null) {
            wait = new LockMention(Kind.PARKING, 0, lock);
        }
    }

    /** It waits until another thread has initialised a class, which is not named; that thread is, if the dialect tells it. */
    void waitsForClass(@Nullable String initializedBy) {
        waitsForClass = true;
        initializer = initializedBy;
        status = ThreadStatus.RUNNABLE_IN_OBJECT_WAIT;
    }

    /** The name of the thread that initialises the class that this one waits for. */
    @Nullable
    String initializer() {
        return initializer;
    }

    /** The class that it initialises: the first, since others come the same way. */
    @Nullable
    public String initializes() {
        return initializes.isEmpty() ? null : initializes.get(initializes.size() - 1);
    }

    void awaits(String className) {
        awaitedClass = className;
    }

    @Nullable
    LockRef waitedFor() {
        return wait == null ? null : wait.lock();
    }

    /** A monitor that it took in the frame at this depth. */
    void holds(int atDepth, LockRef monitor) {
        own(new LockMention(Kind.LOCKED, atDepth, monitor));
    }

    public void owns(LockRef synchronizer) {
        own(new LockMention(Kind.OWNED_SYNCHRONIZER, NO_FRAME, synchronizer));
    }

    private void own(LockMention mention) {
        owned.putIfAbsent(new Owned(mention.kind(), mention.lock()), mention);
    }

    /** What it owns is told once. */
    private record Owned(Kind kind, LockRef lock) {}

    boolean isOwner(LockRef lock) {
        return owned.containsKey(new Owned(Kind.LOCKED, lock))
                || owned.containsKey(new Owned(Kind.OWNED_SYNCHRONIZER, lock));
    }

    ThreadSnapshot build(StackTable table) {
        byte[] bytes = frames.toByteArray();
        StackTable.Shape shape = table.shape(bytes, bytes.length);
        CallStack stack = shape.stack();
        ThreadStatus told = status != null ? status : StatusOfFrames.of(state, stack.frames());
        return new ThreadSnapshot(
                id,
                name,
                kind,
                daemon,
                told,
                stack,
                locks(told, shape.isInObjectWait()),
                cpuNanos,
                -1,
                null,
                line,
                address,
                null,
                null);
    }

    private List<LockMention> locks(ThreadStatus told, boolean inObjectWait) {
        List<LockMention> all = new ArrayList<>();
        LockMention waiting = waitsForClass ? null : wait;
        if (awaitedClass != null) {
            all.add(new LockMention(Kind.CLASS_INIT, 0, new LockRef(awaitedClass, 0)));
        }
        if (waiting != null) {
            all.add(new LockMention(kindOf(told, inObjectWait), waiting.depth(), waiting.lock()));
        }
        for (LockMention mention : owned.values()) {
            // A monitor that Object.wait has released may still be listed.
            boolean released = waiting != null
                    && mention.kind() == Kind.LOCKED
                    && mention.lock().equals(waiting.lock());
            if (!released) {
                all.add(mention);
            }
        }
        return all;
    }

    /** What the wait is, since a dialect may print one word for all kinds. */
    private static Kind kindOf(ThreadStatus status, boolean inObjectWait) {
        if (status == ThreadStatus.BLOCKED_ON_MONITOR_ENTER) {
            return inObjectWait ? Kind.WAITING_TO_RELOCK : Kind.WAITING_TO_LOCK;
        }
        return status.isInObjectWait() ? Kind.WAITING_ON : Kind.PARKING;
    }
}
