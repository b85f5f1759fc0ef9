package dev.whyhung.read.dialect;

import dev.whyhung.model.LockRef;
import dev.whyhung.model.ThreadId;
import dev.whyhung.model.Visible;
import dev.whyhung.read.bytes.ByteLines;
import dev.whyhung.read.bytes.Head;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What programs print from {@code java.lang.management.ThreadInfo}: its {@code toString}, and the texts of Spring Boot's actuator,
 * VisualVM, Jenkins, Arthas, Geode and their like. They name locks by identity hash code, and the owner of a lock at the thread
 * that waits for it.
 */
public final class ThreadInfoText implements LineFormat {

    static final String ID = "threadinfo-text";

    private static final String IDS = "(?:\\b[Ii]d=|\\bt@|\\btid=)(0x\\p{XDigit}{1,15}|\\d{1,18})\\b";
    private static final String NO_NUMBER = "0x0";
    private static final String RULE = "-----";
    private static final String SYNCHRONIZER = "- synchronizer ";
    private static final Pattern COUNTS = Pattern.compile("Blocked: \\d+\\[.*|User CPU: .*");
    private static final Pattern BLOCKS = Pattern.compile(" but blocks (\\d{1,6}) other threads");
    private static final Pattern HEADER = Pattern.compile("\"(.*)\"(?: - Thread)?(?: [^\"]*?)??[ ]" + IDS + "(.*)");
    private static final Pattern STATE =
            Pattern.compile("\\b(NEW|RUNNABLE|BLOCKED|WAITING|TIMED_WAITING|TERMINATED)\\b");
    private static final Pattern WAITS_ON = Pattern.compile("\\bon (?:lock=)?(\\S+@\\p{XDigit}{1,16})\\b");
    private static final Pattern OWNED_BY = Pattern.compile("\\bowned by \"?(.*?)\"? " + IDS);
    private static final Pattern OBJECT =
            Pattern.compile("<(?:0x)?(\\p{XDigit}{1,16})> \\(a ([^)]*)\\)|([^\\s<>@]+@\\p{XDigit}{1,16})\\b");
    private static final Pattern RECOGNISED = Pattern.compile(
            "^`?\"[^\\n]*\"(?:(?: - Thread)?(?: [^\"\\n]*?)??[ ](?:[Ii]d=\\d|t@\\d)|(?: daemon)? prio=\\d+ tid=0x0 nid=0x0 )"
                    + "|^\"[^\\n]*\" tid=0x\\p{XDigit}+(?: [a-z ]*owned by| in [A-Z_]{3,13}\\s*$|\\s*$)",
            Pattern.MULTILINE);
    private static final Set<Visible> SHOWN =
            EnumSet.of(Visible.MONITOR_OWNERS, Visible.SYNCHRONIZER_OWNERS, Visible.THREAD_STATES);

    @Override
    public boolean recognises(Head head) {
        return !head.isBinary() && head.matches(RECOGNISED);
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public DialectLines lines(LineSource source) {
        return new Reading(source);
    }

    private static final class Reading implements DialectLines {
        private final LineSource source;
        private @Nullable DialectDump dump;
        private @Nullable DialectThread thread;
        private @Nullable LocalDateTime time;
        /** The header of the thread that is open, which may name an owner before the lock is known. */
        private String headline = "";

        /** Whether the threads have numbers; where an IDE freezes, all have the same. */
        private boolean numbered;

        private boolean inSynchronizers;
        private boolean afterHeader;
        private boolean afterFrame;
        private int forwards;
        private int backwards;

        Reading(LineSource source) {
            this.source = source;
        }

        @Override
        public void line(String text, ByteLines line) {
            int owner = text.lastIndexOf(" owned by ");
            int start = text.startsWith("`\"") ? 1 : 0; // Markdown
            Matcher header = HEADER.matcher(text.substring(start, owner < 0 ? text.length() : owner));
            boolean isFrame = text.startsWith("at ");
            boolean isHeader = text.startsWith("\"", start) && header.matches();
            forwards += afterHeader && isFrame ? 1 : 0;
            backwards += afterFrame && isHeader ? 1 : 0;
            afterHeader = isHeader;
            afterFrame = isFrame;
            if (text.isEmpty()) {
                return;
            }
            if (isHeader) {
                begin(header, text.substring(start), line.number());
            } else if (text.startsWith("Full thread dump")) {
                beginDump(line.number(), text);
            } else if (text.startsWith(RULE)) {
                thread = null; // something else follows, as the coroutines of an IDE
            } else if (thread != null && !threadLine(thread, text)) {
                source.tally().skip(line);
            } else if (thread == null) {
                time = timeOf(text);
            }
        }

        private static @Nullable LocalDateTime timeOf(String text) {
            try {
                return text.length() == 19 || text.length() == 23 ? LocalDateTime.parse(text.replace(' ', 'T')) : null;
            } catch (DateTimeException none) {
                return null;
            }
        }

        private void beginDump(int number, String title) {
            end();
            DialectDump begun = source.dump(number, SHOWN);
            String runtime = title.replaceFirst("Full thread dump", "")
                    .replaceFirst(":$", "")
                    .strip();
            begun.runtime = runtime.isEmpty() ? null : runtime;
            begun.takenAt = time;
            begun.mayBePart = true;
            time = null;
            dump = begun;
        }

        private void begin(Matcher header, String text, int number) {
            if (dump == null) {
                beginDump(number, "");
            }
            DialectDump open = Objects.requireNonNull(dump);
            headline = text;
            String rest = text.substring(header.start(3));
            numbered = !header.group(2).equals(NO_NUMBER);
            ThreadId id = numbered ? idOf(header.group(2)) : open.freeId();
            DialectThread begun = open.begin(id, header.group(1), number);
            begun.daemon = header.group().contains("\" daemon ");
            thread = begun;
            inSynchronizers = false;
            state(begun, rest);
        }

        /** A state with what stands around it: the lock that is waited for and its owner. */
        private void state(DialectThread into, String text) {
            Matcher state = STATE.matcher(text);
            if (state.find()) {
                into.state = state.group(1);
                waitsOn(into, text, state.end());
            }
            owner(into, text);
        }

        private static void waitsOn(DialectThread into, String text, int from) {
            Matcher on = WAITS_ON.matcher(text);
            if (on.find(from)) {
                into.waitsFor(LockRef.parse(on.group(1)));
            }
        }

        private void owner(DialectThread waiter, String text) {
            Matcher owner = OWNED_BY.matcher(text);
            LockRef lock = waiter.waitedFor();
            if (lock != null && dump != null && owner.find()) {
                ThreadId id = numbered ? idOf(owner.group(2)) : null;
                dump.owner(lock, "BLOCKED".equals(waiter.state), id, owner.group(1));
            }
        }

        private boolean threadLine(DialectThread open, String text) {
            if (text.startsWith("at ")) {
                open.frame(text.substring(3));
            } else if (text.startsWith("- ")) {
                lock(open, text);
            } else if (text.startsWith("java.lang.Thread.State: ")) {
                state(open, text);
            } else if (text.toLowerCase(Locale.ROOT).contains("locked") && text.contains("ynchronizers")) {
                inSynchronizers = true;
            } else if (text.startsWith("on ")) {
                waitsOn(open, text, 0);
                owner(open, text);
            } else if (text.startsWith("owned by ")) {
                owner(open, text);
            } else if (text.startsWith("locks ")) {
                open.owns(LockRef.parse(text.substring(6)));
            } else {
                return text.equals("...") || COUNTS.matcher(text).matches();
            }
            return true;
        }

        private void lock(DialectThread open, String text) {
            Matcher object = OBJECT.matcher(text);
            if (!object.find()) {
                return;
            }
            LockRef lock = object.group(3) != null
                    ? LockRef.parse(object.group(3))
                    : LockRef.ofHash(object.group(2), Long.parseUnsignedLong(object.group(1), 16) & Long.MAX_VALUE);
            if (inSynchronizers || text.startsWith(SYNCHRONIZER)) {
                open.owns(lock);
            } else if (text.contains("locked") && !text.contains("blocked on")) {
                open.holds(open.lastFrame(), lock);
                blocks(text, lock);
            } else {
                open.waitsFor(lock);
                owner(open, text.contains(" owned by ") ? text : headline);
            }
        }

        /** Arthas shows who blocks most of the others, and not those. */
        private void blocks(String text, LockRef lock) {
            Matcher others = BLOCKS.matcher(text);
            if (dump != null && others.find()) {
                dump.isAwaited(lock, Integer.parseInt(others.group(1)));
            }
        }

        private static ThreadId idOf(String digits) {
            return ThreadId.ofJava(
                    digits.startsWith("0x") ? Long.parseLong(digits.substring(2), 16) : Long.parseLong(digits));
        }

        @Override
        public void end() {
            if (backwards > 1 && forwards == 0) {
                source.tally()
                        .note(
                                "its lines stand in reverse order, so no stack stands under its thread; turn it around (tac)");
            } else if (dump != null) {
                dump.finish();
            }
            dump = null;
            thread = null;
        }
    }
}
