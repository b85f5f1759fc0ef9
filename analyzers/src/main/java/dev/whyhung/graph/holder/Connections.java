package dev.whyhung.graph.holder;

import dev.whyhung.graph.thread.ApplicationCode;
import dev.whyhung.graph.thread.Holder;
import dev.whyhung.graph.thread.Resource;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.graph.thread.ThreadSet;
import dev.whyhung.graph.thread.Wait;
import dev.whyhung.knowledge.Call;
import dev.whyhung.knowledge.ConnectionPools;
import dev.whyhung.knowledge.Knowledge;
import dev.whyhung.model.CallStack;
import dev.whyhung.model.Frame;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who has the connections of a pool. No dump says so; a thread betrays it by the frames of a driver or of an open transaction, or by
 * standing in the code that borrows.
 */
public final class Connections {

    private static final double BY_FRAMES = .6;
    private static final double BY_PLACE = .3;

    private final Knowledge knowledge;
    private final List<ThreadFacts> threads;
    /** By what borrows, how many pools there are. */
    private final Map<String, Integer> pools = new HashMap<>();

    private final IdentityHashMap<ConnectionPools, Map<CallStack, Boolean>> holding = new IdentityHashMap<>();
    private final IdentityHashMap<ConnectionPools, Set<String>> borrowing = new IdentityHashMap<>();
    private final IdentityHashMap<ConnectionPools, ThreadSet> holders = new IdentityHashMap<>();
    private final IdentityHashMap<ConnectionPools, ThreadSet> openers = new IdentityHashMap<>();
    private final IdentityHashMap<ConnectionPools, ThreadSet> helpers = new IdentityHashMap<>();
    private @Nullable ApplicationCode code;
    private @Nullable Set<String> starting;

    public Connections(List<ThreadFacts> threads, Knowledge knowledge) {
        this.threads = threads;
        this.knowledge = knowledge;
    }

    Holder holder(List<ThreadFacts> borrowers) {
        Optional<ConnectionPools> pools = poolsOf(borrowers.get(0));
        ThreadSet holders = pools.map(this::holders).orElseGet(() -> new ThreadSet(threads));
        if (!holders.isEmpty() && isOneOfSeveral(borrowers.get(0))) {
            return ofOneOfSeveral(holders, borrowers);
        }
        if (!holders.isEmpty()) {
            return new Holder.Inferred(List.copyOf(holders), "works with such a connection, by its frames", BY_FRAMES);
        }
        List<ThreadFacts> inside = insideBorrowingCode(borrowers).stream()
                .filter(thread ->
                        pools.filter(pool -> openers(pool).contains(thread)).isEmpty())
                .toList();
        return inside.isEmpty()
                ? new Holder.NotShown("no thread is seen to have one")
                : new Holder.Inferred(inside, "stands in the code that borrows", BY_PLACE);
    }

    /** Of pools whose connections look alike: who works with one in the code of those who wait for this pool has one of it. */
    private Holder ofOneOfSeveral(ThreadSet holders, List<ThreadFacts> borrowers) {
        Set<String> classes = new HashSet<>();
        stacksOf(borrowers).forEach(stack -> code().framesOf(stack).forEach(frame -> classes.add(frame.className())));
        classes.removeAll(starting());
        ThreadSet near = code().inClasses(classes).inCommon(holders);
        return near.isEmpty()
                ? new Holder.Inferred(
                        List.copyOf(holders), "works with a connection of this pool or of another one", BY_PLACE)
                : new Holder.Inferred(
                        List.copyOf(near),
                        "works with a connection in the code that borrows from this pool",
                        BY_FRAMES);
    }

    private static Stream<CallStack> stacksOf(List<ThreadFacts> threads) {
        return threads.stream().map(thread -> thread.thread().stack()).distinct();
    }

    private ApplicationCode code() {
        if (code == null) {
            code = new ApplicationCode(threads, knowledge);
        }
        return code;
    }

    private Set<String> starting() {
        if (starting == null) {
            starting = startingClasses(stacksOf(threads));
        }
        return starting;
    }

    /** All who show that they have a connection of one of these pools. */
    private ThreadSet holders(ConnectionPools pools) {
        return holders.computeIfAbsent(pools, key -> those(thread -> isAtWork(thread) && isHolding(thread, pools)));
    }

    private ThreadSet openers(ConnectionPools pools) {
        return openers.computeIfAbsent(
                pools,
                key -> those(thread -> isAtWork(thread)
                        && pools.isOpening(thread.thread().stack().frames())));
    }

    private ThreadSet helpers(ConnectionPools pools) {
        return helpers.computeIfAbsent(
                pools,
                key -> those(thread -> thread.isIdle()
                        && pools.isHelping(thread.thread().stack().frames())));
    }

    private static boolean isAtWork(ThreadFacts thread) {
        return !thread.isIdle() && !thread.isJvm();
    }

    private ThreadSet those(Predicate<ThreadFacts> which) {
        ThreadSet found = new ThreadSet(threads);
        threads.stream().filter(which).forEach(found::add);
        return found;
    }

    /** Whether the process has several pools of the library that this thread borrows from. */
    public boolean isOneOfSeveral(ThreadFacts borrower) {
        return borrower.waitsFor().call().map(this::poolsLending).orElse(0) > 1;
    }

    private int poolsLending(Call borrow) {
        return pools.computeIfAbsent(borrow.id(), id -> {
            Set<Object> identities = new HashSet<>();
            Set<String> names = new TreeSet<>();
            for (ThreadFacts thread : threads) {
                knowledge.poolKeptBy(thread.name(), id).ifPresent(names::add);
                thread.waitsFor()
                        .resource()
                        .filter(resource -> resource.kind() == Resource.Kind.CONNECTIONS
                                && resource.name().equals(id))
                        .ifPresent(identities::add);
            }
            return Math.max(identities.size(), names.size());
        });
    }

    private Optional<ConnectionPools> poolsOf(ThreadFacts borrower) {
        return borrower.waitsFor().call().flatMap(knowledge::poolsOf);
    }

    private boolean isHolding(ThreadFacts thread, ConnectionPools pool) {
        return holding.computeIfAbsent(pool, key -> new HashMap<>())
                .computeIfAbsent(thread.thread().stack(), stack -> isHolding(thread, pool, stack.frames()));
    }

    private boolean isHolding(ThreadFacts thread, ConnectionPools pool, List<Frame> frames) {
        if (thread.waitsFor().call().filter(pool::lends).isPresent()) {
            return holdsAnother(thread, pool);
        }
        return pool.isHolding(frames) && !pool.isOpening(frames) && isUsed(pool, frames);
    }

    /** Called by somebody, unlike a driver's own thread in the background. */
    private static boolean isUsed(ConnectionPools pool, List<Frame> frames) {
        for (int i = frames.size() - 1; i >= 0; i--) {
            if (!frames.get(i).className().startsWith("java.")) {
                return !pool.isHolding(frames.subList(i, i + 1));
            }
        }
        return false;
    }

    /** Whether a thread that waits for a connection shows that it has one already. */
    public boolean holdsAnother(ThreadFacts borrower) {
        return poolsOf(borrower).filter(pool -> isHolding(borrower, pool)).isPresent();
    }

    /** Whether that is known only from others, who ask for a connection in a method that called this one on. */
    public boolean isBelowBorrower(ThreadFacts borrower) {
        return poolsOf(borrower)
                .filter(pool -> !showsAnother(borrower, pool) && isBelowBorrower(borrower, pool))
                .isPresent();
    }

    private boolean holdsAnother(ThreadFacts borrower, ConnectionPools pool) {
        return showsAnother(borrower, pool) || isBelowBorrower(borrower, pool);
    }

    private boolean isBelowBorrower(ThreadFacts borrower, ConnectionPools pool) {
        List<Frame> frames = borrower.thread().stack().frames();
        Set<String> methods = borrowing.computeIfAbsent(pool, this::borrowingMethods);
        return frames.stream()
                .skip(borrower.reading().appIndex() + 1L)
                .anyMatch(frame -> methods.contains(frame.qualifiedMethod()));
    }

    /** The methods of the application that ask this pool for a connection, where threads wait for one. */
    private Set<String> borrowingMethods(ConnectionPools pool) {
        return threads.stream()
                .filter(thread -> thread.waitsFor().call().filter(pool::lends).isPresent())
                .flatMap(thread -> thread.reading().appFrame().stream())
                .filter(Connections::isNamed)
                .map(Frame::qualifiedMethod)
                .collect(Collectors.toSet());
    }

    private boolean showsAnother(ThreadFacts borrower, ConnectionPools pool) {
        List<Frame> frames = borrower.thread().stack().frames();
        int site = borrower.reading().appIndex();
        if (site < 0) {
            return false;
        }
        String method = frames.get(site).qualifiedMethod();
        List<Frame> below = frames.subList(site + 1, frames.size());
        boolean twice = isNamed(frames.get(site))
                && below.stream().anyMatch(frame -> frame.qualifiedMethod().equals(method));
        return twice || (pool.isHolding(below) && !pool.isJoining(frames.subList(0, site)));
    }

    /** A generated method says nothing about where it stands twice. */
    private static boolean isNamed(Frame frame) {
        return !frame.className().contains("$$") && !frame.method().startsWith("lambda$");
    }

    /** Threads that open a connection for the pool that these wait for. */
    public List<ThreadFacts> openers(ThreadFacts borrower) {
        return poolsOf(borrower).map(pools -> List.copyOf(openers(pools))).orElse(List.of());
    }

    /** Threads of the pool that these wait for, which open connections and are at rest, perhaps between two attempts. */
    public List<ThreadFacts> helpers(ThreadFacts borrower) {
        return poolsOf(borrower).map(pools -> List.copyOf(helpers(pools))).orElse(List.of());
    }

    /** Whether a stack opens a connection for the pool that this thread waits for. */
    public boolean isOpening(CallStack stack, ThreadFacts borrower) {
        return poolsOf(borrower).filter(pool -> pool.isOpening(stack.frames())).isPresent();
    }

    /**
     * Threads that may have taken a connection earlier in a method in which others wait for one, or in the class that borrows. A
     * class that starts the whole program says nothing.
     */
    private List<ThreadFacts> insideBorrowingCode(List<ThreadFacts> borrowers) {
        Set<String> places = new HashSet<>();
        stacksOf(borrowers).forEach(stack -> {
            List<Frame> own = code().framesOf(stack);
            own.stream().map(Frame::qualifiedMethod).forEach(places::add);
            own.stream().limit(1).map(Frame::className).forEach(places::add);
        });
        places.removeAll(starting());
        ThreadSet inside = code().inClasses(places);
        inside.addAll(code().inMethods(places));
        return inside.stream()
                .filter(thread -> !isBorrowing(thread))
                .filter(thread -> thread.waitsFor().kind() != Wait.Kind.SLEEP
                        || thread.pool().isPresent())
                .toList();
    }

    /** The classes that start the program, told by their main method or by its lambdas. */
    static Set<String> startingClasses(Stream<CallStack> stacks) {
        return stacks.flatMap(stack -> stack.frames().stream())
                .filter(frame -> frame.method().equals("main") || frame.method().startsWith("lambda$main$"))
                .map(Frame::className)
                .collect(Collectors.toSet());
    }

    private static boolean isBorrowing(ThreadFacts thread) {
        return thread.waitsFor().is(Call.Kind.BORROW);
    }
}
