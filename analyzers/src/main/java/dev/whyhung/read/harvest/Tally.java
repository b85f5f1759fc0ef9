package dev.whyhung.read.harvest;

import dev.whyhung.model.InputReport;
import dev.whyhung.model.InputReport.Status;
import dev.whyhung.read.bytes.ByteLines;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Counts what was read of one input, and what was not. */
public final class Tally {

    private String format;

    private final Skips skips = new Skips();
    private int dumps;
    private int truncated;
    private int repeatedIds;
    private int lostStacks;
    private int quoted;
    private final Map<StuckWarning, Integer> warnings = new EnumMap<>(StuckWarning.class);
    private long threads;
    private long threadsLeftOut;
    private long framesLeftOut;
    private int cutLines;
    private @Nullable String note;

    /** Of an input in the format with this id. */
    public Tally(String format) {
        this.format = format;
    }

    /** It is in another format than was thought, if nothing has been read of that. */
    public void turnsOutAs(String other) {
        format = dumps == 0 ? other : format;
    }

    public void skip(ByteLines line) {
        skips.add(line);
    }

    /** One more dump. */
    public void count(int threadsRead, int idsRepeated, boolean cut) {
        dumps++;
        threads += threadsRead;
        repeatedIds += idsRepeated;
        truncated += cut ? 1 : 0;
    }

    /** So many threads stand there without the frames that they must have had. */
    public void loseStacks(int count) {
        lostStacks += count;
    }

    /** So many threads are shown once more behind the dump that they are of. */
    public void takeForQuote(int count) {
        quoted += count;
    }

    /** A server has warned of a thread. */
    public void warn(StuckWarning warning) {
        warnings.merge(warning, 1, Integer::sum);
    }

    /** What is to be said about the input if nothing is wrong with it. */
    public void note(String text) {
        note = text;
    }

    public void leaveOutThread() {
        threadsLeftOut++;
    }

    public void leaveOutFrames(int count) {
        framesLeftOut += count;
    }

    public void cutLines(int count) {
        cutLines = count;
    }

    /** The report on the input; {@code trouble} says why its reading ended early, if it did. */
    public InputReport report(String source, @Nullable String trouble) {
        String message = trouble == null ? message() : trouble;
        Status status = dumps == 0 ? Status.SKIPPED : message != null ? Status.PARTIAL : Status.READ;
        return new InputReport(
                source,
                format,
                status,
                dumps,
                threads,
                skips.count(),
                skips.first(),
                message == null ? quotes() : message);
    }

    private @Nullable String message() {
        if (cutLines > 0) {
            return counted(cutLines, "very long line was", "very long lines were") + " cut; --max-line allows more";
        }
        String leftOut = leftOut();
        if (leftOut != null) {
            return leftOut;
        }
        if (dumps == 0) {
            return note == null ? "holds no thread dump" + warnings() : note;
        }
        if (repeatedIds > 0) {
            return counted(repeatedIds, "thread appears", "threads appear")
                    + " twice in one dump; two dumps may be interleaved";
        }
        if (truncated > 0) {
            return truncated == 1 && dumps == 1
                    ? "part of the dump is missing"
                    : truncated + " of " + dumps + " dumps " + (truncated == 1 ? "is incomplete" : "are incomplete");
        }
        if (skips.count() > 0) {
            return counted(skips.count(), "line", "lines") + " inside the dumps could not be read";
        }
        return lostStacks > 0 ? counted(lostStacks, "thread has", "threads have") + " lost the stack" : note;
    }

    /** What was more than the limits allow, or null. */
    @Nullable
    public String leftOut() {
        if (threadsLeftOut > 0) {
            return counted(threadsLeftOut, "thread is", "threads are") + " left out; --max-threads allows more";
        }
        return framesLeftOut == 0
                ? null
                : counted(framesLeftOut, "frame of a very deep stack is", "frames of very deep stacks are")
                        + " left out; --max-frames allows more";
    }

    private String warnings() {
        if (warnings.isEmpty()) {
            return "";
        }
        int count = warnings.values().stream().mapToInt(Integer::intValue).sum();
        String servers = warnings.keySet().stream().map(each -> each.server).collect(Collectors.joining(", "));
        return ", but " + counted(count, "warning", "warnings") + " by " + servers
                + " of stuck threads, whose stacks show no locks; take jcmd <pid> Thread.print -l";
    }

    private @Nullable String quotes() {
        return quoted == 0
                ? null
                : "shows " + counted(quoted, "thread", "threads") + " once more below the dump, as a quote of it does";
    }

    private static String counted(long number, String one, String many) {
        return number + " " + (number == 1 ? one : many);
    }
}
