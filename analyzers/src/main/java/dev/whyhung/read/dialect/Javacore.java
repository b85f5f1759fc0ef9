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
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A javacore of OpenJ9 or IBM's JVMs, from 1.4.2 on. Each line begins with a tag. The LK section lists who owns a monitor and who
 * waits for it, the XM section the threads. Environment and command line are passed over: they hold secrets.
 */
public final class Javacore implements LineFormat {

    static final String ID = "javacore";

    private static final Pattern RECOGNISED = Pattern.compile(
            "^[ \\t]*(?:0SECTION  *\\w+ subcomponent dump routine|1TIDATETIME |1XMTHDINFO |3XMTHREADINFO |1LKDEADLOCK |3LKMONOBJECT )",
            Pattern.MULTILINE);
    private static final String NUMBER = "(0x\\p{XDigit}{1,16}|\\d{1,18})";
    private static final Pattern DATE =
            Pattern.compile("(\\d{4})/(\\d\\d)/(\\d\\d) at (\\d\\d):(\\d\\d):(\\d\\d)(?::(\\d{3}))?");
    private static final Pattern PROCESS = Pattern.compile("Process ID: (\\d{1,10})");
    private static final Pattern THREAD = Pattern.compile("\"(.*)\"[ ,(].*");
    private static final Pattern STATE = Pattern.compile("\\bstate: ?(\\w+)");
    /** J9 calls by one of them, {@code TID} at first, and the JVM of IBM's 1.4 by {@code sys_thread_t}. */
    private static final Pattern ADDRESS = Pattern.compile("(?:J9VMThread|TID|sys_thread_t): ?" + NUMBER);

    private static final Pattern NATIVE_ID = Pattern.compile("native (?:thread )?ID: ?" + NUMBER);
    private static final Pattern JAVA_ID = Pattern.compile("getId: ?" + NUMBER);
    private static final Pattern CPU = Pattern.compile("CPU usage total: (\\d{1,9})\\.(\\d{1,9}) secs");
    private static final Pattern INITIALIZER = Pattern.compile("Initializing thread: ?\"(.*)\"");
    private static final String CLASS_LOCK = "java.lang.J9VMInternals$ClassInitializationLock";
    private static final Set<Visible> SHOWN =
            EnumSet.of(Visible.MONITOR_OWNERS, Visible.SYNCHRONIZER_OWNERS, Visible.THREAD_STATES);

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
        private final Map<Long, ThreadId> byAddress = new HashMap<>();
        private JavacoreLocks locks = new JavacoreLocks();
        private @Nullable DialectDump dump;
        private @Nullable LocalDateTime start;

        private boolean inCurrent;
        private boolean isPending;
        private String name = "";
        private @Nullable String state;
        private final List<Long> addresses = new ArrayList<>();
        private long nativeId;
        private long javaId;
        private boolean daemon;
        private int line;
        private @Nullable DialectThread thread;

        Reading(LineSource source) {
            this.source = source;
        }

        @Override
        public void line(String text, ByteLines at) {
            int blank = text.indexOf(' ');
            String tag = blank < 0 ? text : text.substring(0, blank);
            String value = blank < 0 ? "" : text.substring(blank).strip();
            if (tag.equals("0SECTION") && value.startsWith("TITLE")) {
                end();
            }
            if (tag.startsWith("1TI") || tag.startsWith("1CI")) {
                about(tag, value, at.number());
            } else if (tag.contains("LK")) {
                locks.line(tag, value);
            } else if (tag.equals("1XMCURTHDINFO")) {
                inCurrent = true; // its thread is listed again below
            } else if (tag.startsWith("1XM")) {
                inCurrent = false;
            } else if (!inCurrent && (tag.startsWith("3XM") || tag.endsWith("XESTACKTRACE"))) {
                thread(tag, value, at.number());
            } else if (text.startsWith("NULL") && text.contains("END OF DUMP") && dump != null) {
                dump.truncated = false;
            }
        }

        private DialectDump dump(int number) {
            DialectDump open = dump;
            if (open == null) {
                open = source.dump(number, SHOWN);
                open.truncated = true;
                dump = open;
            }
            return open;
        }

        private void about(String tag, String value, int number) {
            switch (tag) {
                case "1TIDATETIME" -> dump(number).takenAt = timeOf(value);
                case "1CIJAVAVERSION" -> dump(number).runtime = value;
                case "1CISTARTTIME" -> start = timeOf(value);
                case "1CIPROCESSID" -> {
                    Matcher process = PROCESS.matcher(value);
                    dump(number).pid = process.find() ? Long.valueOf(process.group(1)) : null;
                }
                default -> {}
            }
        }

        private static @Nullable LocalDateTime timeOf(String text) {
            Matcher date = DATE.matcher(text);
            if (!date.find()) {
                return null;
            }
            String millis = date.group(7) == null ? "000" : date.group(7);
            try {
                return LocalDateTime.parse(date.group(1)
                        + '-'
                        + date.group(2)
                        + '-'
                        + date.group(3)
                        + 'T'
                        + date.group(4)
                        + ':'
                        + date.group(5)
                        + ':'
                        + date.group(6)
                        + '.'
                        + millis);
            } catch (DateTimeException none) {
                return null;
            }
        }

        private void thread(String tag, String value, int number) {
            switch (tag) {
                case "3XMTHREADINFO" -> {
                    if (!value.isEmpty()) { // else cut behind its tag
                        beginThread(value, number);
                    }
                }
                case "3XMJAVALTHREAD" -> {
                    javaId = numberIn(JAVA_ID, value);
                    daemon = value.contains("isDaemon:true");
                }
                case "3XMTHREADINFO1" -> nativeId = numberIn(NATIVE_ID, value);
                case "3XMTHREADINFO2" -> {}
                case "3XMCPUTIME" -> cpu(value, number);
                case "3XMTHREADBLOCK" -> blocked(value, number);
                case "4XESTACKTRACE" -> {
                    if (value.startsWith("at ")) {
                        opened(number).frame(frame(value.substring(3).strip()));
                    }
                }
                case "5XESTACKTRACE" -> {
                    LockRef entered = JavacoreLocks.lockIn(value);
                    if (entered != null) {
                        DialectThread open = opened(number);
                        open.holds(open.lastFrame(), entered);
                    }
                }
                default -> opened(number);
            }
        }

        private void beginThread(String value, int number) {
            endThread();
            Matcher header = THREAD.matcher(value);
            Matcher stated = STATE.matcher(value);
            isPending = true;
            name = header.matches() ? header.group(1) : value;
            state = stated.find() ? stated.group(1) : null;
            addresses.clear();
            for (Matcher at = ADDRESS.matcher(value); at.find(); ) {
                addresses.add(JavacoreLocks.number(at.group(1)));
            }
            nativeId = numberIn(NATIVE_ID, value);
            javaId = -1;
            daemon = false;
            line = number;
        }

        private static long numberIn(Pattern pattern, String text) {
            Matcher found = pattern.matcher(text);
            return found.find() ? JavacoreLocks.number(found.group(1)) : -1;
        }

        /** The open thread; the lines that tell its ids are over. */
        private DialectThread opened(int number) {
            DialectThread open = thread;
            if (open == null) {
                ThreadId id = javaId > 0
                        ? ThreadId.ofJava(javaId)
                        : ThreadId.ofNative(nativeId >= 0 ? nativeId : addresses.isEmpty() ? 0 : addresses.get(0));
                open = dump(number).begin(id, name, isPending ? line : number);
                open.daemon = daemon;
                open.state = stateOf(state);
                open.address = addresses.isEmpty() ? 0 : addresses.get(0);
                addresses.forEach(address -> byAddress.putIfAbsent(address, id));
                thread = open;
                isPending = false;
            }
            return open;
        }

        private static @Nullable String stateOf(@Nullable String letters) {
            return letters == null
                    ? null
                    : switch (letters) {
                        case "R", "MW" -> "RUNNABLE";
                        case "B" -> "BLOCKED";
                        case "P" -> "WAITING";
                        // CW is any wait, and in Java 5 and 6 what runs waits, too, for the dump to be written
                        case "PT" -> "TIMED_WAITING";
                        case "Z" -> "TERMINATED";
                        default -> null;
                    };
        }

        private void cpu(String value, int number) {
            Matcher cpu = CPU.matcher(value);
            if (cpu.find()) {
                String nanos = (cpu.group(2) + "000000000").substring(0, 9);
                opened(number).cpuNanos = Long.parseLong(cpu.group(1)) * 1_000_000_000L + Long.parseLong(nanos);
            }
        }

        private void blocked(String value, int number) {
            DialectThread open = opened(number);
            LockRef lock = JavacoreLocks.lockIn(value);
            if (lock == null) {
                return;
            }
            open.waitsFor(lock);
            locks.owner(lock, !value.startsWith("Parked"), value);
            if (lock.className().equals(CLASS_LOCK)) {
                Matcher initializer = INITIALIZER.matcher(value);
                open.waitsForClass(initializer.find() ? initializer.group(1) : null);
            }
        }

        /** From {@code java/lang/Thread.run(Thread.java:818(Compiled Code))}. */
        private static String frame(String text) {
            int open = text.indexOf('(');
            String call = (open < 0 ? text : text.substring(0, open))
                    .replace('/', '.')
                    .replace(".0x", "/0x");
            String place = open < 0 ? "" : text.substring(open + 1);
            int inner = place.indexOf('(');
            int close = inner >= 0 ? inner : place.lastIndexOf(')');
            return call + '(' + (close < 0 ? place : place.substring(0, close)) + ')';
        }

        private void endThread() {
            if (isPending) {
                opened(line);
            }
            DialectThread open = thread;
            if (open != null) {
                JavacoreLocks.Wait wait = addresses.stream()
                        .map(locks::waitOf)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null);
                if (wait != null) {
                    open.waitsFor(wait.lock());
                    if (wait.entering() || (locks.isOwned(wait.lock()) && !open.isInObjectWait())) {
                        open.status = ThreadStatus.BLOCKED_ON_MONITOR_ENTER;
                    }
                }
                if (open.isWithoutFrames()) {
                    open.kind = ThreadSnapshot.Kind.VM;
                }
            }
            thread = null;
        }

        @Override
        public void end() {
            endThread();
            DialectDump open = dump == null && locks.isTold() ? dump(1) : dump;
            if (open != null) {
                if (open.isEmpty()) {
                    locks.threads(open, byAddress, 1);
                }
                locks.settle(open, byAddress);
                open.startedAt = start;
                open.finish();
            }
            dump = null;
            start = null;
            locks = new JavacoreLocks();
            byAddress.clear();
        }
    }
}
