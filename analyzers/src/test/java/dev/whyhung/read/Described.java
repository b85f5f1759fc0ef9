package dev.whyhung.read;

import dev.whyhung.model.InputReport;
import dev.whyhung.model.LockMention;
import dev.whyhung.model.ThreadDump;
import dev.whyhung.model.ThreadSnapshot;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What was read of an input, in words, so that two inputs can be compared. */
public record Described(List<String> threads, List<ThreadDump> dumps, List<InputReport> reports) {

    static Described of(byte[] input) {
        List<ThreadDump> dumps = new ArrayList<>();
        List<InputReport> reports =
                new Kept(dumps).read(Source.stream("input", () -> new ByteArrayInputStream(input), true));
        List<String> threads = dumps.stream()
                .flatMap(dump -> dump.threads().stream())
                .map(Described::thread)
                .toList();
        return new Described(threads, dumps, reports);
    }

    static Described of(String input) {
        return of(input.getBytes(StandardCharsets.UTF_8));
    }

    /** What is said about the input; "null" if nothing. */
    String message() {
        return String.valueOf(reports.get(0).message());
    }

    private static String thread(ThreadSnapshot thread) {
        return thread.id() + " " + thread.name() + ' ' + thread.kind() + ' ' + thread.status() + ' ' + thread.cpuNanos()
                + ' ' + thread.stack().frames() + ' '
                + thread.locks().stream().map(LockMention::toString).collect(Collectors.joining(";"));
    }
}
