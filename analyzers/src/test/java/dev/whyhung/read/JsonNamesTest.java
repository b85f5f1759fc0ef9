package dev.whyhung.read;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Services set the strategy by which their JSON names fields, and the answer of the actuator follows it. */
class JsonNamesTest {

    private static final Pattern NAME = Pattern.compile("\"([a-zA-Z]+)\" ?:");

    private static String renamed(String json, UnaryOperator<String> naming) {
        return NAME.matcher(json).replaceAll(match -> '"' + naming.apply(match.group(1)) + "\":");
    }

    private static String separated(String name, String separator) {
        return name.replaceAll("([A-Z])", separator + "$1").toLowerCase(Locale.ROOT);
    }

    @Test
    void areReadInEverySpelling() {
        String json = SurroundingsTest.capture("dialects-deadlock", "17/actuator.json");
        List<String> wanted = Described.of(json).threads();
        assertEquals(
                wanted,
                Described.of(renamed(json, name -> separated(name, "_"))).threads());
        assertEquals(
                wanted,
                Described.of(renamed(json, name -> separated(name, "-"))).threads());
        assertEquals(
                wanted,
                Described.of(renamed(json, name -> Character.toUpperCase(name.charAt(0)) + name.substring(1)))
                        .threads());
    }
}
