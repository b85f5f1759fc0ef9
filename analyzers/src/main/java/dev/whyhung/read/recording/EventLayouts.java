package dev.whyhung.read.recording;

import dev.whyhung.read.recording.EventLayout.Coding;
import dev.whyhung.read.recording.EventLayout.Field;
import dev.whyhung.read.recording.EventLayout.Role;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The event types of a chunk, from its metadata: a table of texts, then a tree of elements with attributes, whose {@code class}
 * elements have one {@code field} each for what an event of the type consists of.
 */
final class EventLayouts {

    private static final int MOST_TYPES = 1 << 16;
    private static final int DEEPEST = 16;

    private final PackedBytes bytes;
    private final List<String> texts = new ArrayList<>();
    private final Map<Long, String> names = new HashMap<>();
    private final Map<Long, List<Map<String, String>>> fields = new HashMap<>();
    private long type = -1;

    private EventLayouts(PackedBytes bytes) {
        this.bytes = bytes;
    }

    /** Passes size, type, start, duration and number of the metadata; what follows is the same in most chunks of a recording. */
    static PackedBytes content(byte[] metadata) {
        PackedBytes bytes = new PackedBytes(metadata);
        for (int i = 0; i < 5; i++) {
            bytes.number();
        }
        return bytes;
    }

    /** By the numbers of the types, of those that are asked for; the rest is null. */
    static @Nullable EventLayout[] of(PackedBytes content) {
        return new EventLayouts(content).read();
    }

    private @Nullable EventLayout[] read() {
        for (long left = bytes.number(); left > 0 && bytes.at < bytes.limit; left--) {
            texts.add(bytes.text());
        }
        element(0);
        EventLayout[] layouts = new EventLayout[MOST_TYPES];
        int end = 0;
        for (Map.Entry<Long, String> each : names.entrySet()) {
            RecordedType wanted = RecordedType.named(each.getValue());
            if (wanted != null && each.getKey() >= 0 && each.getKey() < MOST_TYPES) {
                int id = each.getKey().intValue();
                layouts[id] = layout(wanted, fields.getOrDefault(each.getKey(), List.of()));
                end = Math.max(end, id + 1);
            }
        }
        return Arrays.copyOf(layouts, end);
    }

    private void element(int depth) {
        String name = text();
        Map<String, String> attributes = new HashMap<>();
        for (long left = bytes.number(); left > 0 && bytes.at < bytes.limit; left--) {
            attributes.put(text(), text());
        }
        if (name.equals("class")) {
            type = number(attributes.get("id"));
            names.put(type, attributes.getOrDefault("name", ""));
        } else if (name.equals("field")) {
            fields.computeIfAbsent(type, key -> new ArrayList<>()).add(attributes);
        }
        for (long left = bytes.number(); left > 0 && bytes.at < bytes.limit && depth < DEEPEST; left--) {
            element(depth + 1);
        }
    }

    private String text() {
        long index = bytes.number();
        return index >= 0 && index < texts.size() ? texts.get((int) index) : "";
    }

    private static long number(@Nullable String text) {
        try {
            return text == null ? -1 : Long.parseLong(text);
        } catch (NumberFormatException damaged) {
            return -1;
        }
    }

    private EventLayout layout(RecordedType wanted, List<Map<String, String>> all) {
        List<Field> leading = new ArrayList<>();
        for (Map<String, String> field : all) {
            Coding coding = coding(field);
            if (coding == null) {
                break;
            }
            leading.add(new Field(Role.of(field.getOrDefault("name", ""), wanted.subjects()), coding));
        }
        return EventLayout.of(wanted, leading);
    }

    /** How a field is written, null for one that is made up of others. */
    private @Nullable Coding coding(Map<String, String> field) {
        if (field.containsKey("dimension")) {
            return null;
        }
        if ("true".equals(field.get("constantPool"))) {
            return Coding.NUMBER;
        }
        return switch (names.getOrDefault(number(field.get("class")), "")) {
            case "long", "int", "short", "char" -> Coding.NUMBER;
            case "byte", "boolean" -> Coding.OCTET;
            case "float" -> Coding.FLOAT;
            case "double" -> Coding.DOUBLE;
            case "java.lang.String" -> Coding.TEXT;
            default -> null;
        };
    }
}
