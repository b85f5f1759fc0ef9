package dev.whyhung.rules;

import dev.whyhung.graph.Facts;
import dev.whyhung.graph.thread.Spin;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.model.Frame;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A lock that an application has made of a flag and a loop; nothing but its names tells it from a poll. */
final class SpinLock {

    private static final Pattern METHOD = Pattern.compile("(spin)?(lock|acquire|enter)([A-Z_].*)?");
    private static final Pattern TYPE = Pattern.compile("Lock|Mutex|Guard");

    private SpinLock() {}

    /** Whether this thread and others have spun there from dump to dump, and nobody is in the code that calls it. */
    static boolean isAwaitedBy(Facts facts, ThreadFacts thread) {
        if (!spinsForLock(thread)) {
            return false;
        }
        Optional<Frame> caller = caller(thread);
        if (caller.isEmpty()) {
            return false;
        }
        String section = caller.get().qualifiedMethod();
        List<ThreadFacts> inside = facts.threads().stream()
                .filter(each -> each.thread().stack().frames().stream()
                        .anyMatch(frame -> frame.qualifiedMethod().equals(section)))
                .toList();
        return inside.size() > 1 && inside.stream().allMatch(each -> spinsForLock(each) && isSamePlace(each, thread));
    }

    private static boolean spinsForLock(ThreadFacts thread) {
        Optional<Spin> spin = thread.spin().filter(each -> each.dumps() > 1);
        return spin.isPresent()
                && thread.reading()
                        .appFrame()
                        .filter(frame -> METHOD.matcher(frame.method()).matches())
                        .filter(frame -> spin.get().kind() == Spin.Kind.WAITING
                                || TYPE.matcher(frame.className()
                                                .substring(frame.packageName().length()))
                                        .find())
                        .isPresent();
    }

    private static boolean isSamePlace(ThreadFacts one, ThreadFacts other) {
        return one.reading()
                .appFrame()
                .map(Frame::qualifiedMethod)
                .equals(other.reading().appFrame().map(Frame::qualifiedMethod));
    }

    private static Optional<Frame> caller(ThreadFacts thread) {
        List<Frame> frames = thread.thread().stack().frames();
        int lock = thread.reading().appFrame().map(frames::indexOf).orElse(-1);
        return lock >= 0 && lock + 1 < frames.size() ? Optional.of(frames.get(lock + 1)) : Optional.empty();
    }
}
