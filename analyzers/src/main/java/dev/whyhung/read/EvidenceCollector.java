package dev.whyhung.read;

import dev.whyhung.model.DumpInfo;
import dev.whyhung.model.DumpTrace;
import dev.whyhung.model.Evidence;
import dev.whyhung.model.Recording;
import dev.whyhung.model.Sighting;
import dev.whyhung.model.ThreadDump;
import dev.whyhung.model.ThreadSnapshot;
import dev.whyhung.model.Visible;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The dumps of one process. Only the dump to examine, the latest whole one, is kept as it is; the others are reduced to traces as
 * soon as they are known not to be it, so that memory hardly grows with their number.
 */
final class EvidenceCollector {

    private static final Duration SAME_START = Duration.ofMinutes(1);
    private static final double SAME_CROWD = .8;

    private final List<DumpTrace> traces = new ArrayList<>();
    private final List<Recording> recordings = new ArrayList<>();
    private @Nullable ThreadDump latest;

    /** Whether nothing speaks against this dump being of the same process: pid, JVM and start time, where printed, agree. */
    boolean accepts(ThreadDump dump) {
        if (latest == null) {
            return recordings.stream().allMatch(recording -> Kinship.agree(recording, dump.info()));
        }
        DumpInfo mine = latest.info();
        DumpInfo other = dump.info();
        if (mine.pid() != null && other.pid() != null && !mine.pid().equals(other.pid())) {
            return false;
        }
        if (mine.runtime() != null && other.runtime() != null && !mine.runtime().equals(other.runtime())) {
            return false;
        }
        LocalDateTime myStart = start(mine);
        LocalDateTime otherStart = start(other);
        return myStart == null
                || otherStart == null
                || Duration.between(myStart, otherStart).abs().compareTo(SAME_START) <= 0;
    }

    private static @Nullable LocalDateTime start(DumpInfo info) {
        return info.takenAt() == null || info.uptimeNanos() < 0
                ? null
                : info.takenAt().minusNanos(info.uptimeNanos());
    }

    boolean accepts(Recording recording) {
        return latest != null
                ? Kinship.agree(recording, latest.info())
                : recordings.stream().allMatch(other -> Kinship.agree(recording, other));
    }

    void add(Recording recording) {
        recordings.add(recording);
    }

    void add(ThreadDump dump) {
        if (latest == null) {
            latest = dump;
        } else if (isBetter(dump, latest)) {
            traces.add(DumpTrace.of(latest));
            latest = dump;
        } else {
            traces.add(DumpTrace.of(dump));
        }
    }

    private static boolean isBetter(ThreadDump candidate, ThreadDump current) {
        if (candidate.info().truncated() != current.info().truncated()) {
            return current.info().truncated();
        }
        return byTime(candidate.info(), current.info()) >= 0
                ? !ownersAreLost(current, candidate)
                : ownersAreLost(candidate, current);
    }

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
        recordings.sort(Comparator.comparing(Recording::to));
        ThreadDump focus = latest == null ? Kinship.none(recordings.get(recordings.size() - 1)) : latest;
        List<DumpInfo> infos = new ArrayList<>();
        traces.forEach(trace -> infos.add(trace.info()));
        infos.add(focus.info());
        boolean timed = infos.stream().allMatch(info -> info.takenAt() != null);
        boolean clocked = infos.stream().allMatch(info -> info.uptimeNanos() >= 0);
        boolean ordered = timed || clocked;
        if (ordered) {
            traces.sort(Comparator.comparing(DumpTrace::info, EvidenceCollector::byTime));
        }
        int before = traces.size();
        while (ordered && before > 0 && byTime(traces.get(before - 1).info(), focus.info()) > 0) {
            before--;
        }
        return new Evidence(focus, traces, before, recordings, notes(focus, timed, clocked));
    }

    private List<String> notes(ThreadDump focus, boolean timed, boolean clocked) {
        List<String> notes = new ArrayList<>();
        if (!traces.isEmpty()) {
            String basis = timed
                    ? "by the times they print"
                    : clocked
                            ? "by the elapsed= figures of their threads"
                            : "as they were given, since they print no time";
            notes.add("The dumps are ordered " + basis + '.');
        }
        if (traces.stream().anyMatch(trace -> looksForeign(trace, focus))) {
            notes.add("Threads with the same id bear different names in these dumps: they may be of two processes.");
        }
        return notes;
    }

    /** Whether most threads that both dumps have bear another name there. */
    private static boolean looksForeign(DumpTrace trace, ThreadDump focus) {
        int common = 0;
        int renamed = 0;
        for (ThreadSnapshot thread : focus.threads()) {
            Sighting there = trace.of(thread.id());
            if (there != null && thread.kind() == ThreadSnapshot.Kind.PLATFORM) {
                common++;
                renamed += Objects.equals(there.name(), thread.name()) ? 0 : 1;
            }
        }
        return renamed * 2 > common;
    }
}
