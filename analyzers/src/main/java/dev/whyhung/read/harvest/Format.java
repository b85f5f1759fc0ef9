package dev.whyhung.read.harvest;

import dev.whyhung.model.InputReport;
import dev.whyhung.read.bytes.Head;
import dev.whyhung.read.bytes.Input;
import java.io.IOException;

/** A kind of input that can be read. Formats have no state: what is read is kept by the harvest. */
public interface Format {

    /** Whether an input that begins with this is of the format. */
    boolean recognises(Head head);

    /**
     * Reads an input to its end and hands over what it holds. Bad content never makes it throw: what was understood is kept, what
     * was not stands in the report.
     *
     * @throws IOException if the input cannot be read at all
     */
    InputReport read(Input input, Harvest harvest) throws IOException;
}
