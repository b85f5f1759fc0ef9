package dev.whyhung.read.recording;

import dev.whyhung.model.PastWait;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The event types that rules ask for, and how much of them. */
public enum RecordedType {
    THREAD_DUMP("ThreadDump"),
    JVM_INFORMATION("JVMInformation"),
    CPU_INFORMATION("CPUInformation"),
    CPU_LOAD("CPULoad"),
    THREAD_COUNT("JavaThreadStatistics"),
    THROWABLE_COUNT("ExceptionStatistics"),
    THREAD_START("ThreadStart", Amount.LATEST),
    THREAD_END("ThreadEnd", Amount.LATEST),
    EXCEPTION("JavaExceptionThrow", Amount.ENDS, null, "thrownClass"),
    ERROR("JavaErrorThrow"),
    GC_PAUSE("GCPhasePause"),
    SAFEPOINT("SafepointBegin"),
    THROTTLING("ContainerCPUThrottling"),
    SWAP("SwapSpace"),
    RESIDENT("ResidentSetSize"),
    PINNED("VirtualThreadPinned", Amount.ALL, PastWait.Kind.PINNED),
    SHUTDOWN("Shutdown"),
    DATA_LOSS("DataLoss"),
    SETTING("ActiveSetting"),
    PARK("ThreadPark", PastWait.Kind.PARK, "parkedClass"),
    MONITOR_ENTER("JavaMonitorEnter", PastWait.Kind.MONITOR_ENTER, "monitorClass"),
    MONITOR_WAIT("JavaMonitorWait", PastWait.Kind.MONITOR_WAIT, "monitorClass"),
    SLEEP("ThreadSleep", PastWait.Kind.SLEEP),
    SOCKET_READ("SocketRead", PastWait.Kind.SOCKET_READ, "host", "address", "port"),
    SOCKET_WRITE("SocketWrite", PastWait.Kind.SOCKET_WRITE, "host", "address", "port"),
    FILE_READ("FileRead", PastWait.Kind.FILE, "path"),
    FILE_WRITE("FileWrite", PastWait.Kind.FILE, "path"),
    FILE_FORCE("FileForce", PastWait.Kind.FILE, "path"),
    EXECUTION_SAMPLE("ExecutionSample", Amount.LAST),
    NATIVE_SAMPLE("NativeMethodSample", Amount.LAST);

    /** How many of the events of a type are read. */
    enum Amount {
        /** Even a long recording has few. */
        ALL,
        /** The last ones of all: there are few but for a process that starts a thread for each of its tasks. */
        LATEST,
        /** A busy process writes them by the million: the last ones of each thread and of each place. */
        SOME,
        /** The last ones of each thread, the first and the last one of each place. */
        ENDS,
        /** The last one of each thread. */
        LAST
    }

    private static final String PREFIX = "jdk.";
    private static final Map<String, RecordedType> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toMap(RecordedType::fullName, Function.identity()));

    private final String fullName;
    private final Amount amount;
    private final PastWait.@Nullable Kind wait;
    /** Separated by commas. */
    private final String subjects;

    RecordedType(String name) {
        this(name, Amount.ALL);
    }

    RecordedType(String name, Amount amount) {
        this(name, amount, null);
    }

    RecordedType(String name, PastWait.Kind wait, String... subjects) {
        this(name, Amount.SOME, wait, subjects);
    }

    RecordedType(String name, Amount amount, PastWait.@Nullable Kind wait, String... subjects) {
        this.fullName = PREFIX + name;
        this.amount = amount;
        this.wait = wait;
        this.subjects = String.join(",", subjects);
    }

    static @Nullable RecordedType named(String fullName) {
        return BY_NAME.get(fullName);
    }

    /** With its package. */
    String fullName() {
        return fullName;
    }

    Amount amount() {
        return amount;
    }

    /** The kind of wait that such an event is. */
    PastWait.Kind kind() {
        return Objects.requireNonNull(wait);
    }

    /** The fields that tell what such an event is about. */
    List<String> subjects() {
        return List.of(subjects.split(","));
    }
}
