package dev.whyhung.read;

import dev.whyhung.model.InputReport;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one input of the command line: it as it is, or whatever it is packed around, to any depth. */
final class Unpacker {

    private static final Pattern HIDDEN = Pattern.compile("(?:^|/)(?:\\.[^/.][^/]*|__MACOSX)(?:/|$)");

    private final Harvest harvest;
    private final Budget budget;
    private final List<InputReport> reports = new ArrayList<>();

    Unpacker(Harvest harvest) {
        this.harvest = harvest;
        budget = harvest.budget();
    }

    /** What became of it: one report for an input, one for each file of an archive. */
    List<InputReport> read(Source source) {
        try (InputStream in = source.opener().open()) {
            read(source.label(), budget.stored(in), source.file(), 0);
        } catch (IOException e) {
            reports.add(InputReport.skipped(source.label(), "unknown", Sources.reason(e)));
        }
        return reports;
    }

    private void read(String label, InputStream in, @Nullable Path file, int depth) throws IOException {
        byte[] first = in.readNBytes(Head.LENGTH);
        if (first.length == 0) {
            reports.add(InputReport.skipped(label, "unknown", "is empty"));
            return;
        }
        Head head = new Head(first);
        InputStream whole = Input.behind(first, in);
        Container container = Formats.isPlain(head) ? null : Containers.of(head);
        if (container == null) {
            reports.add(Formats.of(head).read(new Input(label, head, whole, file), harvest));
        } else {
            budget.nest(depth + 1);
            unpack(container, label, whole, depth + 1);
        }
    }

    private void unpack(Container container, String label, InputStream in, int depth) throws IOException {
        int before = reports.size();
        container.unpack(in, new Container.Contents() {
            @Override
            public void whole(InputStream content) throws IOException {
                read(label, budget.unpacked(content), null, depth);
            }

            @Override
            public void member(String name, InputStream content) throws IOException {
                budget.member();
                InputStream counted = budget.unpacked(content);
                if (!HIDDEN.matcher(name).find()) {
                    readMember(label + "!/" + name, counted, depth);
                }
                counted.transferTo(OutputStream.nullOutputStream());
            }
        });
        if (reports.size() == before) {
            reports.add(InputReport.skipped(label, "archive", "holds no files"));
        }
    }

    /** A member that cannot be read does not keep the others from being read, unless the archive itself is at fault. */
    private void readMember(String label, InputStream content, int depth) throws IOException {
        try {
            read(label, content, null, depth);
        } catch (LimitException e) {
            throw e;
        } catch (IOException e) {
            reports.add(InputReport.skipped(label, "unknown", Sources.reason(e)));
        }
    }
}
