package dev.whyhung.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.whyhung.fixtures.Cases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiagnoseTest {

    private static final List<String> SEVERITIES = List.of("low", "medium", "high", "critical");

    @TempDir
    private Path folder;

    private Path dump;

    @BeforeEach
    void copyDump() throws IOException {
        dump = folder.resolve("dump.txt");
        Files.copy(Cases.directory().resolve("deadlock-two-monitors/17/jstack-l-1.txt"), dump);
    }

    @Test
    void writesThePageAndSaysWhere() throws IOException {
        Path page = folder.resolve("page.html");
        Call call = Call.of("-o", page, dump);
        assertEquals(0, call.exit(), call.err());
        assertTrue(call.out().contains(page.toString()), call.out());
        assertTrue(Files.size(page) > 0);
        assertEquals(2, entries(folder), "no draft is left behind");
    }

    @Test
    void diagnoseIsTheDefault() {
        assertEquals(Call.of("--no-html", dump), Call.of("diagnose", "--no-html", dump));
    }

    @Test
    void readsStandardInput() throws IOException {
        Call call = Call.withInput(Files.readString(dump), "--no-html", "-");
        assertEquals(0, call.exit(), call.err());
        assertFalse(call.out().isBlank());
    }

    @Test
    void readsWhatAPatternMatches() {
        assertEquals(0, Call.of("--no-html", folder + "/d?mp*.txt").exit());
        Call none = Call.of("--no-html", folder + "/*.log");
        assertEquals(3, none.exit());
        assertTrue(none.err().contains("matches no file"), none.err());
    }

    @Test
    void readsAnArchive() throws IOException {
        Path archive = folder.resolve("bundle.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive))) {
            zip.putNextEntry(new ZipEntry("../dumps/1.txt"));
            Files.copy(dump, zip);
        }
        Call call = Call.of("--no-html", "--json", "-", archive);
        assertEquals(0, call.exit(), call.err());
        assertTrue(call.out().contains("bundle.zip!/../dumps/1.txt"), call.out());
    }

    @Test
    void keepsToItsLimits() {
        Call call = Call.of("--no-html", "--max-bytes", "1k", dump);
        assertTrue(call.err().contains("all inputs together exceed 1024 bytes; --max-bytes allows more"), call.err());
        assertEquals(2, Call.of("--max-bytes", "0", dump).exit());
        assertEquals(2, Call.of("--max-time", "9999999999g", dump).exit());
    }

    @Test
    void readsADirectory() {
        assertEquals(0, Call.of("--no-html", folder).exit());
    }

    @Test
    void quietSaysNothing() {
        Call call = Call.of("--quiet", "--no-html", dump);
        assertEquals(new Call(0, "", ""), call);
    }

    @Test
    void jsonOwnsStandardOutput() throws IOException {
        Call call = Call.of("--no-html", "--json", "-", dump);
        assertEquals(0, call.exit());
        JsonNode report = new ObjectMapper().readTree(call.out());
        assertEquals("1", report.get("schemaVersion").asText());
        assertTrue(call.out().strip().endsWith("}"), "nothing follows the JSON");
    }

    @Test
    void markdownOwnsStandardOutput() throws IOException {
        Path json = folder.resolve("result.json");
        Call call = Call.of("--no-html", "--json", json, "--markdown=-", dump);
        assertEquals(0, call.exit());
        assertFalse(call.out().isBlank());
        assertNotEquals(Call.of("--no-html", dump).out(), call.out());
        assertEquals(
                "1",
                new ObjectMapper().readTree(json.toFile()).get("schemaVersion").asText());
    }

    @Test
    void failOnIncludesItsSeverity() throws IOException {
        String worst = new ObjectMapper()
                .readTree(Call.of("--no-html", "--json", "-", dump).out())
                .get("findings")
                .get(0)
                .get("severity")
                .asText();
        int rank = SEVERITIES.indexOf(worst);
        assertTrue(rank >= 0, worst);
        for (int i = 0; i < SEVERITIES.size(); i++) {
            Call call = Call.of("--quiet", "--no-html", "--fail-on", SEVERITIES.get(i), dump);
            assertEquals(i <= rank ? 1 : 0, call.exit(), SEVERITIES.get(i) + " for a finding that is " + worst);
        }
        assertEquals(
                0, Call.of("--quiet", "--no-html", "--fail-on", "none", dump).exit());
    }

    @Test
    void ignoredFindingsDoNotFail() {
        Call call =
                Call.of("--quiet", "--no-html", "--fail-on", "medium", "--ignore", "deadlock-monitor-or-lock", dump);
        assertEquals(0, call.exit(), call.err());
    }

    @Test
    void namesWhatCouldNotBeRead() {
        Path missing = folder.resolve("missing.txt");
        Call call = Call.of("--no-html", dump, missing);
        assertEquals(4, call.exit());
        assertTrue(call.err().contains(missing.toString()), call.err());
        assertFalse(call.out().isBlank(), "the rest was analysed");
        assertEquals(1, Call.of("--no-html", "--fail-on=low", dump, missing).exit(), "a finding is graver");
    }

    @Test
    void unusableInputIsSaidAndWritesNothing() throws IOException {
        Path empty = Files.createFile(folder.resolve("empty.txt"));
        Path prose = Files.writeString(folder.resolve("prose.txt"), "not a dump\n".repeat(100));
        Path junk = Files.write(folder.resolve("junk.bin"), junk());
        Path bare = Files.createDirectory(folder.resolve("bare"));
        Path readme = Files.createDirectory(folder.resolve("readme"));
        Files.writeString(readme.resolve("README"), "no dump here either");
        Path missing = folder.resolve("missing.txt");
        assertAll(Stream.of(empty, prose, junk, bare, readme, missing).map(input -> () -> assertUnusable(input)));
    }

    private void assertUnusable(Path input) {
        Path page = folder.resolve("page.html");
        Call call = Call.of("-o", page, "--json", "-", input);
        assertEquals(3, call.exit(), input.toString());
        assertEquals("", call.out());
        assertTrue(call.err().contains("no usable input"), call.err());
        assertTrue(call.err().contains(input.getFileName().toString()), call.err());
        assertFalse(call.err().contains("\tat "), call.err());
        assertFalse(Files.exists(page));
    }

    private static byte[] junk() {
        byte[] bytes = new byte[10_000];
        int state = 1;
        for (int i = 0; i < bytes.length; i++) {
            state = state * 1103515245 + 12345;
            bytes[i] = (byte) (state >> 16);
        }
        return bytes;
    }

    @Test
    void aCutDumpIsReadAsFarAsItGoes() throws IOException {
        String whole = Files.readString(dump);
        Path cut = Files.writeString(folder.resolve("cut.txt"), whole.substring(0, whole.length() * 2 / 3));
        Call call = Call.of("--no-html", cut);
        assertEquals(0, call.exit(), call.err());
        assertTrue(call.err().contains("cut.txt"), call.err());
    }

    @Test
    void hostileNamesCannotReachTheTerminal() throws IOException {
        String hostile = Files.readString(dump).replace("\"main\"", "\"\033[2Jmain\u202e<script>\"");
        Path named = folder.resolve("\033[31mred.txt");
        Files.writeString(named, hostile);
        Call call = Call.of("-o", folder.resolve("page.html"), named, folder.resolve("\033[1mmissing"));
        assertEquals(4, call.exit());
        assertFalse((call.out() + call.err()).contains("\033"), call.toString());
        assertFalse((call.out() + call.err()).contains("\u202e"), call.toString());
        assertFalse(Files.readString(folder.resolve("page.html")).contains("<script>\""));
    }

    @Test
    void anOutputThatCannotBeWrittenIsSaid() throws IOException {
        Path page = folder.resolve("no/such/folder/page.html");
        Path json = folder.resolve("result.json");
        Call call = Call.of("-o", page, "--json", json, "--fail-on", "low", dump);
        assertEquals(74, call.exit());
        assertTrue(call.err().contains("cannot write " + page + ": its directory does not exist"), call.err());
        assertFalse(call.out().isBlank(), "the summary is not lost");
        assertFalse(call.out().contains(page.toString()), "no page is promised");
        assertTrue(Files.exists(json), "the other report is written");
        assertEquals(
                74,
                Call.of("-o", Files.createDirectory(folder.resolve("taken")), dump)
                        .exit());
    }

    @Test
    void wrongSignaturesAreAUsageError() throws IOException {
        Path signatures = Files.writeString(folder.resolve("more.txt"), "nonsense nonsense nonsense\n");
        Call wrong = Call.of("--no-html", "--signatures", signatures, dump);
        assertEquals(2, wrong.exit());
        assertTrue(wrong.err().contains("more.txt:1"), wrong.err());
        Call missing = Call.of("--no-html", "--signatures", folder.resolve("none"), dump);
        assertEquals(2, missing.exit());
        assertTrue(missing.err().contains("none does not exist"), missing.err());
    }

    private static long entries(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.count();
        }
    }
}
