package dev.whyhung.rules;

import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.graph.thread.Wait;
import dev.whyhung.knowledge.Call;
import dev.whyhung.model.Frame;
import dev.whyhung.model.LockMention;
import java.util.List;

/** Why a virtual thread that waits cannot leave its carrier. */
enum PinReason {
    CLASS_INIT(
            "class-init",
            "a class initializer is on its stack, which has a frame of the JVM below it",
            "Initialize the class before virtual threads need it, on a platform thread at start, and do nothing in it that waits."),
    NATIVE(
            "native",
            "a native method is on its stack, which from JDK 24 on may be one that called back into Java and is not printed",
            "Run calls that come back from native code on a small pool of platform threads."),
    FILE(
            "file",
            "it is in a native call that opens, reads or writes a file or pipe, which keeps its carrier until it returns",
            "Read and write files and pipes that may keep one waiting on a small pool of platform threads."),
    MONITOR(
            "synchronized",
            "up to JDK 23 a synchronized block or method pins, and it is in one",
            "Run on JDK 24 or later, where synchronized no longer pins (JEP 491); until then use a ReentrantLock there."),
    NOT_SHOWN(
            "not-shown",
            "the dump does not show what pins it: a synchronized block up to JDK 23, a native frame or a class initializer",
            "Run on JDK 24 or later, where synchronized no longer pins (JEP 491); until then use a ReentrantLock around calls that wait.");

    static final int LAST_WITH_PINNING_MONITORS = 23;

    private final String kind;
    private final String because;
    private final String remedy;

    PinReason(String kind, String because, String remedy) {
        this.kind = kind;
        this.because = because;
        this.remedy = remedy;
    }

    String kind() {
        return kind;
    }

    /** As the end of a sentence. */
    String because() {
        return because;
    }

    String remedy() {
        return remedy;
    }

    static PinReason of(ThreadFacts mounted, int javaVersion) {
        List<Frame> frames = mounted.thread().stack().frames();
        boolean initializes = frames.stream().anyMatch(Frame::isClassInitializer);
        if (initializes || mounted.waitsFor().kind() == Wait.Kind.CLASS_INIT) {
            return CLASS_INIT;
        }
        if (hasNativeBelow(frames)) {
            return NATIVE;
        }
        if (mounted.waitsFor().is(Call.Kind.FILE)) {
            return FILE;
        }
        if (javaVersion > LAST_WITH_PINNING_MONITORS) {
            return NATIVE;
        }
        boolean inMonitor = mounted.thread().locks().stream()
                .anyMatch(mention -> mention.kind() == LockMention.Kind.LOCKED
                        || mention.kind() == LockMention.Kind.WAITING_TO_LOCK);
        return javaVersion > 0 && inMonitor ? MONITOR : NOT_SHOWN;
    }

    /** A native frame that called back into Java: not the one on top, in which the thread itself may wait. */
    private static boolean hasNativeBelow(List<Frame> frames) {
        for (int i = 1; i < frames.size(); i++) {
            Frame frame = frames.get(i);
            boolean upcall = frame.className().startsWith("java.lang.invoke.")
                    || frame.className().startsWith("jdk.internal.foreign.abi.");
            if (frame.location().equals("Native Method") || upcall) {
                return true;
            }
        }
        return false;
    }
}
