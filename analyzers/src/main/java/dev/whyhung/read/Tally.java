package dev.whyhung.read;

import dev.whyhung.model.InputReport;
import dev.whyhung.model.InputReport.Status;
import org.jspecify.annotations.Nullable;

/** Counts what was read of one input in HotSpot text, and what was not. */
final class Tally {

    private final Skips skips = new Skips();
    private int dumps;
    private int truncated;
    private int repeatedIds;
    private long threads;
    private long threadsLeftOut;
    private long framesLeftOut;
    private int cutLines;

    void skip(ByteLines line) {
        skips.add(line);
    }

    void count(DumpBuilder dump) {
        dumps++;
        threads += dump.size();
        repeatedIds += dump.repeatedIds();
        truncated += dump.isTruncated() ? 1 : 0;
    }

    void leaveOutThread() {
        threadsLeftOut++;
    }

    void leaveOutFrames(int count) {
        framesLeftOut += count;
    }

    void cutLines(int count) {
        cutLines = count;
    }

    /** The report on the input; {@code trouble} says why its reading ended early, if it did. */
    InputReport report(String source, @Nullable String trouble) {
        String message = trouble == null ? message() : trouble;
        Status status = dumps == 0 ? Status.SKIPPED : message != null ? Status.PARTIAL : Status.READ;
        return new InputReport(source, HotSpotText.ID, status, dumps, threads, skips.count(), skips.first(), message);
    }

    private @Nullable String message() {
        if (cutLines > 0) {
            return cutLines + " very long lines were cut; --max-line allows more";
        }
        if (threadsLeftOut > 0) {
            return threadsLeftOut + " threads are left out; --max-threads allows more";
        }
        if (framesLeftOut > 0) {
            return framesLeftOut + " frames of very deep stacks are left out; --max-frames allows more";
        }
        if (dumps == 0) {
            return "holds no thread dump";
        }
        if (repeatedIds > 0) {
            return repeatedIds + " threads appear twice in one dump; two dumps may be interleaved";
        }
        if (truncated > 0) {
            return truncated == 1 && dumps == 1
                    ? "the end of the dump is missing"
                    : truncated + " of " + dumps + " dumps lack their end";
        }
        return skips.count() > 0 ? skips.count() + " lines inside the dumps could not be read" : null;
    }
}
