package dev.whyhung.diagnose.view;

/**
 * A pool and what its workers are doing; the counts add up to its size.
 *
 * @param name the common part of their names
 * @param role their role, {@code REQUEST}, or {@code OTHER}
 */
public record PoolRow(String name, String role, int stuck, int waiting, int running, int idle) {

    public int size() {
        return stuck + waiting + running + idle;
    }
}
