package dev.whyhung.read.dialect;

import dev.whyhung.model.Visible;
import dev.whyhung.read.harvest.Harvest;
import dev.whyhung.read.harvest.Tally;
import java.util.Set;

/**
 * Lines of one dialect: where they come from, and where what is read of them goes.
 *
 * @param label the input, as reports name it
 * @param format id of the dialect
 */
public record LineSource(String label, String format, Harvest harvest, Tally tally) {

    /** A dump that begins in this line, and may show these facts. */
    DialectDump dump(int line, Set<Visible> shown) {
        return new DialectDump(label, line, format, harvest, tally, shown);
    }
}
