package dev.whyhung.read.recording;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Runs work on a thread that can be left behind: the parser of recordings is not ours, and some damaged file may make it run or
 * wait for ever. It is given up when nothing has come of it for some time.
 */
final class Watched {

    /** The work was given up. */
    static final class GivenUp extends Exception {
        private static final long serialVersionUID = 1;
    }

    /** Work that reports every step. */
    interface Work {
        void run(Runnable step) throws Exception;
    }

    private final AtomicLong steps = new AtomicLong();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    private Watched() {}

    /** Runs the work to its end; its exception is thrown here. */
    static void run(Duration patience, Work work) throws Exception {
        new Watched().watch(patience, work);
    }

    private void watch(Duration patience, Work work) throws Exception {
        Thread thread = new Thread(() -> attempt(work), "recording reader");
        thread.setDaemon(true);
        thread.start();
        long seen = -1;
        while (thread.isAlive() && steps.get() != seen) {
            seen = steps.get();
            thread.join(patience.toMillis());
        }
        if (thread.isAlive()) {
            throw new GivenUp();
        }
        Throwable thrown = failure.get();
        if (thrown instanceof Exception exception) {
            throw exception;
        }
        if (thrown instanceof Error error) {
            throw error;
        }
    }

    private void attempt(Work work) {
        try {
            work.run(steps::incrementAndGet);
        } catch (Throwable thrown) {
            failure.set(thrown);
        }
    }
}
