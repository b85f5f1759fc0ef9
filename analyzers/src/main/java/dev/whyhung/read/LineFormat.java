package dev.whyhung.read;

import dev.whyhung.model.InputReport;

/** A format that is read line by line, so that its dumps may also stand in the middle of something else. */
interface LineFormat extends Format {

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
