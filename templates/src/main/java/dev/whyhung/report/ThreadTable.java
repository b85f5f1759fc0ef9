package dev.whyhung.report;

import dev.whyhung.diagnose.ProcessDiagnosis;
import dev.whyhung.diagnose.RankedFinding;
import dev.whyhung.diagnose.ResourceRow;
import dev.whyhung.diagnose.ThreadRow;
import dev.whyhung.model.ThreadId;
import dev.whyhung.model.ThreadSnapshot;
import dev.whyhung.rules.Culprit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All threads, culprits first, then by id, in chunks: a browser lays out only the chunks in view, which a table of a hundred
 * thousand rows does not allow.
 *
 * @param omitted number of threads left out
 */
record ThreadTable(List<List<Row>> chunks, int omitted) {

    private static final int CHUNK = 200;
    private static final int MOST_HELD = 4;

    /**
     * A thread.
     *
     * @param name its name, shortened
     * @param stack anchor of its stack, or null
     * @param warning what is wrong with it, or empty
     * @param activity what it is doing, judged
     * @param state what it is doing, in the words of the JVM
     * @param pool the pool that it works for, else its role, else empty
     * @param resource anchor of what it waits for, or null
     * @param holds what it holds that others wait for
     * @param unchanged for how long it is known to have stood like this, or empty
     * @param cpu CPU time used, or empty
     * @param age time since its start, or empty
     */
    record Row(
            String anchor,
            String name,
            String id,
            @Nullable String stack,
            String warning,
            String activity,
            String state,
            String pool,
            String waitsFor,
            @Nullable String resource,
            String heldBy,
            List<ResourceTable.Link> holds,
            String where,
            String unchanged,
            String cpu,
            String age) {}

    static String anchor(ThreadId id, String prefix) {
        return prefix + "thread-" + id.text();
    }

    /** The threads that the table of this process has room for, in its order. */
    static Set<ThreadId> listed(ProcessDiagnosis process, Caps caps) {
        Set<ThreadId> listed = culprits(process);
        listed.removeIf(id -> Wording.row(process, id) == null);
        for (ThreadRow row : process.threads()) {
            if (listed.size() >= caps.threads()) {
                break;
            }
            listed.add(row.thread().id());
        }
        return listed;
    }

    private static Set<ThreadId> culprits(ProcessDiagnosis process) {
        Set<ThreadId> culprits = new LinkedHashSet<>();
        for (RankedFinding finding : Wording.leading(process)) {
            finding.finding().culprits().stream().map(Culprit::id).forEach(culprits::add);
        }
        return culprits;
    }

    static ThreadTable of(ProcessDiagnosis process, Set<ThreadId> listed, String prefix, Caps caps) {
        Set<ThreadId> culprits = culprits(process);
        List<List<Row>> chunks = new ArrayList<>();
        List<Row> chunk = new ArrayList<>();
        for (ThreadId id : listed) {
            ThreadRow row = Wording.row(process, id);
            if (row != null) {
                chunk.add(row(process, row, culprits.contains(id), prefix, caps));
            }
            if (chunk.size() == CHUNK) {
                chunks.add(chunk);
                chunk = new ArrayList<>();
            }
        }
        if (!chunk.isEmpty()) {
            chunks.add(chunk);
        }
        return new ThreadTable(chunks, process.threadCount() - listed.size());
    }

    private static Row row(ProcessDiagnosis process, ThreadRow row, boolean culprit, String prefix, Caps caps) {
        ThreadSnapshot thread = row.thread();
        String pool = row.pool();
        return new Row(
                anchor(thread.id(), prefix),
                Legible.shortened(thread.name(), Wording.LONGEST_NAME),
                thread.id().text(),
                StackList.anchor(row.stackGroup(), prefix, caps),
                warning(row, culprit),
                Wording.id(row.activity()),
                state(thread),
                pool != null
                        ? pool
                        : row.role().equals("OTHER") ? "" : row.role().toLowerCase(Locale.ROOT),
                orEmpty(row.waitsFor()),
                row.resource() < 0 || row.resource() >= caps.resources()
                        ? null
                        : ResourceTable.anchor(row.resource(), prefix),
                orEmpty(row.heldBy()),
                holds(process, row, prefix, caps),
                orEmpty(row.where()),
                row.unchanged().isZero() ? "" : Wording.duration(row.unchanged()),
                thread.cpuNanos() < 0 ? "" : Wording.cpu(thread.cpuNanos()),
                thread.elapsedNanos() < 0 ? "" : Wording.duration(Duration.ofNanos(thread.elapsedNanos())));
    }

    private static String warning(ThreadRow row, boolean culprit) {
        if (culprit) {
            return "culprit";
        }
        if (row.holds().isEmpty()) {
            return "";
        }
        return switch (row.activity()) {
            case STUCK -> "holds and waits";
            case IDLE -> "idle, yet holds";
            case WAITING, RUNNING, PASSIVE, JVM -> "holds";
        };
    }

    private static List<ResourceTable.Link> holds(ProcessDiagnosis process, ThreadRow row, String prefix, Caps caps) {
        List<ResourceRow> resources = process.inventory().resources();
        return row.holds().stream()
                .filter(index -> index >= 0 && index < Math.min(resources.size(), caps.resources()))
                .limit(MOST_HELD)
                .map(index -> new ResourceTable.Link(resources.get(index).label(), ResourceTable.anchor(index, prefix)))
                .toList();
    }

    private static String state(ThreadSnapshot thread) {
        String state = Wording.id(thread.status()).replace('-', ' ');
        return switch (thread.kind()) {
            case PLATFORM, VM -> state;
            case CARRIER -> state + ", carrier";
            case VIRTUAL -> state + ", virtual";
        };
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
