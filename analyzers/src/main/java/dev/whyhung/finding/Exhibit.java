package dev.whyhung.finding;

/** A piece of evidence: where it stands (source, and line from 1, or 0 where the source has no lines) and what it says. */
public record Exhibit(String source, int line, String text) {

    /** From a source without lines, as a recording. */
    public Exhibit(String source, String text) {
        this(source, 0, text);
    }

    /** As {@code dumps/1.txt:120}. */
    public String place() {
        return line == 0 ? source : source + ':' + line;
    }
}
