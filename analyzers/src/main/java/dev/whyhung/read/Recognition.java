package dev.whyhung.read;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;

/**
 * Tells from the first bytes of an input that it is something other than HotSpot text, by content and never by name. Whatever is
 * not recognised is read as HotSpot text, since a dump may stand anywhere in a log.
 */
final class Recognition {

    /** How many bytes at the beginning of an input decide. */
    static final int HEAD = 8192;

    /**
     * A kind of input that cannot be analysed.
     *
     * @param id id of the format in the report
     * @param message what to say about it, behind the input's name
     */
    record Other(String id, String message) {}

    private Recognition() {}

    static Optional<Other> of(byte[] head) {
        String text = new String(head, StandardCharsets.ISO_8859_1);
        if (text.contains("Full thread dump ") && text.indexOf('\0') < 0) {
            return Optional.empty();
        }
        return Signs.ALL.stream()
                .filter(sign -> sign.matches.test(head, text))
                .map(Sign::other)
                .findFirst();
    }

    private record Sign(Other other, BiPredicate<byte[], String> matches) {}

    private static Sign unsupported(String id, String what, BiPredicate<byte[], String> matches) {
        return other(id, "is recognised as " + what + ", which is not supported yet", matches);
    }

    private static Sign other(String id, String message, BiPredicate<byte[], String> matches) {
        return new Sign(new Other(id, message), matches);
    }

    private static boolean find(Pattern pattern, String text) {
        return pattern.matcher(text).find();
    }

    private static boolean isJson(String text) {
        String start = text.stripLeading();
        return start.startsWith("{") || start.startsWith("[");
    }

    private static boolean begins(byte[] bytes, int... wanted) {
        if (bytes.length < wanted.length) {
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            if ((bytes[i] & 0xff) != wanted[i]) {
                return false;
            }
        }
        return true;
    }

    /** Apart from the rest, since the table is not needed for ordinary dumps. */
    private static final class Signs {
        private static final Pattern DUMP_TEXT = Pattern.compile("^\\d+\\R\\d{4}-\\d\\d-\\d\\dT[^\\n]*Z\\R");
        private static final Pattern JAVACORE = Pattern.compile("^\\dT[IHK]\\w+ ", Pattern.MULTILINE);
        private static final Pattern SA_TEXT = Pattern.compile("^Thread \\d+: \\(state = ", Pattern.MULTILINE);
        private static final Pattern THREAD_INFO = Pattern.compile(
                "^\"[^\\n]*\" (?:Id=\\d+|- Thread t@\\d+|id=\\d+)", Pattern.MULTILINE | Pattern.CASE_INSENSITIVE);
        private static final Pattern ATTACH_FAILURE =
                Pattern.compile("AttachNotSupportedException|doesn't respond within|Unable to open socket file");

        static final List<Sign> ALL = List.of(
                unsupported("jfr", "a JDK Flight Recorder recording", (b, text) -> text.startsWith("FLR\0")),
                unsupported("gzip", "gzip data", (b, text) -> begins(b, 0x1f, 0x8b)),
                unsupported("zip", "a zip archive", (b, text) -> text.startsWith("PK\3\4")),
                unsupported("xz", "xz data", (b, text) -> begins(b, 0xfd, '7', 'z', 'X', 'Z')),
                unsupported("zstd", "zstd data", (b, text) -> begins(b, 0x28, 0xb5, 0x2f, 0xfd)),
                unsupported("tar", "a tar archive", (b, text) -> text.startsWith("ustar", 257)),
                unsupported("utf-16", "text in UTF-16", (b, text) -> begins(b, 0xff, 0xfe) || begins(b, 0xfe, 0xff)),
                unsupported("heap-dump", "a heap dump", (b, text) -> text.startsWith("JAVA PROFILE 1.0")),
                other("binary", "is binary data, not a thread dump", (b, text) -> text.indexOf('\0') >= 0),
                unsupported(
                        "dump-json",
                        "a JSON thread dump",
                        (b, text) -> isJson(text) && text.contains("\"threadDump\"")),
                unsupported("json", "JSON", (b, text) -> isJson(text) && text.contains("\"threadName\"")),
                unsupported("dump-text", "a Thread.dump_to_file text dump", (b, text) -> find(DUMP_TEXT, text)),
                unsupported("javacore", "a javacore", (b, text) -> text.contains("0SECTION ") || find(JAVACORE, text)),
                unsupported("jrockit", "a JRockit dump", (b, text) -> text.contains("===== FULL THREAD DUMP")),
                unsupported(
                        "hs-err",
                        "a JVM crash log",
                        (b, text) -> text.contains("# A fatal error has been detected by")),
                unsupported("sa-text", "output of jhsdb jstack or jstack -F", (b, text) -> find(SA_TEXT, text)),
                unsupported("threadinfo-text", "java.lang.management text", (b, text) -> find(THREAD_INFO, text)),
                other(
                        "attach-failure",
                        "holds the error message of jcmd or jstack, not a dump: the JVM did not answer; use kill -3",
                        (b, text) -> find(ATTACH_FAILURE, text)));
    }
}
