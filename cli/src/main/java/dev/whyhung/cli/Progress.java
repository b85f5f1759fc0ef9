package dev.whyhung.cli;

import dev.whyhung.read.Source;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Tells somebody who waits how much has been read, and how long it may take. Short runs never show it. */
final class Progress implements AutoCloseable {

    private static final long PATIENCE_MILLIS = 1_000;
    private static final long STEP_MILLIS = 250;
    private static final long MEGABYTE = 1_000_000;
    private static final double NANOS = 1e9;
    private static final String CLEARED_LINE = "\r\033[K";

    private final PrintWriter err;
    private final long size;
    private final long start = System.nanoTime();
    private final AtomicLong bytes = new AtomicLong();
    private final Thread ticker = new Thread(this::tick, "progress");

    /** Given the bytes of all inputs, 0 if that is not known. */
    Progress(PrintWriter err, long size) {
        this.err = err;
        this.size = size;
        ticker.setDaemon(true);
        ticker.start();
    }

    /** Bytes of all these; 0 if one of them is no file. */
    static long size(List<Source> sources) {
        long sum = 0;
        for (Source source : sources) {
            Path file = source.file();
            if (file == null) {
                return 0;
            }
            try {
                sum += Files.size(file);
            } catch (IOException unreadable) {
                return 0;
            }
        }
        return sum;
    }

    void add(long read) {
        bytes.addAndGet(read);
    }

    private void tick() {
        boolean shown = false;
        try {
            Thread.sleep(PATIENCE_MILLIS);
            while (true) {
                shown = true;
                err.print(CLEARED_LINE + "whyhung: " + line(bytes.get(), size, System.nanoTime() - start));
                err.flush();
                Thread.sleep(STEP_MILLIS);
            }
        } catch (InterruptedException done) {
            err.print(shown ? CLEARED_LINE : "");
            err.flush();
        }
    }

    /** {@code 120 of 400 MB read, 30 %, 7 s left}; the time as if the rest went as fast. */
    static String line(long read, long size, long nanos) {
        if (read == 0 || size == 0) {
            return read / MEGABYTE + " MB read";
        }
        long done = Math.min(read, size);
        double left = nanos / NANOS * (size - done) / done;
        return done / MEGABYTE + " of " + size / MEGABYTE + " MB read, " + 100 * done / size + " %, "
                + (long) Math.ceil(left) + " s left";
    }

    @Override
    public void close() {
        ticker.interrupt();
        try {
            ticker.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
