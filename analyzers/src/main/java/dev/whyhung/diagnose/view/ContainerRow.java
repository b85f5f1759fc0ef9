package dev.whyhung.diagnose.view;

import dev.whyhung.model.ThreadId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An executor or scope, and what its threads are doing.
 *
 * @param name what people call it
 * @param depth how many containers stand around it; the root has none
 * @param owner the thread that opened the scope, or null
 * @param threads its own threads by what they are doing, without those of containers inside it
 */
public record ContainerRow(String name, int depth, @Nullable ThreadId owner, Map<ThreadRow.Activity, Integer> threads) {

    public ContainerRow {
        threads = Map.copyOf(threads);
    }

    public int size() {
        return threads.values().stream().mapToInt(Integer::intValue).sum();
    }

    public int of(ThreadRow.Activity activity) {
        return threads.getOrDefault(activity, 0);
    }
}
