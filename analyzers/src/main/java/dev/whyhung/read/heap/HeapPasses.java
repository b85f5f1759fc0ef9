package dev.whyhung.read.heap;

import dev.whyhung.read.bytes.Budget;
import dev.whyhung.read.heap.HeapRecords.CodeLine;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Walks through a heap dump four times, since nothing says where an object lies: for stacks and classes; for threads and owned locks;
 * for names and for what threads park for; and for the letters of the names.
 */
final class HeapPasses {

    /** So many frames are kept of all stacks together. */
    private static final int MOST_PLACES = 4_000_000;

    private static final Set<String> CLASSES = Set.of(
            HeapCode.THREAD, HeapCode.FIELD_HOLDER, HeapCode.STRING, HeapCode.SYNCHRONIZER, HeapCode.VIRTUAL_THREAD);
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

    /** What is looked for among all objects. */
    private static final List<String> KINDS = List.of(HeapCode.THREAD, HeapCode.FIELD_HOLDER, HeapCode.SYNCHRONIZER);

    private final Path file;
    private final Budget budget;
    private final HeapObjects heap = new HeapObjects();
    private final HeapCode code = heap.code;
    private long places;

    private HeapPasses(Path file, Budget budget) {
        this.file = file;
        this.budget = budget;
    }

    static HeapObjects read(Path file, Budget budget) {
        HeapPasses passes = new HeapPasses(file, budget);
        passes.read();
        return passes.heap;
    }

    private void read() {
        heap.met(pass(new Outline()));
        if (heap.layouts.containsKey(HeapCode.THREAD)) {
            List<Supplier<HeapRecords.Visitor>> others = List.of(Threads::new, Objects::new, Letters::new);
            others.forEach(visitor -> heap.met(pass(visitor.get())));
        }
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

    /** Stacks, classes, and the few names by which the rest is found. Names stand before what they are names of. */
    private final class Outline extends HeapRecords.Visitor {

        @Override
        boolean wantsText(long id) {
            return true;
        }

        @Override
        void text(long id, String text) {
            if (CLASSES.contains(text)
                    || FIELDS.contains(text)
                    || text.equals(HeapCode.ANY_VIRTUAL)
                    || text.equals(HeapCode.WORKER)) {
                heap.keepText(code.texts, id, text);
            }
        }

        @Override
        void loadedClass(int serial, long classId, long name) {
            heap.keep(code.namesBySerial, serial, name);
            heap.keep(code.names, classId, name);
        }

        @Override
        void frame(long id, CodeLine line) {
            heap.keep(code.frames, id, line);
        }

        @Override
        void trace(int serial, long[] ids) {
            places += ids.length;
            if (places > MOST_PLACES) {
                heap.fill();
            } else if (ids.length > 0) {
                heap.keep(code.traces, serial, ids);
            }
        }

        @Override
        void threadRoot(long object, int trace) {
            heap.keep(heap.roots, object, trace, HeapObjects.MOST_THREADS);
        }

        @Override
        void classDump(long classId, long superId, List<HeapRecords.Field> fields) {
            heap.keep(code.supers, classId, superId);
            String name = code.texts.get(code.names.getOrDefault(classId, 0L));
            if (name != null && CLASSES.contains(name)) {
                heap.layouts.putIfAbsent(name, FieldLayout.of(fields, code.texts));
            }
        }
    }

    /** Takes some of the texts, which are the names of what an earlier walk has found. */
    private abstract class Naming extends HeapRecords.Visitor {
        final Set<Long> texts = new HashSet<>();

        @Override
        boolean wantsText(long id) {
            return texts.contains(id);
        }

        @Override
        void text(long id, String text) {
            heap.keepText(code.texts, id, text);
        }
    }

    /** Threads, and locks that have an owner. */
    private final class Threads extends Naming {
        private final Map<Long, String> kinds = new HashMap<>();

        Threads() {
            for (CodeLine line : code.frames.values()) {
                texts.add(line.method());
                texts.add(line.file());
                texts.add(code.namesBySerial.getOrDefault(line.classSerial(), 0L));
            }
        }

        @Override
        boolean wantsInstance(long object, long classId) {
            return !kindOf(classId).isEmpty();
        }

        private String kindOf(long classId) {
            return code.names.containsKey(classId) // so that there are no more of them than classes
                    ? kinds.computeIfAbsent(classId, this::kindOfKnown)
                    : "";
        }

        private String kindOfKnown(long classId) {
            return KINDS.stream()
                    .filter(kind -> code.isA(classId, kind))
                    .findFirst()
                    .orElse("");
        }

        @Override
        void instance(long object, long classId, byte[] values) {
            String kind = kindOf(classId);
            FieldLayout layout = heap.layouts.get(kind);
            if (layout == null) {
                return;
            }
            FieldLayout.Values read = layout.read(classId, values);
            if (kind.equals(HeapCode.THREAD)) {
                keepThread(object, read);
                keepState(object, classId, values);
            } else if (kind.equals(HeapCode.FIELD_HOLDER)) {
                heap.keep(heap.holders, object, read);
            } else if (read.get("exclusiveOwnerThread") != 0) {
                heap.keep(heap.owners, object, read.get("exclusiveOwnerThread"));
                heap.keep(heap.classOf, object, classId);
            }
        }

        /** There is always room for one that is alive. */
        private void keepThread(long object, FieldLayout.Values fields) {
            int most = heap.roots.containsKey(object) ? 2 * HeapObjects.MOST_THREADS : HeapObjects.MOST_THREADS;
            heap.keep(heap.threads, object, fields, most);
        }

        private void keepState(long object, long classId, byte[] values) {
            FieldLayout virtual = heap.layouts.get(HeapCode.VIRTUAL_THREAD);
            if (virtual != null && code.isA(classId, HeapCode.VIRTUAL_THREAD)) {
                heap.keep(
                        heap.virtualStates,
                        object,
                        virtual.readOwn(classId, values).get("state"));
            }
        }
    }

    /** What threads park for, and their names. */
    private final class Objects extends HeapRecords.Visitor {
        private final Set<Long> blockers = new HashSet<>();
        private final Set<Long> nameIds = new HashSet<>();

        Objects() {
            heap.threads.values().forEach(thread -> {
                blockers.add(thread.get("parkBlocker"));
                nameIds.add(thread.get("name"));
            });
        }

        @Override
        boolean wantsInstance(long object, long classId) {
            if (blockers.contains(object)) {
                heap.keep(heap.classOf, object, classId);
            }
            return nameIds.contains(object);
        }

        @Override
        void instance(long object, long classId, byte[] values) {
            FieldLayout layout = heap.layouts.get(HeapCode.STRING);
            if (layout != null) {
                heap.keep(heap.strings, object, layout.read(classId, values));
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
                heap.keepText(heap.letters, object, new String(content, StandardCharsets.UTF_16BE));
            }
        }
    }

    /** The letters of the names, and the names of the locks' classes. */
    private final class Letters extends Naming {
        private final Map<Long, Boolean> wanted = new HashMap<>();

        Letters() {
            heap.strings.values().forEach(string -> wanted.put(string.get("value"), string.get("coder") == 1));
            heap.classOf.values().forEach(each -> texts.add(code.names.getOrDefault(each, 0L)));
        }

        @Override
        boolean wantsArray(long object) {
            return wanted.containsKey(object);
        }

        @Override
        void array(long object, boolean wide, byte[] content) {
            boolean isUtf16 = Boolean.TRUE.equals(wanted.get(object));
            heap.keepText(
                    heap.letters,
                    object,
                    new String(
                            content,
                            wide
                                    ? StandardCharsets.UTF_16BE
                                    : isUtf16 ? StandardCharsets.UTF_16LE : StandardCharsets.ISO_8859_1));
        }
    }
}
