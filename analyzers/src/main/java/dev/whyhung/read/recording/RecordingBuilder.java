package dev.whyhung.read.recording;

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
import dev.whyhung.read.harvest.Harvest;
import dev.whyhung.read.recording.ChunkPart.Weight;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import jdk.jfr.consumer.EventStream;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedThread;
import org.jspecify.annotations.Nullable;

/** Subscribes to the events that rules ask for, and makes of them a recording in our terms. */
final class RecordingBuilder {

    private static final int MOST_PAUSES = 200;
    private static final int BUCKET_SECONDS = 10;

    private final String label;
    private final Settings settings = new Settings();
    private final EventDecoder decoder = new EventDecoder();
    private final RecordedDumps dumps;
    private final ThrowLog throwLog = new ThrowLog();
    private final WaitLog waits = new WaitLog();
    private final SampleLog samples;
    private final Deque<Weight> weights = new ArrayDeque<>();
    private final List<Load> loads = new ArrayList<>();
    private final List<Reading> threadCounts = new ArrayList<>();
    private final List<Reading> throwables = new ArrayList<>();
    private final List<Lifetime> starts = new ArrayList<>();
    private final List<Lifetime> ends = new ArrayList<>();
    private final PriorityQueue<Pause> pauses = new PriorityQueue<>(Comparator.comparing(Pause::length));
    private final Map<Instant, Long> gcTimes = new TreeMap<>();
    private final List<Throttling> throttlings = new ArrayList<>();
    private final List<Reading> swapped = new ArrayList<>();
    private final List<Reading> resident = new ArrayList<>();
    private RecordedJvm jvm = RecordedJvm.UNKNOWN;
    private int processors;
    private @Nullable Shutdown shutdown;
    private @Nullable Gap loss;
    private long lostBytes;

    RecordingBuilder(String label, Harvest harvest, Spans spans) {
        this.label = label;
        samples = new SampleLog(spans);
        dumps = new RecordedDumps(label, harvest);
    }

    int dumps() {
        return dumps.count();
    }

    long threads() {
        return dumps.threads();
    }

    /** The chunks that come next: how many events they have, and what those of them that are read stand for. */
    void expect(List<ChunkPart> parts) {
        weights.clear();
        for (ChunkPart part : parts) {
            settings.count(part.counts());
            weights.addAll(part.chosen().values());
        }
    }

    void subscribe(EventStream stream) {
        settings.subscribe(stream);
        on(stream, RecordedType.THREAD_DUMP, dumps::add);
        on(stream, RecordedType.JVM_INFORMATION, event -> jvm = jvm(event));
        on(stream, RecordedType.CPU_INFORMATION, event -> processors = event.getInt("hwThreads"));
        on(stream, RecordedType.CPU_LOAD, event -> loads.add(load(event)));
        on(stream, RecordedType.THREAD_COUNT, event -> threadCounts.add(reading(event, "activeCount")));
        on(stream, RecordedType.THROWABLE_COUNT, event -> throwables.add(reading(event, "throwables")));
        on(stream, RecordedType.THREAD_START, event -> lifetime(event, starts));
        on(stream, RecordedType.THREAD_END, event -> lifetime(event, ends));
        on(stream, RecordedType.ERROR, event -> throwLog.add(event, 1, decoder));
        on(stream, RecordedType.GC_PAUSE, event -> pause(event, Pause.Kind.GC, EventDecoder.text(event, "name")));
        on(stream, RecordedType.SAFEPOINT, event -> pause(event, Pause.Kind.SAFEPOINT, ""));
        on(stream, RecordedType.THROTTLING, event -> throttlings.add(throttling(event)));
        on(stream, RecordedType.SWAP, event -> swapped.add(swapped(event)));
        on(stream, RecordedType.RESIDENT, event -> resident.add(reading(event, "size")));
        on(stream, RecordedType.PINNED, this::pinned);
        on(stream, RecordedType.SHUTDOWN, event -> shutdown = shutdown(event));
        on(stream, RecordedType.DATA_LOSS, this::lost);
        for (RecordedType type : RecordedType.values()) {
            switch (type.amount()) {
                case SOME -> on(stream, type, event -> waits.add(wait(type, event), weights.remove()));
                case ENDS -> on(stream, type, this::thrown);
                case LAST -> on(stream, type, event -> sampled(event, weights.remove()));
                case LATEST, ALL -> {}
            }
        }
    }

    private static void on(EventStream stream, RecordedType type, Consumer<RecordedEvent> consumer) {
        stream.onEvent(type.fullName(), consumer);
    }

    private PastWait wait(RecordedType type, RecordedEvent event) {
        PastWait.Kind kind = type.kind();
        RecordedThread other = other(kind, event);
        return new PastWait(
                kind,
                subject(type, event),
                thread(event),
                event.getStartTime(),
                event.getDuration(),
                decoder.stack(event),
                other == null ? null : decoder.thread(other),
                kind == PastWait.Kind.MONITOR_WAIT && EventDecoder.number(event, "timeout") > 0,
                isVain(kind, event));
    }

    private static @Nullable RecordedThread other(PastWait.Kind kind, RecordedEvent event) {
        return switch (kind) {
            case MONITOR_ENTER -> event.getThread("previousOwner");
            case MONITOR_WAIT -> event.hasField("notifier") ? event.getThread("notifier") : null;
            default -> null;
        };
    }

    private static boolean isVain(PastWait.Kind kind, RecordedEvent event) {
        return switch (kind) {
            case SLEEP -> true;
            case MONITOR_WAIT -> EventDecoder.flag(event, "timedOut");
            case PARK -> reachedLimit(event);
            case SOCKET_READ ->
                EventDecoder.number(event, "bytesRead") <= 0 && !EventDecoder.flag(event, "endOfStream");
            case MONITOR_ENTER, SOCKET_WRITE, FILE, PINNED -> false;
        };
    }

    /** Without a limit, it is negative. */
    private static boolean reachedLimit(RecordedEvent event) {
        long nanos = EventDecoder.number(event, "timeout");
        long until = EventDecoder.number(event, "until");
        return (nanos > 0 && event.getDuration().toNanos() >= nanos)
                || (until > 0 && event.getEndTime().toEpochMilli() >= until);
    }

    private String subject(RecordedType type, RecordedEvent event) {
        return switch (type) {
            case PARK -> decoder.className(event, "parkedClass");
            case MONITOR_ENTER, MONITOR_WAIT -> decoder.className(event, "monitorClass");
            case SOCKET_READ, SOCKET_WRITE -> peer(event);
            case FILE_READ, FILE_WRITE, FILE_FORCE -> EventDecoder.text(event, "path");
            case PINNED -> EventDecoder.text(event, "pinnedReason");
            default -> "";
        };
    }

    private void thrown(RecordedEvent event) {
        throwLog.add(event, weights.remove().count(), decoder);
    }

    private void pinned(RecordedEvent event) {
        PastWait wait = wait(RecordedType.PINNED, event);
        waits.add(wait, new Weight(1, wait.length().toNanos(), wait.length().toNanos()));
    }

    private ThreadRef thread(RecordedEvent event) {
        return decoder.thread(event.getThread());
    }

    private static String peer(RecordedEvent event) {
        String host = EventDecoder.text(event, "host");
        return (host.isEmpty() ? EventDecoder.text(event, "address") : host) + ':' + event.getInt("port");
    }

    private void sampled(RecordedEvent event, Weight weight) {
        ThreadRef thread = decoder.thread(event.getThread("sampledThread"));
        waits.sample(thread, event.getStartTime(), decoder.stack(event), weight.count());
        samples.add(thread, weight.samples());
    }

    private void lifetime(RecordedEvent event, List<Lifetime> lives) {
        weights.remove();
        boolean begins = lives == starts;
        CallStack stack = begins ? decoder.stack(event) : CallStack.EMPTY;
        RecordedThread starter = begins && event.hasField("parentThread") ? event.getThread("parentThread") : null;
        lives.add(new Lifetime(
                event.getStartTime(),
                decoder.thread(event.getThread("thread")),
                starter == null ? null : decoder.thread(starter).id(),
                stack));
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

    private static Reading swapped(RecordedEvent event) {
        return new Reading(event.getStartTime(), event.getLong("totalSize") - event.getLong("freeSize"));
    }

    private static Throttling throttling(RecordedEvent event) {
        return new Throttling(
                event.getStartTime(),
                event.getLong("cpuElapsedSlices"),
                event.getLong("cpuThrottledSlices"),
                Duration.ofNanos(Math.max(0, event.getLong("cpuThrottledTime"))));
    }

    /** The recorder writes more slowly than events come: what it drops is missing like a part that cannot be read. */
    private void lost(RecordedEvent event) {
        lostBytes += event.getLong("amount");
        Instant from = loss == null ? event.getStartTime() : loss.from();
        loss = new Gap(from, event.getEndTime(), "the recorder lost " + lostBytes + " bytes of events");
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
                EventDecoder.text(event, "javaArguments"),
                0);
    }

    /** The recording, given the chunks that were read. */
    Recording build(List<Chunk> chunks, List<Gap> gaps) {
        sort();
        return new Recording(
                label,
                chunks.get(0).start(),
                end(chunks.get(chunks.size() - 1)),
                jvm.on(processors),
                settings.states(),
                loss == null
                        ? gaps
                        : Stream.concat(gaps.stream(), Stream.of(loss)).toList(),
                dumps.count(),
                dumps.latest(),
                loads,
                threadCounts,
                throwables,
                starts,
                ends,
                throwLog.thrown(),
                List.copyOf(throwLog.counts()),
                longestPauses(),
                gcTimes.entrySet().stream()
                        .map(entry -> new Reading(entry.getKey(), entry.getValue()))
                        .toList(),
                throttlings,
                swapped,
                resident,
                waits.totals(),
                waits.recent(),
                waits.activities(),
                samples.samples(),
                shutdown);
    }

    /** Events come in the order of the buffers that held them. */
    private void sort() {
        Stream.of(threadCounts, throwables, swapped, resident)
                .forEach(readings -> readings.sort(Comparator.comparing(Reading::at)));
        loads.sort(Comparator.comparing(Load::at));
        throttlings.sort(Comparator.comparing(Throttling::at));
        Comparator<Lifetime> order = Comparator.comparing(Lifetime::at)
                .thenComparing(life -> life.thread().id());
        starts.sort(order);
        ends.sort(order);
    }

    /** An unfinished chunk tells no end; the load, recorded every second, does. */
    private Instant end(Chunk last) {
        Instant end =
                loads.isEmpty() ? last.until() : loads.get(loads.size() - 1).at();
        return end.isAfter(last.until()) ? end : last.until();
    }

    private List<Pause> longestPauses() {
        return pauses.stream()
                .sorted(Comparator.comparing(Pause::at)
                        .thenComparing(Pause::kind)
                        .thenComparing(Pause::length))
                .toList();
    }
}
