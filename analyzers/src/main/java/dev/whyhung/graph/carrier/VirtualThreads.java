package dev.whyhung.graph.carrier;

import dev.whyhung.graph.thread.StackGroups;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.graph.thread.Wait;
import dev.whyhung.model.CallStack;
import dev.whyhung.model.DumpInfo;
import dev.whyhung.model.DumpTrace;
import dev.whyhung.model.Frame;
import dev.whyhung.model.Recording;
import dev.whyhung.model.ThreadSnapshot;
import dev.whyhung.model.ThreadStatus;
import dev.whyhung.model.Visible;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Signs that a process uses virtual threads, most of which a text dump does not show. */
public final class VirtualThreads {

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
    public static boolean areUsed(List<ThreadFacts> threads, StackGroups stacks) {
        if (stacks.stacks().stream().anyMatch(VirtualThreads::isOfCarrier)) {
            return true;
        }
        boolean helper = false;
        boolean worker = false;
        for (ThreadFacts thread : threads) {
            ThreadSnapshot.Kind kind = thread.thread().kind();
            if (kind == ThreadSnapshot.Kind.CARRIER || kind == ThreadSnapshot.Kind.VIRTUAL) {
                return true;
            }
            helper |= HELPER.matcher(thread.name()).matches();
            worker |= WORKER.matcher(thread.name()).matches();
        }
        return helper && worker;
    }

    /** The same of a dump before: carriers end after half a minute without work, while virtual threads wait on. */
    public static boolean wereUsed(DumpTrace trace) {
        boolean helper = false;
        boolean worker = false;
        for (int i = 0; i < trace.size() && !(helper && worker); i++) {
            String name = trace.at(i).name();
            helper |= HELPER.matcher(name).matches();
            worker |= name.startsWith("ForkJoinPool-") && WORKER.matcher(name).matches();
        }
        return helper && worker;
    }

    /** The same of a recording, whose dumps do not show them, while its events do. */
    public static boolean wereSeen(Recording recording) {
        boolean helper = false;
        boolean worker = false;
        for (Recording.Activity activity : recording.activities().values()) {
            if (activity.thread().virtual()) {
                return true;
            }
            String name = activity.thread().name();
            helper |= HELPER.matcher(name).matches();
            worker |= WORKER.matcher(name).matches();
        }
        return helper && worker;
    }

    /**
     * Whether nothing but the resting workers of the first fork-join pool may be their carriers, on a JVM that has virtual threads, while
     * no other thread serves requests: such a service is as well idle as hung.
     */
    public static boolean mayBeUsed(List<ThreadFacts> threads, DumpInfo dump) {
        return dump.javaVersion() >= FIRST_VERSION
                && threads.stream().noneMatch(thread -> thread.role().is("REQUEST"))
                && threads.stream()
                        .anyMatch(
                                thread -> thread.isIdle() && thread.thread().daemon() && isOfFirstPool(thread.name()));
    }

    private static final int FIRST_VERSION = 21;

    static boolean isOfFirstPool(String name) {
        return name.startsWith("ForkJoinPool-1-worker-");
    }

    /** Ready to run, without a carrier: never started to run, or woken and not yet taken up again. */
    public static boolean isQueued(ThreadSnapshot thread, DumpInfo dump) {
        if (!thread.isVirtual() || isMounted(thread, dump)) {
            return false;
        }
        boolean told = dump.shows(Visible.THREAD_STATES) && thread.status() != ThreadStatus.UNKNOWN;
        return told ? thread.status() == ThreadStatus.RUNNABLE : thread.stack().isEmpty();
    }

    /** On a carrier: linked to one, or, where no links are told, in frames that a parked one does not have on top. */
    static boolean isMounted(ThreadSnapshot thread, DumpInfo dump) {
        if (thread.mount() != null || parksOnCarrier(thread)) {
            return true;
        }
        boolean told = dump.shows(Visible.CARRIERS) && thread.status() != ThreadStatus.UNKNOWN;
        boolean mayRun = thread.status() == ThreadStatus.RUNNABLE || thread.status() == ThreadStatus.UNKNOWN;
        return !told
                && mayRun
                && !thread.stack().isEmpty()
                && !thread.stack().frames().get(0).className().equals("java.lang.VirtualThread");
    }

    /** Mounted although it waits. */
    static boolean isPinned(ThreadFacts mounted) {
        ThreadSnapshot thread = mounted.thread();
        boolean waits = thread.status() != ThreadStatus.RUNNABLE && thread.status() != ThreadStatus.UNKNOWN;
        return showsPin(mounted) || waits;
    }

    /** Whether a frame or lock line tells so; a state may be of another moment than the carrier, where the dump is no snapshot. */
    static boolean showsPin(ThreadFacts mounted) {
        return parksOnCarrier(mounted.thread()) || mounted.waitsFor().kind() == Wait.Kind.CLASS_INIT;
    }

    private static boolean parksOnCarrier(ThreadSnapshot thread) {
        return thread.stack().parksOnCarrier();
    }

    private static boolean isOfCarrier(CallStack stack) {
        return stack.frames().stream().map(Frame::qualifiedMethod).anyMatch(CARRIER_FRAMES::contains);
    }
}
