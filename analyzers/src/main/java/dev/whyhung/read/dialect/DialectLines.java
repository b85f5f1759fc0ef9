package dev.whyhung.read.dialect;

import dev.whyhung.model.InputReport;
import dev.whyhung.read.bytes.ByteLines;
import dev.whyhung.read.bytes.Input;
import dev.whyhung.read.harvest.Harvest;
import dev.whyhung.read.harvest.Tally;
import java.io.IOException;

/** Reads the lines of a dialect, one after another. */
public interface DialectLines {

    /** Takes one line; {@code text} is it without blanks around it. */
    void line(String text, ByteLines line);

    /** The input has ended. */
    void end();

    /** Hands all lines to a reader; an I/O error ends the reading early and stands in the report. */
    static InputReport read(Input input, Harvest harvest, Tally tally, DialectLines reader) {
        ByteLines lines = new ByteLines(input.bytes(), harvest.budget().limits().lineLength());
        String trouble = null;
        try {
            while (lines.next()) {
                reader.line(lines.text(lines.start(), lines.end()).strip(), lines);
            }
        } catch (IOException e) {
            trouble = "reading stopped after line " + lines.number() + ": " + e.getMessage();
        }
        reader.end();
        tally.cutLines(lines.cut());
        return tally.report(input.label(), trouble);
    }
}
