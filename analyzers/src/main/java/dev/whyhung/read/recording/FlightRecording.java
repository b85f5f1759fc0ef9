package dev.whyhung.read.recording;

import dev.whyhung.model.InputReport;
import dev.whyhung.read.bytes.Head;
import dev.whyhung.read.bytes.Input;
import dev.whyhung.read.bytes.PrivateFile;
import dev.whyhung.read.harvest.Format;
import dev.whyhung.read.harvest.Harvest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A recording of the JDK Flight Recorder. Nothing of the recorder's library is touched unless there is one. */
public final class FlightRecording implements Format {

    public static final String ID = "jfr";

    @Override
    public boolean recognises(Head head) {
        return head.begins("FLR\0");
    }

    @Override
    public InputReport read(Input input, Harvest harvest) throws IOException {
        Path file = input.file();
        if (file != null) {
            return read(input.label(), file, harvest, harvest.budget()::pass);
        }
        try (PrivateFile spooled = PrivateFile.create()) {
            try (OutputStream out = Files.newOutputStream(spooled.path(), StandardOpenOption.WRITE)) {
                input.bytes().transferTo(out);
            }
            return read(input.label(), spooled.path(), harvest, bytes -> {});
        }
    }

    private static InputReport read(String label, Path file, Harvest harvest, Selection.Passed passed)
            throws IOException {
        try {
            return new RecordingReader(label, file, harvest, passed, RecordingReader.LARGE).read();
        } catch (LinkageError missing) {
            return InputReport.skipped(label, ID, "cannot be read: this Java runtime lacks the module jdk.jfr");
        }
    }
}
