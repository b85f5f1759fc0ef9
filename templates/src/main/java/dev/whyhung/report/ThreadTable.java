package dev.whyhung.report;

import dev.whyhung.diagnose.ProcessDiagnosis;
import dev.whyhung.diagnose.rank.RankedFinding;
import dev.whyhung.diagnose.view.ThreadRow;
import dev.whyhung.finding.Culprit;
import dev.whyhung.finding.Quantity;
import dev.whyhung.model.ThreadId;
import dev.whyhung.model.ThreadSnapshot;
import dev.whyhung.report.TemplateValues.Markup;
import java.time.Duration;
import java.util.AbstractList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All threads, culprits first, then by id, in chunks: a browser lays out only the chunks in view, which a table of a hundred
 * thousand rows does not allow. Rows are written here and not in a template, which takes many times as long for each.
 *
 * @param chunks the rows, made when they are asked for
 * @param omitted number of threads left out
 */
record ThreadTable(List<Chunk> chunks, int omitted) {

    private static final int CHUNK = 200;
    private static final int MOST_HELD = 4;

    /** Some rows. */
    record Chunk(int size, Markup rows) {}

    static String anchor(ThreadId id, String prefix) {
        return prefix + "thread-" + id.text();
    }

    /** The threads that the table of this process has room for, in its order. */
    static Set<ThreadId> listed(ProcessDiagnosis process, Caps caps) {
        Set<ThreadId> listed = culprits(process);
        listed.removeIf(id -> process.row(id) == null);
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
        List<ThreadId> ids = List.copyOf(listed);
        Writer writer = new Writer(process, culprits(process), listed, prefix, caps);
        List<Chunk> chunks = new AbstractList<>() {
            @Override
            public Chunk get(int index) {
                return writer.chunk(ids.subList(index * CHUNK, Math.min(ids.size(), (index + 1) * CHUNK)));
            }

            @Override
            public int size() {
                return (ids.size() + CHUNK - 1) / CHUNK;
            }
        };
        return new ThreadTable(chunks, process.threadCount() - ids.size());
    }

    private static final class Writer {
        private final ProcessDiagnosis process;
        private final Set<ThreadId> culprits;
        private final Set<ThreadId> listed;
        private final String prefix;
        private final Caps caps;
        private StringBuilder out = new StringBuilder();

        Writer(ProcessDiagnosis process, Set<ThreadId> culprits, Set<ThreadId> listed, String prefix, Caps caps) {
            this.process = process;
            this.culprits = culprits;
            this.listed = listed;
            this.prefix = prefix;
            this.caps = caps;
        }

        Chunk chunk(List<ThreadId> ids) {
            out = new StringBuilder(ids.size() * 600);
            for (ThreadId id : ids) {
                ThreadRow row = process.row(id);
                if (row != null) {
                    write(row, warning(row, culprits.contains(id)));
                }
            }
            return new Chunk(ids.size(), new Markup(out.toString()));
        }

        private void write(ThreadRow row, String warning) {
            ThreadSnapshot thread = row.thread();
            out.append("<div role=\"row\" id=\"")
                    .append(anchor(thread.id(), prefix))
                    .append("\"><span role=\"rowheader\">");
            Markings.append(out, Legible.shortened(thread.name(), Wording.LONGEST_NAME));
            out.append(" <i>#").append(thread.id().text()).append("</i>");
            out.append(warning.isEmpty() ? "" : " <b class=\"badge\">" + warning + "</b>")
                    .append("</span>");
            String activity = Wording.id(row.activity());
            out.append("<span role=\"cell\"><b class=\"activity ")
                    .append(activity)
                    .append("\">")
                    .append(activity);
            out.append("</b> ").append(state(thread)).append("</span>");
            writeGroup(row);
            writeWait(row);
            writePlace(row);
            cell(row.unchanged().isZero() ? "" : Quantity.duration(row.unchanged()));
            cell(thread.cpuNanos() < 0 ? "" : Wording.cpu(thread.cpuNanos()));
            cell(thread.elapsedNanos() < 0 ? "" : Quantity.duration(Duration.ofNanos(thread.elapsedNanos())));
            out.append("</div>\n");
        }

        /** Pool or role, and the scope that it is a task of, with the thread that waits for it. */
        private void writeGroup(ThreadRow row) {
            String container = row.container();
            ThreadId owner = row.openedBy();
            out.append("<span role=\"cell\">");
            text(row.pool() == null && container != null ? container : poolOrRole(row));
            if (owner != null) {
                out.append("<br>opened by ");
                link(listed.contains(owner) ? anchor(owner, prefix) : null, process.nameOf(owner));
            }
            out.append("</span>");
        }

        private void writeWait(ThreadRow row) {
            boolean linked = row.resource() >= 0 && row.resource() < caps.resources();
            out.append("<span role=\"cell\">");
            link(linked ? ResourceTable.anchor(row.resource(), prefix) : null, orEmpty(row.waitsFor()));
            out.append("</span>");
            cell(orEmpty(row.heldBy()));
        }

        private void writePlace(ThreadRow row) {
            String stack = StackList.anchor(row.stackGroup(), prefix, caps);
            String where = orEmpty(row.where());
            out.append("<span role=\"cell\">");
            link(stack, where.isEmpty() && stack != null ? "stack" : where);
            String before = "<br>holds ";
            for (int index : Caps.head(row.holds(), MOST_HELD)) {
                if (index >= 0
                        && index < Math.min(process.inventory().resources().size(), caps.resources())) {
                    out.append(before);
                    link(
                            ResourceTable.anchor(index, prefix),
                            process.inventory().resources().get(index).label());
                    before = ", ";
                }
            }
            out.append("</span>");
        }

        private void link(@Nullable String anchor, String text) {
            if (anchor != null) {
                out.append("<a href=\"#").append(anchor).append("\">");
            }
            text(text);
            out.append(anchor == null ? "" : "</a>");
        }

        private void cell(String text) {
            out.append("<span role=\"cell\">");
            text(text);
            out.append("</span>");
        }

        private void text(String text) {
            Markings.append(out, Legible.shortened(text, TemplateValues.LONGEST_TEXT));
        }
    }

    private static String poolOrRole(ThreadRow row) {
        String pool = row.pool();
        if (pool != null) {
            return pool;
        }
        return row.role().equals("OTHER") ? "" : row.role().toLowerCase(Locale.ROOT);
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
            case WAITING, RUNNING, SCHEDULED, PASSIVE, JVM -> "holds";
        };
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
