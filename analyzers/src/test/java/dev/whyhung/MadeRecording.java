package dev.whyhung;

import dev.whyhung.model.CallStack;
import dev.whyhung.model.EventState;
import dev.whyhung.model.Frame;
import dev.whyhung.model.PastWait;
import dev.whyhung.model.Recording;
import dev.whyhung.model.Recording.Activity;
import dev.whyhung.model.Recording.Lifetime;
import dev.whyhung.model.Recording.Load;
import dev.whyhung.model.Recording.Reading;
import dev.whyhung.model.Recording.RecordedJvm;
import dev.whyhung.model.Recording.Samples;
import dev.whyhung.model.Recording.Throttling;
import dev.whyhung.model.Recording.Thrown;
import dev.whyhung.model.Recording.ThrownCount;
import dev.whyhung.model.Recording.WaitTotal;
import dev.whyhung.model.ThreadId;
import dev.whyhung.model.ThreadRef;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The facts of a recording without the recording, for what no machine at hand can be made to record. Seconds count from the same
 * noon as those of {@link DumpText}, and a thread's id is its place in the dump.
 */
public final class MadeRecording {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    /** As old as the threads of {@link DumpText}. */
    private static final Instant START = NOON.minusSeconds(100);

    private final String source;
    private final double from;
    private final double to;
    private final Map<String, EventState> events = new HashMap<>();
    private final List<Load> loads = new ArrayList<>();
    private final List<Lifetime> starts = new ArrayList<>();
    private final List<Lifetime> ends = new ArrayList<>();
    private final List<Thrown> thrown = new ArrayList<>();
    private final List<Reading> gcTimes = new ArrayList<>();
    private final List<Throttling> throttlings = new ArrayList<>();
    private final List<Reading> swapped = new ArrayList<>();
    private final List<Reading> resident = new ArrayList<>();
    private final List<PastWait> waits = new ArrayList<>();
    private final List<WaitTotal> totals = new ArrayList<>();
    private final Map<ThreadId, Activity> activities = new HashMap<>();
    private final List<Samples> samples = new ArrayList<>();

    private String arguments = "";
    private int dumps;

    private MadeRecording(String source, double from, double to) {
        this.source = source;
        this.from = from;
        this.to = to;
        for (String name : List.of(
                "ThreadPark",
                "JavaMonitorEnter",
                "JavaMonitorWait",
                "ThreadSleep",
                "SocketRead",
                "ThreadEnd",
                "JavaExceptionThrow",
                "ExecutionSample",
                "NativeMethodSample",
                "CPULoad",
                "GCPhasePause")) {
            events.put("jdk." + name, new EventState(EventState.Kind.PRESENT, 1, Duration.ZERO));
        }
    }

    public static MadeRecording of(String source, double from, double to) {
        return new MadeRecording(source, from, to);
    }

    public static ThreadRef thread(int id, String name) {
        return new ThreadRef(ThreadId.ofJava(id), name, false);
    }

    /** Frames as dumps print them, top first. */
    public static CallStack stack(String... frames) {
        List<Frame> all = new ArrayList<>();
        for (String frame : frames) {
            String method = frame.substring(0, frame.indexOf('('));
            int dot = method.lastIndexOf('.');
            all.add(new Frame(
                    method.substring(0, dot),
                    method.substring(dot + 1),
                    frame.substring(method.length() + 1, frame.length() - 1)));
        }
        return new CallStack(all);
    }

    /** It holds the dump that is given beside it, or one more. */
    public MadeRecording withDump() {
        dumps++;
        return this;
    }

    /** As the JVM was given them. */
    public MadeRecording arguments(String given) {
        arguments = given;
        return this;
    }

    private static Instant at(double second) {
        return NOON.plusNanos((long) (second * 1e9));
    }

    private static Duration length(double seconds) {
        return Duration.ofNanos((long) (seconds * 1e9));
    }

    public MadeRecording load(double from, double to, double jvm, double machine) {
        for (double second = from; second < to; second++) {
            loads.add(new Load(at(second), (float) jvm, 0, (float) machine));
        }
        return this;
    }

    public MadeRecording start(double second, ThreadRef thread, @Nullable ThreadRef starter) {
        starts.add(new Lifetime(at(second), thread, starter == null ? null : starter.id(), CallStack.EMPTY));
        return this;
    }

    public MadeRecording end(double second, ThreadRef thread) {
        ends.add(new Lifetime(at(second), thread, null, CallStack.EMPTY));
        return this;
    }

    public MadeRecording thrown(double second, ThreadRef thread, String className, String message, String... frames) {
        thrown.add(new Thrown(at(second), thread, className, message, stack(frames)));
        return this;
    }

    /** From this second on, the collector stopped all threads for so many milliseconds. */
    public MadeRecording collected(double second, long millis) {
        gcTimes.add(new Reading(at(second), millis * 1_000_000));
        return this;
    }

    public MadeRecording throttled(double second, long slices, long throttled) {
        throttlings.add(new Throttling(at(second), slices, throttled, Duration.ofMillis(50 * throttled)));
        return this;
    }

    /** Megabytes of swap in use, and of the process in memory. */
    public MadeRecording memory(double second, long swappedMegabytes, long residentMegabytes) {
        swapped.add(new Reading(at(second), swappedMegabytes << 20));
        resident.add(new Reading(at(second), residentMegabytes << 20));
        return this;
    }

    /** A wait that ended, and its place with it. */
    public MadeRecording wait(
            PastWait.Kind kind, String subject, double from, double to, ThreadRef thread, CallStack stack) {
        return wait(kind, subject, from, to, thread, stack, null);
    }

    /** The same with the thread that ended it: the monitor's owner before, or who notified it. */
    public MadeRecording wait(
            PastWait.Kind kind,
            String subject,
            double from,
            double to,
            ThreadRef thread,
            CallStack stack,
            @Nullable ThreadRef other) {
        waits.add(new PastWait(kind, subject, thread, at(from), length(to - from), stack, other, false, false));
        Activity before = activity(thread);
        Instant last = at(to).isAfter(before.lastWait()) ? at(to) : before.lastWait();
        activities.put(thread.id(), new Activity(thread, last, before.lastSample(), before.samples(), before.sample()));
        return total(kind, subject, 1, to - from, to - from, to, thread, stack);
    }

    /** A wait for a monitor that ended by its limit. */
    public MadeRecording timedOut(double from, double to, ThreadRef thread, CallStack stack) {
        waits.add(new PastWait(
                PastWait.Kind.MONITOR_WAIT, "", thread, at(from), length(to - from), stack, null, true, true));
        return this;
    }

    /** Samples of a thread, the last of which was taken then. */
    public MadeRecording samples(double last, long count, ThreadRef thread, CallStack stack) {
        Activity before = activity(thread);
        activities.put(thread.id(), new Activity(thread, before.lastWait(), at(last), count, stack));
        return this;
    }

    /** So many samples of a thread in ten seconds, while it ran, and in native code. */
    public MadeRecording sampled(double from, long running, long inNative, ThreadRef thread) {
        samples.add(new Samples(thread, at(from), Duration.ofSeconds(10), running, inNative));
        return this;
    }

    private Activity activity(ThreadRef thread) {
        return activities.getOrDefault(thread.id(), new Activity(thread, Instant.MIN, Instant.MIN, 0, CallStack.EMPTY));
    }

    /** Waits of one place that ended, of which no single one is kept. */
    public MadeRecording total(
            PastWait.Kind kind,
            String subject,
            long count,
            double seconds,
            double longest,
            double lastEnd,
            ThreadRef last,
            CallStack stack) {
        totals.add(new WaitTotal(kind, subject, stack, count, length(seconds), length(longest), at(lastEnd), last));
        return this;
    }

    /** Shorter ones are not recorded. */
    public MadeRecording threshold(String event, long millis) {
        events.put("jdk." + event, new EventState(EventState.Kind.PRESENT, 1, Duration.ofMillis(millis)));
        return this;
    }

    public MadeRecording disabled(String event) {
        events.put("jdk." + event, new EventState(EventState.Kind.DISABLED, 0, Duration.ZERO));
        return this;
    }

    public Recording build() {
        Map<String, ThrownCount> counts = new TreeMap<>();
        for (Thrown each : thrown) {
            counts.merge(
                    each.className(), new ThrownCount(each.className(), 1, each.at(), each.at()), ThrownCount::with);
        }
        if (loads.isEmpty()) {
            load(from, to, .01, .02);
        }
        return new Recording(
                source,
                at(from),
                at(to),
                new RecordedJvm("17.0.15+6", null, START, arguments, "com.acme.Main", 2),
                events,
                List.of(),
                dumps,
                null,
                loads,
                List.of(),
                List.of(),
                starts,
                ends,
                thrown,
                List.copyOf(counts.values()),
                List.of(),
                gcTimes,
                throttlings,
                swapped,
                resident,
                totals,
                waits,
                activities,
                samples,
                null);
    }
}
