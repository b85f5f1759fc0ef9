package dev.whyhung.read;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What mails, pages, log stores and terminals make of a text. */
final class Wrappings {

    private Wrappings() {}

    static String escaped(String text) {
        return text.replace("\\", "\\\\")
                .replace("\"", "\\\"")
                .replace("\n", "\\n")
                .replace("\t", "\\t")
                .replace("<", "\\u003c");
    }

    static String brokenBetweenWords(String text) {
        StringBuilder broken = new StringBuilder();
        for (String line : text.lines().toList()) {
            int length = 0;
            for (String word : line.split("(?<=\\S )(?=\\S)")) {
                boolean fits = length == 0 || length + word.length() <= 78;
                broken.append(fits ? "" : "\n").append(word);
                length = fits ? length + word.length() : word.length();
            }
            broken.append('\n');
        }
        return broken.toString();
    }

    static String backwards(String text) {
        List<String> lines = new ArrayList<>(text.lines().toList());
        Collections.reverse(lines);
        return String.join("\n", lines);
    }

    static String row(String... fields) {
        return Stream.of(fields)
                .map(field -> '"' + field.replace("\"", "\"\"") + '"')
                .collect(Collectors.joining(fields.length == 1 ? ";" : ","));
    }

    static String json(String line) {
        return "{\"@timestamp\":\"2026-03-01T12:00:00Z\",\"message\":\"" + escaped(line) + "\"}";
    }

    static String quotedPrintable(String text) {
        return text.lines()
                .map(line -> line.replaceAll("(.{60})(?=.)", "$1\n")
                        .replace("=", "=3D")
                        .replace("\n", "=\n"))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    static String mail(String attachment) {
        return "Received: from a by b; Sun, 1 Mar 2026 12:00:00 +0100\r\nMIME-Version: 1.0\r\n"
                + "Content-Type: multipart/mixed; boundary=\"=_outer\"\r\n\r\npreamble\r\n--=_outer\r\n"
                + "Content-Type: multipart/alternative; boundary=inner\r\n\r\n--inner\r\n\r\nSee below.\r\n"
                + "--inner--\r\n--=_outer\r\nContent-Disposition: attachment; filename=\"dump.txt\"\r\n"
                + "Content-Transfer-Encoding: base64\r\n\r\n"
                + Base64.getMimeEncoder().encodeToString(attachment.getBytes(StandardCharsets.UTF_8))
                + "\r\n--=_outer--\r\n";
    }

    static String markup(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&#62;")
                .replace("\"", "&quot;")
                .replace("\t", "&nbsp;&#xA0;");
    }

    static String lines(String text, UnaryOperator<String> change) {
        return text.lines().map(change).collect(Collectors.joining("\n"));
    }
}
