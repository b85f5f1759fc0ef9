package dev.whyhung.graph;

import dev.whyhung.knowledge.Knowledge;
import dev.whyhung.model.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Which running task a thread that waits for a result may be waiting for. No dump says so; the code does: a task is usually a
 * lambda of the method that waits for it, or of the same class.
 */
final class Producers {

    private static final double SAME_CODE = .6;
    private static final double SAME_FILE = .3;

    /** A thread that runs a task, and the task's own first frame. */
    private record Running(ThreadFacts thread, Frame entry) {}

    private final Knowledge knowledge;
    private final List<Running> running = new ArrayList<>();

    Producers(List<ThreadFacts> threads, Knowledge knowledge) {
        this.knowledge = knowledge;
        for (ThreadFacts thread : threads) {
            if (!thread.isIdle() && thread.reading().taskIndex() > 0) {
                entry(thread).ifPresent(frame -> running.add(new Running(thread, frame)));
            }
        }
    }

    /** The application frame that the task began with. */
    private Optional<Frame> entry(ThreadFacts thread) {
        List<Frame> frames = thread.thread().stack().frames();
        for (int i = thread.reading().taskIndex() - 1; i >= 0; i--) {
            if (knowledge.isApplication(frames.get(i).className())) {
                return Optional.of(frames.get(i));
            }
        }
        return Optional.empty();
    }

    Holder holder(ThreadFacts waiter) {
        Optional<Frame> site = waiter.reading().appFrame();
        if (site.isEmpty() || running.isEmpty()) {
            return UNKNOWN;
        }
        List<Frame> stack = waiter.thread().stack().frames();
        List<ThreadFacts> sameCode = matching(waiter, entry -> isStartedBy(entry, site.get(), stack));
        if (!sameCode.isEmpty()) {
            return new Holder.Inferred(sameCode, "runs a task of " + site.get().className(), SAME_CODE);
        }
        List<ThreadFacts> sameFile =
                matching(waiter, entry -> entry.outerClass().equals(site.get().outerClass()));
        return sameFile.isEmpty()
                ? UNKNOWN
                : new Holder.Inferred(sameFile, "runs a task of " + site.get().outerClass(), SAME_FILE);
    }

    private static final Holder UNKNOWN = new Holder.NotShown("no dump says which thread completes a result");

    private List<ThreadFacts> matching(ThreadFacts waiter, Predicate<Frame> test) {
        List<ThreadFacts> matching = new ArrayList<>();
        for (Running candidate : running) {
            if (candidate.thread() != waiter && test.test(candidate.entry())) {
                matching.add(candidate.thread());
            }
        }
        return matching;
    }

    /** A lambda of a method that the waiter is in, or a method of the waiter's class by reference. */
    private static boolean isStartedBy(Frame entry, Frame site, List<Frame> stack) {
        if (!entry.method().startsWith("lambda$")) {
            return entry.className().equals(site.className());
        }
        return stack.stream()
                .anyMatch(frame -> frame.className().equals(entry.className())
                        && entry.method().startsWith("lambda$" + frame.method() + "$"));
    }
}
