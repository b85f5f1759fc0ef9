package dev.whyhung.rules;

import dev.whyhung.graph.Facts;
import dev.whyhung.graph.thread.AcquireSite;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.knowledge.Call;
import dev.whyhung.model.Frame;
import java.util.Set;

/** The classes of java.util.concurrent at which threads meet. */
final class Rendezvous {

    private static final Set<String> CLASSES = Set.of("CountDownLatch", "CyclicBarrier", "Phaser", "Exchanger");
    private static final String PACKAGE = "java.util.concurrent.";

    private Rendezvous() {}

    /** Whether the application itself waits there: many libraries use a latch to wait for something else. */
    static boolean isOwn(Facts facts, ThreadFacts thread) {
        return AcquireSite.of(thread).stream()
                .limit(1)
                .map(Frame::className)
                .anyMatch(facts.knowledge()::isApplication);
    }

    static boolean isLatch(ThreadFacts thread) {
        String blocker = thread.thread().blockerClass();
        return blocker.isEmpty()
                ? thread.waitsFor().is(Call.Kind.LATCH) && className(thread).equals("CountDownLatch")
                : blocker.startsWith(PACKAGE + "CountDownLatch");
    }

    /** {@code CyclicBarrier}. */
    static String className(ThreadFacts thread) {
        return thread.thread().stack().frames().stream()
                .map(Frame::outerClass)
                .filter(name -> name.startsWith(PACKAGE))
                .map(name -> name.substring(PACKAGE.length()))
                .filter(CLASSES::contains)
                .findFirst()
                .orElse("barrier");
    }
}
