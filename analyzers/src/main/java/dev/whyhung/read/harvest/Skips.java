package dev.whyhung.read.harvest;

import dev.whyhung.model.Skipped;
import dev.whyhung.read.bytes.ByteLines;
import java.util.ArrayList;
import java.util.List;

/** Counts the lines that a reader could not use and keeps the first of them. */
public final class Skips {

    private static final int KEPT = 20;
    private static final int LENGTH = 160;

    private final List<Skipped> first = new ArrayList<>();
    private long count;

    public void add(ByteLines line) {
        if (first.size() < KEPT) {
            first.add(new Skipped(line.number(), line.text(line.start(), Math.min(line.end(), line.start() + LENGTH))));
        }
        count++;
    }

    public long count() {
        return count;
    }

    public List<Skipped> first() {
        return first;
    }
}
