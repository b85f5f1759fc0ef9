package dev.whyhung.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whyhung.model.InputReport;
import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A dump whose characters were changed on the way reads as the one that was printed, or says that it does not. */
class RewrittenTest {

    private static final String DUMP = SurroundingsTest.capture("scen-mixed-deadlock", "26/jstack-l-1.txt");

    private static DynamicTest same(String name, byte[] input) {
        return DynamicTest.dynamicTest(
                name,
                () -> assertEquals(
                        Described.of(DUMP).threads(), Described.of(input).threads()));
    }

    private static DynamicTest same(String name, String input) {
        return same(name, input.getBytes(StandardCharsets.UTF_8));
    }

    @TestFactory
    Stream<DynamicTest> rewritten() {
        String quoted = DUMP.replaceAll("\"([^\"\n]*)\"", "\u201c$1\u201d");
        String typed = quoted.replace("\t- ", "\t\u2013 ");
        String literal = Wrappings.escaped(DUMP).replace("\\u003c", "<");
        return Stream.of(
                same("typographic quotes", quoted),
                same("low quotes", DUMP.replaceAll("\"([^\"\n]*)\"", "\u201e$1\u201c")),
                same("dashes", DUMP.replace("\t- ", "\t\u2013 ")),
                same("quotes and dashes in a code page", typed.getBytes(Charset.forName("windows-1252"))),
                same("addresses without brackets", DUMP.replaceAll("<(0x\\p{XDigit}+)>", "$1")),
                same("colours of grep", DUMP.replaceAll("(lock|at )", "\u001b[01;31m\u001b[K$1\u001b[m\u001b[K")),
                same("Markdown", DUMP.replaceAll("[_\\[\\]]|-(?= )", "\\\\$0")),
                same("Markdown with brackets", DUMP.replaceAll("[_<>]", "\\\\$0")),
                same("Markdown with all signs", DUMP.replaceAll("[_<>#\"()\\[\\]*.-]", "\\\\$0")),
                same("session", "\u001b]0;web-1\u0007\u001b[?2004h$ jstack 1\r\n" + DUMP.replace("\n", "\r\n")),
                same("pager", DUMP.replaceAll("(?m)^\"", "--More--(5%)\r          \r\"")),
                same("Base64", Base64.getMimeEncoder().encode(DUMP.getBytes(StandardCharsets.UTF_8))),
                same("Base64 in one line", Base64.getEncoder().encode(DUMP.getBytes(StandardCharsets.UTF_8))),
                same("web address", URLEncoder.encode(DUMP, StandardCharsets.UTF_8)),
                same(
                        "web address without plus",
                        URLEncoder.encode(DUMP, StandardCharsets.UTF_8).replace("+", "%20")),
                same(
                        "tabs of syslog",
                        Wrappings.lines(DUMP, line -> "Mar  1 12:00:00 web-1 java[1]: " + line)
                                .replace("\t", "#011")),
                same("Python's text", "'" + literal.replace("\\\"", "\"") + "'"),
                same("Python's bytes", "b'" + literal.replace("\\\"", "\"") + "'"),
                same("Python's lines", "['" + literal.replace("\\\"", "\"").replace("\\n", "\\n', '") + "']"),
                same(
                        "string in a program",
                        Wrappings.lines(DUMP, line -> "    \"" + Wrappings.escaped(line) + "\\n\" +")),
                same(
                        "list of strings",
                        "ok: [web-1] => {\n  \"lines\": [\n"
                                + Wrappings.lines(DUMP, line -> "    \"" + Wrappings.escaped(line) + "\",")
                                + "\n  ]\n}"),
                same(
                        "records of another language",
                        Wrappings.lines(
                                DUMP,
                                line -> "{\n    \"message\" => \"" + Wrappings.escaped(line)
                                        + "\",\n    \"host\" => \"a\"\n}")),
                same(
                        "short and full message",
                        "{\"short_message\":\"Full thread dump\",\"full_message\":\"" + Wrappings.escaped(DUMP)
                                + "\"}"),
                same("pairs of time and line, newest first", "{\"values\":[" + newestFirst() + "]}"),
                same("table without names", Wrappings.lines(DUMP, line -> Wrappings.row("2026-03-01", line))),
                same("table without quotes", "time\tmessage\n" + Wrappings.lines(DUMP, line -> "12:00\t" + line)),
                same(
                        "broken and filled up by a terminal",
                        Wrappings.lines(
                                Wrappings.lines(DUMP, line -> line.replaceAll("(.{80})(?=.)", "$1\n")),
                                line -> String.format("%-80s", line))),
                same(
                        "found in several files",
                        Wrappings.lines(DUMP, line -> "catalina.out" + (line.contains("lock") ? ':' : '-') + line)),
                same(
                        "found in several files, with numbers",
                        Wrappings.lines(DUMP, line -> line.contains("Full") ? "a.log:7:" + line : "a.log-8-" + line)),
                same("line ends lost", DUMP.replace('\n', ' ')),
                same("line ends and indentation lost", DUMP.replaceAll("\\s+", " ")),
                same("log that was emptied", "\0".repeat(50_000) + DUMP));
    }

    @TestFactory
    Stream<DynamicTest> dialectsNewestFirst() {
        return Stream.of(
                        "17/javacore.txt",
                        "17/jhsdb.txt",
                        "25/jhsdb-locks.txt",
                        "17/threadinfo.txt",
                        "17/actuator.txt",
                        "17/arthas.txt")
                .map(file -> DynamicTest.dynamicTest(file, () -> {
                    String dump = SurroundingsTest.capture("dialects-deadlock", file);
                    String prefixed = Wrappings.lines(dump, line -> "2026-03-01T12:00:00Z stdout F " + line);
                    assertEquals(
                            Described.of(dump).threads(),
                            Described.of(Wrappings.backwards(dump)).threads());
                    assertEquals(
                            Described.of(dump).threads(),
                            Described.of(Wrappings.backwards(prefixed)).threads());
                }));
    }

    @TestFactory
    Stream<DynamicTest> base64InOtherText() {
        String line = Base64.getEncoder().encodeToString(DUMP.getBytes(StandardCharsets.UTF_8));
        String lines = line.replaceAll("(.{76})", "$1\n");
        String packed = Base64.getMimeEncoder().encodeToString(Packed.gzip(DUMP.getBytes(StandardCharsets.UTF_8)));
        String secret = "apiVersion: v1\nkind: Secret\nmetadata:\n  uid: 0b9dfa55-6f7d\ndata:\n";
        return Stream.of(
                same("behind a command", "$ jstack 1 | base64 -w0\n" + line + "\nroot@web-1:~# exit\n"),
                same("wrapped behind a command", "$ jstack 1 | base64\n" + lines + "\nroot@web-1:~# exit\n"),
                same("packed behind a command", "$ jstack 1 | gzip | base64\n" + packed + "\n$ exit\n"),
                same(
                        "secret",
                        secret + "  ca.crt: " + "MIIB".repeat(40) + "\n  dump.txt: " + line + "\ntype: Opaque\n"),
                same("block of a secret", secret + "  dump.txt: |\n" + lines.indent(4) + "type: Opaque\n"),
                same("secret in JSON", "{\"kind\": \"Secret\", \"data\": {\n \"dump.txt\": \"" + line + "\"\n}}\n"));
    }

    @Test
    void severalTextsInBase64() {
        String line = Base64.getEncoder().encodeToString(DUMP.getBytes(StandardCharsets.UTF_8));
        Described read = Described.of("data:\n  first.txt: " + line + "\n  second.txt: " + line + "\n");
        assertEquals(
                List.of("input", "input!/first.txt", "input!/second.txt"),
                read.reports().stream().map(InputReport::path).toList());
        assertEquals(2, read.dumps().size());
    }

    private static String newestFirst() {
        return Wrappings.backwards(DUMP)
                .lines()
                .map(line -> "[\"1700000000000000000\",\"" + Wrappings.escaped(line) + "\"]")
                .collect(Collectors.joining(","));
    }

    /** A lock that cannot be read may be what the others wait for. */
    @Test
    void lostLocksMakeADumpIncomplete() {
        Described eaten = Described.of(DUMP.replaceAll("<0x\\p{XDigit}+>", ""));
        assertTrue(eaten.dumps().get(0).info().truncated());
        assertFalse(Described.of(DUMP).dumps().get(0).info().truncated());
    }

    @Test
    void lostFramesMakeADumpIncomplete() {
        Described eaten = Described.of(DUMP.replaceAll("(?m)^\\s+at ", "   ~ "));
        assertTrue(eaten.dumps().get(0).info().truncated());
        assertTrue(eaten.message().contains("could not be read"), eaten.message());
    }

    @Test
    void notesOfReadersLoseNothing() {
        String noted = DUMP.replaceFirst("\n\\s+at ", "\nthis one is interesting\n\tat ");
        assertFalse(Described.of(noted).dumps().get(0).info().truncated());
    }

    /** As a service writes it into the dump that it prints to its own log. */
    @Test
    void aLineOfTheLogThatTellsOfALockIsNoPartOfTheDump() {
        String logged = DUMP.replaceFirst("\n\\s+at ", "\n10:00:01.123 WARN  lock expired\n\tat ");
        assertFalse(Described.of(logged).dumps().get(0).info().truncated());
    }
}
