package dev.whyhung.report;

/** Text as it may stand in markup, in an element as well as in a quoted attribute. */
final class Markings {

    private Markings() {}

    /** Appends the text, made legible and escaped. */
    static StringBuilder append(StringBuilder out, String text) {
        return escape(out, Legible.line(text));
    }

    /** Appends text that is legible already. */
    static StringBuilder escape(StringBuilder out, String legible) {
        for (int i = 0; i < legible.length(); i++) {
            char c = legible.charAt(i);
            switch (c) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.append(c);
            }
        }
        return out;
    }
}
