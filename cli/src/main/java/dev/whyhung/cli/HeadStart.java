package dev.whyhung.cli;

import dev.whyhung.knowledge.Knowledge;
import dev.whyhung.report.HtmlReport;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * What nearly every run needs whatever its inputs are, the tables of knowledge and the templates of the page: made on a second
 * thread while the command line and the dumps are read, since they take longer than an ordinary dump.
 */
final class HeadStart {

    private static final List<String> WITHOUT_DIAGNOSIS = List.of("-V", "--version", "-h", "--help");

    private final FutureTask<Knowledge> knowledge = new FutureTask<>(Knowledge::standard);
    private final FutureTask<HtmlReport> page;

    /** Takes the head start at once if these arguments are a diagnosis. */
    HeadStart(List<String> arguments, boolean diagnosis) {
        boolean full = arguments.contains("--full");
        page = new FutureTask<>(() -> new HtmlReport(full));
        if (diagnosis && arguments.stream().noneMatch(WITHOUT_DIAGNOSIS::contains)) {
            boolean withPage = !arguments.contains("--no-html");
            Thread thread = new Thread(() -> make(withPage), "head start");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void make(boolean withPage) {
        knowledge.run();
        if (withPage) {
            page.run();
        }
    }

    Knowledge knowledge() {
        return made(knowledge);
    }

    HtmlReport page() {
        return made(page);
    }

    /** What the task gives; it is run here if the second thread has not come to it. */
    private static <T> T made(FutureTask<T> task) {
        task.run();
        try {
            return task.get();
        } catch (ExecutionException failure) {
            throw new IllegalStateException("the program's own resources cannot be read", failure.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the program's own resources were read", interrupted);
        }
    }
}
