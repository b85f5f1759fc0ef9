package dev.whyhung.graph.judgement;

import dev.whyhung.graph.thread.StackGroups;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.graph.thread.Wait;
import dev.whyhung.graph.waitfor.WaitForGraph;
import dev.whyhung.knowledge.Call;
import java.util.EnumSet;
import java.util.Set;

/**
 * A process in which every thread waits for the progress of another one, without a limit: nobody runs, sleeps for a time, listens to
 * anything outside, or rests until there is work, and somebody expects the end of something. Whoever has come to meet others there waits
 * for ever.
 */
final class Standstill {

    /** A thread of the JVM that brings news from outside: the end of a child process. */
    private static final String REAPER = "process reaper";

    private static final Set<Call.Kind> FOR_PROGRESS = EnumSet.of(Call.Kind.LATCH, Call.Kind.FUTURE, Call.Kind.CLOSE);
    private static final String LATCH = "java.util.concurrent.CountDownLatch";

    private final WaitForGraph graph;
    private final boolean total;

    Standstill(StackGroups stacks, WaitForGraph graph) {
        this.graph = graph;
        total = !stacks.any(Standstill::mayAct) && stacks.any(Standstill::expectsEnd);
    }

    private static boolean mayAct(ThreadFacts thread) {
        return thread.isJvm()
                ? thread.name().startsWith(REAPER)
                : thread.thread().status().isTimed() || !isForProgress(thread.waitsFor());
    }

    /** Of a thread or a task: they are not to be there for good. */
    private static boolean expectsEnd(ThreadFacts thread) {
        return thread.waitsFor().is(Call.Kind.FUTURE) || thread.waitsFor().is(Call.Kind.CLOSE);
    }

    private static boolean isForProgress(Wait wait) {
        return wait.isExclusive() || wait.isOf(FOR_PROGRESS);
    }

    /** Waits at a barrier with others, since the dump before. */
    boolean lacksParty(ThreadFacts thread) {
        return total
                && thread.waitsFor().is(Call.Kind.LATCH)
                && thread.persistence().isMeasured()
                && thread.thread().stack().frames().stream()
                        .noneMatch(frame -> frame.className().startsWith(LATCH))
                && thread.waitsFor()
                        .resource()
                        .filter(barrier -> graph.waiters(barrier).size() > 1)
                        .isPresent();
    }
}
