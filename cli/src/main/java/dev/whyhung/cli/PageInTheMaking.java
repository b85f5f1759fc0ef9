package dev.whyhung.cli;

import dev.whyhung.report.HtmlReport;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * The page's renderer, made on a second thread while the inputs are read: reading its templates takes longer than reading an
 * ordinary dump.
 */
final class PageInTheMaking {

    private final FutureTask<HtmlReport> task;

    private PageInTheMaking(FutureTask<HtmlReport> task) {
        this.task = task;
    }

    static PageInTheMaking start(boolean full) {
        FutureTask<HtmlReport> task = new FutureTask<>(() -> new HtmlReport(full));
        Thread thread = new Thread(task, "page templates");
        thread.setDaemon(true);
        thread.start();
        return new PageInTheMaking(task);
    }

    /** Waits until it is made. */
    HtmlReport report() {
        try {
            return task.get();
        } catch (ExecutionException failure) {
            throw new IllegalStateException("the page's templates cannot be read", failure.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the page's templates were read", interrupted);
        }
    }
}
