package dev.whyhung.report;

import dev.whyhung.diagnose.view.Inventory;
import dev.whyhung.diagnose.view.Occupancy;
import java.util.List;

/** The pools of a process: how many of their threads are taken, and for how long they were taken in the past. */
record PoolList(List<PoolBar> bars, List<Histogram> occupancies) {

    private static final int MOST = 24;

    static PoolList of(Inventory inventory) {
        return new PoolList(
                Caps.head(inventory.pools(), MOST).stream().map(PoolBar::of).toList(),
                inventory.occupancies().stream().map(Histogram::of).toList());
    }

    /** A histogram; each bar with its length as a percentage of the longest. */
    record Histogram(String title, List<Bar> bars) {

        record Bar(String range, long count, int percent) {}

        static Histogram of(Occupancy occupancy) {
            long most = occupancy.bars().stream()
                    .mapToLong(Occupancy.Bar::count)
                    .max()
                    .orElse(0);
            return new Histogram(
                    occupancy.title(),
                    occupancy.bars().stream()
                            .map(bar ->
                                    new Bar(bar.range(), bar.count(), (int) (100 * bar.count() / Math.max(1, most))))
                            .toList());
        }
    }
}
