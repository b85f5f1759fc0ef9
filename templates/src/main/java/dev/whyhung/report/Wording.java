package dev.whyhung.report;

import dev.whyhung.diagnose.Identity;
import dev.whyhung.diagnose.ProcessDiagnosis;
import dev.whyhung.diagnose.rank.RankedFinding;
import dev.whyhung.diagnose.rank.Severity;
import dev.whyhung.diagnose.verdict.Verdict;
import dev.whyhung.finding.Culprit;
import dev.whyhung.finding.Nature;
import dev.whyhung.finding.Quantity;
import dev.whyhung.model.DumpInfo;
import dev.whyhung.model.InputReport;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What all renderers say in the same words: numbers, durations, counts, and which findings stand where. */
final class Wording {

    /** Longest thread name that is shown whole. */
    static final int LONGEST_NAME = 120;

    private static final int MOST_SOURCES = 3;

    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

    private Wording() {}

    /** {@code critical}, {@code not-applicable}: the public name of a constant. */
    static String id(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static BigDecimal rounded(double value, int decimals) {
        return BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_UP);
    }

    /** {@code 95%}. */
    static String percent(double share) {
        return rounded(share * 100, 0).toPlainString() + "%";
    }

    /** The time in ISO-8601, with its offset where that is known; null if the dump prints no time. */
    static @Nullable String iso(DumpInfo dump) {
        LocalDateTime time = dump.takenAt();
        ZoneOffset offset = dump.offset();
        if (time == null) {
            return null;
        }
        return offset == null
                ? DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(time)
                : DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time.atOffset(offset));
    }

    /** The time as people read it, or "time unknown". */
    static String time(DumpInfo dump) {
        LocalDateTime time = dump.takenAt();
        ZoneOffset offset = dump.offset();
        return time == null ? "time unknown" : SECONDS.format(time) + (offset == null ? "" : " " + offset);
    }

    /** The process id; of several also {@code com.acme.Orders, started 2026-11-22 10:00:00}. */
    static List<String> whose(ProcessDiagnosis process, boolean several) {
        Identity identity = process.identity();
        List<String> facts = new ArrayList<>();
        if (several || identity.pid() != null) {
            facts.add(identity.pid() == null ? "pid unknown" : "pid " + identity.pid());
        }
        String program = identity.tool() == null ? identity.program() : identity.tool();
        if (several && program != null) {
            facts.add(Legible.shortened(program, LONGEST_NAME));
        }
        String started = started(process);
        if (several && started != null) {
            facts.add("started " + started);
        }
        return facts;
    }

    static @Nullable String started(ProcessDiagnosis process) {
        LocalDateTime started = process.identity().started();
        return started == null ? null : SECONDS.format(started);
    }

    /** The inputs that a process was read from, the first of them by name. */
    static String inputs(ProcessDiagnosis process) {
        List<String> sources =
                process.dumps().stream().map(DumpInfo::source).distinct().toList();
        String named = sources.stream()
                .limit(MOST_SOURCES)
                .map(source -> Legible.shortened(source, LONGEST_NAME / 2))
                .collect(Collectors.joining(", "));
        int more = sources.size() - MOST_SOURCES;
        return more > 0 ? named + " and " + more + " more" : named;
    }

    /** {@code 1 hung, 2 healthy}. */
    static String verdicts(List<ProcessDiagnosis> processes) {
        Map<String, Long> counts = processes.stream()
                .collect(Collectors.groupingBy(
                        process -> id(process.verdict().status()), LinkedHashMap::new, Collectors.counting()));
        return counts.entrySet().stream()
                .map(each -> each.getValue() + " " + each.getKey())
                .collect(Collectors.joining(", "));
    }

    /** The time of day, or what the threads' own clocks say, or empty. */
    static String clock(DumpInfo dump) {
        LocalDateTime time = dump.takenAt();
        if (time != null) {
            return CLOCK.format(time);
        }
        return dump.uptimeNanos() < 0 ? "" : "up " + Quantity.duration(Duration.ofNanos(dump.uptimeNanos()));
    }

    /** {@code 0.4 ms}, {@code 12 ms}, {@code 3.2 s}: CPU time. */
    static String cpu(long nanos) {
        if (nanos >= 1_000_000_000) {
            return Quantity.duration(Duration.ofNanos(nanos));
        }
        double millis = nanos / 1e6;
        return rounded(millis, millis < 10 ? 1 : 0).toPlainString() + " ms";
    }

    /** A role as people write it: {@code event loop}. */
    static String role(String role) {
        return role.toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** Since when the first finding is known to hold: the time of the earliest dump that shows it, or null. */
    static @Nullable String since(ProcessDiagnosis process) {
        List<RankedFinding> leading = leading(process);
        LocalDateTime taken =
                process.dumps().isEmpty() ? null : process.focusInfo().takenAt();
        if (taken == null || leading.isEmpty()) {
            return null;
        }
        Duration span = leading.get(0).finding().persistence().span();
        return span.isZero() ? null : CLOCK.format(taken.minus(span));
    }

    /** {@code 2 dumps over 10 s}. */
    static String dumps(ProcessDiagnosis process) {
        List<DumpInfo> dumps = process.dumps();
        String count = Quantity.count(dumps.size(), "dump");
        if (dumps.size() < 2) {
            return count;
        }
        Optional<Duration> span = dumps.get(0).until(dumps.get(dumps.size() - 1));
        return span.map(time -> count + " over " + Quantity.duration(time)).orElse(count);
    }

    /** The findings that stand for themselves, by rank. */
    static List<RankedFinding> leading(ProcessDiagnosis process) {
        List<RankedFinding> leading = new ArrayList<>();
        for (RankedFinding finding : process.findings()) {
            if (finding.foldedUnder() == null && finding.severity() != Severity.INFO) {
                leading.add(finding);
            }
        }
        return leading;
    }

    /** The findings about the evidence, by rank. */
    static List<RankedFinding> informational(ProcessDiagnosis process) {
        return process.findings().stream()
                .filter(finding -> finding.severity() == Severity.INFO)
                .toList();
    }

    /** The findings folded under this one, directly or under one of those, by rank. */
    static List<RankedFinding> folded(ProcessDiagnosis process, RankedFinding cause) {
        Set<String> causes = new HashSet<>(Set.of(cause.id()));
        int before;
        do {
            before = causes.size();
            for (RankedFinding finding : process.findings()) {
                if (causes.contains(finding.foldedUnder())) {
                    causes.add(finding.id());
                }
            }
        } while (causes.size() > before);
        causes.remove(cause.id());
        return process.findings().stream()
                .filter(finding -> causes.contains(finding.id()))
                .toList();
    }

    /** Whether the verdict says already what the finding says. */
    static boolean isSaidBy(Verdict verdict, RankedFinding ranked) {
        return withoutPeriod(verdict.headline())
                .equals(withoutPeriod(ranked.finding().headline()));
    }

    private static String withoutPeriod(String sentence) {
        return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    }

    /** The rule and its sub-kind: {@code lock-held-across-blocking-call (across-io)}. */
    static String rule(RankedFinding ranked) {
        String kind = ranked.finding().kind();
        return ranked.finding().rule().id() + (kind == null ? "" : " (" + kind + ")");
    }

    /** {@code 200 of 210 stuck threads}; its victims where none of them is stuck in the examined dump. */
    static String explains(ProcessDiagnosis process, RankedFinding ranked) {
        int reached = ranked.explained();
        if (reached > 0) {
            return reached + " of " + Quantity.count(process.stuck(), "stuck thread");
        }
        return keepsNobodyWaiting(ranked)
                ? "no waiting thread"
                : Quantity.count(ranked.victims().size(), "waiting thread");
    }

    /** How long the wait is known to have lasted. */
    static String persistence(RankedFinding ranked) {
        var persistence = ranked.finding().persistence();
        String proof = ranked.finding().permanent() ? "; it cannot end by itself" : "";
        return switch (persistence.kind()) {
            case MEASURED -> "unchanged for " + Quantity.duration(persistence.span()) + proof;
            case SINGLE -> "seen in one dump only" + proof;
            case PROGRESS -> keepsNobodyWaiting(ranked) ? "it comes and goes" : "it moved between dumps";
        };
    }

    private static boolean keepsNobodyWaiting(RankedFinding ranked) {
        return ranked.explained() == 0 && ranked.victims().size() == 0;
    }

    /** The name in quotes and the id: {@code "order-pool-1" (#27)}, said to be gone where it is. */
    static String culprit(Culprit culprit, int longestName) {
        String id = '#' + culprit.id().text();
        String name = culprit.thread().isEmpty()
                ? id
                : '"' + Legible.shortened(culprit.thread(), longestName) + "\" (" + id + ')';
        return (culprit.virtual() ? "virtual thread " : "") + name + (culprit.alive() ? "" : ", no longer alive");
    }

    /** What to blame where no thread is. */
    static String instead(RankedFinding ranked) {
        boolean outside = ranked.finding().rule().nature() == Nature.EXOGENOUS;
        return ranked.finding().resources().stream()
                .findFirst()
                .map(resource -> (outside ? "no thread, but " : "no thread is known; ") + resource.label())
                .orElse("no thread is known");
    }

    /** What the inputs were taken for: {@code 2 hotspot-text with 2 dumps, 1 jfr with 3 dumps; 1 not read}. */
    static String formats(List<InputReport> inputs) {
        Map<String, List<InputReport>> read = inputs.stream()
                .filter(input -> input.status() != InputReport.Status.SKIPPED)
                .collect(Collectors.groupingBy(InputReport::format, LinkedHashMap::new, Collectors.toList()));
        String taken = read.entrySet().stream()
                .map(each -> each.getValue().size() + " " + each.getKey() + holding(each.getValue()))
                .collect(Collectors.joining(", "));
        long skipped = inputs.stream()
                .filter(input -> input.status() == InputReport.Status.SKIPPED)
                .count();
        String rest = skipped == 0 ? "" : skipped + " not read";
        return taken.isEmpty() || rest.isEmpty() ? taken + rest : taken + "; " + rest;
    }

    private static String holding(List<InputReport> inputs) {
        int dumps = inputs.stream().mapToInt(InputReport::dumps).sum();
        return dumps == 0 ? "" : " with " + Quantity.count(dumps, "dump");
    }

    /** {@code 640 bytes}, {@code 12 kB}, {@code 3.4 MB}. */
    static String size(long bytes) {
        if (bytes < 1_000) {
            return Quantity.count(bytes, "byte");
        }
        boolean small = bytes < 1_000_000;
        double number = bytes / (small ? 1e3 : 1e6);
        return rounded(number, number < 10 ? 1 : 0).toPlainString() + (small ? " kB" : " MB");
    }

    /** What is wrong with an input, or null if nothing is. */
    static @Nullable String problem(InputReport input) {
        String message = input.message();
        if (input.status() == InputReport.Status.READ && input.skippedLines() == 0 && message == null) {
            return null;
        }
        StringBuilder text = new StringBuilder(id(input.status()));
        if (input.skippedLines() > 0) {
            text.append(", ")
                    .append(Quantity.count(input.skippedLines(), "line"))
                    .append(" skipped");
            if (!input.skipped().isEmpty()) {
                text.append(" (first: line ")
                        .append(input.skipped().get(0).line())
                        .append(')');
            }
        }
        return message == null ? text.toString() : text + ": " + message;
    }
}
