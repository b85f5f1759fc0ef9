package dev.whyhung.read;

import dev.whyhung.model.InputReport;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What is recognised but cannot be analysed, with what to say about it. */
final class Unreadable implements Format {

    /**
     * A kind of such input.
     *
     * @param id id of the format in the report
     * @param message what to say about it, behind the input's name
     */
    private record Kind(String id, String message, Predicate<Head> matches) {}

    @Override
    public boolean recognises(Head head) {
        return KINDS.stream().anyMatch(kind -> kind.matches.test(head));
    }

    @Override
    public InputReport read(Input input, Harvest harvest) {
        Kind found = KINDS.stream()
                .filter(kind -> kind.matches.test(input.head()))
                .findFirst()
                .orElseThrow();
        return InputReport.skipped(input.label(), found.id, found.message);
    }

    private static Kind unsupported(String id, String what, Predicate<Head> matches) {
        return new Kind(id, "is recognised as " + what + ", which is not supported yet", matches);
    }

    private static Kind packed(String id, String what, String command, Predicate<Head> matches) {
        return new Kind(id, "is " + what + ", which whyhung does not unpack; use " + command, matches);
    }

    private static final Pattern ATTACH_FAILURE =
            Pattern.compile("AttachNotSupportedException|doesn't respond within|Unable to open socket file");

    private static final List<Kind> KINDS = List.of(
            packed("zstd", "zstd data", "zstd -d", head -> head.begins(0x28, 0xb5, 0x2f, 0xfd)),
            packed("bzip2", "bzip2 data", "bunzip2", head -> head.begins("BZh")),
            packed("7z", "a 7z archive", "7z x", head -> head.begins('7', 'z', 0xbc, 0xaf, 0x27, 0x1c)),
            packed("rar", "a RAR archive", "unrar x", head -> head.begins("Rar!")),
            unsupported("heap-dump", "a heap dump", head -> head.begins("JAVA PROFILE 1.0")),
            new Kind("binary", "is binary data, not a thread dump", Head::isBinary),
            new Kind(
                    "attach-failure",
                    "holds the error message of jcmd or jstack, not a dump: the JVM did not answer; use kill -3",
                    head -> head.matches(ATTACH_FAILURE)));
}
