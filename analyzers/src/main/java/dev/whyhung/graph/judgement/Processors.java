package dev.whyhung.graph.judgement;

import dev.whyhung.model.Recording;
import dev.whyhung.model.Recording.Load;
import dev.whyhung.model.Recording.Throttling;
import java.util.List;

/**
 * What share of the processors the process got, towards the end of a recording.
 *
 * @param machine load of the whole machine, 0 to 1
 * @param jvm the part of it that is this JVM's
 * @param throttled share of the container's time slices in which its CPU quota was used up
 */
public record Processors(double machine, double jvm, double throttled) {

    private static final double FULL = .95;
    private static final double SMALL = .5;
    private static final double SOME = .03;
    private static final int LAST_SECONDS = 15;

    public static Processors of(Recording recording) {
        List<Load> all = recording.loads();
        List<Load> loads = all.subList(Math.max(0, all.size() - LAST_SECONDS), all.size());
        return new Processors(
                loads.stream().mapToDouble(Load::machine).average().orElse(0),
                loads.stream().mapToDouble(Load::jvm).average().orElse(0),
                throttled(recording.throttlings()));
    }

    private static double throttled(List<Throttling> samples) {
        if (samples.size() < 2) {
            return 0;
        }
        Throttling first = samples.get(0);
        Throttling last = samples.get(samples.size() - 1);
        long slices = last.slices() - first.slices();
        return slices <= 0 ? 0 : (double) (last.throttledSlices() - first.throttledSlices()) / slices;
    }

    /** Whether the machine is full, and this JVM, which is not idle, has the smaller part of it. */
    public boolean areTakenByOthers() {
        return machine >= FULL && jvm < SMALL && jvm > SOME;
    }
}
