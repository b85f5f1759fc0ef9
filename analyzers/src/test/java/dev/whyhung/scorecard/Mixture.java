package dev.whyhung.scorecard;

import dev.whyhung.Runs;
import dev.whyhung.diagnose.ProcessDiagnosis;
import dev.whyhung.fixtures.Case;
import dev.whyhung.fixtures.Cases;
import dev.whyhung.fixtures.Run;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Two cases in one process: {@code deadlock-mixed + external-io on 17}, a line of {@code mixtures.txt}. */
record Mixture(Case one, Case other, String jdk) {

    private static final String FILE = "mixtures.txt";
    private static final Pattern LINE = Pattern.compile("(\\S+) \\+ (\\S+) on (\\d+)");

    static List<Mixture> all() throws IOException {
        try (InputStream in = Objects.requireNonNull(Mixture.class.getResourceAsStream(FILE), FILE)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(Mixture::parse)
                    .toList();
        }
    }

    private static Mixture parse(String line) {
        Matcher parts = LINE.matcher(line);
        if (!parts.matches()) {
            throw new IllegalArgumentException("not CASE + CASE on JDK: " + line);
        }
        return new Mixture(Cases.named(parts.group(1)), Cases.named(parts.group(2)), parts.group(3));
    }

    Mark mark() {
        Run first = best(one);
        Run second = best(other);
        int dumps = Math.min(first.files().size(), second.files().size());
        String[] texts = new String[dumps];
        for (int i = 0; i < dumps; i++) {
            texts[i] = Mixer.mix(text(one, first, i), text(other, second, i));
        }
        List<ProcessDiagnosis> processes = Runs.diagnose(Runs.read(texts)).processes();
        if (processes.size() != 1) {
            throw new AssertionError(this + " is taken for " + processes.size() + " processes");
        }
        Truth truth = Truth.ofBoth(Truth.of(first), Truth.of(second));
        return Mark.of(toString(), jdk + " mixture", truth, processes.get(0));
    }

    /** The run with the most dumps with lock owners. */
    private Run best(Case of) {
        return of.expectation().runs().stream()
                .filter(run -> run.files().stream().allMatch(file -> file.startsWith(jdk + "/jstack-l")))
                .max(Comparator.comparingInt(run -> run.files().size()))
                .orElseThrow(() -> new IllegalArgumentException(of + " has no jstack -l on " + jdk));
    }

    private static String text(Case of, Run run, int index) {
        List<String> files = new ArrayList<>(run.files());
        try {
            return Files.readString(of.file(files.get(index)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return one + " + " + other;
    }
}
