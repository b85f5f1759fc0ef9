package dev.whyhung.read.heap;

import dev.whyhung.model.InputReport;
import dev.whyhung.model.InputReport.Status;
import dev.whyhung.read.bytes.Head;
import dev.whyhung.read.bytes.Input;
import dev.whyhung.read.bytes.PrivateFile;
import dev.whyhung.read.dialect.DialectDump;
import dev.whyhung.read.harvest.Format;
import dev.whyhung.read.harvest.Harvest;
import dev.whyhung.read.harvest.Tally;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * A heap dump: its threads with their stacks, what they park for, and who owns the locks of {@code java.util.concurrent}, alive or
 * dead. It does not tell who holds a monitor, and is used where nobody has taken a thread dump.
 */
public final class HeapDump implements Format {

    public static final String ID = "heap-dump";

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
            return read(input.label(), file, harvest, null);
        }
        try (PrivateFile spooled = PrivateFile.create()) {
            String cut = spool(input, spooled.path());
            return read(input.label(), spooled.path(), harvest, cut);
        }
    }

    /** Says why not all of it came, or null: what came is read. */
    private static @Nullable String spool(Input input, Path target) throws IOException {
        byte[] block = new byte[1 << 16];
        try (OutputStream out = Files.newOutputStream(target, StandardOpenOption.WRITE)) {
            while (true) {
                int count;
                try {
                    count = input.bytes().read(block);
                } catch (EOFException | ZipException cut) {
                    return cut.getMessage();
                }
                if (count < 0) {
                    return null;
                }
                out.write(block, 0, count);
            }
        }
    }

    private static InputReport read(String label, Path file, Harvest harvest, @Nullable String cut) {
        Tally tally = new Tally(ID);
        HeapObjects heap = HeapPasses.read(file, harvest.budget());
        DialectDump dump = new HeapThreads(heap).dump(label, harvest, tally);
        String lacking = cut == null ? heap.trouble() : cut;
        if (lacking != null) {
            dump.truncate();
        }
        dump.finish(harvest::heapDump);
        String met = lacking != null ? lacking : tally.leftOut();
        InputReport report = tally.report(label, met);
        return report.dumps() == 0
                ? InputReport.skipped(label, ID, met == null ? "holds no stacks of threads" : met)
                : new InputReport(
                        label,
                        ID,
                        met == null ? Status.READ : Status.PARTIAL,
                        1,
                        report.threads(),
                        0,
                        List.of(),
                        met == null ? USE : met);
    }
}
