package dev.whyhung.report;

/** Writes text into Markdown so that it stays text, whatever it holds. */
final class MarkdownText {

    private MarkdownText() {}

    /** Text of a sentence: no markup, no HTML, no link, no mention comes of it. */
    static String plain(String text) {
        String line = Legible.line(text);
        StringBuilder out = new StringBuilder(line.length() + 16);
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            switch (c) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '@' -> out.append(startsMention(line, i) ? "(at)" : "@");
                case ':' -> out.append(line.startsWith("://", i) ? "&#58;" : ":");
                case '\\', '`', '*', '_', '[', ']', '~', '|' -> out.append('\\').append(c);
                case '#', '+', '-', '=' -> out.append(i == 0 ? "\\" : "").append(c);
                default -> out.append(c);
            }
        }
        return out.toString();
    }

    private static boolean startsMention(String line, int at) {
        return at == 0 || !Character.isLetterOrDigit(line.charAt(at - 1));
    }

    /** Text as a code span, fenced with one backtick more than it holds in a row. */
    static String code(String text) {
        String line = Legible.line(text);
        String fence = "`".repeat(longestRun(line) + 1);
        String blank = line.isEmpty() || line.startsWith("`") || line.endsWith("`") ? " " : "";
        return fence + blank + line + blank + fence;
    }

    /** Text as a fenced block of code, line feed last. */
    static String block(String language, String text) {
        String block = Legible.block(text).strip();
        String fence = "`".repeat(Math.max(3, longestRun(block) + 1));
        return fence + language + '\n' + block + '\n' + fence + '\n';
    }

    private static int longestRun(String text) {
        int longest = 0;
        int run = 0;
        for (int i = 0; i < text.length(); i++) {
            run = text.charAt(i) == '`' ? run + 1 : 0;
            longest = Math.max(longest, run);
        }
        return longest;
    }
}
