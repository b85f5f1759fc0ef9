package dev.whyhung.report;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What the names look like that a report may not pass on. Rather one too many than one too few, but no class name. */
final class Secrets {

    private static final String TOP_LEVEL =
            "(?:com|net|org|edu|gov|mil|int|info|biz|io|dev|app|cloud|name|test|example|invalid"
                    + "|internal|intern|intra|intranet|local|localdomain|lan|home|corp|private|prod|svc|consul|onion|xyz|site|tech"
                    + "|(?!gz|so|js|md|sh|py|rs|ts|cs|cc|hs|kt)[a-z]{2})";
    private static final String LABEL = "[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?";
    private static final String PACKAGES = "(?!(?:com|org|net|java|javax|jakarta|jdk|sun|kotlin|scala)\\.)";
    private static final String BYTE = "(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)";

    /** Named groups: url with scheme, authority and rest; mail; path; address; host. */
    static final Pattern PLACE =
            Pattern.compile("(?<url>(?<scheme>[a-zA-Z][a-zA-Z0-9+.-]*)://(?<authority>[^\\s/\"'<>()\\[\\]{},;|]+)"
                    + "(?<rest>[^\\s\"'<>()\\[\\]{},;|]*))"
                    + "|(?<mail>[\\w.+-]+@[\\w-]+(?:\\.[\\w-]+)+)"
                    + "|(?<path>(?<![\\w.])(?:[A-Za-z]:\\\\|\\\\\\\\)[^\\s\"'<>|:*?]+"
                    + "|(?<![\\w./<])/[\\w@%+~-][^\\s\"'<>()\\[\\]{},;|:]*)"
                    + "|(?<address>(?<![\\w.:])(?:(?:[0-9a-fA-F]{1,4}:){3,7}[0-9a-fA-F]{1,4}"
                    + "|(?:[0-9a-fA-F]{1,4}:)*[0-9a-fA-F]{0,4}::(?:[0-9a-fA-F]{1,4}:)*[0-9a-fA-F]{1,4})(?![\\w:])"
                    + "|(?<![\\w.])" + BYTE + "(?:\\." + BYTE + "){3}(?![\\w+.]*\\+|[\\w])"
                    + "|(?<![\\w])ip(?:-" + BYTE + "){4}(?!\\w)(?:\\." + LABEL + ")*)"
                    + "|(?<host>(?<![\\w.@$-])" + PACKAGES + "(?:" + LABEL + "\\.)+" + TOP_LEVEL
                    + "(?![\\w(-]|\\.\\w))");

    static final List<String> KINDS = List.of("mail", "path", "address", "host");

    /** Groups of letters and digits with dots and underscores between them, and the groups by themselves. */
    static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+(?:[._+-][\\p{L}\\p{N}]+)*");

    static final Pattern PART = Pattern.compile("[\\p{L}\\p{N}]+");

    static final Pattern HOME = Pattern.compile("(?:/home/|/Users/|[A-Za-z]:\\\\Users\\\\)([^/\\\\\\s\"':]+)");

    /** Where a thread name holds the name of a person; the first group is that name. */
    static final List<Pattern> NAMES = List.of(
            Pattern.compile("(?i)(?<![a-z])(?:user(?:name|id)?|login|principal|account|uid|tenant|session|behalf of)"
                    + "[\\s:=\\[(\"'/_-]+([\\p{L}\\p{N}][\\p{L}\\p{N}.+_-]*[\\p{L}\\p{N}])"),
            Pattern.compile("(?i)(?<![a-z])(?:customer|client|owner|subject|member|author|by)\\s*[:=\\[(]\\s*"
                    + "[\"']?([\\p{L}\\p{N}][\\p{L}\\p{N}.+_-]*[\\p{L}\\p{N}])"),
            Pattern.compile("[\\[({<]([\\p{Ll}]{2,}(?:[._][\\p{Ll}]{2,})?)[\\])}>]"),
            Pattern.compile("(?<![\\p{L}\\p{N}._/\\\\@-])([\\p{Ll}]{2,}\\.[\\p{Ll}]{3,})(?![\\p{L}\\p{N}._(@-])"),
            Pattern.compile("([\\w.+-]+)@[\\w.-]+"));

    /** Words that stand where names do and are none. */
    private static final Set<String> ORDINARY = Set.of(
            "queue",
            "pool",
            "thread",
            "threads",
            "worker",
            "executor",
            "request",
            "requests",
            "scheduler",
            "timer",
            "manager",
            "service",
            "cleanup",
            "cleaner",
            "cleanser",
            "listener",
            "handler",
            "monitor",
            "connection",
            "connections",
            "cache",
            "default",
            "main",
            "null",
            "none",
            "unknown",
            "event",
            "events",
            "loop",
            "http",
            "https",
            "task",
            "tasks",
            "store",
            "refresh",
            "expiry",
            "expiration",
            "waiting",
            "idle",
            "running",
            "active",
            "daemon",
            "system",
            "init",
            "tuning",
            "self-tuning",
            "winstone",
            "replication",
            "validator",
            "checker",
            "reaper",
            "evictor",
            "housekeeper",
            "sync",
            "acceptor",
            "poller",
            "exec",
            "reader",
            "writer",
            "selector",
            "server",
            "client",
            "the",
            "jetty",
            "tomcat");

    private static final Set<String> EXTENSIONS =
            Set.of("txt", "log", "json", "jfr", "gz", "zip", "tar", "tgz", "out", "dump", "tdump");

    private Secrets() {}

    /** Whether a word could be somebody's name: no number, no word of the trade. */
    static boolean isTelling(String word) {
        return word.length() >= 2
                && word.chars().anyMatch(Character::isLetter)
                && !ORDINARY.contains(word.toLowerCase(Locale.ROOT));
    }

    /** Whether the first label of a host name is one of its own: {@code db01}, not {@code www}. */
    static boolean isNumbered(String label) {
        return label.length() >= 3
                && label.chars().anyMatch(Character::isDigit)
                && label.chars().anyMatch(Character::isLetter);
    }

    /** The page of a well-known project is no secret. */
    static boolean isPublic(String authority) {
        return authority.endsWith("openjdk.org") || authority.endsWith("oracle.com");
    }

    /** The extension of a file name if it tells of a format, else empty. */
    static String extension(String path) {
        String extension = path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return EXTENSIONS.contains(extension) && extension.length() < path.length() ? '.' + extension : "";
    }
}
