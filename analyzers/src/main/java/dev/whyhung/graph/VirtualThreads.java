package dev.whyhung.graph;

import dev.whyhung.model.Frame;
import dev.whyhung.model.ThreadSnapshot;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Signs that a process uses virtual threads, most of which a text dump does not show. */
final class VirtualThreads {

    private static final Set<String> CARRIER_FRAMES = Set.of(
            "jdk.internal.vm.Continuation.run",
            "java.lang.VirtualThread.runContinuation",
            "jdk.internal.misc.CarrierThread.run");
    private static final Pattern HELPER =
            Pattern.compile("VirtualThread-un(?:blocker|parker)|MasterPoller|(?:Read|Write)-Poller");
    private static final Pattern WORKER = Pattern.compile("ForkJoinPool-\\d+-worker-\\d+");

    private VirtualThreads() {}

    /**
     * Whether a carrier or a mounted virtual thread is seen. Idle carriers look like the workers of any fork-join pool: these
     * count beside a helper of the virtual threads. A helper alone does not; jcmd itself may start one.
     */
    static boolean areUsed(List<ThreadFacts> threads) {
        boolean helper = false;
        boolean worker = false;
        for (ThreadFacts thread : threads) {
            if (isCarrierOrMounted(thread)) {
                return true;
            }
            helper |= HELPER.matcher(thread.name()).matches();
            worker |= WORKER.matcher(thread.name()).matches();
        }
        return helper && worker;
    }

    private static boolean isCarrierOrMounted(ThreadFacts thread) {
        ThreadSnapshot.Kind kind = thread.thread().kind();
        return kind == ThreadSnapshot.Kind.CARRIER
                || kind == ThreadSnapshot.Kind.VIRTUAL
                || thread.thread().stack().frames().stream()
                        .map(Frame::qualifiedMethod)
                        .anyMatch(CARRIER_FRAMES::contains);
    }
}
