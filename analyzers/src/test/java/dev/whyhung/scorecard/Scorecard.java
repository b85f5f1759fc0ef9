package dev.whyhung.scorecard;

import dev.whyhung.diagnose.rank.RankedFinding;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/** The marks of many diagnoses, added up. */
final class Scorecard {

    /** Lower ends of the bins of the calibration table. */
    private static final double[] BINS = {0, .4, .6, .75, .85, .945};

    private static final String ROW = "%-46s %5d %6d %6d %7d %9s%n";

    private final List<Mark> marks;

    Scorecard(List<Mark> marks) {
        this.marks = List.copyOf(marks);
    }

    double shareRight() {
        return share(Mark::isRight);
    }

    double shareAmongThree() {
        return share(Mark::isAmongThree);
    }

    long alarms() {
        return marks.stream().mapToLong(mark -> mark.alarms().size()).sum();
    }

    double shareAdmitted() {
        long wanted = marks.stream()
                .mapToLong(mark -> mark.truth().cannotKnow().size())
                .sum();
        return wanted == 0
                ? 1
                : (double) marks.stream().mapToLong(Mark::admitted).sum() / wanted;
    }

    private double share(Predicate<Mark> test) {
        return marks.isEmpty() ? 1 : (double) marks.stream().filter(test).count() / marks.size();
    }

    /** A line for each group: its runs, top-1, top-3, false alarms, and what it admits of what it cannot know. */
    String table(String title, Function<Mark, String> group) {
        Map<String, List<Mark>> groups = new TreeMap<>();
        marks.forEach(mark -> groups.computeIfAbsent(group.apply(mark), key -> new ArrayList<>())
                .add(mark));
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT, "%-46s %5s %6s %6s %7s %9s%n", title, "runs", "top-1", "top-3", "alarms", "admits"));
        groups.forEach((name, members) -> text.append(row(name, members)));
        return text.append(row("all", marks)).toString();
    }

    private static String row(String name, List<Mark> marks) {
        return String.format(
                Locale.ROOT,
                ROW,
                name,
                marks.size(),
                marks.stream().filter(Mark::isRight).count(),
                marks.stream().filter(Mark::isAmongThree).count(),
                marks.stream().mapToLong(mark -> mark.alarms().size()).sum(),
                marks.stream().mapToLong(Mark::admitted).sum() + "/"
                        + marks.stream()
                                .mapToLong(mark -> mark.truth().cannotKnow().size())
                                .sum());
    }

    /** For each rule: where it is the answer, how often it stands first, among the first three, and is found where it is wrong. */
    String byRule() {
        Map<String, int[]> rules = new TreeMap<>();
        for (Mark mark : marks) {
            for (String rule : mark.truth().causes().stream()
                    .flatMap(cause -> cause.stream())
                    .distinct()
                    .toList()) {
                int[] counts = rules.computeIfAbsent(rule, key -> new int[4]);
                counts[0]++;
                counts[1] += mark.isRight() ? 1 : 0;
                counts[2] += mark.isAmongThree() ? 1 : 0;
            }
            mark.alarms().forEach(rule -> rules.computeIfAbsent(rule, key -> new int[4])[3]++);
        }
        StringBuilder text = new StringBuilder(
                String.format(Locale.ROOT, "%-46s %5s %6s %6s %7s%n", "rule", "runs", "top-1", "top-3", "alarms"));
        rules.forEach((rule, counts) -> text.append(String.format(
                Locale.ROOT, "%-46s %5d %6d %6d %7d%n", rule, counts[0], counts[1], counts[2], counts[3])));
        return text.toString();
    }

    /**
     * Of the findings with about the same confidence, how many are right. Where nothing is known about a finding, as about most
     * that are folded, it is left out of the share.
     */
    String calibration() {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT, "%-14s %6s %6s %6s %9s %9s%n", "confidence", "n", "right", "wrong", "unjudged", "share"));
        for (int bin = 0; bin < BINS.length; bin++) {
            double from = BINS[bin];
            double to = bin + 1 < BINS.length ? BINS[bin + 1] : 1;
            text.append(bin(from, to));
        }
        return text.toString();
    }

    private String bin(double from, double to) {
        int right = 0;
        int wrong = 0;
        int all = 0;
        for (Mark mark : marks) {
            for (RankedFinding finding : mark.ranked()) {
                double confidence = finding.score().confidence();
                if (confidence >= from && confidence < to) {
                    all++;
                    right += mark.truth().allows(Mark.rule(finding)) ? 1 : 0;
                    wrong += mark.truth().denies(Mark.rule(finding)) ? 1 : 0;
                }
            }
        }
        String share = right + wrong == 0 ? "-" : String.format(Locale.ROOT, "%.2f", (double) right / (right + wrong));
        return String.format(
                Locale.ROOT,
                "%.2f to %.2f   %6d %6d %6d %9d %9s%n",
                from,
                to,
                all,
                right,
                wrong,
                all - right - wrong,
                share);
    }

    String misses() {
        StringBuilder text = new StringBuilder();
        for (Mark mark : marks) {
            if (!mark.isRight() || !mark.isAmongThree() || !mark.alarms().isEmpty()) {
                text.append(mark.story()).append(System.lineSeparator());
            }
        }
        return text.length() == 0 ? "none" + System.lineSeparator() : text.toString();
    }
}
