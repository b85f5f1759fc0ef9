package dev.whyhung.read;

import dev.whyhung.model.LockRef;
import dev.whyhung.model.PrintedDeadlock;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads HotSpot's own deadlock section. Its entries tell owners; the stacks that it repeats are passed over, so that no thread
 * counts twice.
 */
final class DeadlockSection {

    private static final Pattern MONITOR =
            Pattern.compile("waiting to lock monitor .*\\(object 0x(\\p{XDigit}+), an? (.*)\\),?");
    private static final Pattern SYNCHRONIZER =
            Pattern.compile("waiting for ownable synchronizer 0x(\\p{XDigit}+), \\(an? (.*)\\),?");
    private static final Pattern HELD = Pattern.compile("which is held by \"(.*)\"");

    private boolean inStacks;
    private String waiter = "";
    private String className = "";
    private long address;

    void begin() {
        inStacks = false;
        waiter = "";
        address = 0;
    }

    /** Takes one line from its first ink on; false once the section has ended with this line. */
    boolean line(ByteLines lines, int at, List<PrintedDeadlock> entries) {
        String text = lines.text(at, Math.min(lines.end, at + 4096));
        if (text.startsWith("Java stack information")) {
            inStacks = true;
        } else if (text.startsWith("Found ") && text.contains("deadlock")) {
            boolean ended = !text.contains("Java-level");
            begin();
            return !ended;
        } else if (!inStacks) {
            entry(text, entries);
        }
        return true;
    }

    private void entry(String text, List<PrintedDeadlock> entries) {
        if (text.startsWith("\"") && text.length() > 2 && text.endsWith("\":")) {
            waiter = text.substring(1, text.length() - 2);
            return;
        }
        Matcher monitor = MONITOR.matcher(text);
        Matcher synchronizer = SYNCHRONIZER.matcher(text);
        Matcher held = HELD.matcher(text);
        if (monitor.lookingAt()) {
            lock(monitor);
        } else if (synchronizer.lookingAt()) {
            lock(synchronizer);
        } else if (held.lookingAt() && address != 0) {
            entries.add(new PrintedDeadlock(waiter, new LockRef(className, address), held.group(1)));
            address = 0;
        }
    }

    private void lock(Matcher line) {
        String digits = line.group(1);
        address = ThreadHeader.hexadecimal(ByteLines.ascii(digits), 0, digits.length());
        className = line.group(2);
    }
}
