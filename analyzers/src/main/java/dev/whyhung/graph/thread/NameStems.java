package dev.whyhung.graph.thread;

import dev.whyhung.model.ThreadSnapshot;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The names of threads without their numbers, one object for each, so that threads can be told apart by it without their names. */
public final class NameStems {

    private final Map<String, String> stems = new HashMap<>();
    /** Names that are followed by a number in hexadecimal digits, for sure. */
    private final Set<String> beforeHex;

    private String latest = "";
    private int digits;
    private String stem = "";

    public NameStems(Collection<ThreadSnapshot> threads) {
        beforeHex = threads.stream()
                .map(thread -> HexNumber.of(thread.name()))
                .filter(hex -> hex != null && hex.isSure())
                .map(HexNumber::before)
                .collect(Collectors.toSet());
    }

    /** As {@link Pool#nameOf}; of names in a row that differ by the number at their end only the first is taken apart. */
    public String of(String name) {
        int start = startOfNumber(name);
        boolean same = start < name.length() && start == digits && latest.regionMatches(0, name, 0, start);
        if (!same) {
            stem = stems.computeIfAbsent(stem(name), key -> key);
            latest = name;
            digits = start < name.length() ? start : -1;
        }
        return stem;
    }

    private String stem(String name) {
        HexNumber hex = beforeHex.isEmpty() ? null : HexNumber.of(name);
        return hex != null && beforeHex.contains(hex.before()) ? hex.before() : Pool.nameOf(name);
    }

    /** Whether the names are the same but for the number with which both end, if they do. */
    public static boolean differByNumber(String one, String other) {
        int start = startOfNumber(one);
        return start == startOfNumber(other)
                && one.regionMatches(0, other, 0, start)
                && (start < one.length()) == (start < other.length());
    }

    /** Of the digits at the end; the length of the name if there are none. */
    private static int startOfNumber(String name) {
        int start = name.length();
        while (start > 0 && name.charAt(start - 1) >= '0' && name.charAt(start - 1) <= '9') {
            start--;
        }
        return start;
    }
}
