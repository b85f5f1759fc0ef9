package dev.whyhung.read;

import dev.whyhung.model.ThreadDump;

/** Takes what formats read, and keeps what they share. */
interface Harvest {

    void dump(ThreadDump dump);

    /** The distinct stacks of all inputs of this run. */
    StackTable stacks();
}
