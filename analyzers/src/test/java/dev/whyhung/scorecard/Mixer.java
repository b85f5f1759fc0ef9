package dev.whyhung.scorecard;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts the threads of two text dumps into one, as if both programs ran in one process: the threads of the second get ids, native
 * ids and addresses of their own, and other names where the first has the same; its classes without a package get one. Its
 * JVM-internal threads stay out.
 */
final class Mixer {

    private static final String END = "JNI global ref";
    private static final Pattern NAME = Pattern.compile("^\"(.*?)\"(?= (?:#|daemon|prio)|:$)");
    private static final Pattern JAVA_ID = Pattern.compile("#(\\d+)(?: \\[\\d+])?");
    private static final Pattern ADDRESS = Pattern.compile("(<|object |synchronizer )0x0000");
    private static final Pattern FRAME = Pattern.compile("^(\\s+at )([A-Z][\\w$]*[.$])");
    private static final Pattern LOCK_CLASS =
            Pattern.compile("(\\(a |, a |Class for |monitor for )([A-Z][\\w$]*)(\\)|$)");
    private static final int FIRST_ID = 100_000;

    private final List<String> one;
    private final List<String> other;
    private final Set<String> taken = new HashSet<>();

    private Mixer(String first, String second) {
        one = first.lines().toList();
        other = second.lines().toList();
        one.stream().map(NAME::matcher).filter(Matcher::find).forEach(name -> taken.add(name.group(1)));
    }

    static String mix(String first, String second) {
        return new Mixer(first, second).mix();
    }

    private String mix() {
        List<String> mixed = new ArrayList<>(one.subList(0, end(one)));
        boolean kept = false;
        for (String line : other.subList(indexOf(other, "\""), end(other))) {
            if (line.startsWith("\"")) {
                kept = JAVA_ID.matcher(line).find();
            }
            if (kept) {
                mixed.add(moved(line));
            }
        }
        mixed.addAll(one.subList(end(one), one.size()));
        other.subList(end(other) + 1, other.size()).forEach(line -> mixed.add(moved(line)));
        return String.join("\n", mixed) + '\n';
    }

    private static int end(List<String> lines) {
        return indexOf(lines, END);
    }

    private static int indexOf(List<String> lines, String beginning) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith(beginning)) {
                return i;
            }
        }
        throw new IllegalArgumentException("no line begins with " + beginning);
    }

    private String moved(String line) {
        String named =
                NAME.matcher(line).replaceFirst(name -> Matcher.quoteReplacement('"' + renamed(name.group(1)) + '"'));
        String text = named.startsWith("\"") ? renumbered(named) : packaged(named);
        return ADDRESS.matcher(text).replaceAll("$10x000f");
    }

    /** Request threads stay request threads, of another port; the main thread and the JVM's keep their names. */
    private String renamed(String name) {
        boolean numbered = name.matches(".*\\d.*") || name.contains("-");
        if (!taken.contains(name) || !numbered) {
            return name;
        }
        return name.contains("-8080-") ? name.replace("-8080-", "-9090-") : "other-" + name;
    }

    private static String renumbered(String header) {
        Matcher id = JAVA_ID.matcher(header);
        String text = id.find()
                ? header.substring(0, id.start())
                        + '#'
                        + (FIRST_ID + Integer.parseInt(id.group(1)))
                        + header.substring(id.end())
                : header;
        return text.replace("tid=0x0000", "tid=0x000f").replace("nid=0x", "nid=0x7f");
    }

    private static String packaged(String line) {
        String text = FRAME.matcher(line).replaceAll("$1mixed.$2");
        return LOCK_CLASS.matcher(text).replaceAll("$1mixed.$2$3");
    }
}
