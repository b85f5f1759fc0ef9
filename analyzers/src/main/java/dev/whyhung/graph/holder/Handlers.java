package dev.whyhung.graph.holder;

import dev.whyhung.graph.thread.Pool;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.knowledge.Call;
import dev.whyhung.knowledge.Knowledge;
import dev.whyhung.model.Frame;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Pools of servers that an application wrote itself: a thread accepts connections, and the tasks of the pool are of the same class. A
 * handler with a connection for good has others that read from it, or reads itself; where no thread does, each task is a request.
 */
public final class Handlers {

    private static final Set<String> ACCEPTING = Set.of("accept", "poll-accept");
    private static final int SOME_WORKERS = 4;

    private final Knowledge knowledge;
    private final Set<String> accepting = new HashSet<>();
    private final boolean readers;

    public Handlers(List<ThreadFacts> threads, Knowledge knowledge) {
        this.knowledge = knowledge;
        threads.stream()
                .filter(thread -> thread.idle().filter(ACCEPTING::contains).isPresent())
                .flatMap(thread -> thread.reading().appFrame().stream())
                .map(Frame::outerClass)
                .forEach(accepting::add);
        readers = threads.stream().anyMatch(Handlers::readsAtRest);
    }

    private static boolean readsAtRest(ThreadFacts thread) {
        return thread.isPassive()
                && thread.reading()
                        .call()
                        .filter(call -> call.kind() == Call.Kind.READ)
                        .isPresent();
    }

    public boolean areIn(Pool pool) {
        return !readers
                && !accepting.isEmpty()
                && pool.workers().size() >= SOME_WORKERS
                && pool.workers().stream().allMatch(this::isHandler);
    }

    private boolean isHandler(ThreadFacts worker) {
        return worker.reading().isWorker()
                && !worker.reading().isEntry()
                && beginning(worker)
                        .filter(frame -> accepting.contains(frame.outerClass()))
                        .isPresent();
    }

    /** The first frame of the application. */
    private Optional<Frame> beginning(ThreadFacts worker) {
        List<Frame> frames = worker.thread().stack().frames();
        for (int i = frames.size() - 1; i >= 0; i--) {
            if (knowledge.isApplication(frames.get(i).className())) {
                return Optional.of(frames.get(i));
            }
        }
        return Optional.empty();
    }
}
