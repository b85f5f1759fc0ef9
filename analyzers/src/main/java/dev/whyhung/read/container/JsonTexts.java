package dev.whyhung.read.container;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import dev.whyhung.read.bytes.DumpSigns;
import dev.whyhung.read.bytes.Head;
import dev.whyhung.read.bytes.Input;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A JSON document that holds text: what a log store answers, records in an array, a line of a dump in each or a whole dump in one;
 * or the lines as a list of strings. A log with a record in each line is none: other lines may stand between.
 */
final class JsonTexts implements Container {

    private static final int NEAR = 256;

    @Override
    public boolean recognises(Head head) {
        return isOne(head);
    }

    static boolean isOne(Head head) {
        String start = head.text().stripLeading();
        char first = start.isEmpty() ? 0 : start.charAt(0);
        boolean isDocument = first == '[' || (first == '{' && !isRecord(start)) || (first == '"' && isLongText(start));
        return isDocument && DumpSigns.in(head.text().replace("\\\"", "\"")) && field(head) != null;
    }

    /** A whole object in one line, and not all there is. */
    private static boolean isRecord(String text) {
        int end = text.indexOf('\n');
        return end > 0
                && text.substring(0, end).stripTrailing().endsWith("}")
                && text.substring(end).stripLeading().length() > 0;
    }

    private static boolean isLongText(String text) {
        int end = text.indexOf('\n');
        return (end < 0 || end > NEAR) && text.contains("\\n");
    }

    /** The field in which signs of a dump are found most; empty for a text outside of objects. */
    private static @Nullable String field(Head head) {
        Map<String, Integer> signs = new HashMap<>();
        String closed =
                head.text().replaceFirst("\\\\(?:u\\p{XDigit}{0,3})?$", "") + '"'; // the head may end inside a text
        try (JsonParser json = new JsonFactory().createParser(closed)) {
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                int count = token == JsonToken.VALUE_STRING ? DumpSigns.count(json.getText()) : 0;
                if (count > 0) {
                    signs.merge(name(json), count, Integer::sum);
                }
            }
        } catch (IOException cut) {
            // what came before counts
        }
        return signs.entrySet().stream()
                .max(Map.Entry.<String, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .orElse(null);
    }

    /** The name of the field whose value the current token is, or is listed in. */
    private static String name(JsonParser json) {
        JsonStreamContext context = json.getParsingContext();
        while (context != null && context.inArray()) {
            context = context.getParent();
        }
        String name = context == null ? null : context.getCurrentName();
        return name == null ? "" : name;
    }

    @Override
    public void unpack(InputStream packed, Contents contents) throws IOException {
        byte[] first = packed.readNBytes(Head.LENGTH);
        String field = field(new Head(first));
        try (JsonParser json = new JsonFactory().createParser(Input.behind(first, packed))) {
            json.disable(JsonParser.Feature.AUTO_CLOSE_SOURCE);
            contents.whole(new Texts(json, field == null ? "" : field));
        }
    }

    /** The values of one field, each behind the other. What is damaged ends it. */
    private static final class Texts extends Pieces {
        /** Loki lists each line behind its time in nanoseconds. */
        private static final Pattern TIME = Pattern.compile("\\d{16,19}");

        private final JsonParser json;
        private final String field;

        Texts(JsonParser json, String field) {
            this.json = json;
            this.field = field;
        }

        @Override
        byte @Nullable [] piece() throws IOException {
            try {
                JsonToken token = json.nextToken();
                if (token == null) {
                    return null;
                }
                boolean isText = token == JsonToken.VALUE_STRING && name(json).equals(field);
                String text = isText && !TIME.matcher(json.getText()).matches() ? json.getText() : "";
                return (text.isEmpty() || text.endsWith("\n") ? text : text + '\n').getBytes(StandardCharsets.UTF_8);
            } catch (JsonProcessingException damaged) {
                throw new IOException(
                        "is no JSON behind line " + json.currentLocation().getLineNr());
            }
        }
    }
}
