package dev.whyhung.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whyhung.fixtures.Cases;
import dev.whyhung.fixtures.generate.LargeDumps;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The built jar and its launcher, as processes. */
@DisabledOnOs(OS.WINDOWS)
class LauncherIT {

    private static final Path JAR = Path.of(System.getProperty("whyhung.jar"));

    @TempDir
    private Path folder;

    private Path launcher;
    private Path work;
    private Path cache;
    private String dump;

    @BeforeEach
    void prepare() throws IOException {
        install("in stalled");
        work = Files.createDirectory(folder.resolve("work place"));
        cache = folder.resolve("ca che");
        dump = Cases.directory()
                .resolve("deadlock-two-monitors/17/jstack-l-1.txt")
                .toString();
    }

    private void install(String place) throws IOException {
        Path home = Files.createDirectory(folder.resolve(place));
        Path script = JAR.getParent().resolveSibling("bin").resolve("whyhung");
        Files.copy(JAR, home.resolve("whyhung.jar"));
        Path installed = Files.copy(script, home.resolve("whyhung"), StandardCopyOption.COPY_ATTRIBUTES);
        launcher = Files.createSymbolicLink(folder.resolve(place + " link"), folder.relativize(installed));
    }

    private record Ended(int exit, String out, String err) {}

    private ProcessBuilder command(String... arguments) {
        List<String> words = new ArrayList<>(List.of(launcher.toString()));
        words.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(work.toFile())
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("XDG_CACHE_HOME", cache.toString());
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "WHYHUNG_JAVA_OPTS"));
        return builder;
    }

    private Ended run(ProcessBuilder builder) throws IOException, InterruptedException {
        Process process = builder.start();
        process.getOutputStream().close();
        return ended(process);
    }

    private Ended ended(Process process) throws IOException, InterruptedException {
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), "it ends");
        return new Ended(
                process.exitValue(), Files.readString(folder.resolve("out")), Files.readString(folder.resolve("err")));
    }

    @Test
    void theSecondStartUsesTheArchiveOfTheFirstAndSaysTheSame() throws IOException, InterruptedException {
        install("installed"); // JDK 17 finds no class in an archive whose path holds a blank
        Ended first = run(command(dump));
        assertEquals(0, first.exit(), first.err());
        assertEquals("", first.err());
        try (Stream<Path> archives = Files.list(cache.resolve("whyhung"))) {
            assertEquals(
                    1, archives.filter(file -> file.toString().endsWith(".jsa")).count());
        }
        ProcessBuilder traced = command("--no-html", dump);
        traced.environment().put("WHYHUNG_JAVA_OPTS", "-Xlog:class+load:file=classes");
        Ended second = run(traced);
        assertEquals(0, second.exit(), second.err());
        String loaded = Files.readString(work.resolve("classes"));
        assertTrue(
                loaded.lines().anyMatch(line -> line.contains("picocli.CommandLine ") && line.contains("shared")),
                loaded);
        assertEquals(first, run(command(dump)));
    }

    @Test
    void neitherCacheNorHomeIsNeeded() throws IOException, InterruptedException {
        Files.createFile(cache);
        assertEquals(0, run(command(dump)).exit());
        ProcessBuilder homeless = command(dump);
        homeless.environment().keySet().removeAll(List.of("HOME", "XDG_CACHE_HOME"));
        Ended ended = run(homeless);
        assertEquals(0, ended.exit());
        assertEquals("", ended.err());
    }

    @Test
    void exitCodesAndArgumentsPassThrough() throws IOException, InterruptedException {
        assertEquals(1, run(command("--quiet", "--fail-on", "low", dump)).exit());
        assertEquals(2, run(command()).exit());
        Ended missing = run(command("--no-html", "not here.txt"));
        assertEquals(3, missing.exit());
        assertTrue(missing.err().contains("not here.txt: "), missing.err());
    }

    @Test
    void aMissingOrOldJavaIsSaid() throws IOException, InterruptedException {
        ProcessBuilder nowhere = command("--version");
        nowhere.environment().put("JAVA_HOME", folder.resolve("nowhere").toString());
        Ended none = run(nowhere);
        assertEquals(127, none.exit());
        assertTrue(none.err().contains("JAVA_HOME"), none.err());
        Path old = Files.createDirectories(folder.resolve("old/bin")).getParent();
        Path java = Files.writeString(old.resolve("bin/java"), "#!/bin/sh\n");
        assertTrue(java.toFile().setExecutable(true));
        Files.writeString(old.resolve("release"), "JAVA_VERSION=\"11.0.2\"\n");
        ProcessBuilder aged = command("--version");
        aged.environment().put("JAVA_HOME", old.toString());
        Ended eleven = run(aged);
        assertEquals(127, eleven.exit(), eleven.err());
        assertTrue(eleven.err().contains("Java 17 or later is needed"), eleven.err());
    }

    @Test
    void lackOfMemoryIsSaid() throws IOException, InterruptedException {
        Path large = folder.resolve("large.txt");
        try (OutputStream out = Files.newOutputStream(large)) {
            new LargeDumps(20_000, 1).write(1, out);
        }
        ProcessBuilder small = command("--quiet", large.toString());
        small.environment().put("WHYHUNG_JAVA_OPTS", "-Xmx12m");
        Ended ended = run(small);
        assertEquals(70, ended.exit(), ended.err());
        assertTrue(ended.err().contains("out of memory"), ended.err());
        assertFalse(ended.err().contains("report it"), "no bug");
        try (Stream<Path> files = Files.list(work)) {
            assertFalse(files.findAny().isPresent(), "no half report");
        }
    }

    @Test
    void aFullDiskIsSaid() throws IOException, InterruptedException {
        Ended ended = run(command("--quiet", "-o", "/dev/full", dump));
        assertEquals(74, ended.exit(), ended.err());
        assertTrue(ended.err().contains("/dev/full"), ended.err());
    }

    @Test
    void aFullDiskBehindStandardOutputIsSaid() throws IOException, InterruptedException {
        ProcessBuilder full = command("--no-html", "--json", "-", dump)
                .redirectOutput(Path.of("/dev/full").toFile());
        Process process = full.start();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), "it ends");
        String said = Files.readString(folder.resolve("err"));
        assertEquals(74, process.exitValue(), said);
        assertTrue(said.contains("standard output"), said);
    }

    /** {@code whyhung ... | head -1}: whoever reads has seen enough. */
    @Test
    void aClosedPipeIsNoError() throws IOException, InterruptedException {
        String several =
                Cases.directory().resolve("case-study/17/jstack-l-1.txt").toString();
        ProcessBuilder piped = command();
        piped.command(
                "bash",
                "-c",
                "\"$0\" --no-html --json - --full \"$1\" | head -c 10 >/dev/null; exit ${PIPESTATUS[0]}",
                launcher.toString(),
                several);
        Ended ended = run(piped);
        assertEquals(0, ended.exit(), ended.err());
        assertEquals("", ended.err());
    }

    @Test
    void aBundleOfSimilarDumpsIsReadInLittleMemory() throws IOException, InterruptedException {
        Path bundle = folder.resolve("bundle.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(bundle))) {
            for (int i = 0; i < 40; i++) {
                out.putNextEntry(new ZipEntry("support/jstack-" + i + ".txt"));
                new LargeDumps(2_000, 1).write(1, out);
            }
        }
        ProcessBuilder small = command("--no-html", bundle.toString());
        small.environment().put("WHYHUNG_JAVA_OPTS", "-Xmx256m");
        Ended ended = run(small);
        assertEquals(0, ended.exit(), ended.err());
        assertTrue(ended.out().contains("40 hotspot-text with 40 dumps"), ended.out());
    }

    @Test
    void aFolderThatTakesNoFileIsSaid() throws IOException, InterruptedException {
        Ended below = run(command("--quiet", "-o", dump + "/report.html", dump));
        assertEquals(74, below.exit(), below.err());
        assertTrue(below.err().contains("cannot write"), below.err());
        Path locked = Files.createDirectory(folder.resolve("locked"));
        Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("r-xr-xr-x"));
        Ended inside = run(command("--quiet", "-o", locked + "/report.html", dump));
        boolean mayWriteAnywhere = Files.isWritable(locked); // as root may
        assertEquals(mayWriteAnywhere ? 0 : 74, inside.exit(), inside.err());
        assertEquals(mayWriteAnywhere, Files.exists(locked.resolve("report.html")));
    }

    @Test
    void aBombIsRefusedInLittleMemory() throws IOException, InterruptedException {
        Path bomb = folder.resolve("bomb.gz");
        byte[] zeros = new byte[1 << 20];
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(bomb))) {
            out.write(Files.readAllBytes(Path.of(dump)));
            for (int i = 0; i < 600; i++) {
                out.write(zeros);
            }
        }
        ProcessBuilder small = command("--quiet", bomb.toString());
        small.environment().put("WHYHUNG_JAVA_OPTS", "-Xmx256m");
        Ended ended = run(small);
        assertTrue(ended.err().contains("it unpacks to more than 500 times its size"), ended.err());
        assertEquals(0, ended.exit(), "what came before the limit is reported");
    }

    @Test
    void anInterruptLeavesNothingBehind() throws IOException, InterruptedException {
        Process process = command("-").start();
        try (OutputStream input = process.getOutputStream()) {
            input.write(Files.readString(Path.of(dump)).getBytes(StandardCharsets.UTF_8));
            input.flush();
            Thread.sleep(1_500);
            new ProcessBuilder("kill", "-INT", Long.toString(process.pid()))
                    .start()
                    .waitFor();
            assertEquals(130, ended(process).exit());
        }
        try (Stream<Path> files = Files.list(work)) {
            assertFalse(files.findAny().isPresent());
        }
    }

    /** A recording on standard input is spooled to a file; the signal comes while it is read. */
    @Test
    void anInterruptInALongRecordingLeavesNothingBehind() throws IOException, InterruptedException {
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        byte[] recording = Files.readAllBytes(Cases.directory().resolve("recording-held-monitor/17/recording.jfr"));
        Path large = folder.resolve("large.jfr");
        try (OutputStream out = Files.newOutputStream(large)) {
            for (int i = 0; i < 400; i++) {
                out.write(recording);
            }
        }
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.io.tmpdir=" + temporary,
                        "-jar",
                        JAR.toString(),
                        "--json",
                        "result.json",
                        "-")
                .directory(work.toFile())
                .redirectInput(large.toFile())
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile());
        Process process = builder.start();
        awaitFiles(temporary, 2);
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
        assertEquals(130, ended(process).exit());
        assertEquals(0, recordingsIn(temporary));
        try (Stream<Path> files = Files.list(work)) {
            assertFalse(files.findAny().isPresent());
        }
    }

    private static void awaitFiles(Path temporary, long count) throws IOException, InterruptedException {
        for (int i = 0; i < 6_000 && recordingsIn(temporary) < count; i++) {
            Thread.sleep(5);
        }
        assertEquals(count, recordingsIn(temporary), "the spooled recording and the copy for the parser");
    }

    private static long recordingsIn(Path temporary) throws IOException {
        try (Stream<Path> files = Files.list(temporary)) {
            return files.filter(file -> file.toString().endsWith(".jfr")).count();
        }
    }
}
