package dev.whyhung.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whyhung.diagnose.Diagnosis;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What holds for every output. */
class RenderersTest {

    private static final Path MAIN = Path.of("src/main");

    @Test
    void nothingInvisibleGetsOut() throws IOException {
        for (Diagnosis diagnosis : List.of(Samples.hung(), Samples.hostile(), Samples.inconclusive())) {
            for (byte[] output : outputs(diagnosis)) {
                String text = strict(output);
                text.codePoints()
                        .filter(point -> point != '\n' && Legible.isInvisible(point))
                        .forEach(point -> assertEquals("", "U+" + Integer.toHexString(point) + " in " + text));
            }
        }
    }

    @Test
    void theSameDiagnosisGivesTheSameBytesEverywhere() throws IOException {
        Locale locale = Locale.getDefault();
        TimeZone zone = TimeZone.getDefault();
        List<byte[]> first = outputs(Samples.hung());
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kathmandu"));
            List<byte[]> second = outputs(Samples.hung());
            for (int i = 0; i < first.size(); i++) {
                assertArrayEquals(first.get(i), second.get(i));
            }
            Locale.setDefault(Locale.forLanguageTag("tr-TR"));
            assertArrayEquals(first.get(0), outputs(Samples.hung()).get(0));
        } finally {
            Locale.setDefault(locale);
            TimeZone.setDefault(zone);
        }
    }

    @Test
    void everyRendererNamesTheRootCause() throws IOException {
        for (byte[] output : outputs(Samples.hung())) {
            String text = strict(output);
            assertTrue(text.contains("orphaned-lock-idle-owner"), text);
            assertTrue(text.contains("order-worker-1"), text);
            assertTrue(text.contains("com.acme.Orders.place(Orders.java:41)"), text);
        }
    }

    @Test
    void templatesEscape() throws IOException {
        List<String> unescaped = new ArrayList<>();
        try (Stream<Path> files = Files.walk(MAIN.resolve("resources"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String text = Files.readString(file);
                assertFalse(file.toString().endsWith(".ftl"), file + " would not escape");
                Pattern.compile("\\$\\{([^}]*\\?\\s*no_?[eE]sc[^}]*)}|<#(noautoesc|outputformat|autoesc)")
                        .matcher(text)
                        .results()
                        .forEach(use -> unescaped.add(use.group()));
                if (file.toString().endsWith(".ftlh")) {
                    assertFalse(
                            Pattern.compile("=[$][{]").matcher(text).find(), file + " has an attribute without quotes");
                }
            }
        }
        assertEquals(List.of(), unescaped);
    }

    @Test
    void usesNoGraphAndNoReader() throws IOException {
        try (Stream<Path> files = Files.walk(MAIN.resolve("java"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String text = Files.readString(file);
                assertFalse(
                        Pattern.compile("dev\\.whyhung\\.(graph|read|knowledge|cli)\\b")
                                .matcher(text)
                                .find(),
                        file.toString());
            }
        }
    }

    private static List<byte[]> outputs(Diagnosis diagnosis) throws IOException {
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        new JsonReport().write(diagnosis, json);
        return List.of(
                bytes(out -> new TextReport(false, 100).write(diagnosis, "page.html", out)),
                bytes(out -> new MarkdownReport().write(diagnosis, out)),
                bytes(out -> new HtmlReport(false).write(diagnosis, out)),
                json.toByteArray());
    }

    private interface Renderer {
        void write(Writer out) throws IOException;
    }

    private static byte[] bytes(Renderer renderer) throws IOException {
        StringWriter out = new StringWriter();
        renderer.write(out);
        ByteBuffer encoded = StandardCharsets.UTF_8
                .newEncoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .encode(CharBuffer.wrap(out.toString()));
        byte[] bytes = new byte[encoded.remaining()];
        encoded.get(bytes);
        return bytes;
    }

    private static String strict(byte[] utf8) throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .decode(ByteBuffer.wrap(utf8))
                .toString();
    }
}
