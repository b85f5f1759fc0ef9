package dev.whyhung.read.dialect;

import dev.whyhung.model.LockRef;
import dev.whyhung.model.ThreadId;
import dev.whyhung.model.ThreadRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who owns what and who waits for what in a javacore. Threads are told by their addresses, since names repeat; the LK section
 * stands before the threads.
 */
final class JavacoreLocks {

    private static final long UNKNOWN = -1;
    /** {@code "a" (J9VMThread:<null>, java/lang/Thread:0x00000000E2FB4F70)}: it owns the lock and has ended. */
    private static final Pattern ENDED =
            Pattern.compile("\"(.*)\" \\(J9VMThread:<null>, java/lang/Thread:(0x\\p{XDigit}{1,16})\\)");

    private static final Pattern OBJECT = Pattern.compile("([^\\s@(\"]+)@(?:0x)?(\\p{XDigit}{1,16})(?:/\\p{XDigit}+)?");
    private static final String AT = "\"(.*)\" \\((?:J9VMThread:)?(0x\\p{XDigit}{1,16})";
    private static final Pattern THREAD = Pattern.compile(AT);
    private static final Pattern OWNER = Pattern.compile("(?:Owned by:|locked by|owner:?) ?" + AT);
    private static final Pattern IDENT = Pattern.compile("\\bident (0x\\p{XDigit}{1,8})\\b");

    /** What the LK section says that a thread waits for. */
    record Wait(LockRef lock, boolean entering) {}

    private record Named(long address, String name) {}

    private record Owner(LockRef lock, boolean monitor, Named thread) {}

    private final Map<Long, Wait> waits = new HashMap<>();
    private final Map<Long, String> names = new LinkedHashMap<>();
    private final List<Owner> owners = new ArrayList<>();
    private final Map<LockRef, ThreadRef> ended = new HashMap<>();
    private final Set<LockRef> owned = new HashSet<>();
    private final Map<LockRef, String> flatLocked = new HashMap<>();
    private final Map<String, Named> idents = new HashMap<>();
    private @Nullable LockRef monitor;
    private boolean entering;
    private long deadlocked = UNKNOWN;

    /** Takes a line of the LK section. */
    void line(String tag, String value) {
        switch (tag) {
            case "3LKMONOBJECT" -> {
                monitor = lockIn(value);
                owner(monitor, true, value);
                flatLocked(value);
            }
            case "3LKWAITERQ" -> entering = true;
            case "3LKNOTIFYQ" -> entering = false;
            case "3LKWAITER", "3LKWAITNOTIFY" -> {
                Named waiter = named(THREAD, value);
                if (monitor != null && waiter != null) {
                    waits.put(waiter.address, new Wait(monitor, entering));
                    names.putIfAbsent(waiter.address, waiter.name);
                }
            }
            case "2LKREGMON", "1LKDEADLOCK" -> monitor = null;
            case "2LKFLATMON" -> {
                Matcher ident = IDENT.matcher(value);
                Named thread = named(THREAD, value);
                if (ident.find() && thread != null) {
                    idents.put(ident.group(1), thread);
                }
            }
            case "2LKFLATLOCKED" -> monitor = lockIn(value);
            case "3LKFLATDETAILS" -> flatLocked(value);
            case "2LKDEADLOCKTHR" -> deadlockedThread(value);
            case "4LKDEADLOCKOBJ" -> {
                monitor = lockIn(value);
                if (monitor != null && deadlocked != UNKNOWN) {
                    waits.put(deadlocked, new Wait(monitor, true));
                }
            }
            default -> {}
        }
    }

    /** The owner that this line names, if it does. */
    void owner(@Nullable LockRef lock, boolean isMonitor, String value) {
        Named thread = named(OWNER, value);
        Matcher gone = ENDED.matcher(value);
        if (lock != null && thread != null) {
            own(lock, isMonitor, thread);
        } else if (lock != null && gone.find()) {
            ThreadId id = ThreadId.ofNative(number(gone.group(2)));
            ended.put(lock, new ThreadRef(id, gone.group(1), false));
        }
    }

    /** {@code Flat locked by thread ident 0x16}, in IBM's JVM 1.4; whose ident that is, stands elsewhere. */
    private void flatLocked(String value) {
        Matcher ident = IDENT.matcher(value);
        if (monitor != null && ident.find()) {
            flatLocked.put(monitor, ident.group(1));
            owned.add(monitor);
        }
    }

    private void own(LockRef lock, boolean isMonitor, Named thread) {
        names.putIfAbsent(thread.address, thread.name);
        owners.add(new Owner(lock, isMonitor, thread));
        owned.add(lock);
    }

    private void deadlockedThread(String value) {
        Named thread = named(THREAD, value);
        if (thread == null) {
            return;
        }
        if (monitor != null) {
            own(monitor, true, thread);
        }
        monitor = null;
        deadlocked = thread.address;
        names.putIfAbsent(thread.address, thread.name);
    }

    private static @Nullable Named named(Pattern pattern, String value) {
        Matcher thread = pattern.matcher(value);
        return thread.find() ? new Named(number(thread.group(2)), thread.group(1)) : null;
    }

    static @Nullable LockRef lockIn(String text) {
        Matcher object = OBJECT.matcher(text);
        return object.find()
                ? new LockRef(
                        object.group(1).replace('/', '.'), Long.parseUnsignedLong(object.group(2), 16) & Long.MAX_VALUE)
                : null;
    }

    static long number(String text) {
        return text.startsWith("0x")
                ? Long.parseUnsignedLong(text.substring(2), 16) & Long.MAX_VALUE
                : Long.parseLong(text);
    }

    @Nullable
    Wait waitOf(long address) {
        return waits.get(address);
    }

    /** Whether somebody is printed as holding it. */
    boolean isOwned(LockRef lock) {
        return owned.contains(lock);
    }

    /** Whether a lock is told of that somebody waits for. */
    boolean isTold() {
        return !waits.isEmpty();
    }

    /** Whom this section names, where it is all that was kept. */
    void threads(DialectDump dump, Map<Long, ThreadId> threads, int line) {
        names.forEach((address, name) -> {
            ThreadId id = ThreadId.ofNative(address);
            DialectThread thread = dump.begin(id, name, line);
            Wait wait = waits.get(address);
            if (wait != null) {
                thread.state = wait.entering ? "BLOCKED" : "WAITING";
                thread.waitsFor(wait.lock);
            }
            threads.put(address, id);
        });
    }

    /** Tells the dump, all of whose threads are known now. */
    void settle(DialectDump dump, Map<Long, ThreadId> threads) {
        flatLocked.forEach((lock, ident) -> {
            Named thread = idents.get(ident);
            if (thread != null) {
                own(lock, true, thread);
            }
        });
        for (Owner owner : owners) {
            dump.owner(owner.lock, owner.monitor, threads.get(owner.thread.address), owner.thread.name);
        }
        ended.forEach(dump::ended);
    }
}
