package dev.whyhung.read;

import static dev.whyhung.read.Wrappings.backwards;
import static dev.whyhung.read.Wrappings.brokenBetweenWords;
import static dev.whyhung.read.Wrappings.escaped;
import static dev.whyhung.read.Wrappings.json;
import static dev.whyhung.read.Wrappings.lines;
import static dev.whyhung.read.Wrappings.mail;
import static dev.whyhung.read.Wrappings.markup;
import static dev.whyhung.read.Wrappings.quotedPrintable;
import static dev.whyhung.read.Wrappings.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whyhung.fixtures.Cases;
import dev.whyhung.model.InputReport;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A dump reads the same whatever stands around it. */
class SurroundingsTest {

    private static final String DUMP = capture("scen-mixed-deadlock", "26/jstack-l-1.txt");

    private static final List<String> LINES = DUMP.lines().toList();

    private List<InputReport> reports = List.of();

    static String capture(String id, String file) {
        try {
            return Files.readString(Cases.all().stream()
                    .filter(each -> each.id().equals(id))
                    .findFirst()
                    .orElseThrow()
                    .file(file));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private List<String> threads(byte[] input) {
        Described described = Described.of(input);
        reports = described.reports();
        return described.threads();
    }

    private List<String> threads(String input) {
        return threads(input.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> times(String input) {
        return Described.of(input).dumps().stream()
                .map(dump -> String.valueOf(dump.info().takenAt()))
                .toList();
    }

    private static String each(UnaryOperator<String> change) {
        return lines(DUMP, change);
    }

    /** A dump in one line, which is longer than the parts that are written at once. */
    @TestFactory
    Stream<DynamicTest> splitLines() {
        String json = capture("dialects-deadlock", "17/actuator.json").replaceAll("\\s*\\n\\s*", " ");
        List<String> expected = threads(json);
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < json.length(); i += 4000) {
            parts.add(json.substring(i, Math.min(json.length(), i + 4000)));
        }
        String last = parts.remove(parts.size() - 1);
        String time = "2026-03-01T12:00:00.123456789Z";
        String tagged = time + " stderr F started\n"
                + parts.stream().map(part -> time + " stdout P " + part + '\n').collect(Collectors.joining())
                + time + " stdout F " + last + '\n' + time + " stdout F next\n";
        String records = record("started\\n")
                + parts.stream().map(part -> record(escaped(part))).collect(Collectors.joining())
                + record(escaped(last) + "\\n")
                + record("next\\n");
        String between =
                tagged.replace("stdout P", "stderr F \tat com.acme.Bean.get(Bean.java:7)\n" + time + " stdout P");
        assertTrue(parts.size() > 2 && !expected.isEmpty());
        return Map.of(
                        "Kubernetes",
                        tagged,
                        "Kubernetes, two streams",
                        between,
                        "Docker",
                        records,
                        "Docker, a record as long",
                        record(escaped(json) + "\\n"))
                .entrySet()
                .stream()
                .map(log ->
                        DynamicTest.dynamicTest(log.getKey(), () -> assertEquals(expected, threads(log.getValue()))));
    }

    /** Where some line is split, the lines of the other stream still do not belong to the dump. */
    @Test
    void twoStreamsWithALongLine() {
        String time = "2026-03-01T12:00:00.123456789Z";
        String headless = DUMP.substring(DUMP.indexOf("\n\"") + 1);
        int[] count = {0};
        String log = time + " stdout P a long\n" + time + " stdout F  line\n"
                + lines(
                        headless,
                        line -> (count[0]++ % 3 == 1 ? time + " stderr F \tat com.acme.Bean.get(Bean.java:7)\n" : "")
                                + time + " stdout F " + line);
        assertEquals(threads(headless), threads(log));
    }

    private static String record(String text) {
        return "{\"log\":\"" + text + "\",\"stream\":\"stdout\",\"time\":\"2026-03-01T12:00:00.1Z\"}\n";
    }

    @TestFactory
    Stream<DynamicTest> surroundings() {
        int[] clock = {0};
        UnaryOperator<String> stamped = line ->
                String.format("2026-01-02T03:04:%02d.%d", clock[0]++ / 9, clock[0] * 7919) + "Z stdout F " + line;
        return Stream.of(
                same("container log", log("2026-01-02T03:04:05.1Z stdout F started\n") + each(stamped)),
                same(
                        "log framework",
                        each(line -> "[2025-07-15T12:21:0" + line.length() % 10 + ",343][WARN ][stderr ] [n] " + line)),
                same("plugin", each(line -> "[info] " + line)),
                same("trimmed plugin", each(line -> ("[info] " + line).stripTrailing())),
                same("clock only", each(line -> "19:24:" + (10 + line.length() % 50) + "  " + line)),
                same("coloured", each(line -> "\u001b[32m" + line)),
                same("compose", "web-1  | hello\n" + each(line -> "web-1  | " + line)),
                same("prefix within prefix", each(line -> "2026-01-02 03:04:05 [info] " + line)),
                same("record per line", each(line -> "{\"log\":\"" + escaped(line) + "\\n\",\"stream\":\"stdout\"}")),
                same(
                        "one record",
                        "{\"a\":1}\n{\"t\":\"x\", \"message\" : \"" + escaped(DUMP) + "\", \"level\":\"INFO\"}\n"),
                same("record in a pretty array", "[\n {\n  \"textPayload\": \"" + escaped(DUMP) + "\"\n }\n]"),
                same("escaped twice", "{\"log\":\"" + escaped("{\"message\":\"" + escaped(DUMP) + "\"}") + "\\n\"}"),
                same("logfmt", "level=info msg=\"" + escaped(DUMP) + "\" x=1"),
                same(
                        "behind a log line",
                        "2026-01-02 03:04:05 INFO x.Y - " + DUMP.substring(DUMP.indexOf("Full thread"))),
                same("carriage returns", DUMP.replace("\n", "\r\n")),
                same("carriage returns twice", DUMP.replace("\n", "\r\r\n")),
                same("found in groups", DUMP.replaceAll("\n\\s*\n", "\n--\n")),
                same("no indentation", each(String::strip)),
                same("more indentation", each(line -> "    " + line)),
                same("blank lines doubled", DUMP.replace("\n", "\n\n")),
                same("blank lines lost", DUMP.replaceAll("\n\\s*\n", "\n")),
                same("decimal commas", DUMP.replaceAll("=(\\d+)\\.(\\d\\d)", "=$1,$2")),
                same("spaces for tabs", DUMP.replace("\t", "        ")),
                same(
                        "notes",
                        each(line -> line.contains("waiting to lock") || line.contains("at ")
                                ? line + "   <--- look (here)"
                                : line)),
                same("saved page", "<!DOCTYPE html>\n<body><pre>" + markup(DUMP) + "</pre></body>"),
                same("source of a page", markup(DUMP).replace("&quot;", "\"")),
                same("page with line breaks alone", "<html>" + markup(DUMP).replace("\n", "<br/>")),
                same("copied from a page", DUMP.replace("\t", "\u00a0\u00a0\u00a0\u00a0")),
                same("opening quotes lost", DUMP.replaceAll("(?m)^\"", "")),
                same("newest first", backwards(DUMP)),
                same("newest first behind a prefix", backwards(each(stamped))),
                same(
                        "newest first in records",
                        backwards(each(line -> "{\"log\":\"" + escaped(line) + "\\n\",\"stream\":\"stdout\"}"))),
                same("carriage returns alone", DUMP.replace('\n', '\r')),
                same("table", "\"@timestamp\",\"message\"\n" + each(line -> row("Mar 1, 2026 @ 12:00:00", line))),
                same(
                        "table with few quotes",
                        "date;host;log\n"
                                + each(line -> "2026-03-01;web-1;" + (line.contains("\"") ? row(line) : line))),
                same("table, newest first", "date,msg\n" + backwards(each(line -> row("2026-03-01", line)))),
                same(
                        "table with the dump in a field",
                        "\"Date\",\"Message\",\"Host\"\n" + row("1", DUMP, "web") + '\n'),
                same(
                        "table with the dump in a field, escaped",
                        "date,text\n" + row("1", DUMP.replace("\n", "\\n").replace("\t", "\\t"))),
                same(
                        "records in an array",
                        "[" + LINES.stream().map(Wrappings::json).collect(Collectors.joining(",")) + "]"),
                same(
                        "hits",
                        "{\"took\":3,\"hits\":{\"hits\":[\n"
                                + LINES.stream()
                                        .map(line -> "{\"_source\":" + json(line) + "}")
                                        .collect(Collectors.joining(",\n"))
                                + "]}}"),
                same(
                        "list of texts",
                        "{\"lines\": ["
                                + LINES.stream()
                                        .map(line -> '"' + escaped(line) + '"')
                                        .collect(Collectors.joining(", "))
                                + "]}"),
                same("text in JSON", '"' + escaped(DUMP) + '"'),
                same("quoted-printable", quotedPrintable(DUMP)),
                same(
                        "mail",
                        "From: a@example.com\nSubject: it hangs\nMIME-Version: 1.0\nContent-Type: text/plain;\n"
                                + " charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\nHi,\n"
                                + quotedPrintable(DUMP)),
                same("mail with attachments", mail(DUMP)),
                same("broken by a terminal", each(line -> line.replaceAll("(.{80})(?=.)", "$1\n"))),
                same("broken by a mail program", brokenBetweenWords(DUMP)),
                same("broken and quoted", lines(brokenBetweenWords(DUMP), line -> "> " + line)),
                same("text around", "Hi,\nthe \"service\" hangs:\n" + DUMP + "\nThanks \"all\" #1\n"));
    }

    private static String log(String line) {
        return line + line;
    }

    private DynamicTest same(String name, String input) {
        return DynamicTest.dynamicTest(name, () -> assertEquals(threads(DUMP), threads(input)));
    }

    /** Dumps in other dialects come through the same logs. */
    @TestFactory
    Stream<DynamicTest> dialects() {
        return Stream.of(
                        "17/actuator.txt",
                        "17/arthas.txt",
                        "17/javacore.txt",
                        "17/jhsdb.txt",
                        "17/threadinfo.txt",
                        "8/jrockit.txt")
                .flatMap(file -> {
                    String dump = capture("dialects-deadlock", file);
                    String noise = "2026-03-01 12:00:00 INFO \"x\" Id=5 is up\n".repeat(400);
                    return Stream.of(
                            same(file + " behind a prefix", dump, lines(dump, line -> "web-1  | " + line)),
                            same(
                                    file + " quoted in a mail",
                                    dump,
                                    "He wrote:\n" + lines(dump, line -> ("> " + line).stripTrailing())),
                            same(
                                    file + " in records",
                                    dump,
                                    lines(
                                            dump,
                                            line -> "{\"log\":\"" + escaped(line) + "\\n\",\"stream\":\"stdout\"}")),
                            same(file + " in a table", dump, "date,message\n" + lines(dump, line -> row("1", line))),
                            same(file + " late in a log", dump, noise + dump),
                            same(
                                    file + " late in a log with prefixes",
                                    dump,
                                    lines(noise + dump, line -> "2026-03-01T12:00:00.123Z stdout F " + line)),
                            same(
                                    file + " in parts of a page",
                                    dump,
                                    lines(dump, line -> "<div>" + markup(line).replace("&quot;", "\"") + "</div>")),
                            same(
                                    file + " in XML",
                                    dump,
                                    "<?xml version=\"1.0\"?>\n<dump>\n" + markup(dump) + "\n</dump>"),
                            same(file + " without blank lines", dump, dump.replaceAll("\n\\s*\n", "\n")),
                            same(file + " with more blank lines", dump, dump.replace("\n", "\n\n")));
                });
    }

    /** What a JVM wrote to its standard output, and what was kept in a report. */
    @TestFactory
    Stream<DynamicTest> files() {
        return Stream.of(
                        "vthreads-deadlock-monitors/25/dump-json-1.json",
                        "vthreads-deadlock-monitors/25/dump-text-1.txt",
                        "vthreads-deadlock-monitors/21/dump-json-1.json",
                        "dialects-deadlock/17/actuator.json")
                .flatMap(path -> {
                    String dump = capture(path.substring(0, path.indexOf('/')), path.substring(path.indexOf('/') + 1));
                    return Stream.of(
                            same(
                                    path + " behind a prefix",
                                    dump,
                                    lines(dump, line -> "[web-1] 12:00:00.123 F " + line)),
                            same(path + " with indentation", dump, "dump: |\n" + lines(dump, line -> "  " + line)),
                            same(path + " in a fence", dump, "It hangs:\n\n```\n" + dump + "\n```\nThanks {\"all\"}"),
                            same(path + " behind a command", dump, "$ curl -s localhost/x\n" + dump + "\n$ "),
                            same(path + " in a record", dump, "{\"message\":\"" + escaped(dump) + "\"}"));
                });
    }

    private DynamicTest same(String name, String dump, String input) {
        return DynamicTest.dynamicTest(name, () -> {
            List<String> wanted = threads(dump);
            String format = reports.get(0).format();
            assertEquals(wanted, threads(input));
            assertEquals(format, reports.get(0).format());
        });
    }

    @TestFactory
    Stream<DynamicTest> encodings() {
        return Stream.of("UTF-16", "UTF-16LE", "UTF-16BE", "x-UTF-16LE-BOM")
                .map(name -> DynamicTest.dynamicTest(
                        name, () -> assertEquals(threads(DUMP), threads(DUMP.getBytes(Charset.forName(name))))));
    }

    @Test
    void partsOfAMailAreFiles() {
        threads(mail(DUMP));
        assertEquals(
                List.of("input", "input!/part-2", "input!/dump.txt"),
                reports.stream().map(InputReport::path).toList());
    }

    @Test
    void damagedJsonIsReadUpToTheDamage() {
        String array = "[" + LINES.stream().map(Wrappings::json).collect(Collectors.joining(",\n"));
        List<String> whole = threads(DUMP);
        List<String> read = threads(array.substring(0, array.length() / 2));
        assertTrue(read.size() > 2 && whole.containsAll(read.subList(0, read.size() - 1)), read.size() + " threads");
        assertTrue(String.valueOf(reports.get(0).message()).startsWith("reading stopped"), reports::toString);
    }

    @Test
    void byteOrderMark() {
        assertEquals(threads(DUMP), threads('\ufeff' + DUMP));
        assertEquals(times(DUMP), times('\ufeff' + DUMP));
    }

    /** As {@code journalctl -o json} writes a message that is no text, with a name in another encoding for one. */
    @Test
    void bytesOfMessages() {
        String strange = DUMP.replace("\"main\"", "\"m\u00e4in\"");
        String log = strange.lines()
                .map(line -> line.chars().allMatch(each -> each < 128)
                        ? "\"" + escaped(line) + "\""
                        : Arrays.toString(line.getBytes(StandardCharsets.ISO_8859_1))
                                .replaceAll("-\\d+", "228"))
                .map(value -> "{\"_PID\":\"7\",\"MESSAGE\":" + value + ",\"PRIORITY\":\"6\"}\n")
                .collect(Collectors.joining());
        assertTrue(log.contains(", 228, "), log);
        assertEquals(threads(strange.getBytes(StandardCharsets.ISO_8859_1)), threads(log));
    }
}
