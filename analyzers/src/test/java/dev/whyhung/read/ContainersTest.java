package dev.whyhung.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whyhung.DumpText;
import dev.whyhung.fixtures.Cases;
import dev.whyhung.model.InputReport;
import dev.whyhung.model.InputReport.Status;
import dev.whyhung.model.ThreadDump;
import dev.whyhung.read.bytes.Budget;
import dev.whyhung.read.bytes.Limits;
import dev.whyhung.read.harvest.StackTable;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

class ContainersTest {

    private static final byte[] DUMP = DumpText.withOwners(0)
            .thread("main", "RUNNABLE", "com.acme.Main.run(Main.java:1)")
            .bytes();

    private final List<ThreadDump> dumps = new ArrayList<>();

    private List<InputReport> read(byte[] input) {
        return read(input, Limits.STANDARD);
    }

    private List<InputReport> read(byte[] input, Limits limits) {
        dumps.clear();
        Source source = Source.stream("in", () -> new ByteArrayInputStream(input), true);
        return new Kept(dumps, new StackTable(), new Budget(limits, bytes -> {})).read(source);
    }

    private static List<String> labels(List<InputReport> reports) {
        return reports.stream().map(InputReport::path).toList();
    }

    private static byte[] join(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    @Test
    void gzipOfSeveralMembers() {
        List<InputReport> reports = read(join(Packed.gzip(DUMP), Packed.gzip(DUMP)));
        assertEquals(List.of("in"), labels(reports));
        assertEquals(2, dumps.size());
    }

    @Test
    void everyInputHasItsSizeAndChecksum() throws Exception {
        byte[] packed = Packed.gzip(DUMP);
        assertContent(packed, read(packed).get(0));
        byte[] inner = Packed.gzip(Packed.tar("dumps/a.txt", DUMP, true));
        byte[] archive = Packed.zip(new String[] {"pod.tgz", "x.bin", "empty"}, inner, new byte[9000], new byte[0]);
        List<InputReport> reports = read(archive);
        assertContent(archive, reports.get(0));
        assertContent(inner, reports.get(1));
        assertContent(DUMP, reports.get(2));
        assertContent(new byte[9000], reports.get(3));
        assertContent(new byte[0], reports.get(4));
    }

    @Test
    void aFileIsSummedUpToItsEndThoughReadingStops(@TempDir Path folder) throws Exception {
        byte[] damaged =
                ("{\"threadDump\": {\"processId\": 7, ]" + " ".repeat(1 << 20)).getBytes(StandardCharsets.UTF_8);
        Path file = Files.write(folder.resolve("dump.json"), damaged);
        assertContent(
                damaged,
                new Kept(dumps).read(Source.file("dump.json", file, true)).get(0));
        Path recording = Cases.directory().resolve("recording-dead-owner/17/recording.jfr");
        assertContent(
                Files.readAllBytes(recording),
                new Kept(dumps).read(Source.file("a.jfr", recording, true)).get(0));
        InputReport endless = new Kept(dumps)
                .read(Source.stream("-", () -> new ByteArrayInputStream(damaged), true))
                .get(0);
        assertNull(endless.sha256(), "a stream is not waited for");
    }

    @Test
    void whatIsLongHasASizeAndNoSum(@TempDir Path folder) throws Exception {
        byte[] longest = new byte[(int) Checksums.LONGEST];
        Path file = Files.write(folder.resolve("dump.txt"), longest);
        assertContent(longest, contentOf(file));
        Files.write(file, new byte[] {'x'}, StandardOpenOption.APPEND);
        InputReport longer = contentOf(file);
        assertEquals(longest.length + 1, longer.bytes());
        assertNull(longer.sha256());
    }

    private InputReport contentOf(Path file) {
        return new Kept(dumps).read(Source.file("dump.txt", file, true)).get(0);
    }

    private static void assertContent(byte[] content, InputReport report) throws Exception {
        assertEquals(content.length, report.bytes(), report.path());
        assertEquals(
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content)),
                report.sha256(),
                report.path());
    }

    @Test
    void xz() {
        read(Packed.packed(DUMP, out -> new XZOutputStream(out, new LZMA2Options(0))));
        assertEquals(1, dumps.size());
    }

    @Test
    void zipOfSeveralFiles() {
        List<InputReport> reports = read(Packed.zip(
                new String[] {"b.txt", "../../etc/a.txt", ".hidden", "__MACOSX/b.txt", "x.bin"},
                DUMP,
                DUMP,
                DUMP,
                DUMP,
                new byte[100]));
        assertEquals(List.of("in", "in!/b.txt", "in!/../../etc/a.txt", "in!/x.bin"), labels(reports));
        assertEquals(2, dumps.size());
        assertEquals(Status.SKIPPED, reports.get(3).status());
    }

    /** Windows' Explorer writes names in the code page of the console. */
    @Test
    void zipOfNamesInAnotherCodePage() {
        byte[] zip = Packed.zip(new String[] {"Stra__e.txt"}, DUMP);
        String text = new String(zip, StandardCharsets.ISO_8859_1).replace("Stra__e", "Stra\u00e1\u0081e");
        byte[] other = text.getBytes(StandardCharsets.ISO_8859_1);
        other[7] = 0; // no mark of UTF-8
        List<InputReport> reports = read(other);
        assertEquals(List.of("in", "in!/Stra\u00e1\u0081e.txt"), labels(reports));
        assertEquals(1, dumps.size());
        assertEquals(
                List.of("in", "in!/Stra\u00dfe.txt"), labels(read(Packed.zip(new String[] {"Stra\u00dfe.txt"}, DUMP))));
    }

    @Test
    void tarWithAndWithoutMark() {
        assertEquals(List.of("in", "in!/d/a.txt"), labels(read(Packed.tar("d/a.txt", DUMP, true))));
        assertEquals(List.of("in", "in!/a.txt"), labels(read(Packed.tar("a.txt", DUMP, false))));
        assertEquals(1, dumps.size());
    }

    @Test
    void nested() {
        byte[] inner = Packed.gzip(Packed.tar("dumps/a.txt", Packed.gzip(DUMP), true));
        List<InputReport> reports = read(Packed.zip(new String[] {"pod.tgz"}, inner));
        assertEquals(List.of("in", "in!/pod.tgz", "in!/pod.tgz!/dumps/a.txt"), labels(reports));
        assertEquals(1, dumps.size());
    }

    @Test
    void nestedTooDeep() {
        byte[] content = DUMP;
        for (int i = 0; i < 9; i++) {
            content = Packed.gzip(content);
        }
        assertMessage("is packed more than 8 times over; --max-nesting allows more", read(content));
    }

    @Test
    void webServersAnswer() {
        String head = "HTTP/1.1 200 \r\nContent-Type: text/plain\r\n";
        read(join((head + "\r\n").getBytes(StandardCharsets.US_ASCII), Packed.gzip(DUMP)));
        assertEquals(1, dumps.size());
        byte[] packed = Packed.gzip(DUMP);
        int half = packed.length / 2;
        byte[] chunks = (head + "Transfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(half) + "\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        chunks = join(chunks, Arrays.copyOf(packed, half));
        chunks = join(
                chunks,
                ("\r\n" + Integer.toHexString(packed.length - half) + "\r\n").getBytes(StandardCharsets.US_ASCII));
        chunks = join(chunks, Arrays.copyOfRange(packed, half, packed.length));
        read(join(chunks, "\r\n0\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
        assertEquals(1, dumps.size());
    }

    @Test
    void cutArchivesGiveWhatTheyHave() {
        byte[] many = DUMP;
        for (int i = 0; i < 10; i++) {
            many = join(many, many);
        }
        byte[] whole = Packed.gzip(many);
        List<InputReport> reports = read(Arrays.copyOf(whole, whole.length / 2));
        assertTrue(dumps.size() > 1, dumps.size() + " dumps");
        assertEquals(Status.PARTIAL, reports.get(0).status());
        byte[] tar = Packed.tar("a.txt", many, true);
        reports = read(Arrays.copyOf(tar, tar.length / 2));
        assertTrue(dumps.size() > 1, dumps.size() + " dumps");
        assertEquals(Status.PARTIAL, reports.get(1).status());
    }

    @Test
    void bombIsRefused() {
        byte[] lines = new byte[100 << 20];
        Arrays.fill(lines, (byte) '\n');
        byte[] bomb = Packed.gzip(lines);
        assertMessage("it unpacks to more than 500 times its size", read(bomb));
        assertMessage("it unpacks to more than 500 times its size", read(Packed.zip(new String[] {"a"}, bomb)));
        byte[] zipped = Packed.zip(new String[] {"a", "b"}, new byte[80 << 20], new byte[80 << 20]);
        assertMessage("it unpacks to more than 500 times its size", read(zipped));
    }

    @Test
    void bundleOfSimilarDumpsIsNoBomb() {
        StringBuilder text = new StringBuilder();
        Random random = new Random(7);
        for (int i = 0; text.length() < 2_000_000; i++) {
            text.append(String.format(
                            "\"worker-%d\" #%d prio=5 os_prio=0 cpu=%d.00ms tid=0x%x nid=0x%x runnable%n",
                            i, i, random.nextInt(1000), random.nextInt(), i))
                    .append("   java.lang.Thread.State: RUNNABLE\n")
                    .append("\tat com.acme.Worker.run(Worker.java:17)\n".repeat(60))
                    .append('\n');
        }
        byte[] dump = ("Full thread dump X VM (17.0.1+1 mixed):\n\n" + text + "JNI global refs: 1\n")
                .getBytes(StandardCharsets.US_ASCII);
        String[] names = new String[40];
        byte[][] contents = new byte[40][];
        for (int i = 0; i < names.length; i++) {
            names[i] = i + ".txt";
            contents[i] = dump;
        }
        List<InputReport> reports = read(Packed.zip(names, contents));
        assertEquals(40, dumps.size());
        assertTrue(reports.stream().allMatch(report -> report.status() == Status.READ), reports.get(0)::toString);
    }

    /** @param limit which of the limits, in their order */
    @ParameterizedTest
    @CsvSource({
        "--max-bytes, 0, 100",
        "--max-members, 2, 1",
        "--max-line, 4, 64",
        "--max-threads, 5, 0",
        "--max-frames, 6, 0",
        "--max-time, 7, -1"
    })
    void everyLimitIsToldWithItsOption(String option, int limit, long value) {
        byte[] input = option.equals("--max-members") ? Packed.zip(new String[] {"a", "b"}, DUMP, DUMP) : DUMP;
        assertMessage(option, read(input, standardBut(limit, value)));
    }

    private static Limits standardBut(int limit, long value) {
        Limits no = Limits.STANDARD;
        long[] all = {
            no.bytes(),
            no.ratio(),
            no.members(),
            no.nesting(),
            no.lineLength(),
            no.threads(),
            no.frames(),
            no.time().toNanos()
        };
        all[limit] = value;
        return new Limits(
                all[0],
                all[1],
                (int) all[2],
                (int) all[3],
                (int) all[4],
                all[5],
                (int) all[6],
                Duration.ofNanos(all[7]));
    }

    private static void assertMessage(String wanted, List<InputReport> reports) {
        InputReport last = reports.get(reports.size() - 1);
        assertNotNull(last.message(), "no message");
        assertTrue(last.message().contains(wanted), last.message());
    }
}
