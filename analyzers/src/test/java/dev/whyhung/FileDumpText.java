package dev.whyhung;

import java.util.ArrayList;
import java.util.List;

/** A dump as {@code jcmd Thread.dump_to_file -format=json} of JDK 21 writes it, with what JDK 25 adds where a test asks for it. */
public final class FileDumpText {

    public static final String CARRIER = "java.base/jdk.internal.vm.Continuation.run(Continuation.java:248)\n"
            + "java.base/java.lang.VirtualThread.runContinuation(VirtualThread.java:223)\n"
            + "java.base/java.util.concurrent.ForkJoinWorkerThread.run(ForkJoinWorkerThread.java:188)";
    private static final String ACQUIRE =
            "java.base/java.util.concurrent.locks.LockSupport.park(LockSupport.java:219)\n"
                    + "java.base/java.util.concurrent.locks.AbstractQueuedSynchronizer.acquire(AbstractQueuedSynchronizer.java:754)\n"
                    + "java.base/java.util.concurrent.locks.ReentrantLock.lock(ReentrantLock.java:322)";
    public static final String LOCK = "java.base/java.lang.VirtualThread.park(VirtualThread.java:582)\n" + ACQUIRE;
    public static final String PINNED_LOCK =
            "java.base/java.lang.VirtualThread.parkOnCarrierThread(VirtualThread.java:675)\n" + ACQUIRE;
    public static final String RUN = "java.base/java.lang.Thread.run(Thread.java:1583)";
    public static final String RUN_VIRTUAL = "java.base/java.lang.VirtualThread.run(VirtualThread.java:309)";

    private final StringBuilder text = new StringBuilder();
    private int id = 20;
    private boolean first = true;
    private String latest = "<root>";

    /** Of a JVM of this version, taken at this ISO time. */
    public FileDumpText(String version, String time) {
        text.append("""
                {"threadDump": {"processId": "4711", "time": "%s", "runtimeVersion": "%s",
                "threadContainers": [{"container": "<root>", "parent": null, "owner": null, "threads": [
                """.formatted(time, version));
    }

    /** Begins another container below the root. */
    public FileDumpText container(String name) {
        return container(name, "<root>", "null");
    }

    /** Begins a scope inside the container before, opened by this thread. */
    public FileDumpText scope(String name, String owner) {
        return container(name, latest, '"' + owner + '"');
    }

    private FileDumpText container(String name, String parent, String owner) {
        text.append("]}, {\"container\": \"" + name + "\", \"parent\": \"" + parent + "\", \"owner\": " + owner
                + ", \"threads\": [");
        latest = name;
        first = true;
        return this;
    }

    /** So many threads have been and are gone. */
    public FileDumpText skip(int threads) {
        id += threads;
        return this;
    }

    /** A thread with these frames, of which one string may hold several lines; none for one without a carrier. */
    public FileDumpText thread(String name, String... frames) {
        return add(name, "", frames);
    }

    /** A thread that is parked on this object, {@code Class@hash}. */
    public FileDumpText parked(String name, String blocker, String... frames) {
        return add(name, "\"state\": \"WAITING\", \"parkBlocker\": {\"object\": \"" + blocker + "\"}, ", frames);
    }

    /** The same with the owner of that lock, as JDK 26 prints it. */
    public FileDumpText parked(String name, String blocker, int owner, String... frames) {
        return add(
                name,
                "\"state\": \"WAITING\", \"parkBlocker\": {\"object\": \"" + blocker + "\", \"owner\": \"" + owner
                        + "\"}, ",
                frames);
    }

    public FileDumpText running(String name, String... frames) {
        return add(name, "\"state\": \"RUNNABLE\", ", frames);
    }

    /** A virtual thread that this thread carries, as JDK 25 prints it. */
    public FileDumpText mounted(String name, int carrier, String... frames) {
        return add(name, "\"state\": \"RUNNABLE\", \"virtual\": true, \"carrier\": \"" + carrier + "\", ", frames);
    }

    /** A virtual thread without a carrier in this state, of which nothing tells what it waits for. */
    public FileDumpText virtual(String name, String state, String... frames) {
        return add(name, "\"state\": \"" + state + "\", \"virtual\": true, ", frames);
    }

    /** A virtual thread that is ready to run and has no carrier. */
    public FileDumpText scheduled(String name) {
        return add(name, "\"state\": \"RUNNABLE\", \"virtual\": true, ");
    }

    /** A thread that waits to enter this monitor, {@code Class@hash}. */
    public FileDumpText blocked(String name, String monitor, String... frames) {
        return add(name, "\"state\": \"BLOCKED\", \"blockedOn\": \"" + monitor + "\", ", frames);
    }

    /** A runnable thread that holds this monitor, {@code Class@hash}, in the frame at this depth. */
    public FileDumpText holding(String name, int depth, String monitor, String... frames) {
        String owned = "\"monitorsOwned\": [{\"depth\": " + depth + ", \"locks\": [\"" + monitor + "\"]}], ";
        return add(name, "\"state\": \"RUNNABLE\", " + owned, frames);
    }

    private FileDumpText add(String name, String state, String... frames) {
        List<String> stack = new ArrayList<>();
        for (String lines : frames) {
            lines.lines().forEach(line -> stack.add('"' + line + '"'));
        }
        text.append(first ? "" : ",")
                .append("{\"tid\": \"" + id++ + "\", \"name\": \"" + name + "\", " + state + "\"stack\": [")
                .append(String.join(",", stack))
                .append("]}\n");
        first = false;
        return this;
    }

    public String whole() {
        return text + "]}]}}";
    }
}
