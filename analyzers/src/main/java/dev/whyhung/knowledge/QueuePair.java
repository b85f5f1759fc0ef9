package dev.whyhung.knowledge;

import dev.whyhung.model.CallStack;
import java.util.List;

/**
 * A queue inside a library: who puts into it, and who takes from it.
 *
 * @param id name of the pair: {@code logback-async}
 * @param producer frames of a thread that puts
 * @param consumer frames of a thread that takes and works
 */
public record QueuePair(String id, List<FramePattern> producer, List<FramePattern> consumer) {

    public QueuePair {
        producer = List.copyOf(producer);
        consumer = List.copyOf(consumer);
    }

    public boolean isProducer(CallStack stack) {
        return FramePattern.anyMatches(producer, stack.frames());
    }

    public boolean isConsumer(CallStack stack) {
        return FramePattern.anyMatches(consumer, stack.frames());
    }
}
