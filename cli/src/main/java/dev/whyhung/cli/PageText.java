package dev.whyhung.cli;

import java.util.regex.Pattern;

/** A rule's page for the terminal: headings stand out, paragraphs are wrapped, code stays as it is. */
final class PageText {

    private static final String BOLD = "\033[1m";
    private static final String PLAIN = "\033[0m";
    private static final Pattern LINK = Pattern.compile("\\[([^\\]]+)\\]\\(([^)]+)\\)");
    private static final Pattern STRONG = Pattern.compile("\\*\\*([^*]+)\\*\\*");
    private static final Pattern ITEM = Pattern.compile("^\\s*([-*]|\\d+\\.) .*");

    private final boolean colour;
    private final int width;
    private final StringBuilder out = new StringBuilder();
    private final StringBuilder paragraph = new StringBuilder();
    private boolean code;

    PageText(boolean colour, int width) {
        this.colour = colour;
        this.width = width;
    }

    String format(String markdown) {
        markdown.lines().forEach(this::line);
        endParagraph();
        return out.toString();
    }

    private void line(String line) {
        if (line.startsWith("```")) {
            endParagraph();
            code = !code;
        } else if (code) {
            out.append("    ").append(line).append('\n');
        } else if (line.startsWith("#")) {
            endParagraph();
            out.append(strong(line.replaceFirst("^#+ *", ""))).append('\n');
        } else if (line.isBlank() || line.startsWith("|")) {
            endParagraph();
            out.append(line).append('\n');
        } else {
            if (ITEM.matcher(line).matches()) {
                endParagraph();
                paragraph.append(" ".repeat(line.length() - line.stripLeading().length()));
            }
            paragraph.append(line.strip()).append(' ');
        }
    }

    private void endParagraph() {
        if (paragraph.length() > 0) {
            wrap(paragraph.toString().stripTrailing());
            paragraph.setLength(0);
        }
    }

    /** Words are counted before they are made bold: escapes take no room. */
    private void wrap(String text) {
        String plain = LINK.matcher(text).replaceAll(link -> linkText(link.group(1), link.group(2)));
        String indent = " ".repeat(plain.length() - plain.stripLeading().length());
        String hanging = ITEM.matcher(plain).matches() ? indent + "  " : indent;
        StringBuilder lines = new StringBuilder(indent);
        int column = indent.length();
        boolean first = true;
        for (String word : plain.strip().split("\\s+", -1)) {
            int length = word.replace("**", "").length();
            if (!first && column + 1 + length > width) {
                lines.append('\n').append(hanging);
                column = hanging.length();
                first = true;
            }
            lines.append(first ? "" : " ").append(word);
            column += length + (first ? 0 : 1);
            first = false;
        }
        out.append(STRONG.matcher(lines).replaceAll(bold -> strong(bold.group(1))))
                .append('\n');
    }

    /** Links to other pages name a rule; others keep their address. */
    private static String linkText(String text, String address) {
        String shown = address.endsWith(".md") ? text : text + " (" + address + ")";
        return shown.replace("\\", "\\\\").replace("$", "\\$");
    }

    private String strong(String text) {
        return colour ? BOLD + text + PLAIN : text;
    }
}
