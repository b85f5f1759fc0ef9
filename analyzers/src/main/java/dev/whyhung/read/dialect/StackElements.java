package dev.whyhung.read.dialect;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Stacks in JSON as the frames that HotSpot would print. */
final class StackElements {

    private StackElements() {}

    /** From a list of texts or of {@code StackTraceElement}s, from a text of several lines, or from an object around one of these. */
    static List<String> texts(@Nullable Object stack) {
        List<String> texts = new ArrayList<>();
        if (stack instanceof List<?> elements) {
            elements.forEach(element -> texts.add(
                    element instanceof Map<?, ?> map
                            ? text(new JsonFields(map))
                            : String.valueOf(element).strip()));
        } else if (stack instanceof String lines) {
            lines.lines().map(String::strip).forEach(texts::add);
        } else if (stack instanceof Map<?, ?> wrapper) {
            return wrapper.size() == 1 ? texts(wrapper.values().iterator().next()) : texts;
        }
        texts.replaceAll(text -> text.startsWith("at ") ? text.substring(3) : text);
        texts.removeIf(String::isEmpty);
        return texts;
    }

    private static String text(JsonFields element) {
        Long number = element.number("lineNumber", "line");
        String file = element.text("fileName", "file");
        boolean isNative = Boolean.TRUE.equals(element.first("nativeMethod")) || (number != null && number == -2);
        String place = file == null ? "Unknown Source" : number == null || number < 0 ? file : file + ':' + number;
        return element.text("className", "class", "declaringClass") + "." + element.text("methodName", "method") + '('
                + (isNative ? "Native Method" : place) + ')';
    }
}
