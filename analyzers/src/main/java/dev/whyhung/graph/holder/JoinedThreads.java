package dev.whyhung.graph.holder;

import dev.whyhung.graph.thread.Holder;
import dev.whyhung.graph.thread.Resource;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.graph.thread.Wait;
import dev.whyhung.knowledge.Knowledge;
import dev.whyhung.model.Frame;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which thread another waits for to end. No dump prints it; but the class of the object that it waits on is printed, and a thread of
 * a class of its own has the run method of that class at the bottom; a thread that runs a lambda betrays the method that made it.
 */
public final class JoinedThreads {

    private static final double ONE = .9;
    private static final double SEVERAL = .6;
    private static final int MOST = 64;
    private static final Holder UNKNOWN = new Holder.NotShown("a dump does not print which thread is joined");

    private final Knowledge knowledge;
    private final List<ThreadFacts> threads;
    private final Map<String, List<ThreadFacts>> byClass = new HashMap<>();
    private final NavigableMap<String, List<ThreadFacts>> byEntry = new TreeMap<>();

    JoinedThreads(List<ThreadFacts> threads, Knowledge knowledge) {
        this.knowledge = knowledge;
        this.threads = threads;
        for (ThreadFacts thread : threads) {
            if (!thread.isJvm()) {
                entry(thread, knowledge).ifPresent(frame -> {
                    byEntry.computeIfAbsent(frame.qualifiedMethod(), key -> new ArrayList<>())
                            .add(thread);
                    if (frame.method().equals("run")) {
                        byClass.computeIfAbsent(frame.className(), key -> new ArrayList<>())
                                .add(thread);
                    }
                });
            }
        }
    }

    /** The frame of the application in which a thread, that is no worker of a pool, began. */
    private static Optional<Frame> entry(ThreadFacts thread, Knowledge knowledge) {
        List<Frame> frames = thread.thread().stack().frames();
        for (int i = frames.size() - 1; i >= 0; i--) {
            Frame frame = frames.get(i);
            if (!frame.className().equals("java.lang.Thread") && !Producers.isLambdaClass(frame)) {
                return Optional.of(frame).filter(first -> knowledge.isApplication(first.className()));
            }
        }
        return Optional.empty();
    }

    Holder holder(Resource thread, ThreadFacts waiter) {
        boolean plain = thread.className().equals("java.lang.Thread");
        List<ThreadFacts> candidates = plain ? ofItsCode(waiter) : ofClass(thread.className());
        if (plain && candidates.isEmpty() && isLastOfItsKind(waiter)) {
            return new Holder.Inferred(List.of(waiter), "is the last of the threads that are joined here", SEVERAL);
        }
        if (candidates.isEmpty() || candidates.size() > MOST) {
            return UNKNOWN;
        }
        return new Holder.Inferred(
                candidates, "runs the code of the thread that is joined", candidates.size() == 1 ? ONE : SEVERAL);
    }

    private List<ThreadFacts> ofClass(String className) {
        return byClass.getOrDefault(className, List.of());
    }

    /** Those that run a lambda of the method which joins. */
    private List<ThreadFacts> ofItsCode(ThreadFacts waiter) {
        List<ThreadFacts> running = new ArrayList<>();
        waiter.reading()
                .appFrame()
                .map(JoinedThreads::lambdasOf)
                .ifPresent(lambdas -> byEntry.subMap(lambdas, lambdas + Character.MAX_VALUE)
                        .values()
                        .forEach(running::addAll));
        running.sort((one, other) -> one.id().compareTo(other.id()));
        return running;
    }

    /** Whether no other thread is left that may be joined there. */
    private boolean isLastOfItsKind(ThreadFacts waiter) {
        return isCalledBack(waiter, knowledge)
                && waiter.reading()
                        .appFrame()
                        .filter(site -> threads.stream()
                                .noneMatch(other -> other != waiter
                                        && !other.isJvm()
                                        && (isInside(other, site.outerClass())
                                                || beganIn(other, site.packageName())
                                                || mayBeAwaited(other))))
                        .isPresent();
    }

    /** Whether it waits in the class in which it began, and was called back there by others that it had called. */
    public static boolean isCalledBack(ThreadFacts thread, Knowledge knowledge) {
        String site = thread.reading().appFrame().map(Frame::outerClass).orElse("");
        return entry(thread, knowledge)
                        .map(Frame::outerClass)
                        .filter(site::equals)
                        .isPresent()
                && thread.thread().stack().frames().stream()
                        .anyMatch(frame -> knowledge.isApplication(frame.className())
                                && !frame.isHidden()
                                && !frame.outerClass().equals(site));
    }

    private static boolean isInside(ThreadFacts thread, String outerClass) {
        return thread.thread().stack().frames().stream()
                .anyMatch(frame -> frame.outerClass().equals(outerClass));
    }

    /** Main is not joined by what it started, and whoever lets time pass does not serve. */
    private boolean mayBeAwaited(ThreadFacts thread) {
        boolean pauses =
                thread.waitsFor().kind() == Wait.Kind.SLEEP && thread.reading().isEntry();
        return !pauses
                && entry(thread, knowledge)
                        .filter(frame -> !frame.method().equals("main"))
                        .isPresent();
    }

    private boolean beganIn(ThreadFacts thread, String packageName) {
        return entry(thread, knowledge)
                .filter(frame -> frame.packageName().equals(packageName))
                .isPresent();
    }

    private static String lambdasOf(Frame site) {
        return site.className() + '.' + Producers.lambdasOf(site);
    }
}
