package dev.whyhung.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whyhung.model.InputReport;
import dev.whyhung.read.bytes.Head;
import dev.whyhung.read.bytes.Input;
import dev.whyhung.read.harvest.Format;
import dev.whyhung.read.harvest.Harvest;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class UnpackerTest {

    /** A reader with a bug. */
    private record Careless() implements Format {
        @Override
        public boolean recognises(Head head) {
            return true;
        }

        @Override
        public InputReport read(Input input, Harvest harvest) {
            throw new IndexOutOfBoundsException("\u001b[31m");
        }
    }

    @Test
    void aBugInAReaderCostsOneInput() throws IOException {
        Input input = new Input("a.txt", new Head(new byte[] {'a'}), InputStream.nullInputStream(), null);
        InputReport report = Unpacker.contained(new Careless(), input, new Kept(new ArrayList<>()));
        assertEquals(InputReport.Status.SKIPPED, report.status());
        assertTrue(
                String.valueOf(report.message()).contains("bug in whyhung (java.lang.IndexOutOfBoundsException at "));
    }
}
