package dev.whyhung.diagnose.chronicle;

import java.time.Instant;
import java.util.List;

/**
 * Whose code ran in some time, by what its threads are for: samples that a recording took.
 *
 * @param title which time, as a phrase
 * @param rows by role, most samples of running code first
 */
public record RoleSamples(String title, Instant from, Instant to, List<Row> rows) {

    public RoleSamples {
        rows = List.copyOf(rows);
    }

    /**
     * The threads of one role.
     *
     * @param threads how many of them were sampled
     * @param running samples of Java code that ran
     * @param inNative samples of native code, where a thread may wait as well
     * @param busiest name of the thread with most of them
     * @param most so many
     */
    public record Row(String role, int threads, long running, long inNative, String busiest, long most) {}
}
