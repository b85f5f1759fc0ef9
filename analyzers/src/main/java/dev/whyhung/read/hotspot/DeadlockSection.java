package dev.whyhung.read.hotspot;

import dev.whyhung.model.LockMention.Kind;
import dev.whyhung.model.LockRef;
import dev.whyhung.model.PrintedDeadlock;
import dev.whyhung.model.ThreadStatus;
import dev.whyhung.read.bytes.ByteLines;
import dev.whyhung.read.bytes.Digits;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads HotSpot's own deadlock section. Its entries tell owners. The threads that it names stand in the dump before it; where they do
 * not, since only this section was kept, they are made of what it tells.
 */
final class DeadlockSection {

    /** What a line is to the section. */
    enum Line {
        PART,
        LAST,
        STRANGE,
        /** Its last line was lost, and this one is behind it. */
        BEHIND
    }

    private static final Pattern MONITOR =
            Pattern.compile("waiting to lock [Mm]onitor.*\\([Oo]bject[ @]0x(\\p{XDigit}+), an? (.*)\\),?");
    private static final Pattern SYNCHRONIZER =
            Pattern.compile("waiting for ownable synchronizer 0x(\\p{XDigit}+), \\(an? (.*)\\),?");
    private static final Pattern HELD = Pattern.compile("which is held by \"(.*)\"");

    private final ThreadBuilder thread;
    private final LockLines lockLines = new LockLines();
    private boolean inStacks;
    private boolean inThread;
    private int strange;
    private String waiter = "";
    /** The thread that is open, by its name, and by its place among those of this name. */
    private String key = "";

    private final Map<String, Integer> entries = new HashMap<>();
    private final Map<String, Integer> stacks = new HashMap<>();
    private String className = "";
    private long address;
    private boolean ofMonitor;

    /** Builds its threads with this. */
    DeadlockSection(ThreadBuilder thread) {
        this.thread = thread;
    }

    /** The first name in the section that begins with the current line, or null; may move the line in its buffer. */
    static @Nullable String firstName(ByteLines lines) {
        Matcher name = NAME.matcher(lines.ahead(AHEAD, StandardCharsets.UTF_8));
        return name.find() ? name.group(1) : null;
    }

    private static final Pattern NAME = Pattern.compile("\"([^\\n]*)\":\\s*$", Pattern.MULTILINE);
    private static final int AHEAD = 1024;

    void begin() {
        inStacks = false;
        inThread = false;
        strange = 0;
        waiter = "";
        address = 0;
        entries.clear();
        stacks.clear();
    }

    /** Goes on behind a name, where what stood before was lost. */
    void resume(String name) {
        waiter = name;
    }

    /** Whether the line says what a thread waits for, in the words of this section alone. */
    static boolean isEntry(ByteLines lines, int at) {
        return lines.startsWith(at, WAITS_FOR_MONITOR) || lines.startsWith(at, WAITS_FOR_SYNCHRONIZER);
    }

    private static final byte[] WAITS_FOR_MONITOR = ByteLines.ascii("waiting to lock monitor ");
    private static final byte[] WAITS_FOR_SYNCHRONIZER = ByteLines.ascii("waiting for ownable synchronizer ");

    /** The name that an entry begins with; null if this line is none. */
    static @Nullable String nameIn(ByteLines lines, int at) {
        if (lines.end() - at > LONGEST_NAME || lines.bytes()[lines.end() - 1] != ':') {
            return null;
        }
        String text = plain(lines.text(at, lines.end()));
        return text.length() > 3 && text.endsWith("\":") ? text.substring(1, text.length() - 2) : null;
    }

    private static final int LONGEST_NAME = 1024;

    /** Without what makes Markdown bold. */
    private static String plain(String text) {
        return text.indexOf('*') < 0 ? text : BOLD.matcher(text).replaceAll("$1");
    }

    private static final Pattern BOLD = Pattern.compile("\\*\\*([^* ]+)\\*\\*");

    /** Takes one line from its first ink on. */
    Line line(ByteLines lines, int at, DumpBuilder dump) {
        String text = plain(lines.text(at, Math.min(lines.end(), at + 4096)).stripTrailing());
        if (text.startsWith("Java stack information")) {
            inStacks = true;
        } else if (text.startsWith("Found ") && text.contains("deadlock")) {
            end(dump);
            boolean more = text.contains("Java-level");
            begin();
            return more ? Line.PART : Line.LAST;
        } else if (text.startsWith("\"") && text.length() > 2 && text.endsWith("\":")) {
            end(dump);
            begin(text.substring(1, text.length() - 2), lines, dump);
        } else if (inThread && stack(lines, at)) {
            return Line.PART;
        } else {
            return text.startsWith("===") || entry(text, lines, dump) ? Line.PART : strange(dump);
        }
        strange = 0;
        return Line.PART;
    }

    /** What follows belongs to nobody, until a thread is named again; behind many such lines the section is over. */
    private Line strange(DumpBuilder dump) {
        end(dump);
        waiter = "";
        return ++strange < MOST_STRANGE ? Line.STRANGE : Line.BEHIND;
    }

    private static final int MOST_STRANGE = 20;

    private void begin(String name, ByteLines lines, DumpBuilder dump) {
        waiter = name;
        key = key(name, stacks.getOrDefault(name, 0));
        if (inStacks || dump.isTold(key)) {
            ThreadStatus state = dump.entersMonitor(key) ? ThreadStatus.BLOCKED_ON_MONITOR_ENTER : null;
            thread.beginNamed(dump.freeId(), name, state, lines.number());
            inThread = true;
        }
    }

    private static String key(String name, int place) {
        return place == 0 ? name : name + '\n' + place;
    }

    private boolean stack(ByteLines lines, int at) {
        if (lines.startsWith(at, AT)) {
            thread.frame(lines.bytes(), at + AT.length, lines.end());
            return true;
        }
        if (!lockLines.read(lines, at)) {
            return false;
        }
        Kind kind = lockLines.kind;
        if (kind != null) {
            thread.lock(kind, lockLines.address, lines.bytes(), lockLines.classStart, lockLines.classEnd);
        }
        return true;
    }

    private static final byte[] AT = ByteLines.ascii("at ");

    /** The section has ended, with this line or without one. */
    void end(DumpBuilder dump) {
        if (inThread) {
            dump.tell(key, thread.build(true));
            stacks.merge(waiter, 1, Integer::sum);
        }
        inThread = false;
    }

    private boolean entry(String text, ByteLines lines, DumpBuilder dump) {
        Matcher monitor = MONITOR.matcher(text);
        Matcher synchronizer = SYNCHRONIZER.matcher(text);
        Matcher held = HELD.matcher(text);
        ofMonitor = monitor.lookingAt();
        if (ofMonitor) {
            lock(monitor);
        } else if (synchronizer.lookingAt()) {
            lock(synchronizer);
        } else if (held.lookingAt() && address != 0) {
            dump.tell(new PrintedDeadlock(waiter, new LockRef(className, address), held.group(1)));
            address = 0;
            return true;
        } else {
            return text.startsWith("in JNI, which is held") || text.startsWith("which is held by");
        }
        tellWaiter(lines, dump);
        return true;
    }

    /** The thread that the entry is about, without a stack. */
    private void tellWaiter(ByteLines lines, DumpBuilder dump) {
        if (waiter.isEmpty()) {
            return; // its line was lost
        }
        byte[] name = className.getBytes(StandardCharsets.UTF_8);
        ThreadStatus state = ofMonitor ? ThreadStatus.BLOCKED_ON_MONITOR_ENTER : ThreadStatus.PARKED;
        thread.beginNamed(dump.freeId(), waiter, state, lines.number());
        thread.lock(ofMonitor ? Kind.WAITING_TO_LOCK : Kind.PARKING, address, name, 0, name.length);
        dump.tell(key(waiter, entries.merge(waiter, 1, Integer::sum) - 1), thread.build(true));
        inThread = false;
    }

    private void lock(Matcher line) {
        String digits = line.group(1);
        address = Digits.hexadecimal(ByteLines.ascii(digits), 0, digits.length());
        className = line.group(2).replace('/', '.');
    }
}
