package dev.whyhung.read;

import dev.whyhung.model.Recording;
import dev.whyhung.model.ThreadDump;
import java.util.List;

/** A harvest of dumps into a list. */
record Kept(List<ThreadDump> dumps, StackTable stacks, Budget budget) implements Harvest {

    Kept(List<ThreadDump> dumps) {
        this(dumps, new StackTable(), new Budget(Limits.STANDARD));
    }

    @Override
    public void recording(Recording recording) {}

    @Override
    public void dump(ThreadDump dump) {
        dumps.add(dump);
    }
}
