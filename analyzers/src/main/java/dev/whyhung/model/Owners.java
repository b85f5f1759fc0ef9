package dev.whyhung.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who holds what in one dump, as printed. Precedence: a monitor's {@code locked} line and the list of owned synchronizers, then
 * the JVM's deadlock section, which names threads only by name and therefore counts only where that leads to one thread.
 */
public final class Owners {

    private final Map<LockRef, ThreadId> byLock = new HashMap<>();
    private final Map<LockRef, ThreadRef> ended;
    private final Set<String> synchronizers = new HashSet<>();

    private Owners(Map<LockRef, ThreadRef> ended) {
        this.ended = ended;
    }

    public static Owners of(ThreadDump dump) {
        Owners owners = new Owners(dump.endedOwners());
        for (ThreadSnapshot thread : dump.threads()) {
            for (LockMention mention : thread.locks()) {
                if (ThreadSnapshot.isOwned(mention.kind())) {
                    owners.byLock.putIfAbsent(mention.lock(), thread.id());
                }
                if (mention.kind() == LockMention.Kind.OWNED_SYNCHRONIZER) {
                    owners.synchronizers.add(mention.lock().className());
                }
            }
        }
        owners.addPrintedDeadlocks(dump);
        return owners;
    }

    private void addPrintedDeadlocks(ThreadDump dump) {
        if (dump.printedDeadlocks().isEmpty()) {
            return;
        }
        Map<String, List<ThreadSnapshot>> byName = new HashMap<>();
        dump.threads()
                .forEach(thread -> byName.computeIfAbsent(thread.name(), name -> new ArrayList<>())
                        .add(thread));
        Set<LockRef> locks = new HashSet<>();
        dump.printedDeadlocks().forEach(entry -> locks.add(entry.lock()));
        for (PrintedDeadlock entry : dump.printedDeadlocks()) {
            List<ThreadSnapshot> named = byName.getOrDefault(entry.holder(), List.of());
            List<ThreadSnapshot> holders = named.size() < 2 ? named : deadlocked(named, entry.lock(), locks);
            if (holders.size() == 1) {
                byLock.putIfAbsent(entry.lock(), holders.get(0).id());
            }
        }
    }

    /** Of several threads of one name, whoever holds a lock of the deadlock waits for another of its locks. */
    private static List<ThreadSnapshot> deadlocked(List<ThreadSnapshot> named, LockRef held, Set<LockRef> locks) {
        return named.size() > MOST_NAMESAKES
                ? List.of()
                : named.stream()
                        .filter(thread -> thread.blocker()
                                .filter(mention -> !mention.lock().equals(held) && locks.contains(mention.lock()))
                                .isPresent())
                        .toList();
    }

    private static final int MOST_NAMESAKES = 100;

    /** The thread that owned this lock to its end, or null if none is printed. */
    public @Nullable ThreadRef ended(LockRef lock) {
        return ended.get(lock);
    }

    /** Whether a synchronizer of this class is printed as owned by somebody, so that others of it would be, too. */
    public boolean areNamedBy(String className) {
        return synchronizers.contains(className);
    }

    /** The thread that holds this object, or null if none is printed. */
    public @Nullable ThreadId of(LockRef lock) {
        return lock.isIdentified() ? byLock.get(lock) : null;
    }
}
