package dev.whyhung.read;

import static dev.whyhung.read.Wrappings.backwards;
import static dev.whyhung.read.Wrappings.escaped;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whyhung.model.InputReport;
import dev.whyhung.model.ThreadDump;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Dumps in a log: behind its prefixes, in any order, with the lines of others between them. */
class LogTest {

    private static final String DUMP = SurroundingsTest.capture("scen-mixed-deadlock", "26/jstack-l-1.txt");

    private static final String OTHER = SurroundingsTest.capture("scen-orphan-idle", "26/jstack-l-1.txt");

    private static final List<String> LINES = DUMP.lines().toList();

    private List<InputReport> reports = List.of();

    private List<String> threads(String input) {
        Described described = Described.of(input);
        reports = described.reports();
        return described.threads();
    }

    @Test
    void twoWritersAlternate() {
        List<String> two = OTHER.lines().toList();
        StringBuilder mixed = new StringBuilder();
        for (int i = 0; i < Math.max(LINES.size(), two.size()); i++) {
            mixed.append(i < LINES.size() ? "web-1 | " + LINES.get(i) + '\n' : "");
            mixed.append(i < two.size() ? "web-2 | " + two.get(i) + '\n' : "");
        }
        List<String> wanted = new ArrayList<>(threads(DUMP));
        wanted.addAll(threads(OTHER));
        List<String> got = threads(mixed.toString());
        assertEquals(wanted.stream().sorted().toList(), got.stream().sorted().toList());
        assertEquals(2, reports.get(0).dumps());
    }

    /** A signal has the JVM write into what the application logs to. */
    @Test
    void exceptionsLoggedBetweenThreadsAreOfNone() {
        String trace = """
                2026-03-01 12:00:00,001 ERROR [exec-1] c.a.Orders - failed
                java.lang.IllegalStateException: no order
                \tat com.acme.Orders.find(Orders.java:12)
                \tat java.base/java.lang.Thread.run(Thread.java:1583)
                Caused by: java.net.ConnectException: refused
                \tat com.acme.Orders.connect(Orders.java:70)
                \t... 1 more

                """;
        List<String> expected = threads(DUMP);
        assertEquals(expected, threads(DUMP.replace("\n\"", "\n" + trace + "\"")));
        assertEquals(
                expected,
                threads(DUMP.replace("\n\"", "\n" + trace.replaceFirst(".*\n.*: ", "ERROR NoSuchFieldError ") + "\"")));
        String inside = "\n" + trace.strip() + "\n";
        assertEquals(expected, threads(DUMP.replace("\n\t- ", inside + "\t- ")));
    }

    @Test
    void aPoolOfLoggersIsOneWriter() {
        StringBuilder log = new StringBuilder();
        for (int i = 0; i < LINES.size(); i++) {
            log.append("12:00:00 [pool-%d-thread-%d] WARN - %s\n".formatted(i % 2, i % 3, LINES.get(i)));
        }
        assertEquals(threads(DUMP), threads(log.toString()));
    }

    /** As where threads are logged as warnings and the deadlock as an error, or each by another class. */
    @Test
    void theDeadlockStandsBehindAnotherPrefix() {
        List<String> expected = threads(DUMP);
        int section = LINES.indexOf("Found one Java-level deadlock:");
        for (String other : List.of("12:00:02 ERROR c.a.Deadlocks [x-1] - ", "12:00:02  WARN c.a.Threads [x-2] - ")) {
            StringBuilder log = new StringBuilder();
            for (int i = 0; i < LINES.size(); i++) {
                log.append(i < section ? "12:00:01  WARN c.a.Threads [x-1] - " : other)
                        .append(LINES.get(i))
                        .append('\n');
            }
            assertEquals(expected, threads(log.toString()), other);
            assertEquals(1, reports.get(0).dumps(), other);
        }
        String plain = String.join("\n", LINES.subList(0, section)) + '\n';
        assertEquals(
                expected,
                threads(plain
                        + LINES.stream()
                                .skip(section)
                                .map(line -> "ERROR " + line + '\n')
                                .collect(Collectors.joining())));
        assertEquals(1, reports.get(0).dumps());
    }

    @Test
    void timeAndProcessStandBehindThePrefixToo() {
        List<ThreadDump> dumps = new ArrayList<>();
        String log = ("4711:\n" + DUMP).lines().map(line -> "[info] " + line).collect(Collectors.joining("\n"));
        Source source =
                Source.stream("log", () -> new ByteArrayInputStream(log.getBytes(StandardCharsets.UTF_8)), true);
        new Kept(dumps).read(source);
        assertEquals(4711, dumps.get(0).info().pid());
        assertTrue(dumps.get(0).info().takenAt() != null, "time");
    }

    @Test
    void aDumpWithoutItsBeginningIsCut() {
        String threads = DUMP.substring(DUMP.indexOf("\n\"") + 1);
        assertFalse(Described.of(DUMP).dumps().get(0).info().truncated());
        assertFalse(Described.of(threads).dumps().get(0).info().truncated(), "only the first line is missing");
        Described cut = Described.of(threads.substring(threads.indexOf("\"Signal Dispatcher\"")));
        assertTrue(cut.dumps().get(0).info().truncated());
        assertEquals("part of the dump is missing", cut.message());
    }

    /** Threads without frames have their state next to the header of another thread, either way. */
    @Test
    void newestFirstWithoutSynchronizers() {
        String plain = DUMP.replaceAll("(?m)^[ \\t]+Locked ownable synchronizers:\\R(?:[ \\t]+- .*\\R)+\\R", "");
        assertTrue(!plain.contains("Locked ownable") && plain.contains("RUNNABLE\n\n\""));
        assertEquals(threads(plain), threads(backwards(plain)));
        int state = plain.indexOf("   java.lang.Thread.State: RUNNABLE\n\n\"");
        String cut = plain.substring(state);
        assertTrue(threads(plain).containsAll(threads(cut)), "cut before a state");
    }

    @Test
    void newestOfSeveralDumpsFirst() {
        List<String> wanted = new ArrayList<>(threads(OTHER));
        wanted.addAll(threads(DUMP));
        String log = backwards("2026-03-01 12:00:00 INFO up\n" + DUMP + "2026-03-01 12:00:09 WARN slow\n" + OTHER);
        assertEquals(wanted, threads(log));
        assertEquals(2, reports.get(0).dumps());
        assertEquals(null, reports.get(0).message());
    }

    @Test
    void beginningIsMissing() {
        int from = DUMP.indexOf("\n\"", DUMP.length() / 3);
        List<String> left = threads(DUMP.substring(from));
        assertTrue(threads(DUMP).containsAll(left) && left.size() > 3, left.size() + " threads");
        String prefixed =
                DUMP.substring(from).lines().map(line -> "app_1: " + line).collect(Collectors.joining("\n"));
        assertEquals(left, threads(prefixed));
        String records = DUMP.substring(from)
                .lines()
                .map(line -> "{\"log\":\"" + escaped(line) + "\\n\"}")
                .collect(Collectors.joining("\n"));
        assertEquals(left, threads(records));
    }

    @Test
    void logsThatMentionDumpsHoldNone() {
        assertEquals(List.of(), threads("INFO Full thread dump follows\nINFO more\n\"a\" b\n".repeat(20)));
        assertEquals("holds no thread dump", reports.get(0).message());
    }
}
