package dev.whyhung.rules;

import dev.whyhung.graph.Facts;
import dev.whyhung.model.Recording;
import dev.whyhung.model.Recording.Reading;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What recordings tell of memory that was taken from the process: swap that filled, and pages that are gone. */
final class MemoryPressure {

    private static final long NOTABLE = 64L << 20;
    private static final double FELL = .8;

    private MemoryPressure() {}

    static List<Exhibit> signs(Facts facts) {
        List<Exhibit> signs = new ArrayList<>();
        for (Recording recording : facts.recorded().recordings()) {
            swap(recording, signs);
            resident(recording, signs);
        }
        return signs;
    }

    private static void swap(Recording recording, List<Exhibit> signs) {
        List<Reading> swapped = recording.swapped();
        if (swapped.isEmpty()) {
            return;
        }
        Reading first = swapped.get(0);
        Reading last = swapped.get(swapped.size() - 1);
        if (last.value() - first.value() >= NOTABLE) {
            signs.add(new Exhibit(
                    recording.source(),
                    1,
                    "swap in use grew from " + megabytes(first) + " at " + Account.time(first.at()) + " to "
                            + megabytes(last) + " at " + Account.time(last.at())));
        }
    }

    /** A heap that was given back looks the same; together with threads that get no CPU, it is not likely. */
    private static void resident(Recording recording, List<Exhibit> signs) {
        List<Reading> resident = recording.resident();
        if (resident.isEmpty()) {
            return;
        }
        Reading most =
                resident.stream().max(Comparator.comparing(Reading::value)).orElseThrow();
        Reading last = resident.get(resident.size() - 1);
        if (most.value() - last.value() >= NOTABLE && last.value() < FELL * most.value()) {
            signs.add(new Exhibit(
                    recording.source(),
                    1,
                    "memory of the process that is not swapped out fell from " + megabytes(most) + " at "
                            + Account.time(most.at()) + " to " + megabytes(last)));
        }
    }

    private static String megabytes(Reading reading) {
        return (reading.value() >> 20) + " MiB";
    }
}
