package dev.whyhung.report;

import dev.whyhung.diagnose.view.PoolRow;
import java.util.List;
import java.util.stream.Stream;

/**
 * A pool as a bar.
 *
 * @param parts what its workers are doing, the worst first
 */
record PoolBar(String name, String role, int size, List<Part> parts) {

    /** Workers that do the same, and their share of the pool as a percentage. */
    record Part(String activity, int threads, String percent) {}

    static PoolBar of(PoolRow pool) {
        List<Part> parts = Stream.of(
                        part("stuck", pool.stuck(), pool.size()),
                        part("waiting", pool.waiting(), pool.size()),
                        part("running", pool.running(), pool.size()),
                        part("idle", pool.idle(), pool.size()))
                .filter(part -> part.threads() > 0)
                .toList();
        return new PoolBar(
                pool.name(), pool.role().equals("OTHER") ? "" : Wording.role(pool.role()), pool.size(), parts);
    }

    private static Part part(String activity, int threads, int size) {
        String percent = Wording.rounded(100.0 * threads / Math.max(1, size), 2).toPlainString();
        return new Part(activity, threads, percent);
    }
}
