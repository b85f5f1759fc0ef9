package dev.whyhung.model;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a flight recording tells beside its thread dumps, which join the other dumps of the process. A wait that never ends never
 * becomes an event; so what is missing here counts as much as what is there, and {@link #events()} says what could have been
 * recorded. Lists are in time order.
 *
 * @param source the input it came from, as it is shown
 * @param from begin of the first part that could be read
 * @param to last sign of life in the last part that could be read
 * @param jvm the process
 * @param events by name ({@code jdk.ThreadPark}): what this recording could have shown
 * @param gaps parts that could not be read, or that the recorder itself has lost
 * @param dumps number of thread dumps in it
 * @param lastDump time of the latest of them, or null
 * @param loads CPU load, once a second
 * @param threadCounts live Java threads, once a second
 * @param throwables exceptions and errors created since the start of the JVM, once a second
 * @param starts platform threads that started, with the stack of whoever started them
 * @param ends platform threads that ended
 * @param thrown exceptions and errors that were created, as far as recorded and kept
 * @param thrownCounts the same by class, all of them
 * @param pauses the longest stops of the whole JVM
 * @param gcTimes nanoseconds of pauses for garbage collection, summed up by ten seconds
 * @param throttlings what the container's CPU quota cut, a sample each
 * @param swapped bytes of swap in use on the whole machine, from JDK 23 on
 * @param resident bytes of the process that are in memory, from JDK 21 on
 * @param waitTotals waits that ended, by what was waited for and where
 * @param recentWaits the latest waits of each thread that ended
 * @param activities the last sign of life of each thread
 * @param samples how often each thread was sampled, by spans of time
 * @param shutdown why and when the JVM began to shut down, or null
 */
public record Recording(
        String source,
        Instant from,
        Instant to,
        RecordedJvm jvm,
        Map<String, EventState> events,
        List<Gap> gaps,
        int dumps,
        @Nullable Instant lastDump,
        List<Load> loads,
        List<Reading> threadCounts,
        List<Reading> throwables,
        List<Lifetime> starts,
        List<Lifetime> ends,
        List<Thrown> thrown,
        List<ThrownCount> thrownCounts,
        List<Pause> pauses,
        List<Reading> gcTimes,
        List<Throttling> throttlings,
        List<Reading> swapped,
        List<Reading> resident,
        List<WaitTotal> waitTotals,
        List<PastWait> recentWaits,
        Map<ThreadId, Activity> activities,
        List<Samples> samples,
        @Nullable Shutdown shutdown) {

    /** How many of the latest waits of a thread are kept. */
    public static final int WAITS_OF_A_THREAD = 40;

    public Recording {
        events = Map.copyOf(events);
        gaps = List.copyOf(gaps);
        loads = List.copyOf(loads);
        threadCounts = List.copyOf(threadCounts);
        throwables = List.copyOf(throwables);
        starts = List.copyOf(starts);
        ends = List.copyOf(ends);
        thrown = List.copyOf(thrown);
        thrownCounts = List.copyOf(thrownCounts);
        pauses = List.copyOf(pauses);
        gcTimes = List.copyOf(gcTimes);
        throttlings = List.copyOf(throttlings);
        swapped = List.copyOf(swapped);
        resident = List.copyOf(resident);
        waitTotals = List.copyOf(waitTotals);
        recentWaits = List.copyOf(recentWaits);
        activities = Map.copyOf(activities);
        samples = List.copyOf(samples);
    }

    /** What became of an event type in this recording, by its name without {@code jdk.}. */
    public EventState event(String name) {
        return events.getOrDefault("jdk." + name, EventState.UNKNOWN);
    }

    /** Whether absence of such events means something: the JVM would have written them. */
    public boolean wouldShow(String name) {
        return event(name).isRecorded();
    }

    public Duration length() {
        return Duration.between(from, to);
    }

    public boolean covers(Instant time) {
        return !time.isBefore(from) && !time.isAfter(to);
    }

    /**
     * The process, from the JVM's description of itself.
     *
     * @param command begins with the main class or the jar
     * @param processors those of the machine, 0 if that is not recorded
     */
    public record RecordedJvm(
            @Nullable String version,
            @Nullable Long pid,
            @Nullable Instant start,
            String arguments,
            String command,
            int processors) {

        public static final RecordedJvm UNKNOWN = new RecordedJvm(null, null, null, "", "", 0);

        public RecordedJvm on(int machine) {
            return new RecordedJvm(version, pid, start, arguments, command, machine);
        }
    }

    /** A part that could not be read, and why. */
    public record Gap(Instant from, Instant to, String reason) {}

    /** CPU load as shares of the whole machine, 0 to 1. */
    public record Load(Instant at, float user, float system, float machine) {

        public float jvm() {
            return user + system;
        }
    }

    /** A number at a time. */
    public record Reading(Instant at, long value) {}

    /** Begin or end of a thread; starter and stack are those of whoever started it, else null and empty. */
    public record Lifetime(
            Instant at, ThreadRef thread, @Nullable ThreadId starter, CallStack stack) {}

    /** An exception or error that was created; nothing says that it was thrown, or not caught. */
    public record Thrown(Instant at, ThreadRef thread, String className, String message, CallStack stack) {

        /** {@code IllegalStateException: no such order}. */
        public String text() {
            String simple = className.substring(className.lastIndexOf('.') + 1);
            return message.isEmpty() ? simple : simple + ": " + message;
        }

        /**
         * Whether it came up while a class was looked for or a method handle was linked: the JDK catches these itself and tries
         * something else, as it does at nearly every start.
         */
        public boolean isOfLinking() {
            return switch (className) {
                case "java.lang.NoSuchMethodError", "java.lang.NoSuchFieldError", "java.lang.IllegalAccessError" ->
                    stack.frames().stream()
                            .anyMatch(frame -> frame.className().equals("java.lang.invoke.MethodHandleNatives"));
                case "java.lang.ClassNotFoundException" ->
                    stack.frames().stream().anyMatch(frame -> frame.method().equals("loadClass"));
                default -> false;
            };
        }
    }

    /** How often and when exceptions of one class were created. */
    public record ThrownCount(String className, long count, Instant first, Instant last) {

        /** Together with those of another recording. */
        public ThrownCount with(ThrownCount other) {
            return new ThrownCount(
                    className,
                    count + other.count,
                    first.isBefore(other.first) ? first : other.first,
                    last.isAfter(other.last) ? last : other.last);
        }
    }

    /** The whole JVM stood still; for {@link Kind#SAFEPOINT} on the way to that. */
    public record Pause(Kind kind, Instant at, Duration length, String cause) {

        /** What stopped it. */
        public enum Kind {
            GC,
            SAFEPOINT
        }

        public Instant end() {
            return at.plus(length);
        }
    }

    /** Counters of the container since its start. */
    public record Throttling(Instant at, long slices, long throttledSlices, Duration throttled) {}

    /** Waits of one kind for one thing at one place, all of which ended. */
    public record WaitTotal(
            PastWait.Kind kind,
            String subject,
            CallStack stack,
            long count,
            Duration total,
            Duration longest,
            Instant lastEnd,
            ThreadRef lastThread) {

        /** Together with those of the same place in another recording. */
        public WaitTotal with(WaitTotal other) {
            WaitTotal last = other.lastEnd.isAfter(lastEnd) ? other : this;
            return new WaitTotal(
                    kind,
                    subject,
                    stack,
                    count + other.count,
                    total.plus(other.total),
                    longest.compareTo(other.longest) < 0 ? other.longest : longest,
                    last.lastEnd,
                    last.lastThread);
        }
    }

    /**
     * The last signs of life of a thread: the end of its last wait, and its last sample with the stack; {@link Instant#MIN} for
     * none.
     */
    public record Activity(ThreadRef thread, Instant lastWait, Instant lastSample, long samples, CallStack sample) {

        public Instant last() {
            return lastWait.isAfter(lastSample) ? lastWait : lastSample;
        }

        /** Together with that in another recording. */
        public Activity with(Activity other) {
            boolean later = other.lastSample.isAfter(lastSample);
            return new Activity(
                    thread,
                    other.lastWait.isAfter(lastWait) ? other.lastWait : lastWait,
                    later ? other.lastSample : lastSample,
                    samples + other.samples,
                    later ? other.sample : sample);
        }
    }

    /**
     * Samples of one thread in one span of time.
     *
     * @param running while it ran Java code: it used a processor, or had one coming
     * @param inNative while it was in native code, where it may wait as well
     */
    public record Samples(ThreadRef thread, Instant from, Duration span, long running, long inNative) {}

    /** The JVM began to shut down. */
    public record Shutdown(Instant at, String reason) {}
}
