package dev.whyhung.read;

import dev.whyhung.model.InputReport;
import dev.whyhung.read.bytes.Budget;
import dev.whyhung.read.bytes.Head;
import dev.whyhung.read.bytes.Input;
import dev.whyhung.read.bytes.LimitException;
import dev.whyhung.read.container.Container;
import dev.whyhung.read.container.Containers;
import dev.whyhung.read.harvest.Format;
import dev.whyhung.read.harvest.Harvest;
import dev.whyhung.read.recording.FlightRecording;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one input of the command line: it as it is, or whatever it is packed around, to any depth. */
final class Unpacker {

    private static final Pattern HIDDEN = Pattern.compile("(?:^|/)(?:\\.[^/.][^/]*|__MACOSX)(?:/|$)");

    private final Harvest harvest;
    private final Budget budget;
    private final Checksums checksums;
    private final List<Settled> reports = new ArrayList<>();

    Unpacker(Harvest harvest, Checksums checksums) {
        this.harvest = harvest;
        this.checksums = checksums;
        budget = harvest.budget();
    }

    /** What became of it: one report for an input; one for an archive, followed by one for each file in it. */
    List<Settled> read(Source source) {
        try (InputStream in = source.opener().open()) {
            Checksums.Checked checked = checksums.of(budget.stored(in), sizeOf(source.file()));
            try {
                read(source.label(), checked, source.file(), 0);
            } catch (IOException e) {
                add(InputReport.skipped(source.label(), "unknown", Sources.reason(e)));
            }
            settle(checked, source.file());
        } catch (IOException e) {
            add(InputReport.skipped(source.label(), "unknown", Sources.reason(e)));
        }
        return reports;
    }

    private static long sizeOf(@Nullable Path file) throws IOException {
        return file == null ? 0 : Files.size(file);
    }

    private void add(InputReport report) {
        reports.add(new Settled(report, Settled.OPEN, null));
    }

    /** Of an input on its own. A file is read to its end for its size; a stream may have none. */
    private void settle(Checksums.Checked content, @Nullable Path file) throws IOException {
        if (file == null) {
            settle(0, content.size(), content.sum());
        } else if (reports.get(0).report().format().equals(FlightRecording.ID)) {
            long size = Files.size(file);
            settle(0, size, Checksums.of(file, size));
        } else {
            content.drain();
            settle(0, content.size(), content.sum());
        }
    }

    /** What was read is the content of everything from this report on that has none yet. */
    private void settle(int from, long size, @Nullable Future<String> sum) {
        reports.subList(from, reports.size())
                .replaceAll(each -> each.bytes() == Settled.OPEN ? new Settled(each.report(), size, sum) : each);
    }

    private void read(String label, InputStream in, @Nullable Path file, int depth) throws IOException {
        Beginning beginning = Beginning.of(in);
        if (beginning.bytes.length == 0) {
            add(InputReport.skipped(label, "unknown", "is empty"));
            return;
        }
        Head head = new Head(beginning.bytes);
        InputStream whole = Input.behind(beginning.bytes, beginning.rest);
        Container container = Formats.isPlain(head) ? null : Containers.of(head);
        if (container == null) {
            add(contained(Formats.of(head), new Input(label, head, whole, file), harvest));
        } else {
            budget.nest(depth + 1);
            unpack(container, label, whole, depth + 1);
        }
    }

    /** The head of an input; where it breaks off inside, that comes behind what is left. */
    private static final class Beginning {
        final byte[] bytes;
        final InputStream rest;

        private Beginning(byte[] bytes, InputStream rest) {
            this.bytes = bytes;
            this.rest = rest;
        }

        static Beginning of(InputStream in) throws IOException {
            byte[] bytes = new byte[Head.LENGTH];
            int count = 0;
            try {
                for (int read = 0; read >= 0 && count < bytes.length; count += Math.max(0, read)) {
                    read = in.read(bytes, count, bytes.length - count);
                }
                return new Beginning(Arrays.copyOf(bytes, count), in);
            } catch (LimitException e) {
                throw e;
            } catch (IOException e) {
                if (count == 0) {
                    throw e;
                }
                return new Beginning(Arrays.copyOf(bytes, count), new Broken(e));
            }
        }
    }

    private static final class Broken extends InputStream {
        private final IOException failure;

        Broken(IOException failure) {
            this.failure = failure;
        }

        @Override
        public int read() throws IOException {
            throw failure;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            throw failure;
        }
    }

    /** A bug in one reader costs its input, not the run; what it had handed over before is kept. */
    static InputReport contained(Format format, Input input, Harvest harvest) throws IOException {
        try {
            return format.read(input, harvest);
        } catch (RuntimeException e) {
            StackTraceElement[] trace = e.getStackTrace();
            return InputReport.skipped(
                    input.label(),
                    "unknown",
                    BUG + " (" + e.getClass().getName() + (trace.length == 0 ? "" : " at " + trace[0])
                            + "); what came before that is kept");
        }
    }

    static final String BUG = "could not be read to its end for a bug in whyhung";

    private void unpack(Container container, String label, InputStream in, int depth) throws IOException {
        int before = reports.size();
        container.unpack(in, new Container.Contents() {
            private int members;

            @Override
            public void whole(InputStream content) throws IOException {
                read(label, budget.unpacked(content), null, depth);
            }

            @Override
            public void member(String name, InputStream content) throws IOException {
                if (members++ == 0) {
                    reports.add(before, new Settled(InputReport.archive(label), Settled.OPEN, null));
                }
                budget.member();
                Checksums.Checked counted = checksums.of(budget.unpacked(content));
                if (!HIDDEN.matcher(name).find()) {
                    readMember(label + "!/" + name, counted, depth);
                }
                counted.transferTo(OutputStream.nullOutputStream());
            }
        });
        if (reports.size() == before) {
            add(InputReport.skipped(label, InputReport.ARCHIVE, "holds no files"));
        }
    }

    /** A member that cannot be read does not keep the others from being read, unless the archive itself is at fault. */
    private void readMember(String label, Checksums.Checked content, int depth) throws IOException {
        int before = reports.size();
        try {
            read(label, content, null, depth);
            content.drain();
            settle(before, content.size(), content.sum());
        } catch (LimitException e) {
            throw e;
        } catch (IOException e) {
            add(InputReport.skipped(label, "unknown", Sources.reason(e)));
        }
    }
}
