package dev.whyhung.model;

/**
 * The scheduler of virtual threads, as {@code jcmd Thread.vthread_scheduler} prints it.
 *
 * @param source the input
 * @param line line in it
 * @param parallelism carriers that may run at a time
 * @param size carriers there are
 * @param active carriers that have a virtual thread
 * @param running carriers that are not blocked
 * @param steals a counter that moves when virtual threads are taken up
 * @param queued virtual threads that wait for a carrier
 */
public record SchedulerReading(
        String source, int line, int parallelism, int size, int active, int running, long steals, long queued) {

    /** Every carrier is taken and blocked, and virtual threads wait for one. */
    public boolean isStarved() {
        return active >= parallelism && running == 0 && queued > 0;
    }
}
