package dev.whyhung.graph;

import dev.whyhung.model.Frame;
import dev.whyhung.model.ThreadSnapshot;
import java.util.Set;

/** Signs that a process uses virtual threads, most of which a text dump does not show. */
final class VirtualThreads {

    private static final Set<String> CARRIER_FRAMES = Set.of(
            "jdk.internal.vm.Continuation.run",
            "java.lang.VirtualThread.runContinuation",
            "jdk.internal.misc.CarrierThread.run");

    private VirtualThreads() {}

    /** A carrier or a mounted virtual thread. {@code VirtualThread-unblocker} alone is started by jcmd itself. */
    static boolean showsTheirUse(ThreadFacts thread) {
        ThreadSnapshot.Kind kind = thread.thread().kind();
        return kind == ThreadSnapshot.Kind.CARRIER
                || kind == ThreadSnapshot.Kind.VIRTUAL
                || thread.thread().stack().frames().stream()
                        .map(Frame::qualifiedMethod)
                        .anyMatch(CARRIER_FRAMES::contains);
    }
}
