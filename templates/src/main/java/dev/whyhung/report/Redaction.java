package dev.whyhung.report;

import dev.whyhung.diagnose.Diagnosis;
import dev.whyhung.diagnose.ProcessDiagnosis;
import dev.whyhung.diagnose.view.ThreadRow;
import dev.whyhung.model.DumpInfo;
import dev.whyhung.model.InputReport;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hides who and where: input files, hosts, addresses, paths, and what looks like the name of a person, each behind a pseudonym
 * that stands for it wherever it occurs. Names of classes, methods and pools stay, since a diagnosis without them is worth
 * nothing.
 *
 * <p>Names are learned first, from thread names, then replaced in every text of the diagnosis, so that an output cannot forget
 * one. Pseudonyms count up in the order of the inputs: the same input gives the same ones.
 */
public final class Redaction {

    private static final int SHORTEST_PATH = 6;
    private static final int SHORTEST_PART = 3;

    private final Map<String, String> pseudonyms = new LinkedHashMap<>();
    private final Map<String, Integer> counters = new HashMap<>();
    private final Map<String, String> inputs = new LinkedHashMap<>();
    private final Map<String, String> words = new HashMap<>();

    /** Learns the names of the inputs, which warnings mention before there is a diagnosis. */
    public void learn(List<InputReport> reports) {
        reports.forEach(report -> learnInput(report.path()));
    }

    /** The diagnosis without the names; learns from it first. */
    public Diagnosis redact(Diagnosis diagnosis) {
        learn(diagnosis.inputs());
        for (ProcessDiagnosis process : diagnosis.processes()) {
            process.dumps().stream().map(DumpInfo::source).forEach(this::learnInput);
            for (ThreadRow row : process.threads()) {
                learnNames(row.thread().name());
            }
        }
        RecordCopy.texts(diagnosis, this::learnPlaces);
        return RecordCopy.of(diagnosis, this::text);
    }

    /** A text without the names that are known and the places that it mentions. */
    public String text(String text) {
        String input = inputs.get(text);
        if (input != null) {
            return input;
        }
        String source = withoutInputs(text);
        Matcher matcher = Secrets.PLACE.matcher(source);
        StringBuilder out = new StringBuilder();
        int end = 0;
        while (matcher.find()) {
            out.append(withoutWords(source.substring(end, matcher.start())));
            out.append(place(matcher));
            end = matcher.end();
        }
        return out.append(withoutWords(source.substring(end))).toString();
    }

    /** What each pseudonym stands for, in the order in which they were given. */
    public Map<String, String> originals() {
        Map<String, String> originals = new LinkedHashMap<>();
        pseudonyms.forEach(
                (original, pseudonym) -> originals.put(pseudonym, original.substring(original.indexOf(' ') + 1)));
        return Collections.unmodifiableMap(originals);
    }

    private void learnInput(String path) {
        if (!path.startsWith("<") && !inputs.containsKey(path)) {
            inputs.put(path, pseudonym("input", path) + Secrets.extension(path));
        }
    }

    private void learnNames(String threadName) {
        for (Pattern pattern : Secrets.NAMES) {
            Matcher matcher = pattern.matcher(threadName);
            while (matcher.find()) {
                learnName(matcher.group(1));
            }
        }
    }

    private void learnWord(String word, String kind) {
        if (Secrets.isTelling(word)) {
            words.computeIfAbsent(word.toLowerCase(Locale.ROOT), key -> pseudonym(kind, word));
        }
    }

    /** A name, and its parts, since elsewhere they may be put together in another way. */
    private void learnName(String name) {
        learnWord(name, "user");
        Secrets.PART.matcher(name).results().map(MatchResult::group).forEach(part -> {
            if (part.length() >= SHORTEST_PART) {
                learnWord(part, "user");
            }
        });
    }

    /** Owners of home folders and the short names of hosts occur elsewhere without the path and the domain. */
    private void learnPlaces(String text) {
        Matcher home = Secrets.HOME.matcher(text);
        while (home.find()) {
            learnName(home.group(1));
        }
        Matcher matcher = Secrets.PLACE.matcher(text);
        while (matcher.find()) {
            String host = matcher.group("host");
            String label = host == null ? "" : host.substring(0, host.indexOf('.'));
            if (Secrets.isNumbered(label)) {
                learnWord(label, "host");
            }
        }
    }

    private String withoutInputs(String text) {
        String result = text;
        for (String path : longestFirst(inputs)) {
            boolean telling = path.length() >= SHORTEST_PATH && (path.indexOf('.') >= 0 || path.indexOf('/') >= 0);
            if (telling && result.contains(path)) {
                result = result.replace(path, String.valueOf(inputs.get(path)));
            }
        }
        return result;
    }

    private static List<String> longestFirst(Map<String, String> map) {
        List<String> keys = new ArrayList<>(map.keySet());
        keys.sort(Comparator.comparingInt(String::length).reversed());
        return keys;
    }

    private String place(Matcher match) {
        if (match.group("url") != null) {
            return Secrets.isPublic(match.group("authority")) ? match.group() : url(match);
        }
        for (String kind : Secrets.KINDS) {
            String text = match.group(kind);
            if (text != null) {
                return kind.equals("path") ? "/" + pseudonym(kind, text) : pseudonym(kind, text);
            }
        }
        return match.group();
    }

    private String url(Matcher match) {
        String path = match.group("rest");
        return match.group("scheme") + "://" + pseudonym("host", match.group("authority"))
                + (path.isEmpty() ? "" : "/" + pseudonym("path", path));
    }

    private String withoutWords(String text) {
        if (words.isEmpty() || text.isEmpty()) {
            return text;
        }
        return Secrets.WORD.matcher(text).replaceAll(match -> Matcher.quoteReplacement(word(match.group())));
    }

    private String word(String word) {
        String known = words.get(word.toLowerCase(Locale.ROOT));
        if (known != null) {
            return known;
        }
        return Secrets.PART.matcher(word).replaceAll(part -> {
            String pseudonym = words.get(part.group().toLowerCase(Locale.ROOT));
            return Matcher.quoteReplacement(pseudonym == null ? part.group() : pseudonym);
        });
    }

    private String pseudonym(String kind, String original) {
        return pseudonyms.computeIfAbsent(
                kind + ' ' + original, key -> kind + '-' + counters.merge(kind, 1, Integer::sum));
    }
}
