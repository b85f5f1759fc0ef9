package dev.whyhung.rules;

import dev.whyhung.graph.Facts;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.graph.thread.Wait;
import dev.whyhung.model.Frame;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Threads that the application runs for good, and that may rest until somebody comes who rests himself. */
final class Standby {

    private Standby() {}

    /** Whether nobody has called these, and a request or a tick may bring what they wait for. */
    static boolean mayRest(Facts facts, List<ThreadFacts> waiters) {
        return waiters.stream().allMatch(Standby::isOfItsOwn)
                && facts.any(thread -> mayAsk(thread) || isTimer(facts, thread));
    }

    /** Whether these wait in the background of a server whose workers are at rest: for work, by design. */
    static boolean isBesideServer(Facts facts, List<ThreadFacts> waiters) {
        return waiters.stream().allMatch(Standby::isOfItsOwn)
                && facts.any(thread -> thread.role().is("REQUEST") && thread.isIdle());
    }

    /** Whether another thread of their package rests as they do: once that one goes on, so may these. */
    static boolean mayFollow(Facts facts, List<ThreadFacts> waiters) {
        Set<String> packages =
                waiters.stream().flatMap(waiter -> packageOf(waiter).stream()).collect(Collectors.toSet());
        return waiters.stream().allMatch(Standby::isOfItsOwn)
                && facts.any(thread -> restsIn(packages, thread) && !waiters.contains(thread));
    }

    private static boolean isOfItsOwn(ThreadFacts thread) {
        return !thread.serves()
                && !thread.reading().isJob()
                && !thread.reading().isWorker()
                && !thread.isOverdue()
                && !thread.thread().isVirtual();
    }

    private static boolean mayAsk(ThreadFacts thread) {
        return thread.serves() && !thread.isJvm() && !thread.isStuck();
    }

    /** A scheduler or timer, whose next task may be due. */
    static boolean isTimer(Facts facts, ThreadFacts thread) {
        return !thread.isJvm()
                && thread.thread().stack().frames().stream()
                        .anyMatch(frame -> facts.knowledge().isAmong("ticks", frame));
    }

    /** Until it is notified, in the first method of the thread. */
    private static boolean restsIn(Set<String> packages, ThreadFacts thread) {
        return thread.waitsFor().kind() == Wait.Kind.SIGNAL
                && isOfItsOwn(thread)
                && packageOf(thread).filter(packages::contains).isPresent();
    }

    private static Optional<String> packageOf(ThreadFacts thread) {
        return thread.reading()
                .appFrame()
                .map(Frame::className)
                .map(name -> name.substring(0, Math.max(0, name.lastIndexOf('.'))))
                .filter(name -> !name.isEmpty());
    }
}
