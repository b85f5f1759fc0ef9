package dev.whyhung.read.harvest;

import dev.whyhung.model.Frame;
import dev.whyhung.model.ThreadStatus;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a thread does where no state is printed, from the frames on top of its stack. */
public final class StatusOfFrames {

    private static final int TOP = 5;
    private static final String OBJECT = "java.lang.Object";

    private StatusOfFrames() {}

    /** The same with the name of a {@link Thread.State}, which tells waiting from running but not one wait from another. */
    public static ThreadStatus of(@Nullable String state, List<Frame> frames) {
        ThreadStatus byFrames = of(frames);
        if (state == null) {
            return frames.isEmpty() ? ThreadStatus.UNKNOWN : byFrames;
        }
        return switch (state) {
            case "BLOCKED" -> ThreadStatus.BLOCKED_ON_MONITOR_ENTER;
            case "WAITING" -> // javacores do not tell a wait that ends by itself from another
                byFrames.isInObjectWait()
                        ? ThreadStatus.IN_OBJECT_WAIT
                        : byFrames.isTimed() ? byFrames : ThreadStatus.PARKED;
            case "TIMED_WAITING" ->
                switch (byFrames) {
                    case IN_OBJECT_WAIT, IN_OBJECT_WAIT_TIMED -> ThreadStatus.IN_OBJECT_WAIT_TIMED;
                    case SLEEPING -> ThreadStatus.SLEEPING;
                    default -> ThreadStatus.PARKED_TIMED;
                };
            case "NEW" -> ThreadStatus.NEW;
            case "RUNNABLE" -> ThreadStatus.RUNNABLE;
            case "TERMINATED" -> ThreadStatus.TERMINATED;
            default -> ThreadStatus.UNKNOWN;
        };
    }

    public static ThreadStatus of(List<Frame> frames) {
        ThreadStatus found = ThreadStatus.RUNNABLE;
        for (Frame frame : frames.subList(0, Math.min(TOP, frames.size()))) {
            switch (frame.method()) {
                case "sleep", "sleep0", "sleepNanos", "sleepNanos0" -> {
                    return frame.className().equals("java.lang.Thread") || found.isParked()
                            ? ThreadStatus.SLEEPING
                            : found;
                }
                case "wait", "wait0" -> {
                    return frame.className().equals(OBJECT) ? waiting(frames) : found;
                }
                case "parkNanos", "parkUntil" -> found = ThreadStatus.PARKED_TIMED;
                case "park", "parkOnCarrierThread", "yieldContinuation" ->
                    found = found.isTimed() ? found : ThreadStatus.PARKED;
                default -> {}
            }
        }
        return found;
    }

    /**
     * {@code Object.wait()} calls {@code wait(0)}: whoever is seen to call the latter itself waits with a limit. In the JDK some pass on the
     * limit of their callers, which may be none.
     */
    private static ThreadStatus waiting(List<Frame> frames) {
        List<Frame> waits = frames.stream()
                .dropWhile(frame -> !frame.className().equals(OBJECT))
                .takeWhile(frame -> frame.className().equals(OBJECT))
                .toList();
        Optional<Frame> caller = frames.stream()
                .dropWhile(frame -> !frame.className().equals(OBJECT))
                .skip(waits.size())
                .findFirst();
        boolean limited =
                waits.stream().filter(frame -> frame.method().equals("wait")).count() == 1;
        boolean told =
                caller.filter(frame -> !frame.className().startsWith("java.")).isPresent();
        return limited && told ? ThreadStatus.IN_OBJECT_WAIT_TIMED : ThreadStatus.IN_OBJECT_WAIT;
    }
}
