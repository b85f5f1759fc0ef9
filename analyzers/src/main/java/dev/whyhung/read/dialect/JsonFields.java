package dev.whyhung.read.dialect;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A JSON object in memory: maps, lists, texts, numbers, truth values and nulls. Whatever is missing or of another type is null. */
record JsonFields(Map<?, ?> values) {

    /** The value that begins with the current token. */
    static Map<String, @Nullable Object> read(JsonParser json) throws IOException {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = camelCase(json.currentName());
            fields.put(name, value(json, json.nextToken()));
        }
        if (json.currentToken() == null) {
            throw new IOException("ends inside an object");
        }
        return fields;
    }

    /** {@code thread-name}, as WildFly writes, and what services make of their names, {@code thread_name} and {@code ThreadName}. */
    private static String camelCase(String name) {
        if (name.indexOf('-') < 0
                && name.indexOf('_') < 0
                && !UPPER_CASE.matcher(name).lookingAt()) {
            return name;
        }
        String joined =
                SEPARATED.matcher(name).replaceAll(match -> match.group(1).toUpperCase(Locale.ROOT));
        return joined.substring(0, 1).toLowerCase(Locale.ROOT) + joined.substring(1);
    }

    private static final Pattern SEPARATED = Pattern.compile("[-_]([a-z])");
    private static final Pattern UPPER_CASE = Pattern.compile("[A-Z]");

    private static @Nullable Object value(JsonParser json, @Nullable JsonToken token) throws IOException {
        if (token == null) {
            throw new IOException("ends inside an object");
        }
        return switch (token) {
            case START_OBJECT -> read(json);
            case START_ARRAY -> list(json);
            case VALUE_NUMBER_INT -> json.getValueAsLong();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> json.getText();
        };
    }

    private static List<@Nullable Object> list(JsonParser json) throws IOException {
        List<@Nullable Object> elements = new ArrayList<>();
        for (JsonToken token = json.nextToken(); token != JsonToken.END_ARRAY; token = json.nextToken()) {
            elements.add(value(json, token));
        }
        return elements;
    }

    /** The value of the first of these fields that is there. */
    @Nullable
    Object first(String... names) {
        for (String name : names) {
            Object value = values.get(name);
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    @Nullable
    String text(String... names) {
        return first(names) instanceof String text ? text : null;
    }

    /** A number, also one that is written as text. */
    @Nullable
    Long number(String... names) {
        Object value = first(names);
        if (value instanceof String text && text.matches("-?\\d{1,18}")) {
            return Long.valueOf(text);
        }
        return value instanceof Long number ? number : null;
    }

    @Nullable
    JsonFields object(String... names) {
        return first(names) instanceof Map<?, ?> map ? new JsonFields(map) : null;
    }

    List<JsonFields> objects(String name) {
        List<JsonFields> objects = new ArrayList<>();
        if (values.get(name) instanceof List<?> elements) {
            elements.forEach(element -> {
                if (element instanceof Map<?, ?> map) {
                    objects.add(new JsonFields(map));
                }
            });
        }
        return objects;
    }

    /** The texts of a list; Scala's collections are wrapped in an object. */
    List<String> texts(String name) {
        Object value = values.get(name);
        Object list = value instanceof Map<?, ?> map && map.size() == 1
                ? map.values().iterator().next()
                : value;
        List<String> texts = new ArrayList<>();
        if (list instanceof List<?> elements) {
            elements.forEach(element -> {
                if (element instanceof String text) {
                    texts.add(text);
                }
            });
        }
        return texts;
    }

    List<List<Object>> arrays() {
        List<List<Object>> arrays = new ArrayList<>();
        values.values().forEach(value -> {
            if (value instanceof List<?> list) {
                arrays.add(new ArrayList<>(list));
            }
        });
        return arrays;
    }
}
