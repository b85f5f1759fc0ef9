package dev.whyhung.graph;

import dev.whyhung.model.DumpInfo;
import dev.whyhung.model.DumpTrace;
import dev.whyhung.model.Evidence;
import dev.whyhung.model.Sighting;
import dev.whyhung.model.ThreadSnapshot;
import dev.whyhung.model.Visible;
import java.util.List;
import java.util.Optional;

/** The latest dump before the examined one that could show a thread: a text dump tells nothing about virtual threads. */
final class Before {

    private final List<DumpTrace> earlier;

    Before(Evidence evidence) {
        earlier = evidence.earlier();
    }

    static boolean couldShow(DumpInfo dump, ThreadSnapshot thread) {
        return !thread.isVirtual() || dump.shows(Visible.UNMOUNTED_VIRTUAL_THREADS);
    }

    Optional<Sighting> of(ThreadSnapshot thread) {
        for (DumpTrace trace : earlier) {
            Sighting sighting = trace.of(thread.id());
            if (sighting != null || couldShow(trace.info(), thread)) {
                return Optional.ofNullable(sighting);
            }
        }
        return Optional.empty();
    }

    /** Whether it was not there yet, though it would have been shown. */
    boolean isWithout(ThreadSnapshot thread) {
        return of(thread).isEmpty() && earlier.stream().anyMatch(trace -> couldShow(trace.info(), thread));
    }
}
