package dev.whyhung.diagnose.view;

import dev.whyhung.model.ThreadStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What threads of one kind, to all of whom the same happened, did over the dumps.
 *
 * @param names short form of their names
 * @param threads how many they are
 * @param activity what they are doing in the examined dump, or null if they are not in it
 * @param moments one for each dump, in time order
 */
public record History(String names, int threads, ThreadRow.@Nullable Activity activity, List<Moment> moments) {

    public History {
        moments = List.copyOf(moments);
    }

    /**
     * One dump.
     *
     * @param status what they were doing, or null if they were not there
     * @param moved whether they stood elsewhere or waited for something else in the dump before
     * @param cpuNanos CPU time that they used since then, all together; -1 if that is not printed
     */
    public record Moment(@Nullable ThreadStatus status, boolean moved, long cpuNanos) {}
}
