package dev.whyhung.read.join;

import dev.whyhung.model.DumpInfo;
import dev.whyhung.model.DumpTrace;
import dev.whyhung.model.Evidence;
import dev.whyhung.model.Recording;
import dev.whyhung.model.SchedulerReading;
import dev.whyhung.model.Sighting;
import dev.whyhung.model.ThreadDump;
import dev.whyhung.model.ThreadSnapshot;
import dev.whyhung.model.Visible;
import dev.whyhung.read.recording.FlightRecording;
import dev.whyhung.read.recording.RecordedDumps;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The dumps of one process. Only the dump to examine is kept as it is: the latest whole one in text, and the latest whole one that
 * has every virtual thread, which become one if they were taken together. The others are reduced to traces as soon as they are
 * known not to be it, so that memory hardly grows with their number; small ones are kept beside, for a hang that was over in the last.
 */
final class EvidenceCollector {

    private static final Duration TOGETHER = Duration.ofMinutes(1);
    private static final double SAME_CROWD = .8;
    private static final int KEPT_THREADS = 10_000;

    private final List<DumpTrace> traces = new ArrayList<>();
    private final Deque<ThreadDump> past = new ArrayDeque<>();
    private final List<Recording> recordings = new ArrayList<>();
    private final List<SchedulerReading> schedulers = new ArrayList<>();
    private final List<DumpInfo> infos = new ArrayList<>();
    private final Roster threads = new Roster();
    private int copies;
    private @Nullable ThreadDump text;
    private @Nullable ThreadDump file;

    Relation relation(ThreadDump dump, Roster roster) {
        if (infos.isEmpty()) {
            return recordings.stream().allMatch(recording -> Kinship.agree(recording, dump.info()))
                    ? Relation.POSSIBLE
                    : Relation.OTHER;
        }
        return Kinship.of(infos, threads, dump.info(), roster);
    }

    /** How much this dump's threads are called as the threads of the others are, 0 to 1. */
    double likeness(Roster roster) {
        double names = threads.sameNames(roster, 1);
        return Double.isNaN(names) ? 0 : names;
    }

    /** 1 if a dump of this process lies in the same folder or archive, else 0. */
    double nearness(ThreadDump dump) {
        String folder = folder(dump.info());
        return infos.stream().anyMatch(info -> folder(info).equals(folder)) ? 1 : 0;
    }

    /** The first of its sources by name; empty if it has no dumps. */
    String firstSource() {
        return infos.stream()
                .map(DumpInfo::source)
                .min(Comparator.naturalOrder())
                .orElse("");
    }

    private static String folder(DumpInfo info) {
        return info.source().substring(0, info.source().lastIndexOf('/') + 1);
    }

    boolean accepts(Recording recording) {
        return infos.isEmpty()
                ? recordings.stream().allMatch(other -> Kinship.agree(recording, other))
                : Kinship.agree(recording, infos.get(0));
    }

    boolean holdsDumpsOf(Recording recording) {
        return infos.stream()
                .anyMatch(info -> info.format().equals(FlightRecording.ID)
                        && info.source().startsWith(recording.source() + RecordedDumps.BEHIND_LABEL));
    }

    void add(Recording recording) {
        recordings.add(recording);
    }

    boolean isOf(@Nullable Long pid) {
        return pid != null && infos.stream().anyMatch(info -> pid.equals(info.pid()));
    }

    void add(SchedulerReading reading) {
        schedulers.add(reading);
    }

    void add(ThreadDump dump, Roster roster) {
        if (infos.stream().anyMatch(info -> isCopy(info, dump.info()))) {
            copies++;
            return;
        }
        infos.add(dump.info());
        threads.add(roster);
        if (dump.info().shows(Visible.UNMOUNTED_VIRTUAL_THREADS)) {
            file = better(dump, file);
        } else {
            text = better(dump, text);
        }
    }

    /** Whether both are one dump that was given twice, as in a log and on its own. */
    private static boolean isCopy(DumpInfo one, DumpInfo other) {
        return one.takenAt() != null
                && one.takenAt().equals(other.takenAt())
                && one.uptimeNanos() == other.uptimeNanos()
                && one.threads() == other.threads()
                && one.format().equals(other.format())
                && one.visible().equals(other.visible())
                && one.truncated() == other.truncated();
    }

    /** The dump to keep of the two; of the other, a trace. */
    private ThreadDump better(ThreadDump dump, @Nullable ThreadDump kept) {
        if (kept == null) {
            return dump;
        }
        boolean newer = isBetter(dump, kept);
        ThreadDump older = newer ? kept : dump;
        traces.add(DumpTrace.of(older));
        keep(older);
        return newer ? dump : kept;
    }

    private void keep(ThreadDump dump) {
        past.addLast(dump);
        while (past.stream().mapToInt(each -> each.threads().size()).sum() > KEPT_THREADS) {
            past.removeFirst();
        }
    }

    private static boolean isBetter(ThreadDump candidate, ThreadDump current) {
        if (candidate.info().truncated() != current.info().truncated()) {
            return current.info().truncated();
        }
        int order = byTime(candidate.info(), current.info());
        if (order == 0 && !candidate.info().format().equals(current.info().format())) {
            return MOST_TOLD_LAST.compare(candidate.info(), current.info()) > 0;
        }
        return order >= 0 ? !ownersAreLost(current, candidate) : ownersAreLost(candidate, current);
    }

    /** Of dumps in several dialects that were taken at one time, or nobody knows when. */
    private static final Comparator<DumpInfo> MOST_TOLD_LAST =
            Comparator.comparingInt((DumpInfo info) -> info.visible().size()).thenComparing(DumpInfo::format);

    /** Whether a later dump shows the same crowd behind locks, but not who owns them. */
    private static boolean ownersAreLost(ThreadDump earlier, ThreadDump later) {
        return later.info().format().equals(FlightRecording.ID)
                && earlier.info().shows(Visible.SYNCHRONIZER_OWNERS)
                && !later.info().shows(Visible.SYNCHRONIZER_OWNERS)
                && waiting(earlier) >= SAME_CROWD * waiting(later);
    }

    private static long waiting(ThreadDump dump) {
        return dump.threads().stream()
                .filter(thread -> thread.blocker().isPresent())
                .count();
    }

    /** By printed time, then by the threads' own clocks; 0 where neither tells. */
    private static int byTime(DumpInfo one, DumpInfo other) {
        int order = 0;
        if (one.takenAt() != null && other.takenAt() != null) {
            order = one.takenAt().compareTo(other.takenAt());
        }
        if (order == 0 && one.uptimeNanos() >= 0 && other.uptimeNanos() >= 0) {
            order = Long.compare(one.uptimeNanos(), other.uptimeNanos());
        }
        return order;
    }

    Evidence evidence() {
        List<Recording> joined = Sequels.join(recordings);
        Clock clock = Clock.of(infos);
        List<String> notes = new ArrayList<>();
        clock.zone()
                .ifPresent(zone -> notes.add("The text dumps print no time zone; beside the other dumps it is UTC"
                        + (zone.equals(ZoneOffset.UTC) ? "." : zone.getId() + '.')));
        ThreadDump focus = focus(clock, notes);
        traces.replaceAll(trace -> clock.zone().isPresent() && trace.info().offset() != null
                ? trace.inZone(clock.zone().get())
                : trace);
        Stream<DumpInfo> all = Stream.concat(traces.stream().map(DumpTrace::info), Stream.of(focus.info()));
        List<DumpInfo> told = all.toList();
        boolean timed = told.stream().allMatch(info -> info.takenAt() != null);
        boolean clocked = told.stream().allMatch(info -> info.uptimeNanos() >= 0);
        boolean ordered = timed || clocked;
        if (ordered) {
            traces.sort(Comparator.comparing(DumpTrace::info, EvidenceCollector::byTime));
        }
        int before = traces.size();
        while (ordered && before > 0 && byTime(traces.get(before - 1).info(), focus.info()) > 0) {
            before--;
        }
        if (copies > 0) {
            notes.add((copies == 1
                            ? "One dump was given twice and counts"
                            : copies + " dumps were given before and count")
                    + " once.");
        }
        addNotes(notes, focus, timed, clocked);
        return new Evidence(focus, traces, before, joined, schedulers, past(traces.subList(0, before)), notes);
    }

    /** The dumps kept whole among these, in their order. */
    private List<ThreadDump> past(List<DumpTrace> earlier) {
        return earlier.stream()
                .map(DumpTrace::info)
                .filter(info -> !info.truncated())
                .flatMap(info -> past.stream()
                        .filter(dump -> dump.info().isOfSamePlace(info))
                        .map(dump -> dump.with(info)))
                .toList();
    }

    /** The two kept dumps as one, if they were taken together; else the later of them. */
    private ThreadDump focus(Clock clock, List<String> notes) {
        ThreadDump here = text;
        ThreadDump there = file;
        if (here == null && there == null) {
            return Kinship.none(Collections.max(recordings, Comparator.comparing(Recording::to)));
        }
        if (here == null || there == null) {
            return Objects.requireNonNull(here == null ? there : here);
        }
        DumpInfo info = clock.aligned(there.info());
        ThreadDump aligned = there.with(info);
        Optional<Duration> apart = here.info().until(info).map(Duration::abs);
        if (apart.isEmpty() || apart.get().compareTo(TOGETHER) <= 0) {
            notes.add(here.info().source() + " and " + info.source()
                    + apart.map(span -> ", taken " + span.toSeconds() + " s apart,")
                            .orElse("")
                    + " are read as one picture, joined by thread id.");
            return new Joining(here, aligned).join();
        }
        boolean textIsLater = byTime(here.info(), info) >= 0;
        traces.add(DumpTrace.of(textIsLater ? aligned : here));
        return textIsLater ? here : aligned;
    }

    private void addNotes(List<String> notes, ThreadDump focus, boolean timed, boolean clocked) {
        if (!traces.isEmpty()) {
            String basis = timed
                    ? "by the times they print"
                    : clocked
                            ? "by the elapsed= figures of their threads"
                            : "as they were given, since they print no time";
            notes.add("The dumps are ordered " + basis + '.');
        }
        if (traces.stream().anyMatch(trace -> looksForeign(focus, trace))) {
            notes.add("Threads with the same id bear different names in these dumps: they may be of two processes.");
        }
    }

    /** Whether most threads that both dumps have bear another name there. */
    private static boolean looksForeign(ThreadDump focus, DumpTrace trace) {
        int common = 0;
        int renamed = 0;
        for (ThreadSnapshot thread : focus.threads()) {
            if (thread.kind() == ThreadSnapshot.Kind.PLATFORM) {
                Sighting there = trace.of(thread.id());
                common += there == null ? 0 : 1;
                renamed += there == null || there.name().equals(thread.name()) ? 0 : 1;
            }
        }
        return renamed * 2 > common;
    }
}
