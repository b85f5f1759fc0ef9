package dev.whyhung.read.dialect;

import dev.whyhung.model.InputReport;
import dev.whyhung.read.bytes.Input;
import dev.whyhung.read.harvest.Format;
import dev.whyhung.read.harvest.Harvest;
import dev.whyhung.read.harvest.Tally;

/** A format that is read line by line, so that its dumps may also stand in the middle of something else. */
public interface LineFormat extends Format {

    String id();

    /** A new reader of such lines. */
    DialectLines lines(LineSource source);

    @Override
    default InputReport read(Input input, Harvest harvest) {
        Tally tally = new Tally(id());
        LineSource source = new LineSource(input.label(), id(), harvest, tally);
        return DialectLines.read(input, harvest, tally, lines(source));
    }
}
