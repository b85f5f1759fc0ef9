package dev.whyhung.read;

import dev.whyhung.model.Evidence;
import dev.whyhung.model.Recording;
import dev.whyhung.model.SchedulerReading;
import dev.whyhung.model.ThreadDump;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Sorts what the inputs of a run hold by process. */
final class Processes implements Harvest {

    private final Budget budget;
    private final StackTable table = new StackTable();
    private final Map<SchedulerReading, @Nullable Long> schedulers = new LinkedHashMap<>();
    private @Nullable FrameTable frames;
    private final List<EvidenceCollector> collectors = new ArrayList<>();

    Processes(Budget budget) {
        this.budget = budget;
    }

    @Override
    public Budget budget() {
        return budget;
    }

    @Override
    public StackTable stacks() {
        return table;
    }

    @Override
    public FrameTable frames() {
        FrameTable made = frames == null ? new FrameTable() : frames;
        frames = made;
        return made;
    }

    @Override
    public void scheduler(SchedulerReading reading, @Nullable Long pid) {
        schedulers.put(reading, pid);
    }

    @Override
    public void dump(ThreadDump dump) {
        Roster roster = Roster.of(dump);
        Kin kin = null;
        for (EvidenceCollector collector : collectors) {
            Kin other = Kin.of(collector, dump, roster);
            boolean closer = kin == null || CLOSEST_LAST.compare(other, kin) >= 0;
            kin = other.relation != Relation.OTHER && closer ? other : kin;
        }
        (kin == null ? begin() : kin.collector).add(dump, roster);
    }

    /** A process that a dump may be of; among equals the names of the threads count, and the folder that it lies in. */
    private record Kin(EvidenceCollector collector, Relation relation, double likeness) {

        static Kin of(EvidenceCollector collector, ThreadDump dump, Roster roster) {
            return new Kin(
                    collector,
                    collector.relation(dump, roster),
                    2 * collector.likeness(roster) + collector.nearness(dump));
        }
    }

    private static final Comparator<Kin> CLOSEST_LAST =
            Comparator.comparing(Kin::relation).thenComparingDouble(Kin::likeness);

    private EvidenceCollector begin() {
        EvidenceCollector collector = new EvidenceCollector();
        collectors.add(collector);
        return collector;
    }

    @Override
    public void recording(Recording recording) {
        collectors.stream()
                .filter(collector -> collector.holdsDumpsOf(recording))
                .findFirst()
                .or(() -> collectors.stream()
                        .filter(collector -> collector.accepts(recording))
                        .findFirst())
                .orElseGet(this::begin)
                .add(recording);
    }

    /** One entry a process, in order of first appearance. */
    List<Evidence> evidence() {
        schedulers.forEach(this::sort);
        return collectors.stream().map(EvidenceCollector::evidence).toList();
    }

    /** A reading belongs to the process with its pid, or to the only one there is. */
    private void sort(SchedulerReading reading, @Nullable Long pid) {
        Optional<EvidenceCollector> named =
                collectors.stream().filter(collector -> collector.isOf(pid)).findFirst();
        if (named.isPresent()) {
            named.get().add(reading);
        } else if (collectors.size() == 1) {
            collectors.get(0).add(reading);
        }
    }
}
