package dev.whyhung.rules;

import dev.whyhung.finding.Exhibit;
import dev.whyhung.graph.Facts;
import dev.whyhung.model.Recording;
import dev.whyhung.model.Recording.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What recordings tell of memory that was taken from the process in the time before the dump.
 *
 * @param swap swap that filled
 * @param resident pages of the process that are gone; a heap that was given back looks the same
 */
record MemoryPressure(List<Exhibit> swap, List<Exhibit> resident) {

    private static final long NOTABLE = 64L << 20;
    private static final double FELL = .8;
    private static final Duration BEFORE = Duration.ofMinutes(5);
    /** Some readings are only taken when a part of the recording begins or ends. */
    private static final Duration AFTER = Duration.ofMinutes(1);

    static MemoryPressure of(Facts facts) {
        List<Exhibit> swap = new ArrayList<>();
        List<Exhibit> resident = new ArrayList<>();
        Instant dump = facts.recorded().instant(facts.dump()).orElse(null);
        for (Recording recording : facts.recorded().recordings()) {
            if (dump != null) {
                swap(recording, dump).ifPresent(swap::add);
                resident(recording, dump).ifPresent(resident::add);
            }
        }
        return new MemoryPressure(swap, resident);
    }

    boolean isShort() {
        return !swap.isEmpty();
    }

    boolean mayBeTaken() {
        return !resident.isEmpty();
    }

    List<Exhibit> signs() {
        return Stream.concat(swap.stream(), resident.stream()).toList();
    }

    /** The readings about the dump, and the one before them. */
    private static List<Reading> near(List<Reading> all, Instant dump) {
        List<Reading> until = all.stream()
                .filter(reading -> !reading.at().isAfter(dump.plus(AFTER)))
                .toList();
        int first = 0;
        while (first + 1 < until.size() && !until.get(first + 1).at().isAfter(dump.minus(BEFORE))) {
            first++;
        }
        return until.subList(first, until.size());
    }

    private static Optional<Exhibit> swap(Recording recording, Instant dump) {
        List<Reading> swapped = near(recording.swapped(), dump);
        if (swapped.isEmpty()) {
            return Optional.empty();
        }
        Reading first = swapped.get(0);
        Reading last = swapped.get(swapped.size() - 1);
        return last.value() - first.value() >= NOTABLE
                ? Optional.of(new Exhibit(
                        recording.source(),
                        "swap in use grew from " + megabytes(first) + " at " + Account.time(first.at()) + " to "
                                + megabytes(last) + " at " + Account.time(last.at())))
                : Optional.empty();
    }

    private static Optional<Exhibit> resident(Recording recording, Instant dump) {
        List<Reading> resident = near(recording.resident(), dump);
        if (resident.isEmpty()) {
            return Optional.empty();
        }
        Reading most =
                resident.stream().max(Comparator.comparing(Reading::value)).orElseThrow();
        Reading last = resident.get(resident.size() - 1);
        return most.value() - last.value() >= NOTABLE && last.value() < FELL * most.value()
                ? Optional.of(new Exhibit(
                        recording.source(),
                        "memory of the process that is not swapped out fell from " + megabytes(most) + " at "
                                + Account.time(most.at()) + " to " + megabytes(last)))
                : Optional.empty();
    }

    private static String megabytes(Reading reading) {
        return (reading.value() >> 20) + " MiB";
    }
}
