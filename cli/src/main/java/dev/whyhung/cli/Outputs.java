package dev.whyhung.cli;

import dev.whyhung.diagnose.Diagnosis;
import dev.whyhung.report.JsonReport;
import dev.whyhung.report.MarkdownReport;
import dev.whyhung.report.Redaction;
import dev.whyhung.report.TextReport;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes a diagnosis to all the places that were asked for. One that fails does not keep the others from being written.
 *
 * @param page file of the HTML report, or null
 * @param json file of the JSON report, {@link #STANDARD_OUTPUT}, or null
 * @param markdown likewise
 * @param map file for what the pseudonyms stand for, or null
 * @param redaction what hides names, or null; the diagnosis that is written has passed it already
 * @param summary whether the terminal gets its summary
 */
record Outputs(
        @Nullable Path page,
        @Nullable String json,
        @Nullable String markdown,
        @Nullable Path map,
        @Nullable Redaction redaction,
        boolean summary) {

    static final String STANDARD_OUTPUT = "-";

    /** The files among them, absolute. */
    List<Path> files() {
        return Stream.of(page, asFile(json), asFile(markdown), map)
                .filter(Objects::nonNull)
                .map(file -> file.toAbsolutePath().normalize())
                .toList();
    }

    private static @Nullable Path asFile(@Nullable String where) {
        return where == null || where.equals(STANDARD_OUTPUT) ? null : Path.of(where);
    }

    Exit write(Diagnosis diagnosis, HeadStart headStart, Terminal terminal) {
        Path written = page;
        Exit exit = Exit.DONE;
        if (page != null && !writePage(diagnosis, page, headStart, terminal)) {
            written = null;
            exit = Exit.NOT_WRITTEN;
        }
        exit = exit.or(write(json, out -> new JsonReport().write(diagnosis, out), terminal));
        exit = exit.or(write(markdown, out -> writeMarkdown(diagnosis, out), terminal));
        if (map != null && redaction != null && !toFile(map, out -> writeMap(redaction, out), terminal)) {
            exit = exit.or(Exit.NOT_WRITTEN);
        }
        if (summary && !STANDARD_OUTPUT.equals(json) && !STANDARD_OUTPUT.equals(markdown)) {
            exit = exit.or(summarise(diagnosis, written, terminal));
        }
        return exit;
    }

    private boolean writePage(Diagnosis diagnosis, Path file, HeadStart headStart, Terminal terminal) {
        return toFile(
                file,
                out -> {
                    Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
                    headStart.page().write(diagnosis, writer);
                    writer.flush();
                },
                terminal);
    }

    private static void writeMarkdown(Diagnosis diagnosis, OutputStream out) throws IOException {
        Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        new MarkdownReport().write(diagnosis, writer);
        writer.flush();
    }

    private static void writeMap(Redaction redaction, OutputStream out) throws IOException {
        Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        for (Map.Entry<String, String> entry : redaction.originals().entrySet()) {
            writer.write(entry.getKey() + '\t' + entry.getValue().replace('\n', ' ') + '\n');
        }
        writer.flush();
    }

    /** A file as it may be named: with names hidden, without its folder. */
    private String shown(Path file) {
        return redaction == null ? file.toString() : redaction.text(String.valueOf(file.getFileName()));
    }

    private Exit summarise(Diagnosis diagnosis, @Nullable Path page, Terminal terminal) {
        try {
            TextReport report = new TextReport(terminal.colour(), terminal.width());
            report.write(diagnosis, page == null ? null : shown(page), terminal.out());
            terminal.out().flush();
            return Exit.DONE;
        } catch (IOException failure) {
            return notWritten("standard output", failure, terminal);
        }
    }

    private Exit write(@Nullable String where, ReportFile.Content content, Terminal terminal) {
        if (where == null) {
            return Exit.DONE;
        }
        if (!where.equals(STANDARD_OUTPUT)) {
            return toFile(Path.of(where), content, terminal) ? Exit.DONE : Exit.NOT_WRITTEN;
        }
        try {
            content.writeTo(terminal.raw());
            terminal.raw().flush();
            return Exit.DONE;
        } catch (IOException failure) {
            return notWritten("standard output", failure, terminal);
        }
    }

    private boolean toFile(Path file, ReportFile.Content content, Terminal terminal) {
        try {
            ReportFile.write(file, content);
            return true;
        } catch (IOException failure) {
            notWritten(shown(file), failure, terminal);
            return false;
        }
    }

    private static Exit notWritten(String where, IOException failure, Terminal terminal) {
        terminal.complain("cannot write " + where + ": " + ReportFile.reason(failure));
        return Exit.NOT_WRITTEN;
    }
}
