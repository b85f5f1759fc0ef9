package dev.whyhung.read;

import dev.whyhung.model.InputReport;
import dev.whyhung.model.Recording;
import dev.whyhung.model.SchedulerReading;
import dev.whyhung.model.ThreadDump;
import dev.whyhung.read.bytes.Budget;
import dev.whyhung.read.bytes.Limits;
import dev.whyhung.read.harvest.FrameTable;
import dev.whyhung.read.harvest.Harvest;
import dev.whyhung.read.harvest.StackTable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A harvest of dumps into a list, and of recordings into another. */
public record Kept(List<ThreadDump> dumps, List<Recording> recordings, StackTable stacks, Budget budget)
        implements Harvest {

    Kept(List<ThreadDump> dumps, StackTable stacks, Budget budget) {
        this(dumps, new ArrayList<>(), stacks, budget);
    }

    public Kept(List<ThreadDump> dumps) {
        this(dumps, new StackTable(), new Budget(Limits.STANDARD, bytes -> {}));
    }

    /** Reads an input into the list. */
    public List<InputReport> read(Source source) {
        List<InputReport> reports = new Unpacker(this, new Checksums())
                .read(source).stream().map(Settled::whole).toList();
        reports.forEach(Invariants::checkForBugs);
        return reports;
    }

    @Override
    public FrameTable frames() {
        return new FrameTable();
    }

    @Override
    public void scheduler(SchedulerReading reading, @Nullable Long pid) {}

    @Override
    public void recording(Recording recording) {
        recordings.add(recording);
    }

    @Override
    public void dump(ThreadDump dump) {
        dumps.add(dump);
    }
}
