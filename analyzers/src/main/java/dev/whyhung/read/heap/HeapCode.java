package dev.whyhung.read.heap;

import dev.whyhung.read.heap.HeapRecords.CodeLine;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The classes and stacks of a heap dump, and their names, by the ids that it gives them. */
final class HeapCode {

    static final String THREAD = "java/lang/Thread";
    static final String FIELD_HOLDER = "java/lang/Thread$FieldHolder";
    static final String ANY_VIRTUAL = "java/lang/BaseVirtualThread";
    static final String VIRTUAL_THREAD = "java/lang/VirtualThread";
    static final String STRING = "java/lang/String";
    static final String SYNCHRONIZER = "java/util/concurrent/locks/AbstractOwnableSynchronizer";

    /** A lock that a worker owns while it is at work. */
    static final String WORKER = "java/util/concurrent/ThreadPoolExecutor$Worker";

    private static final int NATIVE = -3;

    final Map<Long, String> texts = new HashMap<>();
    final Map<Integer, Long> namesBySerial = new HashMap<>();
    final Map<Long, Long> names = new HashMap<>();
    final Map<Long, Long> supers = new HashMap<>();
    final Map<Long, CodeLine> frames = new HashMap<>();
    final Map<Integer, long[]> traces = new HashMap<>();

    /** Whether this class is the wanted one, or one below it. */
    boolean isA(long classId, String wanted) {
        long at = classId;
        for (int depth = 0; at != 0 && depth < 100; depth++) {
            if (wanted.equals(texts.get(names.getOrDefault(at, 0L)))) {
                return true;
            }
            at = supers.getOrDefault(at, 0L);
        }
        return false;
    }

    String className(long classId) {
        return dotted(names.getOrDefault(classId, 0L));
    }

    private String dotted(long name) {
        return texts.getOrDefault(name, "?").replaceAll("/(?!0x)", ".").replace("+0x", "/0x");
    }

    /** A frame as the JVM prints it. */
    String frame(long id) {
        CodeLine line = frames.get(id);
        if (line == null) {
            return "?.?(Unknown Source)";
        }
        List<String> place = new ArrayList<>();
        place.add(texts.getOrDefault(line.file(), "Unknown Source"));
        if (line.line() > 0 && texts.containsKey(line.file())) {
            place.add(String.valueOf(line.line()));
        }
        return dotted(namesBySerial.getOrDefault(line.classSerial(), 0L))
                + '.'
                + texts.getOrDefault(line.method(), "?")
                + '('
                + (line.line() == NATIVE ? "Native Method" : String.join(":", place))
                + ')';
    }
}
