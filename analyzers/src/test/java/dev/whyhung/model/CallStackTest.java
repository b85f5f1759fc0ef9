package dev.whyhung.model;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class CallStackTest {

    /** JDK 25: what {@code jstack} prints of a reflective call, and what {@code Thread.dump_to_file} does. */
    @Test
    void framesOfAReflectiveCallThatOneFormatHidesDoNotMoveAThread() {
        CallStack text = new CallStack(List.of(
                frame("java.lang.Thread", "sleepNanos0"),
                frame("java.lang.Thread", "sleep"),
                frame("com.acme.Quotes", "main"),
                frame("java.lang.invoke.LambdaForm$DMH", "invokeStatic"),
                frame("java.lang.invoke.LambdaForm$MH", "invoke"),
                frame("java.lang.invoke.Invokers$Holder", "invokeExact_MT"),
                frame("jdk.internal.reflect.DirectMethodHandleAccessor", "invokeImpl"),
                frame("jdk.internal.reflect.DirectMethodHandleAccessor", "invoke"),
                frame("java.lang.reflect.Method", "invoke")));
        CallStack json = new CallStack(List.of(
                frame("java.lang.Thread", "sleepNanos0"),
                frame("java.lang.Thread", "sleep"),
                frame("com.acme.Quotes", "main"),
                frame("jdk.internal.reflect.DirectMethodHandleAccessor", "invoke"),
                frame("java.lang.reflect.Method", "invoke")));
        CallStack elsewhere = new CallStack(List.of(
                frame("java.lang.Thread", "sleepNanos0"),
                frame("java.lang.Thread", "sleep"),
                frame("com.acme.Quotes", "main"),
                frame("java.lang.reflect.Method", "invoke")));

        assertTrue(text.isSamePlace(json));
        assertTrue(json.isSamePlace(text));
        assertFalse(text.isSamePlace(elsewhere));
    }

    /** JDK 21: from the park of a virtual thread to the read that its caller asked for there are more frames than are compared. */
    @Test
    void whoReadsOfAnotherSocketFromAnotherPlaceHasMoved() {
        CallStack request = reading("com.acme.Requests", "next");
        CallStack cards = reading("com.acme.Cards", "authorise");

        assertFalse(request.isSamePlace(cards));
        assertTrue(cards.isSamePlace(reading("com.acme.Cards", "authorise")));
        assertTrue(cards.isSamePlace(new CallStack(cards.frames().subList(0, CallStack.TOP_FRAMES))));
    }

    private static CallStack reading(String className, String method) {
        return new CallStack(List.of(
                frame("java.lang.VirtualThread", "park"),
                frame("java.lang.System$2", "parkVirtualThread"),
                frame("jdk.internal.misc.VirtualThreads", "park"),
                frame("java.util.concurrent.locks.LockSupport", "park"),
                frame("sun.nio.ch.Poller", "pollIndirect"),
                frame("sun.nio.ch.Poller", "poll"),
                frame("sun.nio.ch.NioSocketImpl", "park"),
                frame("sun.nio.ch.NioSocketImpl", "implRead"),
                frame("java.net.Socket$SocketInputStream", "read"),
                frame(className, method)));
    }

    private static Frame frame(String className, String method) {
        return new Frame(className, method, "");
    }
}
