package dev.whyhung.graph.holder;

import dev.whyhung.graph.carrier.Carriers;
import dev.whyhung.graph.carrier.VirtualThreads;
import dev.whyhung.graph.thread.AcquireSite;
import dev.whyhung.graph.thread.Component;
import dev.whyhung.graph.thread.Holder;
import dev.whyhung.graph.thread.Resource;
import dev.whyhung.graph.thread.StackGroups;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.graph.thread.ThreadSet;
import dev.whyhung.graph.thread.Wait;
import dev.whyhung.graph.time.Before;
import dev.whyhung.graph.time.Recorded;
import dev.whyhung.knowledge.Call;
import dev.whyhung.knowledge.Knowledge;
import dev.whyhung.knowledge.SynchronizerKind;
import dev.whyhung.model.DumpInfo;
import dev.whyhung.model.Owners;
import dev.whyhung.model.ThreadId;
import dev.whyhung.model.ThreadRef;
import dev.whyhung.model.Visible;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds out who holds what: printed where the JVM prints it, else concluded from the code on the stacks. */
public final class Holders {

    private final List<ThreadFacts> threads;
    private final Owners owners;
    private final Knowledge knowledge;
    private final DumpInfo dump;
    private final Supplier<ClassInitializers> initializers;
    private final Producers producers;
    private final Supplier<JoinedThreads> joined;
    private final Supplier<Consumers> consumers;
    private final Supplier<Background> background;
    private final Connections connections;
    private final Carriers carriers;
    private final PlausibleHolders plausible;
    private final Recorded recorded;
    private final Supplier<ClassLoaderLocks> loaders;
    private final Before before;
    private final boolean virtualThreads;

    public Holders(
            List<ThreadFacts> threads,
            StackGroups stacks,
            Owners owners,
            Knowledge knowledge,
            DumpInfo dump,
            Connections connections,
            Carriers carriers,
            Recorded recorded,
            Before before,
            Collection<List<ThreadFacts>> waits) {
        this.before = before;
        this.recorded = recorded;
        this.threads = threads;
        this.owners = owners;
        this.knowledge = knowledge;
        this.dump = dump;
        initializers = once(() -> new ClassInitializers(threads));
        producers = new Producers(threads, stacks, knowledge);
        joined = once(() -> new JoinedThreads(threads, knowledge));
        consumers = once(() -> new Consumers(threads, knowledge, recorded));
        background = once(() -> new Background(threads, stacks, owners));
        this.connections = connections;
        this.carriers = carriers;
        plausible = new PlausibleHolders(threads, stacks, waits);
        loaders = once(() -> new ClassLoaderLocks(threads));
        virtualThreads = VirtualThreads.areUsed(threads, stacks);
    }

    /** Most dumps need few of these, and each looks at every thread. */
    private static <T> Supplier<T> once(Supplier<T> maker) {
        return new Supplier<>() {
            private @Nullable T made;

            @Override
            public T get() {
                if (made == null) {
                    made = maker.get();
                }
                return made;
            }
        };
    }

    /** Who holds a resource that these threads wait for. */
    public Holder of(Resource resource, List<ThreadFacts> waiting) {
        Holder told = told(resource, waiting);
        return told.holders().isEmpty() && Background.mayOwe(resource, waiting)
                ? background.get().suspects(waiting).orElse(told)
                : told;
    }

    private Holder told(Resource resource, List<ThreadFacts> waiting) {
        return switch (resource.kind()) {
            case MONITOR ->
                resource.equals(ClassLoaderLocks.UNNAMED)
                        ? loaders.get().holder()
                        : printedOwner(resource)
                                .orElse(new Holder.NotShown("no thread is printed as holding this monitor"));
            case SYNCHRONIZER -> printedOwner(resource).orElseGet(() -> unprintedOwner(resource, waiting));
            case CLASS_INIT -> initializers.get().holder(resource);
            case FUTURE -> inScope(waiting.get(0)).orElseGet(() -> producers.holder(waiting.get(0)));
            case CARRIERS -> new Holder.Known(carriers.users());
            case PERMITS, LATCH, CONDITION -> plausible.of(resource, waiting);
            case THREAD -> joined.get().holder(resource, waiting.get(0));
            case CONNECTIONS -> connections.holder(waiting);
            case QUEUE -> consumers.get().holder(waiting);
            case PEER -> reader(waiting.get(0)).orElse(OUTSIDE);
            case SINK -> OUTSIDE;
            case POOL -> runningTasks(waiting.get(0));
            case OTHER -> new Holder.NotOwnable("a " + resource.kind().title() + " has no owner");
        };
    }

    private static final Holder OUTSIDE = new Holder.NotOwnable("outside the process");

    private static final double READER = .9;

    /** The threads that read the answers to a client, by table, if all of them are held up by something else. */
    private Optional<Holder> reader(ThreadFacts waiter) {
        String set = waiter.waitsFor().call().map(call -> "reads-" + call.id()).orElse("");
        if (!knowledge.hasFrames(set)) {
            return Optional.empty();
        }
        List<ThreadFacts> readers = threads.stream()
                .filter(thread ->
                        thread.thread().stack().frames().stream().anyMatch(frame -> knowledge.isAmong(set, frame)))
                .toList();
        return readers.isEmpty() || !readers.stream().allMatch(Holders::isHeldUp)
                ? Optional.empty()
                : Optional.of(new Holder.Inferred(readers, "reads the answers to this client", READER));
    }

    private static boolean isHeldUp(ThreadFacts reader) {
        return !reader.isIdle()
                && switch (reader.waitsFor().kind()) {
                    case MONITOR_ENTER, LOCK, CLASS_INIT, SIGNAL -> true;
                    case CALL -> !reader.waitsFor().isOf(OF_READERS);
                    case NONE, SLEEP, PARK, CARRIER -> false;
                };
    }

    /** What those who read and write for others wait for. */
    private static final Set<Call.Kind> OF_READERS =
            EnumSet.of(Call.Kind.READ, Call.Kind.WRITE, Call.Kind.CONNECT, Call.Kind.DNS);

    /** Whoever closes an executor waits for the tasks that run in it; they are mostly of its own code. */
    private Holder runningTasks(ThreadFacts waiter) {
        return waiter.waitsFor().is(Call.Kind.CLOSE)
                ? producers.holder(waiter)
                : new Holder.NotOwnable("a thread pool has no owner");
    }

    private Optional<Holder> printedOwner(Resource resource) {
        ThreadId owner = owners.of(resource.lock());
        return Optional.ofNullable(owner)
                .flatMap(id -> ThreadSet.find(threads, id))
                .map(thread -> new Holder.Known(List.of(thread)));
    }

    private Holder unprintedOwner(Resource resource, List<ThreadFacts> waiting) {
        ThreadRef ended = owners.ended(resource.lock());
        if (ended != null) {
            return new Holder.Nobody(Optional.of(ended));
        }
        boolean shown = dump.shows(Visible.SYNCHRONIZER_OWNERS);
        if (knowledge.kindOf(resource.className()) == SynchronizerKind.READ_WRITE
                && (shown || waiting.stream().anyMatch(ReadWriteLock::wantsToWrite))) {
            List<ThreadFacts> writing = shown ? List.of() : writing(resource, waiting);
            if (writing.size() == 1) {
                return new Holder.Inferred(
                        writing, "is the only thread inside the method that takes the write lock", .6);
            }
            Holder inside = plausible.of(resource, waiting);
            return shown || !inside.holders().isEmpty()
                    ? inside
                    : leftWithIt(resource, waiting).orElse(inside);
        }
        if (needNotTell(resource)) {
            return leftWithIt(resource, waiting)
                    .orElseGet(
                            () -> new Holder.NeedNotTell("a synchronizer of an unknown class need not tell its owner"));
        }
        if (!shown) {
            return leftWithIt(resource, waiting)
                    .orElseGet(
                            () -> insideItsCode(resource, waiting, "the dump was taken without ownable synchronizers"));
        }
        return virtualThreads
                ? insideItsCode(resource, waiting, "locks of virtual threads are not printed")
                : new Holder.Nobody(Optional.empty());
    }

    private boolean needNotTell(Resource resource) {
        return resource.lock().isIdentified()
                && knowledge.kindOf(resource.className()) == SynchronizerKind.UNKNOWN
                && !owners.areNamedBy(resource.className());
    }

    private List<ThreadFacts> writing(Resource resource, List<ThreadFacts> waiting) {
        return plausible.inSection(resource, waiting).stream()
                .filter(thread -> ReadWriteLock.mayWrite(thread, waiting))
                .toList();
    }

    /** Without that list, but with a recording: a thread, idle now, whose exception left the code that takes this lock. */
    private Optional<Holder> leftWithIt(Resource resource, List<ThreadFacts> waiting) {
        return recorded.lastOwner(resource, waiting)
                .filter(owner -> owner.thrown().isPresent() && owner.death().isEmpty())
                .flatMap(owner -> ThreadSet.find(threads, owner.thread().id()))
                .filter(ThreadFacts::isIdle)
                .map(thread -> new Holder.Inferred(
                        List.of(thread), "left the code that takes this lock by an exception, as recorded", .9));
    }

    /** The unfinished tasks of the scope that this thread waits for; the dump tells that they are of its scope. */
    private Optional<Holder> inScope(ThreadFacts owner) {
        if (!owner.waitsFor().isForScope()) {
            return Optional.empty();
        }
        List<ThreadFacts> tasks = threads.stream()
                .filter(thread -> thread.thread().isOfScopeOf(owner.id()))
                .toList();
        if (!tasks.isEmpty()) {
            return Optional.of(new Holder.Inferred(tasks, "runs in the scope that it waits for", SCOPE));
        }
        return owner.thread().container() == null
                ? Optional.empty()
                : Optional.of(new Holder.NotShown("the scope that it waits for has no thread any more"));
    }

    private static final double SCOPE = .9;

    /**
     * Where the owner is not printed: the one thread, of those whose locks are not, inside the method that takes it, or blocked somewhere
     * inside the code that does.
     */
    private Holder insideItsCode(Resource resource, List<ThreadFacts> waiting, String notShown) {
        boolean platformShown = dump.shows(Visible.SYNCHRONIZER_OWNERS);
        List<ThreadFacts> inSection = plausible.inSection(resource, waiting).stream()
                .filter(thread -> !platformShown || thread.thread().isVirtual())
                .toList();
        if (inSection.size() == 1 && mayKeep(inSection.get(0), waiting)) {
            return new Holder.Inferred(inSection, "is the only thread inside the method that takes this lock", .6);
        }
        List<ThreadFacts> staying = inSection.size() > 1 ? stayingInside(inSection, waiting) : List.of();
        if (staying.size() == 1) {
            return new Holder.Inferred(
                    staying, "is the only thread that has stayed inside the method that takes this lock", .6);
        }
        List<ThreadFacts> inside = plausible.of(resource, waiting).holders().stream()
                .filter(thread -> thread.waitsFor().kind() != Wait.Kind.NONE || mayCompute(thread, waiting))
                .filter(thread -> !platformShown || thread.thread().isVirtual())
                .toList();
        return inside.size() == 1
                ? new Holder.Inferred(inside, "is the only thread inside the code that takes this lock", .6)
                : new Holder.NotShown(notShown);
    }

    /**
     * Of several inside the method, those who have got past the lock there and not on since, while the lock was waited for: the others have
     * come in the meantime, for locks of their own, or wait for such.
     */
    private List<ThreadFacts> stayingInside(List<ThreadFacts> inSection, List<ThreadFacts> waiting) {
        Set<String> sections = PlausibleHolders.sections(waiting);
        if (waiting.stream().noneMatch(waiter -> wasInside(waiter, sections))) {
            return List.of();
        }
        return inSection.stream()
                .filter(thread -> wasInside(thread, sections))
                .filter(thread -> thread.waitsFor().kind() != Wait.Kind.LOCK
                        || AcquireSite.section(thread.thread().stack())
                                .filter(frame -> sections.contains(frame.qualifiedMethod()))
                                .isEmpty())
                .toList();
    }

    /**
     * Whether this thread may have the lock all the time that these have waited: it was in the method before, too. And in a dump that walks
     * from thread to thread, two that wait for a lock each, seen once, may both have been overtaken by those who had them.
     */
    private boolean mayKeep(ThreadFacts thread, List<ThreadFacts> waiting) {
        boolean lasts = waiting.stream().allMatch(waiter -> waiter.persistence().isMeasured());
        if (lasts) {
            return wasInside(thread, PlausibleHolders.sections(waiting)) || areAllNew(thread, waiting);
        }
        return dump.isOfOneInstant() || thread.waitsFor().kind() != Wait.Kind.LOCK;
    }

    /** Not if it has come since: whoever runs may be anywhere inside the code for a moment. */
    private boolean mayCompute(ThreadFacts thread, List<ThreadFacts> waiting) {
        boolean lasts = waiting.stream().allMatch(waiter -> waiter.persistence().isMeasured());
        Component component = Component.of(waiting);
        return !lasts
                || areAllNew(thread, waiting)
                || before.of(thread.thread())
                        .filter(sighting -> component.contains(sighting.stack()))
                        .isPresent();
    }

    /** No dump before has any of them: that the wait has lasted, a recording tells. */
    private boolean areAllNew(ThreadFacts thread, List<ThreadFacts> waiting) {
        return Stream.concat(Stream.of(thread), waiting.stream())
                .allMatch(each -> before.of(each.thread()).isEmpty());
    }

    private boolean wasInside(ThreadFacts thread, Set<String> sections) {
        return before.of(thread.thread()).stream()
                .flatMap(sighting -> sighting.stack().frames().stream())
                .anyMatch(frame -> sections.contains(frame.qualifiedMethod()));
    }
}
