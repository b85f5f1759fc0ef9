package dev.whyhung.read.hotspot;

import dev.whyhung.model.LockMention.Kind;
import dev.whyhung.read.bytes.ByteLines;
import dev.whyhung.read.bytes.Digits;
import org.jspecify.annotations.Nullable;

/**
 * Reads a line about a lock, {@code - parking to wait for  <0x00000000ffbac8b0> (a C)}, in all forms that HotSpot prints. Reused
 * from line to line.
 */
final class LockLines {

    private static final class Form {
        final byte[] text;
        final @Nullable Kind kind;
        /** How much of the address stands in the text. */
        final int digits;

        Form(byte[] text, @Nullable Kind kind) {
            this.text = text;
            this.kind = kind;
            digits = text[text.length - 1] == 'x' ? 2 : 0;
        }
    }

    private static final Form[] FORMS = {
        form("- locked <", Kind.LOCKED),
        form("- parking to wait for  <", Kind.PARKING),
        form("- parking to wait for <", Kind.PARKING),
        form("- <", Kind.OWNED_SYNCHRONIZER),
        form("- waiting to lock <", Kind.WAITING_TO_LOCK),
        form("- waiting on <", Kind.WAITING_ON),
        form("- waiting to re-lock in wait() <", Kind.WAITING_TO_RELOCK),
        form("- waiting to re-lock in wait <", Kind.WAITING_TO_RELOCK),
        form("- waiting on the Class initialization monitor for ", Kind.CLASS_INIT),
        form("- None", null),
        form("- eliminated ", null),
        form("- lock is eliminated", null),
        // whose brackets were taken for markup and lost
        form("- locked 0x", Kind.LOCKED),
        form("- parking to wait for  0x", Kind.PARKING),
        form("- parking to wait for 0x", Kind.PARKING),
        form("- 0x", Kind.OWNED_SYNCHRONIZER),
        form("- waiting to lock 0x", Kind.WAITING_TO_LOCK),
        form("- waiting on 0x", Kind.WAITING_ON),
        form("- waiting to re-lock in wait() 0x", Kind.WAITING_TO_RELOCK)
    };
    private static final byte[][] WORDS = {
        ByteLines.ascii("lock"), ByteLines.ascii("wait"), ByteLines.ascii("park"), ByteLines.ascii("(a ")
    };

    /** Whether a line that fits no form looks as if it told of a lock all the same. A line of a log begins with a time or a word. */
    static boolean isMeant(ByteLines line) {
        int at = line.firstInk();
        if (at == line.end()
                || line.bytes()[at] == '"'
                || isWithin(line.bytes()[at], '0', '9')
                || isWithin(line.bytes()[at], 'A', 'z')) {
            return false;
        }
        for (byte[] word : WORDS) {
            int found = line.indexOf(word, at);
            if (found >= 0 && found < at + FAR) {
                return true;
            }
        }
        return false;
    }

    private static boolean isWithin(byte one, char from, char to) {
        return one >= from && one <= to;
    }

    private static final int FAR = 20;

    /** What the line says; null for a line that names no lock. */
    @Nullable
    Kind kind;

    long address;
    int classStart;
    int classEnd;

    private static Form form(String text, @Nullable Kind kind) {
        return new Form(ByteLines.ascii(text), kind);
    }

    /** Reads the current line from its dash on; false if it is no known form. */
    boolean read(ByteLines line, int dash) {
        for (Form form : FORMS) {
            if (line.startsWith(dash, form.text)) {
                kind = form.kind;
                readObject(line, dash + form.text.length - form.digits);
                return true;
            }
        }
        return readHash(line, dash);
    }

    private static final Form[] HASH_FORMS = {
        form("- locked on ", Kind.LOCKED),
        form("- locked ", Kind.LOCKED),
        form("- parking to wait for ", Kind.PARKING),
        form("- waiting to lock ", Kind.WAITING_TO_LOCK),
        form("- waiting on ", Kind.WAITING_ON)
    };

    /** Reads {@code - waiting to lock com.acme.Till@39faacaf}: a program's own dump names objects by their hash code. */
    private boolean readHash(ByteLines line, int dash) {
        int hash = line.indexOf((byte) '@', dash);
        for (Form form : HASH_FORMS) {
            int from = dash + form.text.length;
            if (hash > from && line.startsWith(dash, form.text) && isName(line, from, hash)) {
                kind = form.kind;
                address = Digits.hexadecimal(line.bytes(), hash + 1, line.end());
                classStart = from;
                classEnd = hash;
                return true;
            }
        }
        return false;
    }

    private static boolean isName(ByteLines line, int from, int to) {
        for (int i = from; i < to; i++) {
            if (line.bytes()[i] <= ' ' || line.bytes()[i] == '<') {
                return false;
            }
        }
        return true;
    }

    /** Reads {@code waiting for main@1 to release lock on <0x1c0c> (a C)}, as debuggers write. */
    boolean readRelease(ByteLines line, int at) {
        int object = line.indexOf(RELEASE, at);
        if (object < 0) {
            return false;
        }
        kind = Kind.WAITING_TO_LOCK;
        readObject(line, object + RELEASE.length);
        return true;
    }

    private static final byte[] RELEASE = ByteLines.ascii(" to release lock on <");

    private void readObject(ByteLines line, int at) {
        address = 0;
        classStart = at;
        classEnd = at;
        if (kind == Kind.CLASS_INIT) {
            classEnd = line.end();
        } else if (kind != null) {
            if (line.end() - at > 2 && line.bytes()[at] == '0' && line.bytes()[at + 1] == 'x') {
                address = Digits.hexadecimal(line.bytes(), at + 2, line.end());
            }
            readClass(line, line.indexOf((byte) ' ', Math.max(at, line.indexOf((byte) '>', at))));
        }
    }

    /** The class in {@code (a java.lang.Object)}. */
    private void readClass(ByteLines line, int blank) {
        int from = blank + CLASS.length;
        int to = blank < 0 ? -1 : line.indexOf((byte) ')', from);
        if (blank >= 0 && line.startsWith(blank, CLASS) && to >= from) {
            classStart = from;
            classEnd = to;
        } else {
            classEnd = classStart;
        }
    }

    private static final byte[] CLASS = ByteLines.ascii(" (a ");
}
