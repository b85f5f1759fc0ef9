package dev.whyhung.read;

import dev.whyhung.model.LockMention.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Reads a line about a lock, {@code - parking to wait for  <0x00000000ffbac8b0> (a C)}, in all forms that HotSpot prints. Reused
 * from line to line.
 */
final class LockLines {

    private static final class Form {
        final byte[] text;
        final @Nullable Kind kind;

        Form(byte[] text, @Nullable Kind kind) {
            this.text = text;
            this.kind = kind;
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
        form("- lock is eliminated", null)
    };

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
                readObject(line, dash + form.text.length);
                return true;
            }
        }
        return false;
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
            classEnd = line.end;
        } else if (kind != null) {
            if (line.end - at > 2 && line.bytes[at] == '0' && line.bytes[at + 1] == 'x') {
                address = ThreadHeader.hexadecimal(line.bytes, at + 2, line.end);
            }
            readClass(line, line.indexOf((byte) '>', at));
        }
    }

    /** The class in {@code > (a java.lang.Object)}. */
    private void readClass(ByteLines line, int bracket) {
        int from = bracket + CLASS.length;
        int to = bracket < 0 ? -1 : line.indexOf((byte) ')', from);
        if (bracket >= 0 && line.startsWith(bracket, CLASS) && to >= from) {
            classStart = from;
            classEnd = to;
        } else {
            classEnd = classStart;
        }
    }

    private static final byte[] CLASS = ByteLines.ascii("> (a ");
}
