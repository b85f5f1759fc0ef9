package dev.whyhung.cli.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A process that was measured.
 *
 * @param exit its exit code
 * @param wall seconds from start to end
 * @param cpu seconds of user and system time, from the shell's {@code times}
 * @param peakMiB the most memory that it had, as Linux counts it; 0 if that is not to be had
 */
record Child(int exit, double wall, double cpu, double peakMiB) {

    private static final long LIMIT_SECONDS = 400;
    private static final long POLL_MILLIS = 10;
    private static final Pattern TIMES = Pattern.compile("(\\d+)m([\\d.]+)s (\\d+)m([\\d.]+)s\\s*$");
    private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+(\\d+) kB");

    /** To a file: {@code grep} stops at its first match where nobody reads what it prints. */
    private static final String WRAPPER = "\"$@\" >\"$0.out\" 2>\"$0.err\"; code=$?; times >\"$0\"; exit $code";

    /** Runs a command in a folder; its output goes to a file there. */
    static Child run(Path folder, Map<String, String> environment, List<String> command)
            throws IOException, InterruptedException {
        Path times = folder.resolve("times");
        List<String> wrapped = new ArrayList<>(List.of("sh", "-c", WRAPPER, times.toString()));
        wrapped.addAll(command);
        ProcessBuilder builder =
                new ProcessBuilder(wrapped).directory(folder.toFile()).inheritIO();
        builder.environment().putAll(environment);
        long start = System.nanoTime();
        Process process = builder.start();
        long peak = watch(process);
        double wall = (System.nanoTime() - start) / 1e9;
        return new Child(process.exitValue(), wall, cpu(Files.readString(times)), peak / 1024.0);
    }

    /** What the last child said on standard error. */
    static String errors(Path folder) throws IOException {
        return Files.readString(folder.resolve("times.err")).strip();
    }

    private static long watch(Process process) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        long peak = 0;
        List<ProcessHandle> watched = List.of();
        while (!process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
            if (watched.stream().noneMatch(ProcessHandle::isAlive)) {
                watched = process.descendants().toList();
            }
            for (ProcessHandle each : watched) {
                peak = Math.max(peak, peak(each.pid()));
            }
            if (System.nanoTime() > deadline) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly().waitFor();
                throw new IOException("still running after " + LIMIT_SECONDS + " s");
            }
        }
        return peak;
    }

    private static long peak(long pid) {
        try {
            Matcher line = PEAK.matcher(Files.readString(Path.of("/proc/" + pid + "/status")));
            return line.find() ? Long.parseLong(line.group(1)) : 0;
        } catch (IOException gone) {
            return 0;
        }
    }

    private static double cpu(String times) throws IOException {
        Matcher children = TIMES.matcher(times);
        if (!children.find()) {
            throw new IOException("not understood: " + times);
        }
        return 60 * (Double.parseDouble(children.group(1)) + Double.parseDouble(children.group(3)))
                + Double.parseDouble(children.group(2))
                + Double.parseDouble(children.group(4));
    }
}
