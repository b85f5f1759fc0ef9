package dev.whyhung.diagnose.chronicle;

import dev.whyhung.model.DumpInfo;
import dev.whyhung.model.DumpTrace;
import dev.whyhung.model.ThreadDump;
import dev.whyhung.model.ThreadStatus;

/** How many threads of a dump were blocked at monitors, or parked or waiting. */
record DumpCounts(DumpInfo dump, long threads) {

    static long of(ThreadDump dump, boolean parked) {
        return dump.threads().stream()
                .filter(thread -> is(thread.status(), parked))
                .count();
    }

    static long of(DumpTrace trace, boolean parked) {
        long count = 0;
        for (int i = 0; i < trace.size(); i++) {
            count += is(trace.at(i).status(), parked) ? 1 : 0;
        }
        return count;
    }

    private static boolean is(ThreadStatus status, boolean parked) {
        return parked ? status.isParked() || status.isInObjectWait() : status == ThreadStatus.BLOCKED_ON_MONITOR_ENTER;
    }
}
