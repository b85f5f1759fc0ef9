package dev.whyhung.graph.thread;

import dev.whyhung.model.Frame;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The packages whose threads accept connections: who reads from a socket there serves one, and may do so for hours. */
public final class Acceptors {

    private static final Set<String> ACCEPTING =
            Set.of("accept", "poll-accept", "accept-turn", "select-loop", "nio2-port");

    private final Set<String> packages = new HashSet<>();

    public Acceptors(List<ThreadFacts> threads) {
        threads.stream()
                .filter(Acceptors::accepts)
                .flatMap(thread -> packageOf(thread).stream())
                .forEach(packages::add);
    }

    private static boolean accepts(ThreadFacts thread) {
        return thread.idle()
                .or(() -> thread.reading().passive(thread.name()))
                .filter(ACCEPTING::contains)
                .isPresent();
    }

    /** Whether the code of this thread is of the application, and not beside code that accepts connections. */
    public boolean areElsewhere(ThreadFacts thread) {
        return packageOf(thread).filter(name -> !packages.contains(name)).isPresent();
    }

    private static Optional<String> packageOf(ThreadFacts thread) {
        return thread.reading().appFrame().map(Frame::packageName);
    }
}
