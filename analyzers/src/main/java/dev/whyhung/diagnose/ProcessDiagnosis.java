package dev.whyhung.diagnose;

import dev.whyhung.diagnose.chronicle.Chronicle;
import dev.whyhung.diagnose.rank.Crowd;
import dev.whyhung.diagnose.rank.RankedFinding;
import dev.whyhung.diagnose.verdict.Verdict;
import dev.whyhung.diagnose.view.BlockerTree;
import dev.whyhung.diagnose.view.Inventory;
import dev.whyhung.diagnose.view.StackGroup;
import dev.whyhung.diagnose.view.ThreadRow;
import dev.whyhung.model.DumpInfo;
import dev.whyhung.model.ThreadId;
import dev.whyhung.model.ThreadRef;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The result for one process.
 *
 * @param identity which process it is
 * @param dumps every dump, in time order; {@code focus} is the index of the one under examination
 * @param stuck number of stuck threads in it
 * @param virtualThreads number of virtual threads in it
 * @param findings ranked: unfolded by score, then folded, then informational
 * @param unexplained stuck threads that no finding explains
 * @param checks what came of every rule, by id
 * @param blockers the blocker trees, largest first
 * @param stacks groups of threads with one stack, largest first
 * @param threads the thread table of the focus, by id
 * @param inventory what there is beside the threads
 * @param chronicle the time axis, if there is a recording; else null
 * @param notes what to know about the evidence, a sentence each
 */
public record ProcessDiagnosis(
        Identity identity,
        List<DumpInfo> dumps,
        int focus,
        int stuck,
        int virtualThreads,
        Verdict verdict,
        List<RankedFinding> findings,
        Crowd unexplained,
        List<Check> checks,
        List<BlockerTree> blockers,
        List<StackGroup> stacks,
        List<ThreadRow> threads,
        Inventory inventory,
        @Nullable Chronicle chronicle,
        List<String> notes) {

    /** The name of a thread of the examined dump; its id if that dump has no such thread. */
    public String nameOf(ThreadId id) {
        ThreadRow row = row(id);
        return row == null ? "#" + id.text() : new ThreadRef(id, row.thread().name(), false).title();
    }

    /** The thread's line in the thread table; null if it is not there. */
    public @Nullable ThreadRow row(ThreadId id) {
        int low = 0;
        int high = threads.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = threads.get(middle).thread().id().compareTo(id);
            if (order == 0) {
                return threads.get(middle);
            }
            low = order < 0 ? middle + 1 : low;
            high = order > 0 ? middle - 1 : high;
        }
        return null;
    }

    public @Nullable String jvm() {
        return identity.jvm();
    }

    public @Nullable Long pid() {
        return identity.pid();
    }

    /** The dump that was examined. */
    public DumpInfo focusInfo() {
        return dumps.get(focus);
    }

    /** The same for a hang that was over in the last dump: the service is degraded, for it may come again. */
    ProcessDiagnosis overIn(DumpInfo last) {
        LocalDateTime then = focusInfo().takenAt();
        LocalDateTime now = last.takenAt();
        String when =
                then == null || now == null ? "In an earlier dump, and no longer in the last one: " : when(then, now);
        List<String> told = new ArrayList<>(notes);
        told.add(0, "The last dump shows no hang. This report is of the latest dump that does.");
        return new ProcessDiagnosis(
                identity,
                dumps,
                focus,
                stuck,
                virtualThreads,
                new Verdict(Verdict.Status.DEGRADED, when + verdict.headline(), verdict.confidence()),
                findings,
                unexplained,
                checks,
                blockers,
                stacks,
                threads,
                inventory,
                chronicle,
                told);
    }

    private static String when(LocalDateTime then, LocalDateTime now) {
        DateTimeFormatter format = then.toLocalDate().equals(now.toLocalDate()) ? CLOCK : DATE_AND_CLOCK;
        return "At " + format.format(then) + ", and no longer at " + format.format(now) + ": ";
    }

    private static final DateTimeFormatter DATE_AND_CLOCK =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

    /** Number of threads in it. */
    public int threadCount() {
        return threads.size();
    }
}
