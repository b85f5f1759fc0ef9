package dev.whyhung.read.dialect;

import dev.whyhung.model.LockRef;
import dev.whyhung.model.ThreadId;
import dev.whyhung.model.Visible;
import dev.whyhung.read.bytes.ByteLines;
import dev.whyhung.read.bytes.Head;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What servers print of their threads without the word {@code at} before frames and without owners: WebLogic's console and its
 * {@code threadDump()}, and the watchdog of Spigot and Paper, which first shows the thread that does not answer, and then all.
 */
public final class ServerText implements LineFormat {

    static final String ID = "server-text";

    private static final String STATES = "(NEW|RUNNABLE|BLOCKED|WAITING|TIMED_WAITING|TERMINATED)";
    private static final String FRAME = "[^\\s():]+\\.[^\\s().]+\\([^()]*\\)";
    private static final String NAME = "Current Thread: ";
    private static final String BEHIND_NAME =
            "[^\\n]{0,300}?PID: (\\d{1,18}) \\| Suspended: \\w+ \\| Native: \\w+ \\| State: " + STATES;

    private static final Pattern NAMED = Pattern.compile(
            "\"(.*)\"(?: waiting for lock (\\S+@\\p{XDigit}{1,16}))? " + STATES + "(?: native| suspended)*");
    private static final Pattern STACK = Pattern.compile("\\s*(?:null|" + FRAME + ")\\s*(?:\\n|$)");
    private static final Pattern CURRENT = Pattern.compile(BEHIND_NAME);
    private static final Pattern RECOGNISED = Pattern.compile(
            "^[ \\t]*(?:" + NAMED.pattern() + "[ \\t\\r]*\\n" + STACK.pattern() + '|' + NAME + "[^\\n]*\\n"
                    + BEHIND_NAME + ')',
            Pattern.MULTILINE);
    private static final Pattern FRAMES = Pattern.compile(FRAME);
    private static final int AHEAD = 2048;
    private static final Set<Visible> SHOWN = EnumSet.of(Visible.THREAD_STATES);

    @Override
    public boolean recognises(Head head) {
        return !head.isBinary() && !head.contains(" tid=0x") && head.matches(RECOGNISED);
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public DialectLines lines(LineSource source) {
        return new Reading(source);
    }

    /** Whether the lines behind the current one go on as behind WebLogic's name of a thread. May move the line in its buffer. */
    static boolean stackFollows(ByteLines lines) {
        return follows(STACK, lines);
    }

    /** Whether they go on as behind the name that a watchdog prints. */
    static boolean stateFollows(ByteLines lines) {
        return follows(CURRENT, lines);
    }

    private static boolean follows(Pattern pattern, ByteLines lines) {
        return pattern.matcher(lines.ahead(AHEAD, StandardCharsets.ISO_8859_1)).lookingAt();
    }

    private static final class Reading implements DialectLines {
        private final LineSource source;
        private @Nullable DialectDump dump;
        /** Shows one thread alone, which counts where the dump of all of them is missing. */
        private @Nullable DialectDump first;

        private @Nullable DialectThread thread;
        private @Nullable String name;

        Reading(LineSource source) {
            this.source = source;
        }

        @Override
        public void line(String text, ByteLines line) {
            Matcher named = NAMED.matcher(text);
            Matcher current = CURRENT.matcher(text);
            if (text.startsWith(NAME)) {
                name = text.substring(NAME.length());
                thread = null;
            } else if (name != null && current.matches()) {
                begin(ThreadId.ofJava(Long.parseLong(current.group(1))), name, current.group(2), line.number() - 1);
                name = null;
            } else if (text.startsWith("\"") && named.matches()) {
                DialectThread begun =
                        begin(open(line.number()).freeId(), named.group(1), named.group(3), line.number());
                if (named.group(2) != null) {
                    begun.waitsFor(LockRef.parse(named.group(2)));
                }
            } else if (text.startsWith("Entire Thread Dump")) {
                showAgain();
            } else if (text.contains("thread dump (Look for")) {
                end();
            } else if (thread != null && FRAMES.matcher(text).matches()) {
                thread.frame(text);
            } else if (thread != null && !isPart(text)) {
                source.tally().skip(line);
                thread = null;
            }
        }

        /** Whoever was shown alone is now shown again among all. */
        private void showAgain() {
            if (dump != null && dump.isOfOne()) {
                first = dump;
                dump = null;
                thread = null;
            } else {
                end();
            }
        }

        private static boolean isPart(String text) {
            return text.isEmpty()
                    || text.equals("null")
                    || text.startsWith("----")
                    || text.startsWith("Stack:")
                    || text.startsWith("Thread is waiting on monitor")
                    || text.startsWith("Locked on:");
        }

        private DialectDump open(int number) {
            DialectDump open = dump;
            if (open == null) {
                open = source.dump(number, SHOWN);
                dump = open;
            }
            return open;
        }

        private DialectThread begin(ThreadId id, String called, String state, int number) {
            DialectThread begun = open(number).begin(id, called, number);
            begun.state = state;
            thread = begun;
            return begun;
        }

        @Override
        public void end() {
            DialectDump last = dump == null ? first : dump;
            if (last != null) {
                last.truncated = last.isOfOne();
                last.finish();
            }
            dump = null;
            first = null;
            thread = null;
        }
    }
}
