package dev.whyhung.report;

/**
 * Writes one picture. All text that it is given is made legible and escaped; sizes are in pixels, colours come from the page's
 * style sheet by class.
 */
final class Svg {

    private final StringBuilder out = new StringBuilder(4096);

    /**
     * @param label what the picture shows, for those who do not see it
     */
    Svg(int width, int height, String label) {
        out.append("<svg role=\"img\" width=\"")
                .append(width)
                .append("\" height=\"")
                .append(height);
        out.append("\" viewBox=\"0 0 ").append(width).append(' ').append(height).append("\" aria-label=\"");
        escape(label).append("\">");
    }

    Svg box(String css, int x, int y, int width, int height, int radius) {
        out.append("<rect class=\"")
                .append(css)
                .append("\" x=\"")
                .append(x)
                .append("\" y=\"")
                .append(y);
        out.append("\" width=\"").append(width).append("\" height=\"").append(height);
        out.append("\" rx=\"").append(radius).append("\"/>");
        return this;
    }

    Svg path(String css, String path) {
        out.append("<path class=\"").append(css).append("\" d=\"").append(path).append("\"/>");
        return this;
    }

    /** One line of text, of at most {@code most} characters; the whole of it shows under the pointer. */
    Svg text(String css, int x, int y, String text, int most) {
        String shown = Legible.shortened(text, most);
        out.append("<text class=\"")
                .append(css)
                .append("\" x=\"")
                .append(x)
                .append("\" y=\"")
                .append(y)
                .append("\">");
        escape(shown);
        if (shown.length() < text.length()) {
            out.append("<title>");
            escape(Legible.shortened(text, TemplateValues.LONGEST_TEXT)).append("</title>");
        }
        out.append("</text>");
        return this;
    }

    TemplateValues.Markup end() {
        return new TemplateValues.Markup(out.append("</svg>").toString());
    }

    private StringBuilder escape(String text) {
        return Markings.append(out, text);
    }
}
