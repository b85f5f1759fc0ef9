package dev.whyhung.knowledge;

import dev.whyhung.model.Frame;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the signatures say about one stack, the same for every thread that has it. */
public final class StackReading {

    private final List<Frame> bare;
    private final List<String> bareMethods;
    private final List<Signature> idle;
    private final List<Signature> passive;
    private final @Nullable Call call;
    private final @Nullable Frame appFrame;
    private final int appIndex;
    private final @Nullable String client;
    private final boolean worker;
    private final boolean job;
    private final boolean message;
    private final int taskIndex;
    private final boolean entry;
    private final boolean puts;
    private final boolean takes;
    private final boolean listens;
    private final Set<String> telling;

    StackReading(
            List<Frame> bare,
            List<String> bareMethods,
            List<Signature> idle,
            List<Signature> passive,
            @Nullable Call call,
            @Nullable Frame appFrame,
            int appIndex,
            @Nullable String client,
            boolean worker,
            boolean job,
            boolean message,
            int taskIndex,
            boolean entry,
            boolean puts,
            boolean takes,
            boolean listens,
            Set<String> telling) {
        this.bare = List.copyOf(bare);
        this.bareMethods = List.copyOf(bareMethods);
        this.idle = List.copyOf(idle);
        this.passive = List.copyOf(passive);
        this.call = call;
        this.appFrame = appFrame;
        this.appIndex = appIndex;
        this.client = client;
        this.worker = worker;
        this.job = job;
        this.message = message;
        this.taskIndex = taskIndex;
        this.entry = entry;
        this.puts = puts;
        this.takes = takes;
        this.listens = listens;
        this.telling = telling;
    }

    /** The frames without the plumbing of park, wait and lock queues on top. */
    public List<Frame> bare() {
        return bare;
    }

    /** The same frames as {@code class.method}. */
    List<String> bareMethods() {
        return bareMethods;
    }

    /** The id of the idle signature that matches, for a thread of this name. */
    public Optional<String> idle(String threadName) {
        return first(idle, threadName);
    }

    /** The id of the passive signature that matches, for a thread of this name. */
    public Optional<String> passive(String threadName) {
        return first(passive, threadName);
    }

    /** Whether a passive signature matches for threads of some name. */
    public boolean mayBePassive() {
        return !passive.isEmpty();
    }

    private static Optional<String> first(List<Signature> signatures, String threadName) {
        for (Signature signature : signatures) {
            if (signature.matchesName(threadName)) {
                return Optional.of(signature.id());
            }
        }
        return Optional.empty();
    }

    public Optional<Call> call() {
        return Optional.ofNullable(call);
    }

    /** The first frame of the application. */
    public Optional<Frame> appFrame() {
        return Optional.ofNullable(appFrame);
    }

    /** Index of that frame in the whole stack, or -1. */
    public int appIndex() {
        return appIndex;
    }

    /** The remote system that a client library between the top and the application talks to. */
    public Optional<String> client() {
        return Optional.ofNullable(client);
    }

    /** Whether the bottom of the stack is that of a pool's worker. */
    public boolean isWorker() {
        return worker;
    }

    /** Whether a library runs one task of the application on it, or hands it one message, which is expected to end. */
    public boolean isJob() {
        return job || message;
    }

    /** Whether it is a message: that comes from elsewhere, and so does what its handler waits for. */
    public boolean isMessage() {
        return message;
    }

    /** Whether a task that somebody may wait for is running on this stack: index of its frame, or -1. */
    public int taskIndex() {
        return taskIndex;
    }

    /** Whether the first frame of the application is also its last: the thread's or task's own loop. */
    public boolean isEntry() {
        return entry;
    }

    /** Whether the application waits in a method that, by its name, hands something over. */
    public boolean puts() {
        return puts;
    }

    /** Whether it waits in one that fetches something. */
    public boolean takes() {
        return takes;
    }

    /** Whether the thread belongs to a class that, by the names of its methods, reads what others send without being asked. */
    public boolean listens() {
        return listens;
    }

    /** The classes of the application, and the queues used, from the top. */
    public Set<String> telling() {
        return telling;
    }
}
