package dev.whyhung;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Writes dumps as JDK 17 prints them, thread by thread, for tests that need a situation rather than a capture. */
public final class DumpText {

    /** Ten seconds, the usual distance of two dumps. */
    public static final int LATER = 10;

    private static final long CPU_MILLIS = 5;

    private final StringBuilder text = new StringBuilder();
    private final boolean withOwners;
    private final int second;
    private int nextId = 1;
    private boolean old;
    private int addresses = 0x7000;

    private DumpText(int second, boolean withOwners) {
        this.second = second;
        this.withOwners = withOwners;
        text.append(String.format("2026-03-01 12:00:%02d%n", second))
                .append("Full thread dump OpenJDK 64-Bit Server VM (17.0.15+6 mixed mode, sharing):\n\n");
    }

    /** A dump with ownable synchronizers ({@code -l}), so many seconds after noon. */
    public static DumpText withOwners(int second) {
        return new DumpText(second, true);
    }

    public static DumpText withoutOwners(int second) {
        return new DumpText(second, false);
    }

    /** The threads that follow are of this process: they lie elsewhere than those of another. */
    public DumpText ofProcess(int number) {
        addresses = 0x7000 + 0x1000 * number;
        return this;
    }

    /** As JDK 8 prints it, without CPU times and ages of threads. */
    public DumpText asJava8() {
        old = true;
        return this;
    }

    /** Adds a thread; its id is its place. Lines are frames, lock lines, or {@code owns <0x..> (a C)}. */
    public DumpText thread(String name, String state, String... lines) {
        return thread(name, CPU_MILLIS, state, lines);
    }

    /** The same with the CPU milliseconds that it has used. */
    public DumpText thread(String name, long cpuMillis, String state, String... lines) {
        int id = nextId++;
        List<String> owned = new ArrayList<>();
        text.append(String.format(
                "\"%s\" #%d prio=5 os_prio=0 cpu=%d.00ms elapsed=%d.00s tid=0x%x nid=0x%x %s  [0x00007f0000001000]%n",
                name, id, cpuMillis, 100 + second, addresses + id, 0x100 + id, words(state)));
        text.append("   java.lang.Thread.State: ").append(state).append('\n');
        for (String line : lines) {
            if (line.startsWith("owns ")) {
                owned.add(line.substring("owns ".length()));
            } else {
                text.append(line.startsWith("- ") ? "\t" : "\tat ").append(line).append('\n');
            }
        }
        if (withOwners) {
            text.append("\n   Locked ownable synchronizers:\n");
            owned.forEach(lock -> text.append("\t- ").append(lock).append('\n'));
            text.append(owned.isEmpty() ? "\t- None\n" : "");
        }
        text.append('\n');
        return this;
    }

    /** Adds a carrier and the virtual thread with this id on it, as JDK 25 prints them. */
    public DumpText carrier(String name, long cpuMillis, int mounted, String... frames) {
        int id = nextId++;
        text.append(String.format(
                "\"%s\" #%d daemon prio=5 os_prio=0 cpu=%d.00ms elapsed=%d.00s tid=0x%x nid=0x%x runnable  [0x00007f0000001000]%n",
                name, id, cpuMillis, 100 + second, addresses + id, 0x100 + id));
        text.append("   Carrying virtual thread #").append(mounted).append('\n');
        text.append("\tat jdk.internal.vm.Continuation.run(java.base@25.0.3/Continuation.java:254)\n")
                .append("\tat java.lang.VirtualThread.runContinuation(java.base@25.0.3/VirtualThread.java:297)\n")
                .append(
                        "\tat java.util.concurrent.ForkJoinWorkerThread.run(java.base@25.0.3/ForkJoinWorkerThread.java:187)\n");
        text.append("   Mounted virtual thread #").append(mounted).append('\n');
        for (String frame : frames) {
            text.append("\tat ").append(frame).append('\n');
        }
        text.append('\n');
        return this;
    }

    private static String words(String state) {
        if (state.startsWith("BLOCKED")) {
            return "waiting for monitor entry";
        }
        if (state.endsWith("(on object monitor)")) {
            return "in Object.wait()";
        }
        return state.equals("RUNNABLE") ? "runnable" : "waiting on condition";
    }

    /** Parked on this object, {@code <0x..> (a C)}, in this state. */
    public DumpText parked(String name, String state, String blocker, String... below) {
        return parked(name, CPU_MILLIS, state, blocker, below);
    }

    /** The same with the CPU milliseconds that it has used. */
    public DumpText parked(String name, long cpuMillis, String state, String blocker, String... below) {
        List<String> park = List.of(
                "jdk.internal.misc.Unsafe.park(java.base@17.0.15/Native Method)",
                "- parking to wait for  " + blocker,
                state.startsWith("TIMED")
                        ? "java.util.concurrent.locks.LockSupport.parkNanos(java.base@17.0.15/LockSupport.java:252)"
                        : "java.util.concurrent.locks.LockSupport.park(java.base@17.0.15/LockSupport.java:211)");
        return thread(name, cpuMillis, state, with(park, below));
    }

    public DumpText parkedOnLock(String name, String lock, String... below) {
        List<String> acquire = List.of(
                "java.util.concurrent.locks.AbstractQueuedSynchronizer.acquire(java.base@17.0.15/AbstractQueuedSynchronizer.java:715)",
                "java.util.concurrent.locks.ReentrantLock.lock(java.base@17.0.15/ReentrantLock.java:322)");
        return parked(name, "WAITING (parking)", lock, with(acquire, below));
    }

    public DumpText blockedOn(String name, String monitor, String... below) {
        List<String> lines = new ArrayList<>(List.of(below));
        lines.add(1, "- waiting to lock " + monitor);
        return standing(name, "BLOCKED (on object monitor)", lines);
    }

    public DumpText awaitingLatch(String name, String... below) {
        List<String> await =
                List.of("java.util.concurrent.CountDownLatch.await(java.base@17.0.15/CountDownLatch.java:230)");
        return parked(
                name,
                "WAITING (parking)",
                "<0x00000000e0000001> (a java.util.concurrent.CountDownLatch$Sync)",
                with(await, below));
    }

    public DumpText readingSocket(String name, String... below) {
        return standing(
                name,
                "RUNNABLE",
                List.of(
                        "sun.nio.ch.SocketDispatcher.read0(java.base@17.0.15/Native Method)",
                        "sun.nio.ch.NioSocketImpl.tryRead(java.base@17.0.15/NioSocketImpl.java:261)",
                        "sun.nio.ch.NioSocketImpl.implRead(java.base@17.0.15/NioSocketImpl.java:312)",
                        "java.net.Socket$SocketInputStream.read(java.base@17.0.15/Socket.java:966)"),
                below);
    }

    /** The same with a read timeout, as a driver sets it. */
    public DumpText readingSocketTimed(String name, String... below) {
        return standing(
                name,
                "RUNNABLE",
                List.of(
                        "sun.nio.ch.Net.poll(java.base@17.0.15/Native Method)",
                        "sun.nio.ch.NioSocketImpl.park(java.base@17.0.15/NioSocketImpl.java:181)",
                        "sun.nio.ch.NioSocketImpl.timedRead(java.base@17.0.15/NioSocketImpl.java:285)",
                        "sun.nio.ch.NioSocketImpl.implRead(java.base@17.0.15/NioSocketImpl.java:309)",
                        "java.net.Socket$SocketInputStream.read(java.base@17.0.15/Socket.java:966)"),
                below);
    }

    public DumpText idleWorker(String name, String... owned) {
        return standing(
                name,
                "WAITING (parking)",
                List.of(
                        "jdk.internal.misc.Unsafe.park(java.base@17.0.15/Native Method)",
                        "- parking to wait for  <0x00000000aa000001> (a java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionObject)",
                        "java.util.concurrent.locks.LockSupport.park(java.base@17.0.15/LockSupport.java:341)",
                        "java.util.concurrent.LinkedBlockingQueue.take(java.base@17.0.15/LinkedBlockingQueue.java:435)",
                        "java.util.concurrent.ThreadPoolExecutor.getTask(java.base@17.0.15/ThreadPoolExecutor.java:1062)",
                        "java.util.concurrent.ThreadPoolExecutor.runWorker(java.base@17.0.15/ThreadPoolExecutor.java:1122)",
                        "java.lang.Thread.run(java.base@17.0.15/Thread.java:840)"),
                Stream.of(owned).map("owns "::concat).toArray(String[]::new));
    }

    private DumpText standing(String name, String state, List<String> top, String... below) {
        return thread(name, state, with(top, below));
    }

    private static String[] with(List<String> top, String... below) {
        return Stream.concat(top.stream(), Stream.of(below)).toArray(String[]::new);
    }

    /** Without the line that ends a whole dump. */
    public String cut() {
        return text.toString();
    }

    public String whole() {
        String whole = text + "JNI global refs: 31, weak refs: 3\n\n";
        return old
                ? whole.replaceAll(" cpu=\\S+ elapsed=\\S+", "")
                        .replace("(17.0.15+6 mixed mode, sharing)", "(25.504-b01 mixed mode)")
                : whole;
    }

    public byte[] bytes() {
        return whole().getBytes(StandardCharsets.UTF_8);
    }
}
