package dev.whyhung.read.harvest;

import dev.whyhung.model.Recording;
import dev.whyhung.model.SchedulerReading;
import dev.whyhung.model.ThreadDump;
import dev.whyhung.read.bytes.Budget;
import org.jspecify.annotations.Nullable;

/** Takes what formats read, and keeps what they share. */
public interface Harvest {

    void dump(ThreadDump dump);

    /** Takes the threads of a heap dump, which are used where there are no others. */
    default void heapDump(ThreadDump dump) {
        dump(dump);
    }

    /** Takes a recording, whose dumps have been handed over before. */
    void recording(Recording recording);
    /** A reading of the scheduler of virtual threads, of the process with this id where one is printed. */
    void scheduler(SchedulerReading reading, @Nullable Long pid);

    /** The distinct frames and stacks of what {@code Thread.dump_to_file} wrote. */
    FrameTable frames();

    /** The distinct stacks of all inputs of this run. */
    StackTable stacks();

    /** What the inputs of this run may still use up. */
    Budget budget();
}
