package dev.whyhung.graph;

import dev.whyhung.knowledge.Call;
import dev.whyhung.knowledge.ConnectionPools;
import dev.whyhung.knowledge.Knowledge;
import dev.whyhung.model.CallStack;
import dev.whyhung.model.Frame;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

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

    private final Map<ConnectionPools, Map<CallStack, Boolean>> holding = new HashMap<>();
    private final Map<ConnectionPools, Set<String>> borrowing = new HashMap<>();

    Connections(List<ThreadFacts> threads, Knowledge knowledge) {
        this.threads = threads;
        this.knowledge = knowledge;
    }

    Holder holder(List<ThreadFacts> borrowers) {
        Optional<ConnectionPools> pools = poolsOf(borrowers.get(0));
        List<ThreadFacts> holders = threads.stream()
                .filter(thread -> !thread.isIdle() && !thread.isJvm())
                .filter(thread -> pools.filter(pool -> isHolding(thread, pool)).isPresent())
                .toList();
        if (!holders.isEmpty() && isOneOfSeveral(borrowers.get(0))) {
            return ofOneOfSeveral(holders, borrowers);
        }
        if (!holders.isEmpty()) {
            return new Holder.Inferred(holders, "works with such a connection, by its frames", BY_FRAMES);
        }
        List<ThreadFacts> inside = insideBorrowingCode(borrowers).stream()
                .filter(thread -> pools.filter(
                                pool -> pool.isOpening(thread.thread().stack().frames()))
                        .isEmpty())
                .toList();
        return inside.isEmpty()
                ? new Holder.NotShown("no thread shows that it has such a connection")
                : new Holder.Inferred(inside, "stands in the code that borrows", BY_PLACE);
    }

    /** Of pools whose connections look alike: who works with one in the code of those who wait for this pool has one of it. */
    private Holder ofOneOfSeveral(List<ThreadFacts> holders, List<ThreadFacts> borrowers) {
        Set<String> classes = new HashSet<>();
        borrowers.stream()
                .map(borrower -> borrower.thread().stack())
                .distinct()
                .forEach(stack -> applicationFrames(stack).forEach(frame -> classes.add(frame.className())));
        classes.removeAll(startingClasses(threads));
        List<ThreadFacts> near = holders.stream()
                .filter(holder -> applicationFrames(holder.thread().stack()).stream()
                        .anyMatch(frame -> classes.contains(frame.className())))
                .toList();
        return near.isEmpty()
                ? new Holder.Inferred(holders, "works with a connection of this pool or of another one", BY_PLACE)
                : new Holder.Inferred(
                        near, "works with a connection in the code that borrows from this pool", BY_FRAMES);
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
        return threads.stream()
                .filter(thread -> !thread.isIdle() && !thread.isJvm())
                .filter(thread -> isOpening(thread.thread().stack(), borrower))
                .toList();
    }

    /** Threads of the pool that these wait for, which open connections and are at rest, perhaps between two attempts. */
    public List<ThreadFacts> helpers(ThreadFacts borrower) {
        return poolsOf(borrower).stream()
                .flatMap(pool -> threads.stream()
                        .filter(thread -> thread.isIdle()
                                && pool.isHelping(thread.thread().stack().frames())))
                .toList();
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
        borrowers.stream().map(borrower -> borrower.thread().stack()).distinct().forEach(stack -> {
            List<Frame> own = applicationFrames(stack);
            own.stream().map(Frame::qualifiedMethod).forEach(places::add);
            own.stream().limit(1).map(Frame::className).forEach(places::add);
        });
        places.removeAll(startingClasses(threads));
        return threads.stream()
                .filter(thread -> !thread.isIdle() && !thread.isJvm() && !isBorrowing(thread))
                .filter(thread -> thread.waitsFor().kind() != Wait.Kind.SLEEP
                        || thread.pool().isPresent())
                .filter(thread -> applicationFrames(thread.thread().stack()).stream()
                        .anyMatch(frame ->
                                places.contains(frame.className()) || places.contains(frame.qualifiedMethod())))
                .toList();
    }

    /** The classes that start the program, told by their main method or by its lambdas. */
    static Set<String> startingClasses(List<ThreadFacts> threads) {
        return threads.stream()
                .map(thread -> thread.thread().stack())
                .distinct()
                .flatMap(stack -> stack.frames().stream())
                .filter(frame -> frame.method().equals("main") || frame.method().startsWith("lambda$main$"))
                .map(Frame::className)
                .collect(Collectors.toSet());
    }

    private static boolean isBorrowing(ThreadFacts thread) {
        return thread.waitsFor().is(Call.Kind.BORROW);
    }

    /** But for generated ones, and for methods that only run something. */
    private List<Frame> applicationFrames(CallStack stack) {
        return stack.frames().stream()
                .filter(frame -> knowledge.isApplication(frame.className()))
                .filter(frame -> !frame.className().contains("$$Lambda") && !NO_PLACE.contains(frame.method()))
                .toList();
    }

    private static final Set<String> NO_PLACE = Set.of("main", "run", "call", "get", "accept", "apply");
}
