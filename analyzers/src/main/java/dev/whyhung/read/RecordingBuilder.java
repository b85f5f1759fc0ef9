package dev.whyhung.read;

import dev.whyhung.model.CallStack;
import dev.whyhung.model.PastWait;
import dev.whyhung.model.Recording;
import dev.whyhung.model.Recording.Gap;
import dev.whyhung.model.Recording.Lifetime;
import dev.whyhung.model.Recording.Load;
import dev.whyhung.model.Recording.Pause;
import dev.whyhung.model.Recording.Reading;
import dev.whyhung.model.Recording.RecordedJvm;
import dev.whyhung.model.Recording.Shutdown;
import dev.whyhung.model.Recording.Throttling;
import dev.whyhung.model.ThreadRef;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import jdk.jfr.consumer.EventStream;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedThread;
import org.jspecify.annotations.Nullable;

/** Subscribes to the events that rules ask for, and makes of them a recording in our terms. */
final class RecordingBuilder {

    private static final int MOST_PAUSES = 200;
    private static final int BUCKET_SECONDS = 10;
    private static final int MOST_LIFETIMES = 50_000;

    private final String label;
    private final Settings settings = new Settings();
    private final EventDecoder decoder = new EventDecoder();
    private final RecordedDumps dumps;
    private final ThrowLog throwLog = new ThrowLog();
    private final WaitLog waits = new WaitLog();
    private final List<Load> loads = new ArrayList<>();
    private final List<Reading> threadCounts = new ArrayList<>();
    private final List<Reading> throwables = new ArrayList<>();
    private final List<Lifetime> starts = new ArrayList<>();
    private final List<Lifetime> ends = new ArrayList<>();
    private final PriorityQueue<Pause> pauses = new PriorityQueue<>(Comparator.comparing(Pause::length));
    private final Map<Instant, Long> gcTimes = new TreeMap<>();
    private final List<Throttling> throttlings = new ArrayList<>();
    private RecordedJvm jvm = RecordedJvm.UNKNOWN;
    private @Nullable Shutdown shutdown;
    private long lostBytes;

    RecordingBuilder(String label, Harvest harvest) {
        this.label = label;
        dumps = new RecordedDumps(label, harvest);
    }

    int dumps() {
        return dumps.count();
    }

    long threads() {
        return dumps.threads();
    }

    /** Events of which even a long recording has few. */
    void readRare(EventStream stream) {
        settings.subscribe(stream);
        on(stream, "ThreadDump", dumps::add);
        on(stream, "JVMInformation", event -> jvm = jvm(event));
        on(stream, "CPULoad", event -> loads.add(load(event)));
        on(stream, "JavaThreadStatistics", event -> threadCounts.add(reading(event, "activeCount")));
        on(stream, "ExceptionStatistics", event -> throwables.add(reading(event, "throwables")));
        on(stream, "ThreadStart", event -> lifetime(event, starts));
        on(stream, "ThreadEnd", event -> lifetime(event, ends));
        on(stream, "JavaExceptionThrow", this::thrown);
        on(stream, "JavaErrorThrow", this::thrown);
        on(stream, "GCPhasePause", event -> pause(event, Pause.Kind.GC, EventDecoder.text(event, "name")));
        on(stream, "SafepointBegin", event -> pause(event, Pause.Kind.SAFEPOINT, ""));
        on(stream, "ContainerCPUThrottling", event -> throttlings.add(throttling(event)));
        on(stream, "VirtualThreadPinned", event -> waited(event, PastWait.Kind.PINNED, this::pinReason));
        on(stream, "Shutdown", event -> shutdown = shutdown(event));
        on(stream, "DataLoss", event -> lostBytes += event.getLong("amount"));
    }

    /** Events that a busy process writes by the million. */
    void readFrequent(EventStream stream) {
        onWait(stream, "ThreadPark", PastWait.Kind.PARK, event -> decoder.className(event, "parkedClass"));
        onWait(stream, "JavaMonitorEnter", PastWait.Kind.MONITOR_ENTER, this::monitorClass);
        onWait(stream, "JavaMonitorWait", PastWait.Kind.MONITOR_WAIT, this::monitorClass);
        onWait(stream, "ThreadSleep", PastWait.Kind.SLEEP, event -> "");
        onWait(stream, "SocketRead", PastWait.Kind.SOCKET_READ, RecordingBuilder::peer);
        onWait(stream, "SocketWrite", PastWait.Kind.SOCKET_WRITE, RecordingBuilder::peer);
        for (String name : List.of("FileRead", "FileWrite", "FileForce")) {
            onWait(stream, name, PastWait.Kind.FILE, event -> EventDecoder.text(event, "path"));
        }
        for (String name : List.of("ExecutionSample", "NativeMethodSample")) {
            on(stream, name, this::sampled);
        }
    }

    private void on(EventStream stream, String name, Consumer<RecordedEvent> consumer) {
        String full = "jdk." + name;
        EventCount count = settings.count(full);
        stream.onEvent(full, event -> {
            count.increment();
            consumer.accept(event);
        });
    }

    private void onWait(EventStream stream, String name, PastWait.Kind kind, Function<RecordedEvent, String> subject) {
        on(stream, name, event -> waited(event, kind, subject));
    }

    private void waited(RecordedEvent event, PastWait.Kind kind, Function<RecordedEvent, String> subject) {
        String owner = kind == PastWait.Kind.MONITOR_ENTER ? "previousOwner" : "";
        RecordedThread other = owner.isEmpty() ? null : event.getThread(owner);
        waits.add(new PastWait(
                kind,
                subject.apply(event),
                thread(event),
                event.getStartTime(),
                event.getDuration(),
                decoder.stack(event),
                other == null ? null : decoder.thread(other),
                kind == PastWait.Kind.MONITOR_WAIT && event.getLong("timeout") > 0));
    }

    private ThreadRef thread(RecordedEvent event) {
        return decoder.thread(event.getThread());
    }

    private String monitorClass(RecordedEvent event) {
        return decoder.className(event, "monitorClass");
    }

    private String pinReason(RecordedEvent event) {
        return EventDecoder.text(event, "pinnedReason");
    }

    private static String peer(RecordedEvent event) {
        String host = EventDecoder.text(event, "host");
        return (host.isEmpty() ? EventDecoder.text(event, "address") : host) + ':' + event.getInt("port");
    }

    private void sampled(RecordedEvent event) {
        ThreadRef thread = decoder.thread(event.getThread("sampledThread"));
        waits.sample(thread, event.getStartTime(), decoder.stack(event));
    }

    private void thrown(RecordedEvent event) {
        throwLog.add(event, decoder);
    }

    private void lifetime(RecordedEvent event, List<Lifetime> list) {
        if (list.size() < MOST_LIFETIMES) {
            CallStack stack = list == starts ? decoder.stack(event) : CallStack.EMPTY;
            list.add(new Lifetime(event.getStartTime(), decoder.thread(event.getThread("thread")), stack));
        }
    }

    private void pause(RecordedEvent event, Pause.Kind kind, String cause) {
        if (kind == Pause.Kind.GC) {
            long second = event.getStartTime().getEpochSecond();
            Instant bucket = Instant.ofEpochSecond(second - second % BUCKET_SECONDS);
            gcTimes.merge(bucket, event.getDuration().toNanos(), Long::sum);
        }
        pauses.add(new Pause(kind, event.getStartTime(), event.getDuration(), cause));
        if (pauses.size() > MOST_PAUSES) {
            pauses.remove();
        }
    }

    private static Load load(RecordedEvent event) {
        return new Load(
                event.getStartTime(),
                event.getFloat("jvmUser"),
                event.getFloat("jvmSystem"),
                event.getFloat("machineTotal"));
    }

    private static Reading reading(RecordedEvent event, String field) {
        return new Reading(event.getStartTime(), event.getLong(field));
    }

    private static Throttling throttling(RecordedEvent event) {
        return new Throttling(
                event.getStartTime(),
                event.getLong("cpuElapsedSlices"),
                event.getLong("cpuThrottledSlices"),
                Duration.ofNanos(Math.max(0, event.getLong("cpuThrottledTime"))));
    }

    private static Shutdown shutdown(RecordedEvent event) {
        return new Shutdown(event.getStartTime(), EventDecoder.text(event, "reason"));
    }

    private RecordedJvm jvm(RecordedEvent event) {
        Long pid = event.hasField("pid") ? event.getLong("pid") : null;
        dumps.ofProcess(pid);
        return new RecordedJvm(
                EventDecoder.text(event, "jvmVersion"),
                pid,
                event.getInstant("jvmStartTime"),
                EventDecoder.text(event, "jvmArguments"),
                EventDecoder.text(event, "javaArguments"));
    }

    /** The recording, given the chunks that were read. */
    Recording build(List<Chunk> chunks, Instant detailedFrom, List<Gap> gaps) {
        loads.sort(Comparator.comparing(Load::at));
        threadCounts.sort(Comparator.comparing(Reading::at));
        throwables.sort(Comparator.comparing(Reading::at));
        throttlings.sort(Comparator.comparing(Throttling::at));
        Comparator<Lifetime> order = Comparator.comparing(Lifetime::at)
                .thenComparing(life -> life.thread().id());
        starts.sort(order);
        ends.sort(order);
        List<Pause> longest = new ArrayList<>(pauses);
        longest.sort(Comparator.comparing(Pause::at).thenComparing(Pause::kind).thenComparing(Pause::length));
        Chunk last = chunks.get(chunks.size() - 1);
        Instant end =
                loads.isEmpty() ? last.until() : loads.get(loads.size() - 1).at();
        return new Recording(
                label,
                chunks.get(0).start(),
                end.isAfter(last.until()) ? end : last.until(),
                detailedFrom,
                jvm,
                settings.states(),
                gaps,
                dumps.count(),
                dumps.latest(),
                loads,
                threadCounts,
                throwables,
                starts,
                ends,
                throwLog.thrown(),
                List.copyOf(throwLog.counts()),
                longest,
                gcTimes.entrySet().stream()
                        .map(entry -> new Reading(entry.getKey(), entry.getValue()))
                        .toList(),
                throttlings,
                waits.totals(),
                waits.recent(),
                waits.activities(),
                shutdown,
                lostBytes);
    }
}
