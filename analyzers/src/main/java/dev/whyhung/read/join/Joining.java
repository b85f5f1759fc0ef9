package dev.whyhung.read.join;

import dev.whyhung.model.DumpInfo;
import dev.whyhung.model.LockMention;
import dev.whyhung.model.LockRef;
import dev.whyhung.model.ThreadDump;
import dev.whyhung.model.ThreadId;
import dev.whyhung.model.ThreadSnapshot;
import dev.whyhung.model.Visible;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes one picture of a text dump and a dump by {@code Thread.dump_to_file} of the same moment, thread by thread. Platform threads
 * are as the text shows them, since it is one snapshot and has owners and CPU times; virtual threads and containers come from the
 * other. The two name objects differently: where a thread waits for, or holds, objects of the same classes in both, they are the
 * same objects.
 */
final class Joining {

    private final ThreadDump text;
    private final ThreadDump file;
    private final Map<ThreadId, ThreadSnapshot> inText = new HashMap<>();
    private final Map<ThreadId, ThreadSnapshot> inBoth = new HashMap<>();
    private final Map<LockRef, LockRef> addresses = new HashMap<>();
    private final Map<ThreadId, ThreadId> carriers = new HashMap<>();

    Joining(ThreadDump text, ThreadDump file) {
        this.text = text;
        this.file = file;
        for (ThreadSnapshot thread : text.threads()) {
            inText.put(thread.id(), thread);
            ThreadId mounted = thread.mount();
            if (mounted != null && thread.kind() == ThreadSnapshot.Kind.CARRIER) {
                carriers.put(mounted, thread.id());
            }
        }
    }

    ThreadDump join() {
        for (ThreadSnapshot there : file.threads()) {
            ThreadSnapshot here = inText.get(there.id());
            if (here != null) {
                inBoth.put(there.id(), there);
                identify(here, there);
            }
        }
        new Elimination(text, file, inText.keySet(), addresses).apply();
        List<ThreadSnapshot> joined = new ArrayList<>(file.threads().size() + 64);
        for (ThreadSnapshot here : text.threads()) {
            ThreadSnapshot there = inBoth.get(here.id());
            joined.add(there == null ? here : both(here, there));
        }
        for (ThreadSnapshot there : file.threads()) {
            if (!inText.containsKey(there.id())) {
                joined.add(alone(there));
            }
        }
        return new ThreadDump(
                info(joined.size()), joined, text.printedDeadlocks(), text.endedOwners(), file.spentExecutors());
    }

    /** Learns which address belongs to which hash code from a thread that has not moved between the two. */
    private void identify(ThreadSnapshot here, ThreadSnapshot there) {
        if (!here.stack().isSamePlace(there.stack())) {
            return;
        }
        LockMention waits = here.blocker().orElse(null);
        LockMention waitsThere = there.blocker().orElse(null);
        if (waits != null && waitsThere != null) {
            identify(waits.lock(), waitsThere.lock());
        }
        List<LockRef> held = monitors(here);
        List<LockRef> heldThere = monitors(there);
        if (held.stream()
                .map(LockRef::className)
                .toList()
                .equals(heldThere.stream().map(LockRef::className).toList())) {
            for (int i = 0; i < held.size(); i++) {
                identify(held.get(i), heldThere.get(i));
            }
        }
    }

    private void identify(LockRef here, LockRef there) {
        if (here.className().equals(there.className()) && here.isIdentified() && there.isIdentified()) {
            addresses.putIfAbsent(there, here);
        }
    }

    private static List<LockRef> monitors(ThreadSnapshot thread) {
        return thread.locks().stream()
                .filter(mention -> mention.kind() == LockMention.Kind.LOCKED)
                .map(LockMention::lock)
                .toList();
    }

    /**
     * The text's account, with what only the other knows: locks of a thread that has not moved, by which those know it that only the other
     * shows. A mounted virtual thread has name and state from there.
     */
    private ThreadSnapshot both(ThreadSnapshot here, ThreadSnapshot there) {
        boolean virtual = here.isVirtual();
        List<LockMention> locks = new ArrayList<>(here.locks());
        if (virtual && here.blocker().isEmpty()) {
            there.blocker().map(this::translated).ifPresent(mention -> locks.add(0, mention));
        }
        if (here.stack().isSamePlace(there.stack())) {
            there.locks().stream()
                    .filter(mention -> mention.kind() == LockMention.Kind.OWNED_SYNCHRONIZER)
                    .map(this::translated)
                    .filter(mention -> !here.locks().contains(mention))
                    .forEach(locks::add);
        }
        return new ThreadSnapshot(
                here.id(),
                virtual ? there.name() : here.name(),
                here.kind(),
                here.daemon(),
                virtual ? there.status() : here.status(),
                here.stack(),
                locks,
                here.cpuNanos(),
                here.elapsedNanos(),
                null,
                here.line(),
                here.address(),
                there.container(),
                here.mount());
    }

    private ThreadSnapshot alone(ThreadSnapshot there) {
        return new ThreadSnapshot(
                there.id(),
                there.name(),
                there.kind(),
                there.daemon(),
                there.status(),
                there.stack(),
                translated(there.locks()),
                there.cpuNanos(),
                there.elapsedNanos(),
                file.info().source(),
                there.line(),
                there.address(),
                there.container(),
                mount(there));
    }

    private @Nullable ThreadId mount(ThreadSnapshot there) {
        ThreadId carrier = carriers.get(there.id());
        return carrier == null ? there.mount() : carrier;
    }

    private List<LockMention> translated(List<LockMention> locks) {
        return addresses.isEmpty() || locks.stream().noneMatch(mention -> addresses.containsKey(mention.lock()))
                ? locks
                : locks.stream().map(this::translated).toList();
    }

    private LockMention translated(LockMention mention) {
        LockRef known = addresses.get(mention.lock());
        return known == null ? mention : new LockMention(mention.kind(), mention.depth(), known);
    }

    private DumpInfo info(int threads) {
        DumpInfo here = text.info();
        Set<Visible> visible = EnumSet.noneOf(Visible.class);
        visible.addAll(here.visible());
        visible.addAll(new HashSet<>(file.info().visible()));
        return new DumpInfo(
                here.source(),
                here.line(),
                here.format() + '+' + file.info().format(),
                here.takenAt(),
                here.offset(),
                here.runtime(),
                here.pid() == null ? file.info().pid() : here.pid(),
                visible,
                here.truncated() || file.info().truncated(),
                here.uptimeNanos(),
                threads);
    }
}
