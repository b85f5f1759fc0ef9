package dev.whyhung.read.join;

import dev.whyhung.model.Evidence;
import dev.whyhung.model.Recording;
import dev.whyhung.model.SchedulerReading;
import dev.whyhung.model.ThreadDump;
import dev.whyhung.read.bytes.Budget;
import dev.whyhung.read.harvest.FrameTable;
import dev.whyhung.read.harvest.Harvest;
import dev.whyhung.read.harvest.StackTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Sorts what the inputs of a run hold by process. */
public final class Processes implements Harvest {

    private static final int MOST_HELD = 20_000;

    private final Budget budget;
    private final StackTable table = new StackTable();
    private final Map<SchedulerReading, @Nullable Long> schedulers = new LinkedHashMap<>();
    private @Nullable FrameTable frames;
    private final List<EvidenceCollector> collectors = new ArrayList<>();
    private final List<Held> held = new ArrayList<>();
    private final List<ThreadDump> heapDumps = new ArrayList<>();
    private final List<Recording> recordings = new ArrayList<>();
    private long heldThreads;

    public Processes(Budget budget) {
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
        Held given = new Held(dump, Roster.of(dump));
        Kin kin = closest(given);
        if (kin != null && kin.isGuess() && heldThreads + dump.threads().size() <= MOST_HELD) {
            heldThreads += dump.threads().size();
            held.add(given);
        } else {
            (kin == null ? begin() : kin.collector).add(dump, given.roster);
        }
    }

    @Override
    public void heapDump(ThreadDump dump) {
        heapDumps.add(dump);
    }

    /** A dump whose process is but guessed: one that is given later may be closer, and the order must not count. */
    private record Held(ThreadDump dump, Roster roster) {}

    private static final Comparator<Held> BY_PLACE = Comparator.comparing(
                    (Held each) -> each.dump.info().source())
            .thenComparing(each -> each.dump.info().line());

    /** What has nothing in common with a process but that nothing speaks against it, not even the folder, is apart from it. */
    private void settle() {
        held.sort(BY_PLACE);
        for (Held each : held) {
            Kin kin = closest(each);
            EvidenceCollector its = kin == null || kin.isStrange() ? begin() : kin.collector;
            its.add(each.dump, each.roster);
        }
        held.clear();
    }

    private @Nullable Kin closest(Held given) {
        return collectors.stream()
                .map(collector -> Kin.of(collector, given))
                .filter(kin -> kin.relation != Relation.OTHER)
                .max(CLOSEST_LAST)
                .orElse(null);
    }

    /** A process that a dump may be of; among equals the names of the threads count, and the folder that it lies in. */
    private record Kin(EvidenceCollector collector, Relation relation, double likeness, double nearness) {

        static Kin of(EvidenceCollector collector, Held given) {
            return new Kin(
                    collector,
                    collector.relation(given.dump, given.roster),
                    collector.likeness(given.roster),
                    collector.nearness(given.dump));
        }

        boolean isGuess() {
            return relation == Relation.POSSIBLE && likeness == 0;
        }

        boolean isStrange() {
            return isGuess() && nearness == 0;
        }

        double closeness() {
            return 2 * likeness + nearness;
        }

        String source() {
            return collector.firstSource();
        }
    }

    private static final Comparator<Kin> CLOSEST_LAST = Comparator.comparing(Kin::relation)
            .thenComparingDouble(Kin::closeness)
            .thenComparing(Comparator.comparing(Kin::source).reversed());

    private EvidenceCollector begin() {
        EvidenceCollector collector = new EvidenceCollector();
        collectors.add(collector);
        return collector;
    }

    @Override
    public void recording(Recording recording) {
        recordings.add(recording);
    }

    /** To be called when all dumps have found their process. */
    private void sort(Recording recording) {
        collectors.stream()
                .filter(collector -> collector.holdsDumpsOf(recording))
                .findFirst()
                .or(() -> collectors.stream()
                        .filter(collector -> collector.accepts(recording))
                        .findFirst())
                .orElseGet(this::begin)
                .add(recording);
    }

    /** One entry a process, in order of first appearance; of recordings without dumps behind the others. */
    public List<Evidence> evidence() {
        if (collectors.isEmpty()) {
            heapDumps.forEach(this::dump);
        }
        settle();
        recordings.forEach(this::sort);
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
