package dev.whyhung.read.bytes;

import java.util.regex.Pattern;

/** By what a text betrays that it is a thread dump or a line of one, in any dialect. A frame alone may be an exception's. */
public final class DumpSigns {

    private static final Pattern SIGNS =
            Pattern.compile("Full thread dump|FULL THREAD DUMP|java\\.lang\\.Thread\\.State:"
                    + "|\\btid=(?:3D)?0x|\" (?:daemon )?(?:prio=\\d+ )?Id=\\d|\" - Thread t@\\d"
                    + "|3XMTHREADINFO|Thread \\d+: \\(state = |Coroutine \"|Total blocked: \\d+  Total waited: \\d|\"threadDump\"\\s*:|\"[Tt]hread_?[Nn]ame\"\\s*:"
                    + "|#\\d+ \"[^\"\\n]*\" (?:virtual |[A-Z_]+ \\d{4}-)");

    private DumpSigns() {}

    public static boolean in(String text) {
        return SIGNS.matcher(text).find();
    }

    /** How many of them there are. */
    public static int count(String text) {
        return (int) SIGNS.matcher(text).results().count();
    }
}
