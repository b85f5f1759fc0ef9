package dev.whyhung.read.join;

import dev.whyhung.model.Frame;
import dev.whyhung.model.LockMention;
import dev.whyhung.model.LockRef;
import dev.whyhung.model.ThreadDump;
import dev.whyhung.model.ThreadId;
import dev.whyhung.model.ThreadSnapshot;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Locks that the text lists as owned and only threads of the other dump wait for. If there is one lock of a class, whose owner waits
 * itself, and one of this class that is awaited by threads of the same code without a known owner, they are the same; unless a thread
 * that only the other dump shows is at work in that code: it may be the owner.
 */
final class Elimination {

    private final ThreadDump text;
    private final ThreadDump file;
    private final Set<ThreadId> inText;
    /** By the other dump's reference to an object: the text's. */
    private final Map<LockRef, LockRef> known;

    Elimination(ThreadDump text, ThreadDump file, Set<ThreadId> inText, Map<LockRef, LockRef> known) {
        this.text = text;
        this.file = file;
        this.inText = inText;
        this.known = known;
    }

    void apply() {
        Set<LockRef> identified = new HashSet<>(known.values());
        List<Mentioned> owned = new ArrayList<>();
        for (ThreadSnapshot thread : text.threads()) {
            thread.locks().stream()
                    .filter(mention -> mention.kind() == LockMention.Kind.OWNED_SYNCHRONIZER)
                    .filter(mention -> !identified.contains(mention.lock()))
                    .forEach(mention -> owned.add(new Mentioned(mention.lock(), thread)));
        }
        if (!owned.isEmpty()) {
            List<Mentioned> awaited = awaited();
            owned.stream().filter(Mentioned::isOfWaiter).forEach(lock -> identify(lock, owned, awaited));
        }
    }

    /** A lock, and the thread that owns it or waits for it. */
    private record Mentioned(LockRef lock, ThreadSnapshot thread) {

        private boolean isOfWaiter() {
            return thread.blocker().isPresent();
        }

        private Set<String> code() {
            return classes(thread).collect(Collectors.toSet());
        }

        /** Whether this thread is at work in the class that takes the lock. */
        private boolean mayBeOf(ThreadSnapshot other) {
            String site = classes(thread).findFirst().orElse("");
            return other.blocker().isEmpty() && classes(other).anyMatch(site::equals);
        }
    }

    /** From the top, without those of the JDK. */
    private static Stream<String> classes(ThreadSnapshot thread) {
        return thread.stack().frames().stream()
                .map(Frame::outerClass)
                .filter(name -> !name.startsWith("java.") && !name.startsWith("jdk."));
    }

    private List<Mentioned> awaited() {
        List<Mentioned> awaited = new ArrayList<>();
        for (ThreadSnapshot thread : file.threads()) {
            if (!inText.contains(thread.id())) {
                thread.blocker()
                        .filter(mention -> mention.kind() == LockMention.Kind.PARKING)
                        .map(LockMention::lock)
                        .filter(lock -> lock.isIdentified() && !known.containsKey(lock))
                        .ifPresent(lock -> awaited.add(new Mentioned(lock, thread)));
            }
        }
        return awaited;
    }

    private void identify(Mentioned owned, List<Mentioned> all, List<Mentioned> awaited) {
        String className = owned.lock().className();
        List<Mentioned> candidates = awaited.stream()
                .filter(other -> other.lock().className().equals(className))
                .toList();
        boolean single = count(all, className) == 1 && count(candidates, className) == 1;
        if (single
                && candidates.get(0).code().stream().anyMatch(owned.code()::contains)
                && hasNoOtherOwner(candidates.get(0))) {
            known.put(candidates.get(0).lock(), owned.lock());
        }
    }

    private boolean hasNoOtherOwner(Mentioned awaited) {
        return file.threads().stream()
                .filter(thread -> !inText.contains(thread.id()))
                .noneMatch(awaited::mayBeOf);
    }

    private static long count(List<Mentioned> locks, String className) {
        return locks.stream()
                .map(Mentioned::lock)
                .filter(lock -> lock.className().equals(className))
                .distinct()
                .count();
    }
}
