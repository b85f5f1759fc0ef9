package dev.whyhung.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes labelled text for a terminal: a column of labels, and beside it text that is wrapped at blanks to a width. Only labels
 * are coloured, so that no colour has to be counted or cut.
 */
final class Screen {

    /** The colours used, as SGR parameters. */
    enum Ink {
        NONE(""),
        BOLD("1"),
        FAINT("2"),
        RED("1;31"),
        YELLOW("1;33"),
        GREEN("1;32"),
        MAGENTA("1;35");

        private final String parameters;

        Ink(String parameters) {
            this.parameters = parameters;
        }
    }

    private static final String ELLIPSIS = "...";

    private final Appendable out;
    private final boolean colour;
    private final int width;
    private int lines;

    Screen(Appendable out, boolean colour, int width) {
        this.out = out;
        this.colour = colour;
        this.width = Math.max(40, width);
    }

    void blank() throws IOException {
        out.append('\n');
        lines++;
    }

    /** Number of lines written so far. */
    int lines() {
        return lines;
    }

    /** Writes one line as it is, beside a label; what does not fit is left out. */
    void draw(Ink ink, String label, int indent, String line) throws IOException {
        out.append(inked(ink, label)).append(" ".repeat(Math.max(0, indent - label.length())));
        out.append(Legible.clipped(line, Math.max(10, width - indent))).append('\n');
        lines++;
    }

    /**
     * Writes text beside a label, in at most {@code most} lines; what does not fit is left out with an ellipsis.
     *
     * @param indent column at which the text begins
     */
    void write(Ink ink, String label, int indent, String text, int most) throws IOException {
        int used = label.length();
        out.append(inked(ink, label));
        String padding = " ".repeat(Math.max(used == 0 ? indent : 1, indent - used));
        for (String line : wrapped(Legible.line(text), used + padding.length(), indent, most)) {
            out.append(padding).append(line).append('\n');
            padding = " ".repeat(indent);
            lines++;
        }
    }

    private String inked(Ink ink, String text) {
        return colour && ink != Ink.NONE && !text.isEmpty()
                ? "\u001B[" + ink.parameters + 'm' + text + "\u001B[0m"
                : text;
    }

    private List<String> wrapped(String text, int firstColumn, int column, int most) {
        List<String> lines = new ArrayList<>();
        String rest = text.strip();
        while (lines.size() < most) {
            int room = Math.max(10, width - (lines.isEmpty() ? firstColumn : column));
            if (rest.length() <= room) {
                lines.add(rest);
                return lines;
            }
            boolean last = lines.size() == most - 1;
            int end = last ? cutBefore(rest, room - ELLIPSIS.length()) : breakBefore(rest, room, width - column);
            lines.add(rest.substring(0, end).stripTrailing() + (last ? ELLIPSIS : ""));
            rest = rest.substring(end).strip();
        }
        return lines;
    }

    /** Breaks at a blank, unless that leaves half a line empty for a word that does not fit the next one either. */
    private static int breakBefore(String text, int room, int nextRoom) {
        int blank = text.lastIndexOf(' ', room);
        int wordEnd = text.indexOf(' ', room);
        int word = (wordEnd < 0 ? text.length() : wordEnd) - blank - 1;
        boolean fitsNext = blank > 0 && word <= nextRoom;
        return fitsNext || blank > room / 2 ? blank : cutBefore(text, room);
    }

    private static int cutBefore(String text, int end) {
        return Character.isLowSurrogate(text.charAt(end)) ? end - 1 : end;
    }
}
