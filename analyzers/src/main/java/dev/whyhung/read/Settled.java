package dev.whyhung.read;

import dev.whyhung.model.InputReport;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * What became of an input; its checksum may still be worked out.
 *
 * @param bytes its size as far as it was read, or -1 as long as that is open
 * @param sum its checksum, or null if it was not read to its end or is too long for one
 */
record Settled(InputReport report, long bytes, @Nullable Future<String> sum) {

    static final long OPEN = -1;

    InputReport whole() {
        try {
            return report.ofContent(Math.max(0, bytes), sum == null ? null : sum.get());
        } catch (ExecutionException unreadable) {
            return report.ofContent(bytes, null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return report.ofContent(bytes, null);
        }
    }
}
