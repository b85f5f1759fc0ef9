package dev.whyhung.graph.thread;

import dev.whyhung.model.ThreadRef;
import java.util.List;
import java.util.Optional;

/** Who holds a resource. What cannot be known is a value of its own, never a null. */
public sealed interface Holder {

    /** Printed by the JVM. */
    record Known(List<ThreadFacts> threads) implements Holder {

        public Known {
            threads = List.copyOf(threads);
        }
    }

    /** Concluded, with the certainty of the conclusion, 0 to 1; any of the threads may be it. */
    record Inferred(List<ThreadFacts> threads, String because, double certainty) implements Holder {

        public Inferred {
            threads = List.copyOf(threads);
        }
    }

    /**
     * The dump prints owners of such things, and this has none that lives.
     *
     * @param ended the thread that owned it to its end, where the JVM prints that
     */
    record Nobody(Optional<ThreadRef> ended) implements Holder {}

    /** Nothing of this kind has an owner that the JVM knows. */
    record NotOwnable(String because) implements Holder {}

    /** It may have an owner; this dump does not print it. */
    record NotShown(String because) implements Holder {}

    /** What extends the queue of the JDK tells its owner if it wants to, and may be a gate that nobody owns. */
    record NeedNotTell(String because) implements Holder {}

    /** The threads that hold it, as far as known. */
    default List<ThreadFacts> holders() {
        if (this instanceof Known known) {
            return known.threads();
        }
        return this instanceof Inferred inferred ? inferred.threads() : List.of();
    }

    /** Certainty of the edges from the resource to its holders. */
    default double edgeCertainty() {
        return this instanceof Inferred inferred ? inferred.certainty() : 1;
    }
}
