package dev.whyhung.read.recording;

import dev.whyhung.model.CallStack;
import dev.whyhung.model.Frame;
import dev.whyhung.model.ThreadId;
import dev.whyhung.model.ThreadRef;
import dev.whyhung.read.harvest.Frames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import jdk.jfr.consumer.RecordedClass;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordedThread;
import org.jspecify.annotations.Nullable;

/**
 * From the recorder's objects to ours. Within a chunk the parser hands out the same object for the same stack, thread or class, so
 * each is converted once; what is equal across chunks is made one.
 */
final class EventDecoder {

    private static final int MOST_KEPT = 1 << 16;
    /** The parser's stacks are large, and of no use in the next chunk. */
    private static final int MOST_STACKS = 1 << 11;

    private static final ThreadRef NOBODY = new ThreadRef(ThreadId.ofNative(0), "", false);

    private final IdentityHashMap<Object, Object> known = new IdentityHashMap<>();
    private final IdentityHashMap<RecordedStackTrace, CallStack> knownStacks = new IdentityHashMap<>();
    private final Map<List<Frame>, CallStack> stacks = new HashMap<>();
    private final Map<Frame, Frame> frames = new HashMap<>();
    private final Map<ThreadRef, ThreadRef> threads = new HashMap<>();

    CallStack stack(RecordedEvent event) {
        RecordedStackTrace trace = event.getStackTrace();
        if (trace == null) {
            return CallStack.EMPTY;
        }
        CallStack stack = knownStacks.get(trace);
        if (stack == null) {
            stack = convert(trace);
            if (knownStacks.size() >= MOST_STACKS) {
                knownStacks.clear();
            }
            knownStacks.put(trace, stack);
        }
        return stack;
    }

    /** The thread that an event is of; one without a name if it is of none. */
    ThreadRef thread(@Nullable RecordedThread thread) {
        if (thread == null) {
            return NOBODY;
        }
        Object ref = known.get(thread);
        if (ref == null) {
            ref = convert(thread);
            keep(thread, ref);
        }
        return (ThreadRef) ref;
    }

    String className(RecordedEvent event, String field) {
        RecordedClass type = event.getClass(field);
        if (type == null) {
            return "";
        }
        Object name = known.get(type);
        if (name == null) {
            name = Frames.stableName(type.getName());
            keep(type, name);
        }
        return (String) name;
    }

    static String text(RecordedEvent event, String field) {
        String text = event.hasField(field) ? event.getString(field) : null;
        return text == null ? "" : text;
    }

    /** A number, or 0 if the recording is of a version that does not have the field. */
    static long number(RecordedEvent event, String field) {
        return event.hasField(field) ? event.getLong(field) : 0;
    }

    /** Whether a field is there and true. */
    static boolean flag(RecordedEvent event, String field) {
        return event.hasField(field) && event.getBoolean(field);
    }

    private void keep(Object theirs, Object ours) {
        if (known.size() >= MOST_KEPT) {
            known.clear();
        }
        known.put(theirs, ours);
    }

    private CallStack convert(RecordedStackTrace trace) {
        List<Frame> converted = new ArrayList<>();
        for (RecordedFrame frame : trace.getFrames()) {
            RecordedMethod method = frame.getMethod();
            if (method != null && frame.isJavaFrame()) {
                converted.add(frame(method, frame.getLineNumber()));
            }
        }
        return stacks.computeIfAbsent(converted, CallStack::new);
    }

    /** Recordings have line numbers, but no names of source files. */
    private Frame frame(RecordedMethod method, int line) {
        Frame any = (Frame) known.get(method);
        if (any == null) {
            any = new Frame(Frames.stableName(method.getType().getName()), method.getName(), "");
            keep(method, any);
        }
        Frame mine = line > 0 ? new Frame(any.className(), any.method(), "line " + line) : any;
        return frames.computeIfAbsent(mine, key -> key);
    }

    private ThreadRef convert(RecordedThread thread) {
        boolean virtual = thread.hasField("virtual") && thread.getBoolean("virtual");
        String name = thread.getJavaName() == null ? thread.getOSName() : thread.getJavaName();
        long id = thread.getJavaThreadId();
        ThreadRef ref = new ThreadRef(
                id > 0 ? ThreadId.ofJava(id) : ThreadId.ofNative(Math.max(0, thread.getOSThreadId())),
                name == null ? "" : name,
                virtual);
        return threads.computeIfAbsent(ref, key -> key);
    }
}
