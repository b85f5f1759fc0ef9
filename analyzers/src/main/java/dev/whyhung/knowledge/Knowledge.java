package dev.whyhung.knowledge;

import dev.whyhung.model.CallStack;
import dev.whyhung.model.Frame;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known about JVM libraries, from the signature files: see {@link SignatureFile} for their syntax. The user's files come
 * first; the first entry that matches counts.
 */
public final class Knowledge {

    private static final List<String> STANDARD = List.of(
            "frames.sig", "idle.sig", "roles.sig", "calls.sig", "locks.sig", "libraries.sig", "pools.sig", "tools.sig");

    private final Tables tables;
    private final Map<String, SynchronizerKind> kinds = new HashMap<>();
    private final Map<String, Optional<String>> clients = new HashMap<>();
    private final Map<CallStack, StackReading> readings = new HashMap<>();
    private final boolean ownTablesOnly;

    private Knowledge(Tables tables, boolean ownTablesOnly) {
        this.tables = tables;
        this.ownTablesOnly = ownTablesOnly;
    }

    /**
     * What stands for a thread's name when its role and idleness are looked up: the tables that come with the tool do not tell
     * one number from another, so that names which differ in their digits alone need to be looked up once.
     */
    public String nameKey(String threadName) {
        if (!ownTablesOnly) {
            return threadName;
        }
        StringBuilder key = new StringBuilder(threadName.length());
        for (int i = 0; i < threadName.length(); i++) {
            char c = threadName.charAt(i);
            boolean digit = c >= '0' && c <= '9';
            boolean repeats = digit && i > 0 && threadName.charAt(i - 1) >= '0' && threadName.charAt(i - 1) <= '9';
            if (!repeats) {
                key.append(digit ? '0' : c);
            }
        }
        return key.toString();
    }

    /** Whether two names that differ by a number alone may mean different things. */
    public boolean tellsNumbersApart() {
        return !ownTablesOnly;
    }

    /** The tables that come with the tool. */
    public static Knowledge standard() {
        try {
            return standardWith(List.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SignatureException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The user's tables before those that come with the tool. */
    public static Knowledge standardWith(List<Path> files) throws IOException, SignatureException {
        Tables tables = new Tables();
        for (Path file : files) {
            try (BufferedReader reader = Files.newBufferedReader(file)) {
                new SignatureFile(file.toString(), tables).read(reader);
            }
        }
        for (String name : STANDARD) {
            InputStream in = Objects.requireNonNull(Knowledge.class.getResourceAsStream(name), name);
            try (BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
                new SignatureFile(name, tables).read(reader);
            }
        }
        return new Knowledge(tables, files.isEmpty());
    }

    /** What the signatures say about a stack; looked up once. */
    public StackReading read(CallStack stack) {
        return readings.computeIfAbsent(stack, this::lookUp);
    }

    private StackReading lookUp(CallStack stack) {
        List<String> methods = new ArrayList<>(stack.depth());
        for (Frame frame : stack.frames()) {
            methods.add(frame.qualifiedMethod());
        }
        List<Frame> bare = new ArrayList<>(stack.depth());
        List<String> bareMethods = new ArrayList<>(stack.depth());
        List<FramePattern> plumbing = tables.frames.getOrDefault("plumbing", List.of());
        for (int i = 0; i < methods.size(); i++) {
            if (i >= DEEPEST_PLUMBING || !FramePattern.anyMatches(plumbing, methods.get(i))) {
                bare.add(stack.frames().get(i));
                bareMethods.add(methods.get(i));
            }
        }
        int app = appFrame(stack.frames());
        return new StackReading(
                bare,
                bareMethods,
                matching(tables.idle, bareMethods),
                matching(tables.passive, bareMethods),
                call(bareMethods),
                app < 0 ? null : stack.frames().get(app),
                app,
                client(stack.frames(), app),
                lastIndex("worker", methods) >= 0,
                app >= 0 && (lastIndex("job", methods) > app || lastIndex("value", methods) > app),
                app >= 0 && lastIndex("message", methods) > app,
                lastIndex("task", methods),
                app >= 0 && lastAppFrame(stack.frames()) == app,
                isNamedOf("puts", stack.frames(), app),
                isNamedOf("takes", stack.frames(), app),
                isNamedOf("listens", stack.frames(), app) && isAllOfOneClass(stack.frames(), app),
                telling(stack));
    }

    /** Plumbing lies on top, but for the future or condition whose frame stands between two layers of it. */
    private static final int DEEPEST_PLUMBING = 12;

    private static List<Signature> matching(List<Signature> signatures, List<String> methods) {
        List<Signature> matching = new ArrayList<>();
        for (Signature signature : signatures) {
            if (signature.matches(methods)) {
                matching.add(signature);
            }
        }
        return matching;
    }

    private @Nullable Call call(List<String> methods) {
        for (Tables.CallSignature entry : tables.calls) {
            if (entry.signature().matches(methods)) {
                return entry.call();
            }
        }
        return null;
    }

    /** Whether this frame, or one of its class that called it directly or by way of others, belongs to the named set. */
    private boolean isNamedOf(String set, List<Frame> frames, int app) {
        List<FramePattern> patterns = tables.frames.getOrDefault(set, List.of());
        for (int i = Math.max(app, 0); app >= 0 && i < frames.size(); i++) {
            Frame frame = frames.get(i);
            if (!frame.className().equals(frames.get(app).className())) {
                return false;
            }
            if (FramePattern.anyMatches(patterns, '.' + frame.method())) {
                return true;
            }
        }
        return false;
    }

    /** Whether the application's frames, but for its lambdas, are all of one class: nobody else asked it to do what it does. */
    private boolean isAllOfOneClass(List<Frame> frames, int app) {
        String owner = frames.get(app).className();
        return frames.stream()
                .filter(frame -> !frame.isHidden() && !frame.method().startsWith("lambda$"))
                .filter(frame -> isApplication(frame.className()))
                .allMatch(frame -> frame.className().equals(owner));
    }

    private int lastIndex(String set, List<String> methods) {
        List<FramePattern> patterns = tables.frames.getOrDefault(set, List.of());
        for (int i = methods.size() - 1; i >= 0; i--) {
            if (FramePattern.anyMatches(patterns, methods.get(i))) {
                return i;
            }
        }
        return -1;
    }

    /** Index of the first frame of the application, or -1. */
    private int appFrame(List<Frame> frames) {
        for (int i = 0; i < frames.size(); i++) {
            if (isApplication(frames.get(i).className())) {
                return i;
            }
        }
        return -1;
    }

    /** Index of the application's last frame but for generated lambda classes, or -1. */
    private int lastAppFrame(List<Frame> frames) {
        int last = frames.size() - 1;
        while (last >= 0
                && (!isApplication(frames.get(last).className())
                        || frames.get(last).className().endsWith("$$Lambda"))) {
            last--;
        }
        return last;
    }

    /** The first frame, from the top, of the application. */
    public Optional<Frame> applicationFrame(CallStack stack) {
        return stack.frames().stream()
                .filter(frame -> isApplication(frame.className()))
                .findFirst();
    }

    /** Whether a class belongs to neither the JDK nor a known library. */
    public boolean isApplication(String className) {
        for (String prefix : tables.libraries) {
            if (className.startsWith(prefix)) {
                return false;
            }
        }
        return !className.isEmpty() && clientOf(className) == null;
    }

    private Set<String> telling(CallStack stack) {
        Set<String> names = new LinkedHashSet<>();
        for (Frame frame : stack.frames()) {
            boolean starts = frame.method().equals("main") || frame.className().contains("$$Lambda");
            boolean lambda = frame.method().startsWith("lambda$main");
            if (isQueue(frame) || (isApplication(frame.className()) && !starts && !lambda)) {
                names.add(writtenIn(frame.className()));
            }
        }
        return Collections.unmodifiableSet(names);
    }

    /** The class whose code this is: an anonymous class, {@code Token$1}, is a part of it as a lambda is. */
    private static String writtenIn(String className) {
        int end = className.length();
        int dollar = className.lastIndexOf('$');
        while (dollar > 0 && dollar + 1 < end && isNumber(className, dollar + 1, end)) {
            end = dollar;
            dollar = className.lastIndexOf('$', end - 1);
        }
        return className.substring(0, end);
    }

    private static boolean isNumber(String text, int start, int end) {
        for (int i = start; i < end; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    private static boolean isQueue(Frame frame) {
        return frame.className().startsWith(CONCURRENT)
                && (frame.className().endsWith("Queue") || frame.className().endsWith("Deque"))
                && (frame.method().equals("take") || frame.method().equals("put"));
    }

    private static final String CONCURRENT = "java.util.concurrent.";

    /** The remote system behind the library frames that the application called, or null. */
    private @Nullable String client(List<Frame> frames, int app) {
        int end = app < 0 ? frames.size() : app;
        for (int i = 0; i < end; i++) {
            String client = clientOf(frames.get(i).className());
            if (client != null) {
                return client;
            }
        }
        return null;
    }

    private @Nullable String clientOf(String className) {
        return clients.computeIfAbsent(className, name -> Optional.ofNullable(clientByTable(name)))
                .orElse(null);
    }

    private @Nullable String clientByTable(String className) {
        for (Map.Entry<String, String> client : tables.clients.entrySet()) {
            if (className.startsWith(client.getKey())) {
                return client.getValue();
            }
        }
        return null;
    }

    /** The role of a thread; names are hints, and an entry may ask for a frame as well. */
    public Role role(String name, StackReading stack) {
        for (Tables.RoleSignature entry : tables.roles) {
            Signature signature = entry.signature();
            if (signature.isWithin(stack.bareMethods()) && signature.matchesName(name)) {
                return entry.role();
            }
        }
        return Role.OTHER;
    }

    /** What a process with this thread is, with its article, if it is no service: {@code a Gradle daemon}. */
    public Optional<String> tool(String name, StackReading stack) {
        return tables.tools.stream()
                .filter(tool -> tool.matchesName(name) && tool.isWithinOnly(stack.bareMethods()))
                .findFirst()
                .map(Signature::id);
    }

    /** Whether a frame belongs to a named set of frames. */
    public boolean isAmong(String set, Frame frame) {
        return FramePattern.anyMatches(tables.frames.getOrDefault(set, List.of()), frame.qualifiedMethod());
    }

    /** Whether there is such a set of frames. */
    public boolean hasFrames(String set) {
        return tables.frames.containsKey(set);
    }

    /** The same by the name of its method alone. */
    public boolean isNamedAmong(String set, Frame frame) {
        return FramePattern.anyMatches(tables.frames.getOrDefault(set, List.of()), '.' + frame.method());
    }

    /** The same of the method of the application in which a thread waits, or one of its class that called that to do the waiting. */
    public boolean isNamedAmong(String set, CallStack stack, StackReading reading) {
        return isNamedOf(set, stack.frames(), reading.appIndex());
    }

    /** The pools that this call borrows from. */
    public Optional<ConnectionPools> poolsOf(Call call) {
        return tables.pools.stream().filter(pools -> pools.lends(call)).findFirst();
    }

    /** Producers and consumers of the queues inside libraries. */
    public List<QueuePair> queuePairs() {
        return tables.pairs;
    }

    /** The name of the pool, lent by calls of this id, that a thread of such a name serves. */
    public Optional<String> poolKeptBy(String threadName, String borrow) {
        return tables.keepers.stream()
                .filter(keeper -> keeper.id().equals(borrow))
                .flatMap(keeper -> keeper.pool(threadName).stream())
                .findFirst();
    }

    /** Values of libraries for which threads wait while another one computes them. */
    public List<ValueLoad> valueLoads() {
        return tables.loads;
    }

    /** What an object of this class is, as something to park on. */
    public SynchronizerKind kindOf(String className) {
        return kinds.computeIfAbsent(className, this::lookUp);
    }

    private SynchronizerKind lookUp(String className) {
        for (Tables.LockClass entry : tables.locks) {
            if (entry.pattern().matches(className)) {
                return entry.kind();
            }
        }
        return SynchronizerKind.UNKNOWN;
    }
}
