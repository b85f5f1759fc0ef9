package dev.whyhung.read.dialect;

import dev.whyhung.model.LockRef;
import dev.whyhung.model.ThreadId;
import dev.whyhung.model.ThreadSnapshot;
import dev.whyhung.model.ThreadStatus;
import dev.whyhung.model.Visible;
import dev.whyhung.read.bytes.ByteLines;
import dev.whyhung.read.bytes.Head;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A dump of JRockit: classes with slashes, what is waited for above the frames, what is held between them. */
public final class JRockitText implements LineFormat {

    static final String ID = "jrockit";

    private static final String OWN_HEADER = "\"[^\\n]*\" id=\\d+ idx=0x\\p{XDigit}+ tid=\\d+ prio=\\d";
    private static final Pattern RECOGNISED =
            Pattern.compile("^\\s*===== FULL THREAD DUMP|^[ \\t`]*" + OWN_HEADER, Pattern.MULTILINE);
    private static final Pattern EXCERPT = Pattern.compile(OWN_HEADER);
    private static final Pattern HEADER = Pattern.compile("\"(.*)\" .*?\\bid=(0x\\p{XDigit}{1,15}|\\d{1,18})\\b(.*)");
    private static final Pattern LOCK = Pattern.compile("([^\\s@]+)@(?:0x)?(\\p{XDigit}{1,16})(?:\\[.*)?");
    private static final Pattern FRAME = Pattern.compile(
            "at ([^(\\s]+)(?=\\()(?:\\([^()]*\\)[\\w/$;\\[]+)?(?:\\(([^()]*)\\))?(?:\\[\\w+])?(?:@0x\\p{XDigit}+)?");
    private static final Pattern TIMED =
            Pattern.compile("java/util/concurrent/locks/LockSupport\\.park(?:Nanos|Until)");
    private static final Set<Visible> SHOWN = EnumSet.of(Visible.MONITOR_OWNERS, Visible.THREAD_STATES);

    @Override
    public boolean recognises(Head head) {
        return head.matches(RECOGNISED);
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

        Reading(LineSource source) {
            this.source = source;
        }

        @Override
        public void line(String text, ByteLines line) {
            if (text.startsWith("===== FULL THREAD DUMP")) {
                end();
                dump = newDump(line.number());
            } else if (text.isEmpty()) {
                return; // blank lines may be lost or added
            } else if (dump == null) {
                if (EXCERPT.matcher(text).lookingAt()) {
                    dump = newDump(line.number());
                    outside(dump, text, line.number());
                }
            } else if (text.startsWith("===== END OF THREAD DUMP")) {
                dump.truncated = false;
                end();
            } else if (text.endsWith(" lock chains")) {
                thread = null;
            } else if (thread != null && !HEADER.matcher(text).matches()) {
                threadLine(thread, text, line);
            } else {
                outside(dump, text, line.number());
            }
        }

        /** Cut until its last line is read. */
        private DialectDump newDump(int number) {
            DialectDump begun = source.dump(number, SHOWN);
            begun.truncated = true;
            return begun;
        }

        private void outside(DialectDump open, String text, int number) {
            Matcher header = HEADER.matcher(text);
            if (header.matches()) {
                String digits = header.group(2);
                long id = digits.startsWith("0x") ? Long.parseLong(digits.substring(2), 16) : Long.parseLong(digits);
                DialectThread begun = open.begin(ThreadId.ofJava(id), header.group(1), number);
                begun.daemon = header.group(3).contains("daemon");
                begun.status = statusOf(header.group(3));
                begun.kind = header.group(1).startsWith("(") ? ThreadSnapshot.Kind.VM : ThreadSnapshot.Kind.PLATFORM;
                thread = begun;
            } else if (text.contains("JRockit")) {
                open.runtime = text;
            } else if (open.isEmpty() && open.takenAt == null) {
                open.takenAt = timeOf(text);
            }
        }

        /** What stands behind {@code native} is how the JVM waits, whatever for. */
        private static ThreadStatus statusOf(String all) {
            String words = all.replace("native_blocked", "").replace("native_waiting", "");
            return words.contains("blocked")
                    ? ThreadStatus.BLOCKED_ON_MONITOR_ENTER
                    : words.contains("sleeping")
                            ? ThreadStatus.SLEEPING
                            : words.contains("parked")
                                    ? ThreadStatus.PARKED
                                    : words.contains(" waiting") ? ThreadStatus.IN_OBJECT_WAIT : ThreadStatus.RUNNABLE;
        }

        private static @Nullable LocalDateTime timeOf(String text) {
            try {
                return LocalDateTime.parse(
                        text.replaceAll(" +", " "),
                        DateTimeFormatter.ofPattern("EEE MMM d HH:mm:ss yyyy", Locale.ENGLISH));
            } catch (DateTimeException none) {
                return null;
            }
        }

        private void threadLine(DialectThread open, String text, ByteLines line) {
            Matcher frame = FRAME.matcher(text);
            if (text.startsWith("-- Blocked trying to get lock:")) {
                open.status = ThreadStatus.BLOCKED_ON_MONITOR_ENTER;
                waitsFor(open, text);
            } else if (text.startsWith("-- Waiting for notification on:")) {
                open.status = open.status == ThreadStatus.SLEEPING ? open.status : ThreadStatus.IN_OBJECT_WAIT;
                waitsFor(open, text);
            } else if (text.startsWith("-- Parking to wait for:")) {
                open.status = ThreadStatus.PARKED;
                waitsFor(open, text);
            } else if (text.startsWith("^-- Holding lock:")) {
                LockRef lock = lockIn(text);
                if (lock != null) {
                    open.holds(open.lastFrame(), lock);
                }
            } else if (frame.matches()) {
                frame(open, frame);
            } else if (!text.startsWith("-") && !text.startsWith("^--")) {
                source.tally().skip(line);
            }
        }

        /** The JVM's own frames are left out: other JVMs have none. Only the JDK's tell a wait with a limit from another. */
        private static void frame(DialectThread open, Matcher frame) {
            if (open.status == ThreadStatus.PARKED
                    && TIMED.matcher(frame.group(1)).matches()) {
                open.status = ThreadStatus.PARKED_TIMED;
            }
            if (!frame.group(1).startsWith("jrockit/")) {
                String place = frame.group(2) == null ? "" : frame.group(2);
                open.frame(frame.group(1).replace('/', '.') + '(' + place + ')');
            }
        }

        private static void waitsFor(DialectThread open, String text) {
            LockRef lock = lockIn(text);
            if (lock != null) {
                open.waitsFor(lock);
            }
        }

        private static @Nullable LockRef lockIn(String text) {
            Matcher lock = LOCK.matcher(text.substring(text.indexOf(':') + 1).strip());
            return lock.matches()
                    ? new LockRef(
                            lock.group(1).replace('/', '.'), Long.parseUnsignedLong(lock.group(2), 16) & Long.MAX_VALUE)
                    : null;
        }

        @Override
        public void end() {
            if (dump != null) {
                dump.finish();
            }
            dump = null;
            thread = null;
        }
    }
}
