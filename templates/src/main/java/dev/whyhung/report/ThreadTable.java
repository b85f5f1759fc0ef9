package dev.whyhung.report;

import dev.whyhung.diagnose.ProcessDiagnosis;
import dev.whyhung.diagnose.ThreadRow;
import dev.whyhung.model.ThreadSnapshot;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * All threads, in chunks: a browser lays out only the chunks in view, which a table of a hundred thousand rows does not allow.
 *
 * @param omitted number of threads left out
 */
record ThreadTable(List<List<Row>> chunks, int omitted) {

    private static final int CHUNK = 200;

    /**
     * A thread.
     *
     * @param name its name, shortened
     * @param stack anchor of its stack, or null
     * @param activity what it is doing, judged
     * @param state what it is doing, in the words of the JVM
     * @param pool the pool that it works for, else its role, else empty
     * @param cpu CPU time used, or empty
     */
    record Row(
            String name,
            String id,
            @Nullable String stack,
            String activity,
            String state,
            String pool,
            String waitsFor,
            String heldBy,
            String where,
            String cpu) {}

    static ThreadTable of(ProcessDiagnosis process, String prefix, Caps caps) {
        List<ThreadRow> shown = Caps.head(process.threads(), caps.threads());
        List<List<Row>> chunks = new ArrayList<>();
        for (int from = 0; from < shown.size(); from += CHUNK) {
            List<Row> chunk = new ArrayList<>(CHUNK);
            for (ThreadRow row : shown.subList(from, Math.min(from + CHUNK, shown.size()))) {
                chunk.add(row(row, prefix, caps));
            }
            chunks.add(chunk);
        }
        return new ThreadTable(chunks, process.threadCount() - shown.size());
    }

    private static Row row(ThreadRow row, String prefix, Caps caps) {
        ThreadSnapshot thread = row.thread();
        String pool = row.pool();
        return new Row(
                Legible.shortened(thread.name(), Wording.LONGEST_NAME),
                thread.id().text(),
                StackList.anchor(row.stackGroup(), prefix, caps),
                Wording.id(row.activity()),
                state(thread),
                pool != null
                        ? pool
                        : row.role().equals("OTHER") ? "" : row.role().toLowerCase(Locale.ROOT),
                orEmpty(row.waitsFor()),
                orEmpty(row.heldBy()),
                orEmpty(row.where()),
                thread.cpuNanos() < 0 ? "" : milliseconds(thread.cpuNanos()));
    }

    private static String state(ThreadSnapshot thread) {
        String state = Wording.id(thread.status()).replace('-', ' ');
        return switch (thread.kind()) {
            case PLATFORM, VM -> state;
            case CARRIER -> state + ", carrier";
            case VIRTUAL -> state + ", virtual";
        };
    }

    private static String milliseconds(long nanos) {
        return BigDecimal.valueOf(nanos, 6).setScale(0, RoundingMode.HALF_UP).toPlainString() + " ms";
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
