package dev.whyhung.read;

import dev.whyhung.model.Recording;
import dev.whyhung.model.ThreadDump;

/** Takes what formats read, and keeps what they share. */
interface Harvest {

    void dump(ThreadDump dump);

    /** Takes a recording, whose dumps have been handed over before. */
    void recording(Recording recording);

    /** The distinct stacks of all inputs of this run. */
    StackTable stacks();

    /** What the inputs of this run may still use up. */
    Budget budget();
}
