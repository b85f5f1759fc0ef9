package dev.whyhung.read;

import dev.whyhung.model.InputReport;
import dev.whyhung.read.bytes.Head;
import dev.whyhung.read.bytes.Input;
import dev.whyhung.read.harvest.Format;
import dev.whyhung.read.harvest.Harvest;
import dev.whyhung.read.hotspot.DumpLog;
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
     * @param mayPrecedeDump whether it is text of a log in which a dump may follow
     */
    private record Kind(String id, String message, boolean mayPrecedeDump, Predicate<Head> matches) {}

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
        InputReport refused = InputReport.skipped(input.label(), found.id, found.message);
        if (!found.mayPrecedeDump) {
            return refused;
        }
        InputReport read = new DumpLog(input.label(), harvest).read(input.bytes());
        return read.dumps() > 0 ? read : refused;
    }

    private static Kind core(String id, String what, Predicate<Head> matches) {
        String message =
                "is " + what + "; jhsdb jstack --locks --exe <java> --core <file> of the same JDK shows its threads";
        return new Kind(id, message, false, matches);
    }

    private static Kind packed(String id, String what, String command, Predicate<Head> matches) {
        return new Kind(id, "is " + what + ", which whyhung does not unpack; use " + command, false, matches);
    }

    /** Type 4 of Linux' and of macOS' executable formats. */
    private static boolean isCore(Head head) {
        int type = head.begins(0x7f, 'E', 'L', 'F') ? 16 : head.begins(0xcf, 0xfa, 0xed, 0xfe) ? 12 : -1;
        return type >= 0 && head.text().length() > type && head.text().charAt(type) == 4;
    }

    private static Kind document(String id, String what, String start) {
        return new Kind(id, "is " + what + "; save it as plain text", false, head -> head.begins(start));
    }

    private static Kind foreign(String id, String what, String signs) {
        Pattern pattern = Pattern.compile(signs, Pattern.MULTILINE);
        return new Kind(id, "holds " + what + "; " + INSTEAD, true, head -> head.matches(pattern));
    }

    private static final String INSTEAD = "take jcmd <pid> Thread.print -l of a JVM";

    /** What stands below a header there, also where only some threads were kept. */
    private static final Pattern DALVIK_THREAD =
            Pattern.compile("^[ \\t]*\\| (?:group=\"[^\"\\n]*\" sCount=\\d|sysTid=\\d+ nice=-?\\d)", Pattern.MULTILINE);

    private static final Pattern HEADLESS = Pattern.compile(
            "^[ \\t>`]*(?:java\\.lang\\.Thread\\.State: [A-Z_]+|- +(?:locked|waiting to lock|waiting on|blocked on|parking to wait for) +(?:[<\\[]0x|[\\w.$]{1,200}@)\\p{XDigit})",
            Pattern.MULTILINE);

    private static final Pattern ATTACH_FAILURE =
            Pattern.compile("AttachNotSupportedException|doesn't respond within|Unable to open socket file");

    private static final Pattern HEX = Pattern.compile("\\A0{6,8}:? {1,2}(?:\\p{XDigit}{2} {0,2}){16}");

    private static final List<Kind> KINDS = List.of(
            packed("zstd", "zstd data", "zstd -d", head -> head.begins(0x28, 0xb5, 0x2f, 0xfd)),
            packed("bzip2", "bzip2 data", "bunzip2", head -> head.begins("BZh")),
            packed("7z", "a 7z archive", "7z x", head -> head.begins('7', 'z', 0xbc, 0xaf, 0x27, 0x1c)),
            packed("rar", "a RAR archive", "unrar x", head -> head.begins("Rar!")),
            packed("compress", "data of compress", "uncompress", head -> head.begins(0x1f, 0x9d)),
            packed("lz4", "lz4 data", "lz4 -d", head -> head.begins(0x04, 0x22, 0x4d, 0x18)),
            packed("lzip", "lzip data", "lzip -d", head -> head.begins("LZIP")),
            packed("cab", "a cabinet archive", "cabextract", head -> head.begins("MSCF")),
            core("core-file", "a core file", Unreadable::isCore),
            core("minidump", "a minidump of Windows", head -> head.begins("MDMP")),
            document("pdf", "a PDF document", "%PDF-"),
            document("rtf", "a document in RTF", "{\\rtf"),
            new Kind(
                    "hex",
                    "is the hexadecimal print of a file; turn it back first (xxd -r)",
                    false,
                    head -> head.matches(HEX)),
            new Kind("binary", "is binary data, not a thread dump", false, Head::isBinary),
            new Kind(
                    "attach-failure",
                    "holds the error message of jcmd or jstack, not a dump: the JVM did not answer; use kill -3",
                    true,
                    head -> head.matches(ATTACH_FAILURE)),
            new Kind(
                    "android-trace",
                    "is a trace of Android's runtime, not of a JVM",
                    false,
                    head -> head.contains("DALVIK THREADS")
                            || (head.contains("Cmd line: ") && head.contains(" sysTid="))
                            || head.matches(DALVIK_THREAD)),
            foreign(
                    "hot-threads",
                    "hot threads of Elasticsearch or OpenSearch, samples that show neither states nor locks",
                    "^ *Hot threads at \\S+, interval=|% \\(.{1,40} out of .{1,20}\\) cpu usage by thread '"),
            foreign(
                    "pinned-trace",
                    "stacks of pinned virtual threads, as jdk.tracePinnedThreads prints them",
                    "\\.VirtualThread\\$VThreadContinuation\\.onPinned\\("),
            foreign(
                    "c3p0-status",
                    "what c3p0 prints of its own helper threads",
                    "ThreadPoolAsynchronousRunner\\$DeadlockDetector@\\p{XDigit}+ -- APPARENT DEADLOCK"),
            foreign(
                    "jetty-dump",
                    "what Jetty's dump() prints, one frame of each thread",
                    "\\+> \\d+ \\S+ [A-Z_ ]*(?:RUNNABLE|BLOCKED|WAITING|TIMED_WAITING) @ "),
            foreign(
                    "eclipse-debugger",
                    "threads as Eclipse's debugger copies them",
                    "^[ \\t]*Thread \\[[^\\n]{1,200}\\] \\((?:Suspended|Running|Stepping)"),
            foreign("yourkit-text", "threads as YourKit copies them", "^[^\\n]{1,200} CPU usage on sample: \\d+ ?ms"),
            foreign(
                    "heap-dump-stacks",
                    "stacks of a heap dump, with the variables of each frame",
                    "^[ \\t]+(?:local variable|Local Variable): \\S+#\\d"),
            foreign(
                    "collapsed-stacks",
                    "collapsed stacks, samples of a profiler that show neither states nor locks",
                    "\\A(?=[^\\n]*\\w[./][\\w<])(?:[^\\n;\"{}]{1,300};)++[^\\n;\"{}]{1,300} \\d+\\r?\\n(?:[^\\n;\"{}]{1,300};)*+[^\\n;]{1,300} \\d+\\r?$"),
            foreign("go-stacks", "stacks of a Go program", "^goroutine \\d+ \\[[a-z]"),
            foreign(
                    "python-stacks",
                    "stacks of a Python program",
                    "^(?:Current thread|Thread) 0x\\p{XDigit}+ \\(most recent call first\\)|^Thread \\d+ \\((?:idle|active)\\): \""),
            foreign(
                    "dotnet-stacks",
                    "stacks of a .NET program",
                    "^OS Thread Id: 0x|^Thread \\(0x\\p{XDigit}+\\):\\s*$"),
            foreign(
                    "native-stacks",
                    "native stacks",
                    "^Thread \\d+ \\(Thread 0x\\p{XDigit}+ \\(LWP \\d+\\)|^#0 {2}0x\\p{XDigit}{8,} in "),
            foreign("node-report", "a report of Node.js", "\"nodejsVersion\"\\s*:"),
            foreign(
                    "composite-data",
                    "threads as JMX prints its composite data, which has no line ends",
                    "CompositeDataSupport\\(compositeType=.*threadName|^\\s*threadState = [A-Z_]+;"),
            new Kind(
                    "headless-stack",
                    "holds a stack without its thread's header, the line with the name in quotes; " + INSTEAD,
                    true,
                    head -> head.matches(HEADLESS)));
}
