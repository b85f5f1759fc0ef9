package dev.whyhung.read;

import dev.whyhung.model.LockRef;
import dev.whyhung.model.ThreadId;
import dev.whyhung.model.ThreadRef;
import dev.whyhung.model.ThreadSnapshot;
import dev.whyhung.model.ThreadStatus;
import dev.whyhung.model.Visible;
import dev.whyhung.read.HeapRecords.CodeLine;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The threads of a heap dump. It is walked through four times, since nothing says where an object lies: for stacks and classes; for
 * threads and owned locks; for names and for what threads park for; and for the letters of the names.
 */
final class HeapThreads {

    /** So many of anything are kept, and of threads. */
    private static final int MOST = 300_000;

    private static final int MOST_THREADS = 100_000;

    private static final int MOST_OWNED = 1_000;

    /** So many frames are kept of all stacks together, and so many letters of all texts. */
    private static final int MOST_PLACES = 4_000_000;

    private static final int MOST_LETTERS = 32 << 20;

    /** A few bytes of a heap may stand for very much text of stacks. */
    private static final int MOST_STACK_LETTERS = 64 << 20;

    /** The file has no lines. */
    private static final int NO_LINE = 0;

    /** Owned by a worker that is at work. */
    private static final String WORKER = "java/util/concurrent/ThreadPoolExecutor$Worker";

    private static final String THREAD = "java/lang/Thread";
    private static final String UNMOUNTED = "java/lang/VirtualThread";
    private static final long ENDED = 99;
    private static final String VIRTUAL = "java/lang/BaseVirtualThread";
    private static final String HOLDER = "java/lang/Thread$FieldHolder";
    private static final String STRING = "java/lang/String";
    private static final String LOCK = "java/util/concurrent/locks/AbstractOwnableSynchronizer";
    private static final Set<String> CLASSES = Set.of(THREAD, HOLDER, STRING, LOCK, UNMOUNTED);
    private static final Set<String> FIELDS = Set.of(
            "name",
            "tid",
            "daemon",
            "threadStatus",
            "holder",
            "parkBlocker",
            "exclusiveOwnerThread",
            "value",
            "coder",
            "state");

    private final Path file;
    private final Budget budget;
    private final HeapCode code = new HeapCode();
    private final Map<Long, Integer> roots = new LinkedHashMap<>();
    private final Map<String, FieldLayout> layouts = new HashMap<>();
    private final Map<Long, FieldLayout.Values> threads = new HashMap<>();
    private final Map<Long, Long> virtualStates = new HashMap<>();
    private final Map<Long, FieldLayout.Values> holders = new HashMap<>();
    private final Map<Long, Long> owners = new LinkedHashMap<>();
    private final Map<Long, Long> classOf = new HashMap<>();
    private final Map<Long, FieldLayout.Values> strings = new HashMap<>();
    private final Map<Long, String> letters = new HashMap<>();
    private long places;
    private long lettersKept;
    private long stackLetters;
    private boolean full;
    private @Nullable String trouble;

    HeapThreads(Path file, Budget budget) {
        this.file = file;
        this.budget = budget;
    }

    void read() {
        trouble = pass(new Outline());
        if (layouts.containsKey(THREAD)) {
            List<Supplier<HeapRecords.Visitor>> others = List.of(Threads::new, Objects::new, Letters::new);
            for (Supplier<HeapRecords.Visitor> visitor : others) {
                String met = pass(visitor.get());
                trouble = trouble == null ? met : trouble;
            }
        }
    }

    /** Why not all of it was read, or is in the dump; or null. */
    @Nullable
    String trouble() {
        return trouble == null && full ? "holds more threads, frames or classes than can be kept" : trouble;
    }

    private @Nullable String pass(HeapRecords.Visitor visitor) {
        try (InputStream in = Files.newInputStream(file)) {
            HeapRecords.walk(budget.again(in), visitor);
            return null;
        } catch (EOFException cut) {
            return "is cut";
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private <K, V> void keep(Map<K, V> map, K key, V value) {
        keep(map, key, value, MOST);
    }

    private <K, V> void keep(Map<K, V> map, K key, V value, int most) {
        if (map.size() < most) {
            map.put(key, value);
        } else {
            full = true;
        }
    }

    private void keepText(Map<Long, String> map, long key, String text) {
        lettersKept += text.length();
        if (lettersKept <= MOST_LETTERS) {
            keep(map, key, text);
        } else {
            full = true;
        }
    }

    /** Stacks, classes, and the few names by which the rest is found. Names stand before what they are names of. */
    private final class Outline extends HeapRecords.Visitor {

        @Override
        boolean wantsText(long id) {
            return true;
        }

        @Override
        void text(long id, String text) {
            if (CLASSES.contains(text) || FIELDS.contains(text) || text.equals(VIRTUAL) || text.equals(WORKER)) {
                keepText(code.texts, id, text);
            }
        }

        @Override
        void loadedClass(int serial, long classId, long name) {
            keep(code.namesBySerial, serial, name);
            keep(code.names, classId, name);
        }

        @Override
        void frame(long id, CodeLine line) {
            keep(code.frames, id, line);
        }

        @Override
        void trace(int serial, long[] ids) {
            places += ids.length;
            if (places > MOST_PLACES) {
                full = true;
            } else if (ids.length > 0) {
                keep(code.traces, serial, ids);
            }
        }

        @Override
        void threadRoot(long object, int trace) {
            keep(roots, object, trace, MOST_THREADS);
        }

        @Override
        void classDump(long classId, long superId, List<HeapRecords.Field> fields) {
            keep(code.supers, classId, superId);
            String name = code.texts.get(code.names.getOrDefault(classId, 0L));
            if (name != null && CLASSES.contains(name)) {
                layouts.putIfAbsent(name, FieldLayout.of(fields, code.texts));
            }
        }
    }

    private final class Threads extends HeapRecords.Visitor {
        private final Map<Long, String> kinds = new HashMap<>();
        private final Set<Long> wanted = new HashSet<>();

        Threads() {
            for (CodeLine line : code.frames.values()) {
                wanted.add(line.method());
                wanted.add(line.file());
                wanted.add(code.namesBySerial.getOrDefault(line.classSerial(), 0L));
            }
        }

        @Override
        boolean wantsText(long id) {
            return wanted.contains(id);
        }

        @Override
        void text(long id, String text) {
            keepText(code.texts, id, text);
        }

        @Override
        boolean wantsInstance(long object, long classId) {
            return !kindOf(classId).isEmpty();
        }

        private String kindOf(long classId) {
            return !code.names.containsKey(classId) // so that there are no more of them than classes
                    ? ""
                    : kinds.computeIfAbsent(
                            classId,
                            id -> code.isA(id, THREAD)
                                    ? THREAD
                                    : code.isA(id, HOLDER) ? HOLDER : code.isA(id, LOCK) ? LOCK : "");
        }

        @Override
        void instance(long object, long classId, byte[] values) {
            String kind = kindOf(classId);
            FieldLayout layout = layouts.get(kind);
            if (layout == null) {
                return;
            }
            FieldLayout.Values read = layout.read(classId, values);
            if (kind.equals(THREAD)) {
                keep(threads, object, read, roots.containsKey(object) ? 2 * MOST_THREADS : MOST_THREADS);
                FieldLayout virtual = code.isA(classId, UNMOUNTED) ? layouts.get(UNMOUNTED) : null;
                if (virtual != null) {
                    keep(virtualStates, object, virtual.readOwn(classId, values).get("state"));
                }
            } else if (kind.equals(HOLDER)) {
                keep(holders, object, read);
            } else if (read.get("exclusiveOwnerThread") != 0) {
                keep(owners, object, read.get("exclusiveOwnerThread"));
                keep(classOf, object, classId);
            }
        }
    }

    /** What threads park for, and their names. */
    private final class Objects extends HeapRecords.Visitor {
        private final Set<Long> blockers = new HashSet<>();
        private final Set<Long> nameIds = new HashSet<>();

        Objects() {
            threads.values().forEach(thread -> {
                blockers.add(thread.get("parkBlocker"));
                nameIds.add(thread.get("name"));
            });
        }

        @Override
        boolean wantsInstance(long object, long classId) {
            if (blockers.contains(object)) {
                keep(classOf, object, classId);
            }
            return nameIds.contains(object);
        }

        @Override
        void instance(long object, long classId, byte[] values) {
            FieldLayout layout = layouts.get(STRING);
            if (layout != null) {
                keep(strings, object, layout.read(classId, values));
            }
        }

        /** JDK 7 and the first of JDK 8 put no string around the letters. */
        @Override
        boolean wantsArray(long object) {
            return nameIds.contains(object);
        }

        @Override
        void array(long object, boolean wide, byte[] content) {
            if (wide) {
                keepText(letters, object, new String(content, StandardCharsets.UTF_16BE));
            }
        }
    }

    private final class Letters extends HeapRecords.Visitor {
        private final Map<Long, Boolean> wanted = new HashMap<>();
        private final Set<Long> classNames = new HashSet<>();

        Letters() {
            strings.values().forEach(string -> wanted.put(string.get("value"), string.get("coder") == 1));
            classOf.values().forEach(each -> classNames.add(code.names.getOrDefault(each, 0L)));
        }

        @Override
        boolean wantsText(long id) {
            return classNames.contains(id);
        }

        @Override
        void text(long id, String text) {
            keepText(code.texts, id, text);
        }

        @Override
        boolean wantsArray(long object) {
            return wanted.containsKey(object);
        }

        @Override
        void array(long object, boolean wide, byte[] content) {
            boolean isUtf16 = Boolean.TRUE.equals(wanted.get(object));
            keepText(
                    letters,
                    object,
                    new String(
                            content,
                            wide
                                    ? StandardCharsets.UTF_16BE
                                    : isUtf16 ? StandardCharsets.UTF_16LE : StandardCharsets.ISO_8859_1));
        }
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
        Map<Long, DialectThread> alive = new HashMap<>();
        roots.forEach((object, trace) -> {
            FieldLayout.Values fields = threads.get(object);
            if (fields != null) {
                long[] stack = code.traces.remove(trace); // of no other thread
                alive.put(object, thread(object, fields, stack == null ? new long[0] : stack, dump));
            }
        });
        dump.truncated = alive.values().stream().anyMatch(thread -> thread.initializes() != null);
        Set<Long> awaited = new HashSet<>();
        roots.keySet().forEach(object -> awaited.add(parkBlocker(object)));
        Map<Long, Integer> counts = new HashMap<>();
        owners.forEach((lock, owner) -> {
            boolean isTold = awaited.contains(lock) || code.isA(classOf.getOrDefault(lock, 0L), WORKER);
            if (!isTold || counts.merge(owner, 1, Integer::sum) > MOST_OWNED) {
                return;
            }
            LockRef ref = lock(lock);
            DialectThread thread = alive.get(owner);
            FieldLayout.Values fields = threads.get(owner);
            if (thread != null) {
                thread.owns(ref);
            } else if (fields != null && isEnded(owner, fields)) {
                dump.ended(
                        ref,
                        new ThreadRef(idOf(owner, fields), nameOf(owner, fields), code.isA(fields.classId, VIRTUAL)));
            } else if (fields != null && virtualStates.containsKey(owner)) {
                DialectThread unmounted = thread(owner, fields, new long[0], dump); // JDK 21 leaves out its stack
                unmounted.owns(ref);
                alive.put(owner, unmounted);
                dump.truncated = true;
            }
        });
        return dump;
    }

    private long parkBlocker(long object) {
        FieldLayout.Values fields = threads.get(object);
        return fields == null ? 0 : fields.get("parkBlocker");
    }

    private DialectThread thread(long object, FieldLayout.Values fields, long[] trace, DialectDump dump) {
        DialectThread thread = dump.begin(idOf(object, fields), nameOf(object, fields), NO_LINE);
        FieldLayout.Values holder = holders.getOrDefault(fields.get("holder"), fields);
        thread.daemon = holder.get("daemon") != 0;
        if (code.isA(fields.classId, VIRTUAL)) {
            thread.kind = ThreadSnapshot.Kind.VIRTUAL;
        } else {
            thread.status = statusOf(fields);
        }
        for (int i = 0; i < trace.length && stackLetters <= MOST_STACK_LETTERS; i++) {
            String frame = code.frame(trace[i]);
            stackLetters += frame.length();
            thread.frame(frame);
        }
        full |= stackLetters > MOST_STACK_LETTERS;
        long blocker = fields.get("parkBlocker");
        boolean isParked = thread.status == null || thread.status.isParked();
        if (blocker != 0 && isParked) {
            thread.waitsFor(lock(blocker));
        }
        return thread;
    }

    private boolean isEnded(long object, FieldLayout.Values fields) {
        Long state = virtualStates.get(object);
        if (state != null) {
            return state == ENDED;
        }
        return statusOf(fields) == ThreadStatus.TERMINATED;
    }

    /** Null where the JVM does not keep it in the thread object, as HotSpot does. */
    private @Nullable ThreadStatus statusOf(FieldLayout.Values fields) {
        FieldLayout.Values holder = holders.getOrDefault(fields.get("holder"), fields);
        return holder.has("threadStatus") ? StatusBits.statusOf(holder.get("threadStatus")) : null;
    }

    private static ThreadId idOf(long object, FieldLayout.Values fields) {
        long id = fields.get("tid");
        return id > 0 ? ThreadId.ofJava(id) : ThreadId.ofNative(object & Long.MAX_VALUE);
    }

    private String nameOf(long object, FieldLayout.Values fields) {
        FieldLayout.Values string = strings.get(fields.get("name"));
        String name = letters.get(string == null ? fields.get("name") : string.get("value"));
        return name == null ? "thread at 0x" + Long.toHexString(object) : name;
    }

    private LockRef lock(long object) {
        return new LockRef(code.className(classOf.getOrDefault(object, 0L)), object);
    }
}
