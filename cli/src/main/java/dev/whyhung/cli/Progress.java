package dev.whyhung.cli;

import dev.whyhung.read.Source;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Tells somebody who waits how much has been read. Short runs never show it. */
final class Progress implements AutoCloseable {

    private static final long PATIENCE_MILLIS = 1_000;
    private static final long STEP_MILLIS = 250;
    private static final String CLEARED_LINE = "\r\033[K";

    private final PrintWriter err;
    private final AtomicLong bytes = new AtomicLong();
    private final Thread ticker = new Thread(this::tick, "progress");

    Progress(PrintWriter err) {
        this.err = err;
        ticker.setDaemon(true);
        ticker.start();
    }

    /** The same sources, counted while they are read. */
    List<Source> watch(List<Source> sources) {
        return sources.stream()
                .map(source -> source.openedBy(() -> new Counted(source.opener().open())))
                .toList();
    }

    private void tick() {
        boolean shown = false;
        try {
            Thread.sleep(PATIENCE_MILLIS);
            while (true) {
                shown = true;
                err.print(CLEARED_LINE + "whyhung: " + bytes.get() / 1_000_000 + " MB read");
                err.flush();
                Thread.sleep(STEP_MILLIS);
            }
        } catch (InterruptedException done) {
            err.print(shown ? CLEARED_LINE : "");
            err.flush();
        }
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

    private final class Counted extends FilterInputStream {

        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int next = super.read();
            bytes.addAndGet(next < 0 ? 0 : 1);
            return next;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int count = super.read(target, offset, length);
            bytes.addAndGet(Math.max(0, count));
            return count;
        }
    }
}
