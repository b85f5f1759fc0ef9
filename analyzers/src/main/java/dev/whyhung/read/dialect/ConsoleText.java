package dev.whyhung.read.dialect;

import dev.whyhung.model.LockRef;
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
 * What JConsole shows of a thread, copied from its window: name and state on two lines, then the stack without {@code at}. Threads
 * have no ids, and there are only those that somebody clicked on.
 */
public final class ConsoleText implements LineFormat {

    static final String ID = "jconsole-text";

    private static final String NAME = "Name: ";
    private static final String STATES = "State: (NEW|RUNNABLE|BLOCKED|WAITING|TIMED_WAITING|TERMINATED)\\b";
    private static final String COUNTS = "Total blocked: ";
    /** Other lists have names and states as well, but not how often somebody was blocked. */
    private static final String BEHIND_NAME = "[^\\n]{0,300}?" + STATES + "[^\\n]*\\n[^\\n]{0,300}?" + COUNTS + "\\d";

    private static final Pattern RECOGNISED =
            Pattern.compile("^[ \\t]*" + NAME + "[^\\n]*\\n" + BEHIND_NAME, Pattern.MULTILINE);
    private static final Pattern GOES_ON = Pattern.compile(BEHIND_NAME);
    private static final Pattern STATE =
            Pattern.compile(STATES + "(?: on (\\S+@\\p{XDigit}{1,16}))?(?: owned by: (.*))?");
    private static final Pattern FRAME = Pattern.compile("[^\\s()]+\\.[^\\s().]+\\([^()]*\\)");
    private static final Pattern LOCKED = Pattern.compile("- locked (\\S+@\\p{XDigit}{1,16})");
    private static final int AHEAD = 2048;
    private static final Set<Visible> SHOWN =
            EnumSet.of(Visible.MONITOR_OWNERS, Visible.SYNCHRONIZER_OWNERS, Visible.THREAD_STATES);

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

    /** Whether the two lines behind the current one go on as behind a name. May move the current line in its buffer. */
    static boolean goesOn(ByteLines lines) {
        return GOES_ON.matcher(lines.ahead(AHEAD, StandardCharsets.ISO_8859_1)).lookingAt();
    }

    private static final class Reading implements DialectLines {
        private final LineSource source;
        private @Nullable DialectDump dump;
        private @Nullable DialectThread thread;
        private @Nullable String name;
        private boolean hasStacks;

        Reading(LineSource source) {
            this.source = source;
        }

        @Override
        public void line(String text, ByteLines line) {
            Matcher state = STATE.matcher(text);
            if (text.startsWith(NAME)) {
                name = text.substring(NAME.length());
                thread = null;
            } else if (name != null && state.matches()) {
                begin(name, state, line.number());
                name = null;
            } else if (thread != null && !threadLine(thread, text)) {
                source.tally().skip(line);
                thread = null;
            }
        }

        private void begin(String called, Matcher state, int number) {
            DialectDump open = dump;
            if (open == null) {
                open = source.dump(number - 1, SHOWN);
                open.truncated = true;
                open.mayBePart = true;
                dump = open;
            }
            DialectThread begun = open.begin(open.freeId(), called, number - 1);
            begun.state = state.group(1);
            if (state.group(2) != null) {
                LockRef lock = LockRef.parse(state.group(2));
                begun.waitsFor(lock);
                if (state.group(3) != null) {
                    open.owner(
                            lock,
                            "BLOCKED".equals(state.group(1)),
                            null,
                            state.group(3).strip());
                }
            }
            thread = begun;
        }

        private boolean threadLine(DialectThread open, String text) {
            Matcher locked = LOCKED.matcher(text);
            if (FRAME.matcher(text).matches()) {
                open.frame(text);
                hasStacks = true;
            } else if (locked.matches()) {
                open.holds(open.lastFrame(), LockRef.parse(locked.group(1)));
            } else {
                return text.isEmpty() || text.startsWith(COUNTS) || text.startsWith("Stack trace:");
            }
            return true;
        }

        @Override
        public void end() {
            if (dump != null && hasStacks) { // else it is about other names and states
                dump.finish();
            }
            dump = null;
            thread = null;
            hasStacks = false;
        }
    }
}
