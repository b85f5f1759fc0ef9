package dev.whyhung.knowledge;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Reads a signature file: one entry a line, {@code KIND ID field=value ...}; {@code #} begins a comment line. Values hold no
 * blanks, but {@code name=}, which stands last, runs to the end of the line. Lists are separated by commas; {@code *} in a frame
 * pattern stands for any characters.
 *
 * <pre>
 * idle     ID      [top=FRAMES] [within=FRAMES] [unless=FRAMES] [depth=MAX] [name=REGEX]
 * passive  ID      the same: at rest, but no idle worker
 * call     KIND/ID the same: a blocking call
 * role     NAME    weight=NUMBER [within=FRAMES] name=REGEX
 * library  NAME    classes=PREFIXES          frames that are not the application's
 * client   NAME    classes=PREFIXES          a library that talks to a remote system of that name
 * lock     KIND    classes=CLASSES           what a park blocker of these classes is
 * pool     NAME    borrows=CALLS holding=FRAMES [connecting=, opening=, joining=FRAMES]    who has its connections
 * pair     ID      producer=FRAMES consumer=FRAMES    who puts into a queue of a library, and who takes
 * tool     NAME    [within=FRAMES] [unless=FRAMES] [name=REGEX]    a thread by which a process is known to be no service
 * frames   NAME    any=FRAMES                a named set of frames: plumbing, worker, task, puts, takes
 * </pre>
 */
final class SignatureFile {

    private static final Set<String> STACK_FIELDS = Set.of("top", "within", "unless", "depth", "name");

    private final String file;
    private final Tables tables;
    private int number;

    SignatureFile(String file, Tables tables) {
        this.file = file;
        this.tables = tables;
    }

    void read(BufferedReader reader) throws IOException, SignatureException {
        String line;
        while ((line = reader.readLine()) != null) {
            number++;
            String entry = line.strip();
            if (!entry.isEmpty() && !entry.startsWith("#")) {
                entry(entry);
            }
        }
    }

    private void entry(String entry) throws SignatureException {
        int kindEnd = endOfWord(entry, 0);
        String rest = entry.substring(kindEnd).stripLeading();
        int idEnd = endOfWord(rest, 0);
        String fieldText = rest.substring(idEnd).stripLeading();
        if (fieldText.isEmpty()) {
            throw problem("expected KIND ID field=value, found '" + entry + "'");
        }
        Map<String, String> fields = fields(fieldText);
        String id = rest.substring(0, idEnd);
        switch (entry.substring(0, kindEnd)) {
            case "idle" -> tables.idle.add(signature(id, fields));
            case "passive" -> tables.passive.add(signature(id, fields));
            case "call" -> call(id, fields);
            case "role" -> role(id, fields);
            case "library" -> tables.libraries.addAll(list(fields, "classes"));
            case "client" -> {
                for (String prefix : list(fields, "classes")) {
                    tables.clients.put(prefix, id);
                }
            }
            case "lock" -> lock(id, fields);
            case "tool" -> tables.tools.add(signature(id.replace('-', ' '), fields));
            case "pool" -> tables.pools.add(pool(id, fields));
            case "pair" ->
                tables.pairs.add(new QueuePair(
                        id, FramePattern.list(one(fields, "producer")), FramePattern.list(one(fields, "consumer"))));
            case "keeper" -> tables.keepers.add(new PoolKeeper(id, keeperName(fields)));
            case "load" ->
                tables.loads.add(new ValueLoad(
                        id, FramePattern.list(one(fields, "waits")), FramePattern.list(one(fields, "loads"))));
            case "frames" -> tables.frames.merge(id, FramePattern.list(one(fields, "any")), Tables::join);
            default -> throw problem("unknown kind of entry '" + entry.substring(0, kindEnd) + "'");
        }
    }

    private Map<String, String> fields(String text) throws SignatureException {
        Map<String, String> fields = new HashMap<>();
        String rest = text;
        while (!rest.isEmpty()) {
            int equals = rest.indexOf('=');
            if (equals <= 0) {
                throw problem("expected field=value, found '" + rest + "'");
            }
            String key = rest.substring(0, equals);
            int end = key.equals("name") ? rest.length() : endOfWord(rest, equals);
            fields.put(key, rest.substring(equals + 1, end));
            rest = rest.substring(end).stripLeading();
        }
        return fields;
    }

    private static int endOfWord(String text, int from) {
        int end = from;
        while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private Signature signature(String id, Map<String, String> fields) throws SignatureException {
        for (String key : fields.keySet()) {
            if (!STACK_FIELDS.contains(key)) {
                throw problem("unknown field '" + key + "'");
            }
        }
        if (fields.isEmpty() || (fields.size() == 1 && fields.containsKey("unless"))) {
            throw problem("would match every thread");
        }
        return new Signature(
                id,
                frames(fields, "top"),
                frames(fields, "within"),
                frames(fields, "unless"),
                depth(fields),
                regex(fields));
    }

    private int depth(Map<String, String> fields) throws SignatureException {
        String depth = fields.get("depth");
        try {
            return depth == null ? Integer.MAX_VALUE : Integer.parseInt(depth);
        } catch (NumberFormatException e) {
            throw problem("depth is no number");
        }
    }

    private void call(String id, Map<String, String> fields) throws SignatureException {
        int slash = id.indexOf('/');
        String kind = slash < 0 ? id : id.substring(0, slash);
        try {
            Call call = new Call(id.substring(slash + 1), Call.Kind.valueOf(kind));
            tables.calls.add(new Tables.CallSignature(call, signature(id, fields)));
        } catch (IllegalArgumentException e) {
            throw problem("unknown kind of call '" + kind + "'");
        }
    }

    private void role(String id, Map<String, String> fields) throws SignatureException {
        try {
            Role role = new Role(id, Double.parseDouble(one(fields, "weight")));
            fields.remove("weight");
            tables.roles.add(new Tables.RoleSignature(role, signature(id, fields)));
        } catch (NumberFormatException e) {
            throw problem("weight is no number");
        }
    }

    private ConnectionPools pool(String id, Map<String, String> fields) throws SignatureException {
        return new ConnectionPools(
                id,
                list(fields, "borrows"),
                fields.containsKey("told") ? list(fields, "told") : List.of(),
                FramePattern.list(one(fields, "holding")),
                frames(fields, "connecting"),
                frames(fields, "opening"),
                frames(fields, "joining"),
                frames(fields, "helping"),
                frames(fields, "suspending"));
    }

    private void lock(String id, Map<String, String> fields) throws SignatureException {
        try {
            SynchronizerKind kind = SynchronizerKind.valueOf(id);
            for (String pattern : list(fields, "classes")) {
                tables.locks.add(new Tables.LockClass(new FramePattern(pattern), kind));
            }
        } catch (IllegalArgumentException e) {
            throw problem("unknown kind of lock '" + id + "'");
        }
    }

    private static List<FramePattern> frames(Map<String, String> fields, String key) {
        return FramePattern.list(fields.getOrDefault(key, ""));
    }

    private Pattern keeperName(Map<String, String> fields) throws SignatureException {
        Pattern name = regex(fields);
        if (name == null || name.matcher("").groupCount() != 1) {
            throw problem("name needs one group, the name of the pool");
        }
        return name;
    }

    private @Nullable Pattern regex(Map<String, String> fields) throws SignatureException {
        String regex = fields.get("name");
        try {
            return regex == null ? null : Pattern.compile(regex);
        } catch (PatternSyntaxException e) {
            throw problem("name is no regular expression: " + e.getDescription());
        }
    }

    private List<String> list(Map<String, String> fields, String key) throws SignatureException {
        return List.of(one(fields, key).split(","));
    }

    private String one(Map<String, String> fields, String key) throws SignatureException {
        String value = fields.get(key);
        if (value == null || value.isEmpty()) {
            throw problem("field '" + key + "' is missing");
        }
        return value;
    }

    private SignatureException problem(String text) {
        return new SignatureException(file, number, text);
    }
}
