package dev.whyhung.graph.thread;

import dev.whyhung.knowledge.Knowledge;
import dev.whyhung.model.Frame;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The packages whose threads accept connections: who reads from a socket there serves one, and may do so for hours. */
public final class Acceptors {

    private static final Set<String> ACCEPTING =
            Set.of("accept", "poll-accept", "accept-turn", "select-loop", "nio2-port");

    private final Knowledge knowledge;
    private final Set<String> packages = new HashSet<>();
    private final Set<String> classes = new HashSet<>();

    public Acceptors(List<ThreadFacts> threads, Knowledge knowledge) {
        this.knowledge = knowledge;
        threads.stream()
                .filter(Acceptors::accepts)
                .flatMap(thread -> thread.reading().appFrame().stream())
                .forEach(frame -> {
                    packages.add(frame.packageName());
                    classes.add(frame.outerClass());
                });
    }

    private static boolean accepts(ThreadFacts thread) {
        return thread.idle()
                .or(() -> thread.reading().passive(thread.name()))
                .filter(ACCEPTING::contains)
                .isPresent();
    }

    /** Whether the code of this thread is of the application, and not beside code that accepts connections, nor reads what comes for that. */
    public boolean areElsewhere(ThreadFacts thread) {
        return thread.reading()
                        .appFrame()
                        .filter(frame -> !packages.contains(frame.packageName()))
                        .isPresent()
                && !readsForThem(thread);
    }

    /** Called by the class that accepts, by nothing but methods that are named for reading: in a call to another system some are not. */
    private boolean readsForThem(ThreadFacts thread) {
        List<Frame> own = thread.thread().stack().frames().stream()
                .filter(frame -> !frame.isHidden() && knowledge.isApplication(frame.className()))
                .toList();
        return own.stream().anyMatch(this::isOfThem)
                && own.stream()
                        .takeWhile(frame -> !isOfThem(frame))
                        .allMatch(frame ->
                                knowledge.isNamedAmong("listens", frame) || knowledge.isNamedAmong("parses", frame));
    }

    private boolean isOfThem(Frame frame) {
        return classes.contains(frame.outerClass());
    }
}
