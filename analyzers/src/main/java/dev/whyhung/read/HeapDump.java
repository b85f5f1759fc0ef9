package dev.whyhung.read;

import dev.whyhung.model.InputReport;
import dev.whyhung.model.InputReport.Status;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * A heap dump: its threads with their stacks, what they park for, and who owns the locks of {@code java.util.concurrent}, alive or
 * dead. It does not tell who holds a monitor, and is used where nobody has taken a thread dump.
 */
final class HeapDump implements Format {

    static final String ID = "heap-dump";

    private static final String USE =
            "is read for its threads, which tell no monitors; they count where no thread dump is given";

    @Override
    public boolean recognises(Head head) {
        return head.begins("JAVA PROFILE 1.0");
    }

    @Override
    public InputReport read(Input input, Harvest harvest) throws IOException {
        Path file = input.file();
        if (file != null) {
            return read(input.label(), file, harvest);
        }
        try (PrivateFile spooled = PrivateFile.create()) {
            try (OutputStream out = Files.newOutputStream(spooled.path(), StandardOpenOption.WRITE)) {
                input.bytes().transferTo(out);
            }
            return read(input.label(), spooled.path(), harvest);
        }
    }

    private static InputReport read(String label, Path file, Harvest harvest) {
        Tally tally = new Tally(ID);
        HeapThreads threads = new HeapThreads(file, harvest.budget());
        String trouble = threads.read();
        DialectDump dump = threads.dump(label, harvest, tally);
        dump.truncated |= trouble != null;
        dump.finish();
        InputReport report = tally.report(label, trouble);
        return report.dumps() == 0
                ? InputReport.skipped(label, ID, trouble == null ? "holds no stacks of threads" : trouble)
                : new InputReport(
                        label,
                        ID,
                        trouble == null ? Status.READ : Status.PARTIAL,
                        1,
                        report.threads(),
                        0,
                        List.of(),
                        trouble == null ? USE : trouble);
    }
}
