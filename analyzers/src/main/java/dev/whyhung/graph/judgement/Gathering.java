package dev.whyhung.graph.judgement;

import dev.whyhung.graph.thread.Persistence;
import dev.whyhung.graph.thread.Pool;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.graph.thread.Wait;
import dev.whyhung.graph.time.Silence;
import dev.whyhung.model.DumpTrace;
import dev.whyhung.model.Evidence;
import dev.whyhung.model.Frame;
import dev.whyhung.model.Sighting;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Workers who have all come to one place since the dump before. Each of them has moved, but only to where it waits now: a pool whose
 * workers idled or stood here and there and now stand in one call is no pool that makes progress. Where most of them stood in that
 * call before as well, or a recording tells that they have just gone on from wait to wait, they pass through it. Of event loops, few
 * are enough: a loop that waits has come to the wrong place.
 */
public final class Gathering {

    private static final int POOL_SIZE = 4;

    private final List<DumpTrace> earlier;
    private final Silence silence;

    public Gathering(Evidence evidence, Silence silence) {
        earlier = evidence.earlier();
        this.silence = silence;
    }

    public void judge(Pool pool) {
        boolean few = pool.workers().size() < POOL_SIZE && !pool.role().is("EVENT_LOOP");
        if (earlier.isEmpty() || few) {
            return;
        }
        Map<Frame, List<ThreadFacts>> places = new HashMap<>();
        for (ThreadFacts worker : pool.workers()) {
            if (worker.waitsFor().kind() != Wait.Kind.NONE && !worker.isIdle()) {
                worker.where()
                        .ifPresent(place -> places.computeIfAbsent(place, key -> new ArrayList<>())
                                .add(worker));
            }
        }
        places.forEach((place, workers) -> {
            boolean nearlyAll = workers.size() * 10 >= pool.workers().size() * 9;
            long stayed = workers.stream()
                    .filter(worker -> stoodAt(place, worker) || isLively(worker))
                    .count();
            if (nearlyAll && stayed * 2 < workers.size()) {
                workers.stream().filter(Gathering::hasMoved).forEach(ThreadFacts::markArrived);
            }
        });
    }

    private boolean isLively(ThreadFacts worker) {
        return silence.of(worker.thread()).kind() == Persistence.Kind.PROGRESS;
    }

    /** Who computed below this frame, and waits there now, has come to the wait since. */
    private boolean stoodAt(Frame place, ThreadFacts worker) {
        Sighting before = earlier.get(0).of(worker.id());
        return before != null
                && before.status() == worker.thread().status()
                && before.stack().frames().contains(place);
    }

    private static boolean hasMoved(ThreadFacts worker) {
        return worker.persistence().kind() == Persistence.Kind.PROGRESS;
    }
}
