package dev.whyhung.graph.holder;

import dev.whyhung.graph.thread.Holder;
import dev.whyhung.graph.thread.Pool;
import dev.whyhung.graph.thread.StackGroups;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.graph.thread.Wait;
import dev.whyhung.knowledge.Call;
import dev.whyhung.knowledge.Knowledge;
import dev.whyhung.knowledge.ValueLoad;
import dev.whyhung.model.CallStack;
import dev.whyhung.model.Frame;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which running task a thread that waits for a result may be waiting for. No dump says so; the code does: a task is usually a
 * lambda of the method that waits for it, or of the same class.
 */
final class Producers {

    private static final double SAME_CODE = .6;
    private static final double SAME_FILE = .3;
    /** More candidates would say nothing, and edges shall grow with threads, not with their square. */
    private static final int MOST = 64;
    /** Pools that are held up, and workers of one, who all fare alike. */
    private static final int FEW = 4;

    private static final Holder UNKNOWN = new Holder.NotShown("no dump says which thread completes a result");

    /**
     * How a task began.
     *
     * @param entry its own first frame
     * @param maker the class whose code made it, if it is a lambda; or empty
     */
    private record Task(Frame entry, String maker) {

        Set<String> files() {
            Set<String> files = new LinkedHashSet<>();
            files.add(entry.outerClass());
            if (!maker.isEmpty()) {
                files.add(new Frame(maker, "", "").outerClass());
            }
            return files;
        }
    }

    /** Threads at one place that run tasks which began alike: as many as are worth naming. */
    private record Running(Task task, CallStack stack, List<ThreadFacts> threads) {}

    private final Knowledge knowledge;
    private final StackGroups stacks;
    /** Event loops that are held up. */
    private final List<ThreadFacts> loops;
    /** Workers of pools that have none left to begin a task. */
    private final List<ThreadFacts> taken;
    /** Workers in the middle of a task that gives a result, whatever they wait for. */
    private final List<ThreadFacts> busy;

    private final Map<ValueLoad, List<ThreadFacts>> loads;
    private final Map<String, List<Running>> byFile = new HashMap<>();
    /** Threads that run a task of a library, by the file of its first frame. */
    private final Map<String, List<ThreadFacts>> byLibrary = new HashMap<>();

    private final Map<CallStack, Holder> known = new HashMap<>();
    /** Places at which results of workers that are held up seem to be awaited. */
    private int guesses;

    Producers(List<ThreadFacts> threads, StackGroups stacks, Knowledge knowledge) {
        this.knowledge = knowledge;
        this.stacks = stacks;
        loops = threads.stream().filter(Producers::isHeldUp).limit(MOST).toList();
        Map<Pool, Boolean> pools = new HashMap<>();
        taken = threads.stream()
                .filter(thread -> thread.pool()
                        .filter(pool -> pools.computeIfAbsent(pool, Producers::isTaken))
                        .isPresent())
                .limit(MOST)
                .toList();
        busy = threads.stream().filter(Producers::isBusy).limit(MOST).toList();
        loads = loads(stacks, knowledge);
        stacks.forEach(this::addTasks);
    }

    private void addTasks(CallStack stack, List<ThreadFacts> threads) {
        int task = threads.get(0).reading().taskIndex();
        List<ThreadFacts> running = task > 0
                ? threads.stream()
                        .filter(thread -> !thread.isIdle())
                        .limit(MOST)
                        .toList()
                : List.of();
        if (!running.isEmpty()) {
            entry(stack, task)
                    .map(begun -> new Running(begun, stack, running))
                    .ifPresent(tasks -> tasks.task()
                            .files()
                            .forEach(file -> byFile.computeIfAbsent(file, key -> new ArrayList<>())
                                    .add(tasks)));
            libraryEntry(stack, task)
                    .ifPresent(entry -> byLibrary
                            .computeIfAbsent(entry.outerClass(), key -> new ArrayList<>())
                            .addAll(running));
        }
    }

    /** An event loop that waits in the application's code, or computes there without end. */
    private static boolean isHeldUp(ThreadFacts thread) {
        boolean loop =
                thread.role().is("EVENT_LOOP") && thread.reading().appFrame().isPresent();
        return loop
                && !thread.isIdle()
                && (thread.waitsFor().kind() != Wait.Kind.NONE
                        || thread.spin().filter(spin -> spin.dumps() > 1).isPresent());
    }

    /** All of its workers wait in tasks, for what does not come by itself: tasks that were given to it since lie in its queue. */
    private static boolean isTaken(Pool pool) {
        return !NO_TASKS.contains(pool.role().name())
                && pool.workers().stream()
                        .allMatch(worker -> worker.reading().isWorker()
                                && !worker.isIdle()
                                && (worker.waitsFor().isExclusive() || isHeldUpByCall(worker)));
    }

    private static final Set<String> NO_TASKS = Set.of("REQUEST", "EVENT_LOOP", "SCHEDULER", "CONSUMER");

    /** A loop that a pool of one runs for good was submitted, too, and so was whoever listens to a peer. */
    private static boolean isBusy(ThreadFacts thread) {
        return thread.pool()
                        .filter(pool -> !NO_TASKS.contains(pool.role().name())
                                && (pool.workers().size() > 1
                                        || thread.waitsFor().kind() != Wait.Kind.SLEEP))
                        .isPresent()
                && !task(thread).isEmpty()
                && !thread.reading().listens()
                && thread.reading().passive(thread.name()).isEmpty();
    }

    /** The class of {@code java.util.concurrent} whose task a thread is running, or empty. */
    private static String task(ThreadFacts thread) {
        int task = thread.reading().taskIndex();
        String className =
                task < 0 ? "" : thread.thread().stack().frames().get(task).outerClass();
        return RESULTS.contains(className) ? className : "";
    }

    private static final Set<String> RESULTS =
            Set.of("java.util.concurrent.FutureTask", "java.util.concurrent.CompletableFuture");

    /**
     * Whether a task gives a result of the kind that a thread waits for. Not one that has stood still since the dump before, if nobody at
     * this place has waited since then: it may be a loop that always does, and others have just asked for something else.
     */
    private boolean mayOwe(ThreadFacts worker, ThreadFacts waiter) {
        return gives(worker, waiter) && (!worker.persistence().isMeasured() || hasAnyStayed(waiter));
    }

    private static boolean gives(ThreadFacts worker, ThreadFacts waiter) {
        return awaitedClass(waiter).equals(task(worker));
    }

    /**
     * The same for one that is of no pool, as a virtual thread made for its task. It may as well wait for an event: unless that worker waits
     * for a result itself, it must have waited for a while; and both are of one part of the application.
     */
    private boolean mayOweVirtual(ThreadFacts worker, ThreadFacts waiter) {
        return gives(worker, waiter)
                && (worker.waitsFor().is(Call.Kind.FUTURE) || hasAnyStayed(waiter))
                && worker.reading()
                        .appFrame()
                        .filter(frame -> waiter.thread().stack().frames().stream()
                                .anyMatch(other -> other.packageName().equals(frame.packageName())))
                        .isPresent();
    }

    private boolean hasAnyStayed(ThreadFacts waiter) {
        return stacks.of(waiter.thread().stack()).stream()
                .anyMatch(other -> other.persistence().isMeasured());
    }

    /** What it is parked on, or, up to JDK 21, in whose method. */
    private static String awaitedClass(ThreadFacts waiter) {
        String blocker = waiter.thread().blockerClass();
        return blocker.isEmpty()
                ? waiter.thread().stack().frames().stream()
                        .map(Frame::outerClass)
                        .filter(RESULTS::contains)
                        .findFirst()
                        .orElse("")
                : new Frame(blocker, "", "").outerClass();
    }

    private static boolean isHeldUpByCall(ThreadFacts worker) {
        Call call = worker.waitsFor().call().orElse(null);
        return call != null
                && switch (call.kind()) {
                    case FUTURE, BORROW, CONNECT, REMOTE, DNS, DATABASE_LOCK, DISTRIBUTED_LOCK, PUT -> true;
                    case READ, WRITE ->
                        worker.reading().client().isPresent()
                                && worker.reading().passive(worker.name()).isEmpty();
                    case LATCH, PERMIT, CLOSE, FILE, PROCESS, ENTROPY, SLEEP, LOG -> false;
                };
    }

    /**
     * By table, the threads that compute a value which others want. As long as one of them does not wait for another value itself, those
     * that do will get theirs.
     */
    private static Map<ValueLoad, List<ThreadFacts>> loads(StackGroups stacks, Knowledge knowledge) {
        Map<ValueLoad, List<ThreadFacts>> loads = new LinkedHashMap<>();
        for (ValueLoad load : knowledge.valueLoads()) {
            List<CallStack> loading =
                    stacks.stacks().stream().filter(load::isLoading).toList();
            List<CallStack> active =
                    loading.stream().filter(stack -> !load.isWaiting(stack)).toList();
            loads.put(
                    load,
                    (active.isEmpty() ? loading : active)
                            .stream()
                                    .flatMap(stack -> stacks.of(stack).stream())
                                    .sorted(Comparator.comparing(ThreadFacts::id))
                                    .toList());
        }
        return loads;
    }

    /** The application frames that the task began with: the object that a lambda is, if there is one, and the first of the code. */
    private Optional<Task> entry(CallStack stack, int index) {
        List<Frame> frames = stack.frames();
        String maker = "";
        for (int i = index - 1; i >= 0; i--) {
            Frame frame = frames.get(i);
            if (knowledge.isApplication(frame.className())) {
                if (!isLambdaClass(frame)) {
                    return Optional.of(new Task(frame, maker));
                }
                maker = maker.isEmpty() ? makerOf(frame) : maker;
            }
        }
        return maker.isEmpty() ? Optional.empty() : Optional.of(new Task(new Frame(maker, "", ""), maker));
    }

    private static String makerOf(Frame lambda) {
        return lambda.className().substring(0, lambda.className().indexOf(LAMBDA));
    }

    static boolean isLambdaClass(Frame frame) {
        return frame.className().contains(LAMBDA);
    }

    private static final String LAMBDA = "$$Lambda";

    /** The same for all threads that wait at the same place: none of these completes another's result. */
    Holder holder(ThreadFacts waiter) {
        return known.computeIfAbsent(waiter.thread().stack(), stack -> holder(waiter, stack));
    }

    private Holder holder(ThreadFacts waiter, CallStack stack) {
        for (Map.Entry<ValueLoad, List<ThreadFacts>> load : loads.entrySet()) {
            if (load.getKey().isWaiting(stack) && !load.getValue().isEmpty()) {
                return loading(load.getValue());
            }
        }
        Frame site = waiter.reading().appFrame().orElse(null);
        if (site == null) {
            return ofLibrary(stack);
        }
        Set<ThreadFacts> sameCode = new LinkedHashSet<>();
        Set<ThreadFacts> sameFile = new LinkedHashSet<>();
        for (Running running : tasksOf(stack)) {
            if (isStartedBy(running.task(), site, stack.frames())) {
                sameCode.addAll(running.threads());
            } else if (running.task().files().contains(site.outerClass())) {
                sameFile.addAll(running.threads());
            }
        }
        if (!sameCode.isEmpty()) {
            return inferred(sameCode, site.className(), SAME_CODE);
        }
        if (!sameFile.isEmpty()) {
            return inferred(sameFile, site.outerClass(), SAME_FILE);
        }
        return heldUp(waiter);
    }

    /** A library waits for one of its own tasks, as servers do when they start. */
    private Holder ofLibrary(CallStack stack) {
        Set<ThreadFacts> tasks = new LinkedHashSet<>();
        Optional<Frame> site =
                stack.frames().stream().filter(frame -> !frame.isOfJdk()).findFirst();
        site.map(Frame::outerClass).map(file -> byLibrary.getOrDefault(file, List.of())).orElse(List.of()).stream()
                .filter(thread -> thread.thread().stack() != stack)
                .forEach(tasks::add);
        return tasks.isEmpty() ? UNKNOWN : inferred(tasks, site.orElseThrow().outerClass(), SAME_FILE);
    }

    private Optional<Frame> libraryEntry(CallStack stack, int index) {
        List<Frame> frames = stack.frames();
        for (int i = index - 1; i >= 0; i--) {
            Frame frame = frames.get(i);
            if (!frame.isOfJdk()) {
                return knowledge.isApplication(frame.className()) ? Optional.empty() : Optional.of(frame);
            }
        }
        return Optional.empty();
    }

    /** Where no running task is seen to give the result: who is held up, and may have it to give once it gets on. */
    private Holder heldUp(ThreadFacts waiter) {
        if (!loops.isEmpty() && !waiter.awaitsSubmittedTask() && !waiter.role().is("EVENT_LOOP")) {
            return new Holder.Inferred(
                    loops, "is an event loop that is held up, and may have it to complete", SAME_FILE);
        }
        Stream<ThreadFacts> workers;
        if (waiter.pool().isPresent()) {
            workers = taken.isEmpty() ? busy.stream().filter(worker -> mayOwe(worker, waiter)) : taken.stream();
        } else if (waiter.thread().isVirtual()) {
            workers = (taken.isEmpty() ? busy : taken).stream().filter(worker -> mayOweVirtual(worker, waiter));
        } else {
            return UNKNOWN;
        }
        List<ThreadFacts> others =
                workers.filter(worker -> !worker.pool().equals(waiter.pool())).toList();
        return others.isEmpty() || waiter.waitsFor().isForChannel() || (++guesses > MOST && areOfMany(others))
                ? UNKNOWN
                : new Holder.Inferred(
                        few(others), "is of a pool that is held up, and may have it in its queue", SAME_FILE);
    }

    private static boolean areOfMany(List<ThreadFacts> workers) {
        return workers.stream().map(ThreadFacts::pool).distinct().count() > FEW;
    }

    /** So many of them that edges grow with threads. */
    private List<ThreadFacts> few(List<ThreadFacts> workers) {
        return guesses > MOST ? workers.subList(0, Math.min(FEW, workers.size())) : workers;
    }

    /** Running tasks of the classes on this stack, but for those that wait at this very place. */
    private List<Running> tasksOf(CallStack stack) {
        return stack.frames().stream()
                .map(Frame::outerClass)
                .distinct()
                .flatMap(file -> byFile.getOrDefault(file, List.of()).stream())
                .filter(running -> running.stack() != stack)
                .toList();
    }

    private static Holder loading(List<ThreadFacts> threads) {
        List<ThreadFacts> some = threads.stream().limit(MOST).toList();
        return new Holder.Inferred(some, "computes such a value", some.size() == 1 ? ONLY : SAME_CODE);
    }

    private static final double ONLY = .9;

    private static Holder inferred(Set<ThreadFacts> tasks, String of, double certainty) {
        List<ThreadFacts> some = tasks.stream()
                .limit(MOST)
                .sorted(Comparator.comparing(ThreadFacts::id))
                .toList();
        return new Holder.Inferred(some, "runs a task of " + of, certainty);
    }

    /**
     * A lambda of a method that the waiter is in, or of the constructor of the object that waits, or a method of the waiter's class, or one
     * that this class refers to.
     */
    private static boolean isStartedBy(Task task, Frame site, List<Frame> stack) {
        Frame entry = task.entry();
        if (!entry.method().startsWith("lambda$")) {
            return entry.className().equals(site.className()) || task.maker().equals(site.className());
        }
        boolean made =
                entry.method().startsWith("lambda$new$") && entry.className().equals(site.className());
        return made
                || stack.stream()
                        .anyMatch(frame -> frame.className().equals(entry.className())
                                && entry.method().startsWith(lambdasOf(frame)));
    }

    /** How the compiler names the lambdas of a method. */
    static String lambdasOf(Frame frame) {
        String method = frame.method();
        return "lambda$" + (method.equals("<clinit>") ? "static" : method.equals("<init>") ? "new" : method) + '$';
    }
}
