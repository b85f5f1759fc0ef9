package dev.whyhung.read;

import dev.whyhung.model.Frame;
import dev.whyhung.model.LockMention;
import dev.whyhung.model.LockMention.Kind;
import dev.whyhung.model.LockRef;
import dev.whyhung.model.ThreadStatus;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A dump that never was, wholly told by its seed: consistent, so that every dialect can show it, and as odd as dumps are. */
record MadeDump(List<Made> threads) {

    /**
     * A thread.
     *
     * @param blocker what it waits for, or null
     * @param held monitors, with the frame that each was taken in
     * @param owned synchronizers that it owns
     */
    record Made(
            long id,
            String name,
            boolean daemon,
            ThreadStatus status,
            List<Frame> frames,
            @Nullable LockMention blocker,
            List<LockMention> held,
            List<LockMention> owned) {

        /** The locks at this frame, the monitor in {@code Object.wait} not among them. */
        List<LockRef> heldAt(int depth) {
            return held.stream()
                    .filter(mention -> mention.depth() == depth)
                    .map(LockMention::lock)
                    .toList();
        }
    }

    private static final int MOST_THREADS = 12;
    private static final int MOST_FRAMES = 14;
    private static final long FIRST_ADDRESS = 0x7000_0000L;
    private static final List<String> CLASSES = List.of(
            "com.acme.Orders",
            "com.acme.Orders$Book",
            "Specimen",
            "org.example.a.b.C$1",
            "com.acme.Größe",
            "x.Y$$Lambda");
    private static final List<String> METHODS = List.of("run", "place", "<init>", "lambda$main$3", "access$000", "get");
    private static final List<String> NAMES = List.of(
            "http-nio-8080-exec-%d",
            "pool-1-thread-%d",
            "main %d",
            "a b  c#%d",
            "x:%d=y",
            "größe-%d",
            "[%d]",
            "<script>%d",
            "ExecuteThread: '%d' for queue: 'default'",
            "#%d",
            "worker@%d,5");

    static MadeDump of(long seed) {
        return new Maker(new Random(seed)).make();
    }

    @Nullable
    Made ownerOf(LockRef lock) {
        return threads.stream()
                .filter(thread ->
                        thread.held.stream().anyMatch(mention -> mention.lock().equals(lock))
                                || thread.owned.stream()
                                        .anyMatch(mention -> mention.lock().equals(lock)))
                .findFirst()
                .orElse(null);
    }

    private static final class Maker {
        private final Random random;
        private final List<Made> threads = new ArrayList<>();
        private final List<LockRef> monitors = new ArrayList<>();
        private final List<LockRef> synchronizers = new ArrayList<>();
        private long objects;

        Maker(Random random) {
            this.random = random;
        }

        MadeDump make() {
            int count = 1 + random.nextInt(MOST_THREADS);
            for (int i = 0; i < count; i++) {
                threads.add(thread(1 + i * (1 + random.nextInt(1))));
            }
            return new MadeDump(List.copyOf(threads));
        }

        private Made thread(int id) {
            ThreadStatus status = pick(List.of(
                    ThreadStatus.RUNNABLE,
                    ThreadStatus.SLEEPING,
                    ThreadStatus.IN_OBJECT_WAIT,
                    ThreadStatus.IN_OBJECT_WAIT_TIMED,
                    ThreadStatus.PARKED,
                    ThreadStatus.PARKED_TIMED,
                    ThreadStatus.BLOCKED_ON_MONITOR_ENTER));
            List<Frame> frames = new ArrayList<>(top(status));
            int plumbing = frames.size();
            int below = 1 + random.nextInt(MOST_FRAMES);
            for (int i = 0; i < below; i++) {
                frames.add(frame());
            }
            List<LockMention> held = new ArrayList<>();
            List<LockMention> owned = new ArrayList<>();
            LockMention wait = waits(status);
            for (int i = random.nextInt(3); i > 0; i--) {
                LockRef monitor = object(pick(CLASSES));
                held.add(new LockMention(Kind.LOCKED, plumbing + random.nextInt(below), monitor));
                monitors.add(monitor);
            }
            if (random.nextInt(4) == 0) {
                LockRef lock = object("java.util.concurrent.locks.ReentrantLock$NonfairSync");
                owned.add(new LockMention(Kind.OWNED_SYNCHRONIZER, -1, lock));
                synchronizers.add(lock);
            }
            String name = pick(NAMES).formatted(id);
            return new Made(id, name, random.nextBoolean(), status, frames, wait, held, owned);
        }

        private static List<Frame> top(ThreadStatus status) {
            if (status == ThreadStatus.SLEEPING) {
                return List.of(new Frame("java.lang.Thread", "sleep", "Native Method"));
            }
            if (status.isInObjectWait()) {
                Frame waits = new Frame("java.lang.Object", "wait", "Native Method");
                return status.isTimed()
                        ? List.of(waits)
                        : List.of(waits, new Frame("java.lang.Object", "wait", "Object.java:502"));
            }
            return status.isParked()
                    ? Arrays.asList(
                            new Frame("jdk.internal.misc.Unsafe", "park", "Native Method"),
                            new Frame("java.util.concurrent.locks.LockSupport", "park", "LockSupport.java:211"))
                    : List.of();
        }

        /** Somebody's lock or a new one. */
        private @Nullable LockMention waits(ThreadStatus status) {
            if (status == ThreadStatus.BLOCKED_ON_MONITOR_ENTER) {
                return new LockMention(Kind.WAITING_TO_LOCK, 0, one(monitors, "com.acme.Orders"));
            }
            if (status.isInObjectWait()) {
                return new LockMention(Kind.WAITING_ON, 0, object("com.acme.Mailbox"));
            }
            return status.isParked()
                    ? new LockMention(Kind.PARKING, 0, one(synchronizers, "java.util.concurrent.Semaphore$NonfairSync"))
                    : null;
        }

        private LockRef one(List<LockRef> known, String otherwise) {
            return known.isEmpty() || random.nextInt(3) == 0 ? object(otherwise) : pick(known);
        }

        private LockRef object(String className) {
            return new LockRef(className, FIRST_ADDRESS + 16 * ++objects);
        }

        private Frame frame() {
            String className = pick(CLASSES);
            String location = switch (random.nextInt(6)) {
                case 0 -> "Native Method";
                case 1 -> "Unknown Source";
                default -> "Orders.java:" + (1 + random.nextInt(999));
            };
            return new Frame(className, pick(METHODS), location);
        }

        private <T> T pick(List<T> list) {
            return list.get(random.nextInt(list.size()));
        }
    }
}
