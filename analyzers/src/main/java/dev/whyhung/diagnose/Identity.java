package dev.whyhung.diagnose;

import dev.whyhung.graph.Facts;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.model.DumpInfo;
import dev.whyhung.model.Evidence;
import dev.whyhung.model.Frame;
import dev.whyhung.model.Recording;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which process the evidence is of, as far as it tells.
 *
 * @param jvm the JVM's description of itself, or null
 * @param pid process id, or null
 * @param program class of its {@code main} method, or the main class or jar of its command line; null if neither is shown
 * @param tool what it is if it is no service: {@code Gradle daemon}; else null
 * @param started when the JVM started, in the time that the dumps print, to the second; null if no dump tells
 */
public record Identity(
        @Nullable String jvm,
        @Nullable Long pid,
        @Nullable String program,
        @Nullable String tool,
        @Nullable LocalDateTime started) {

    /** A tool has its threads from the beginning; they are among those with the lowest ids. */
    private static final int OLDEST = 256;

    /** Of a process of which no more is known. */
    public static Identity of(@Nullable String jvm, @Nullable Long pid) {
        return new Identity(jvm, pid, null, null, null);
    }

    static Identity of(Facts facts) {
        Evidence evidence = facts.evidence();
        List<DumpInfo> dumps = evidence.dumps();
        return new Identity(
                evidence.focus().info().runtime(),
                pid(evidence),
                mainMethod(facts).or(() -> mainArgument(evidence)).orElse(null),
                facts.threads().stream()
                        .limit(OLDEST)
                        .map(thread -> facts.knowledge().tool(thread.name(), thread.reading()))
                        .flatMap(Optional::stream)
                        .findFirst()
                        .orElse(null),
                dumps.stream()
                        .map(Identity::start)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null));
    }

    /** What a text dump was asked for, before what the process inside its container says. */
    private static @Nullable Long pid(Evidence evidence) {
        Long examined = evidence.focus().info().pid();
        return examined != null
                ? examined
                : evidence.dumps().stream()
                        .map(DumpInfo::pid)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(evidence.recordings().stream()
                                .map(recording -> recording.jvm().pid())
                                .filter(Objects::nonNull)
                                .findFirst()
                                .orElse(null));
    }

    /** A launcher's {@code main} calls that of the program: the last one counts. */
    private static Optional<String> mainMethod(Facts facts) {
        return facts.those(thread -> thread.name().equals("main")).stream()
                .map(ThreadFacts::thread)
                .flatMap(thread -> thread.stack().frames().stream())
                .filter(frame -> frame.method().equals("main"))
                .map(Frame::className)
                .findFirst();
    }

    private static Optional<String> mainArgument(Evidence evidence) {
        return evidence.recordings().stream()
                .map(Recording::jvm)
                .map(jvm -> jvm.command().strip().split("\\s", 2)[0])
                .filter(word -> !word.isEmpty())
                .findFirst();
    }

    private static @Nullable LocalDateTime start(DumpInfo info) {
        LocalDateTime taken = info.takenAt();
        return taken == null || info.uptimeNanos() < 0
                ? null
                : taken.minusNanos(info.uptimeNanos()).truncatedTo(ChronoUnit.SECONDS);
    }
}
