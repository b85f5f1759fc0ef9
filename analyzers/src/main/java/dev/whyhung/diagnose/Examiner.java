package dev.whyhung.diagnose;

import dev.whyhung.diagnose.chronicle.Charts;
import dev.whyhung.diagnose.chronicle.Chronicle;
import dev.whyhung.diagnose.chronicle.ChronicleBuilder;
import dev.whyhung.diagnose.rank.Alike;
import dev.whyhung.diagnose.rank.Ignore;
import dev.whyhung.diagnose.rank.RankedFinding;
import dev.whyhung.diagnose.rank.Ranking;
import dev.whyhung.diagnose.rank.Severity;
import dev.whyhung.diagnose.verdict.Judge;
import dev.whyhung.diagnose.verdict.Verdict;
import dev.whyhung.diagnose.view.Views;
import dev.whyhung.finding.Finding;
import dev.whyhung.finding.RuleInfo;
import dev.whyhung.graph.Facts;
import dev.whyhung.knowledge.Knowledge;
import dev.whyhung.model.Evidence;
import dev.whyhung.model.InputReport;
import dev.whyhung.model.ThreadDump;
import dev.whyhung.model.Visible;
import dev.whyhung.rules.Rule;
import dev.whyhung.rules.Rules;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/** Runs every rule over the evidence about every process, and draws the conclusion. */
public final class Examiner {

    private final Knowledge knowledge;
    private final List<Ignore> ignores;
    private final List<Rule> rules;

    public Examiner(Knowledge knowledge, List<Ignore> ignores) {
        this(knowledge, ignores, Rules.ALL);
    }

    Examiner(Knowledge knowledge, List<Ignore> ignores, List<Rule> rules) {
        this.knowledge = knowledge;
        this.ignores = List.copyOf(ignores);
        this.rules = List.copyOf(rules);
    }

    public Diagnosis examine(String version, List<InputReport> inputs, List<Evidence> processes) {
        List<String> ignored = new ArrayList<>();
        List<ProcessDiagnosis> diagnoses = new ArrayList<>();
        for (Evidence evidence : processes) {
            diagnoses.add(examineAll(evidence, ignored));
        }
        diagnoses.sort(Comparator.<ProcessDiagnosis>comparingInt(
                        process -> BAD_FIRST.indexOf(process.verdict().status()))
                .thenComparing(process -> process.identity().tool() != null));
        return new Diagnosis(version, inputs, diagnoses, ignored);
    }

    private static final List<Verdict.Status> BAD_FIRST =
            List.of(Verdict.Status.HUNG, Verdict.Status.DEGRADED, Verdict.Status.INCONCLUSIVE, Verdict.Status.HEALTHY);

    /** Of the last dump; or, where that shows no hang, of the latest before it in which the service had stood still since another one. */
    private ProcessDiagnosis examineAll(Evidence evidence, List<String> ignored) {
        Facts facts = Facts.of(evidence, knowledge);
        ProcessDiagnosis last = examine(facts, ignored);
        if (last.verdict().status() != Verdict.Status.HEALTHY) {
            return last;
        }
        List<ThreadDump> latestFirst = new ArrayList<>(evidence.past());
        Collections.reverse(latestFirst);
        return latestFirst.stream()
                .map(facts::asOf)
                .filter(then -> !standsThereAgain(then, facts))
                .map(then -> examine(then, ignored))
                .filter(Examiner::stoodStill)
                .findFirst()
                .map(hang -> hang.overIn(evidence.focus().info()))
                .orElse(last);
    }

    /** Most of those who were stuck then wait for the next of the same, though nobody is stuck now: they are used to wait as long. */
    private static boolean standsThereAgain(Facts then, Facts now) {
        long again = then.stuck().stream()
                .filter(thread -> now.thread(thread.id())
                        .filter(later -> later.thread()
                                .stack()
                                .isSamePlace(thread.thread().stack()))
                        .isPresent())
                .count();
        return again * 2 > then.stuck().size();
    }

    private static boolean stoodStill(ProcessDiagnosis process) {
        return process.verdict().status() == Verdict.Status.HUNG
                && process.findings().stream()
                        .anyMatch(finding -> finding.severity().atLeast(Severity.HIGH)
                                && finding.finding().persistence().isMeasured());
    }

    private ProcessDiagnosis examine(Facts facts, List<String> ignored) {
        Evidence evidence = facts.evidence();
        List<Check> checks = new ArrayList<>();
        List<Finding> findings = new ArrayList<>();
        List<String> leftOut = new ArrayList<>();
        for (Rule rule : rules) {
            List<Finding> found = new ArrayList<>();
            checks.add(run(rule, facts, found));
            found.removeIf(finding -> isIgnored(finding, ignored));
            findings.addAll(foremost(facts, found, leftOut));
        }
        Ranking ranking = new Ranking(facts, findings);
        List<RankedFinding> ranked = ranking.rank();
        Chronicle chronicle = ChronicleBuilder.of(facts, ranked);
        Identity identity = Identity.of(facts);
        Views views = new Views(facts, ranking.stuck(), ranked);
        return new ProcessDiagnosis(
                identity,
                evidence.hasDump() ? evidence.dumps() : List.of(),
                evidence.focusIndex(),
                ranking.stuck().size(),
                facts.those(thread -> thread.thread().isVirtual()).size(),
                new Judge(facts, ranking, ranked).verdict(identity.tool()),
                ranked,
                ranking.unexplained(),
                checks,
                views.blockers(),
                views.stacks(),
                views.threads(),
                views.inventory(Charts.of(chronicle)),
                chronicle,
                notes(evidence, identity, ranking, leftOut));
    }

    /** More of one rule nobody reads, and every finding is ranked against every other. */
    private static final int MOST_OF_A_RULE = 500;

    private static List<Finding> foremost(Facts facts, List<Finding> found, List<String> leftOut) {
        if (found.size() <= MOST_OF_A_RULE) {
            return found;
        }
        leftOut.add("Of " + found.size() + " findings of " + found.get(0).rule().id() + ", the " + MOST_OF_A_RULE
                + " surest with the most threads behind them are told.");
        return found.stream()
                .sorted(Comparator.<Finding>comparingDouble(
                                finding -> finding.confidence() * (1 + waiters(facts, finding)))
                        .reversed())
                .limit(MOST_OF_A_RULE)
                .toList();
    }

    private static int waiters(Facts facts, Finding finding) {
        return finding.resources().stream()
                .mapToInt(resource -> facts.graph().stuckWaiters(resource).size())
                .sum();
    }

    private static List<String> notes(Evidence evidence, Identity identity, Ranking ranking, List<String> leftOut) {
        List<String> notes = new ArrayList<>(evidence.notes());
        notes.addAll(leftOut);
        ranking.afterTheFact()
                .forEach(finding -> notes.add("After the fact: this began more than a minute after the"
                        + " service had stopped. " + finding.headline() + '.'));
        if (identity.tool() != null) {
            notes.add(
                    0,
                    "This process is " + identity.tool() + ". If it is a service that hangs, dump that: jcmd -l lists"
                            + " the Java processes of a machine with their ids.");
        }
        return notes;
    }

    /** What a rule lacks; where it needs facts of a dump and events, either will do. */
    private static List<String> missing(RuleInfo rule, Facts facts) {
        List<String> missing = rule.needs().stream()
                .filter(need -> !facts.shows(need))
                .map(Visible::title)
                .sorted()
                .toList();
        boolean either = !rule.needs().isEmpty();
        if (rule.events().isEmpty() || (either && missing.isEmpty())) {
            return missing;
        }
        List<String> events = rule.events().stream()
                .filter(event -> !facts.recorded().wouldShow(event))
                .map(event -> "a recording with jdk." + event)
                .sorted()
                .toList();
        return either && !events.isEmpty() ? missing : events;
    }

    private static final String RECORD = "jcmd <pid> JFR.start   # later: jcmd <pid> JFR.dump filename=<file>";

    private static Check run(Rule rule, Facts facts, List<Finding> findings) {
        List<String> missing = missing(rule.info(), facts);
        if (!missing.isEmpty()) {
            String capture = rule.info().needs().isEmpty() ? RECORD : "jcmd <pid> Thread.print -l";
            return new Check(rule.info(), Check.Outcome.NOT_APPLICABLE, missing, capture);
        }
        try {
            List<Finding> found = rule.examine(facts);
            findings.addAll(Alike.together(found));
            return new Check(rule.info(), found.isEmpty() ? Check.Outcome.CLEAR : Check.Outcome.FOUND, missing, "");
        } catch (RuntimeException e) {
            return new Check(rule.info(), Check.Outcome.FAILED, missing, e.toString());
        }
    }

    private boolean isIgnored(Finding finding, List<String> ignored) {
        boolean matches = ignores.stream().anyMatch(ignore -> ignore.matches(finding));
        String text = finding.rule().id() + ": " + finding.headline();
        if (matches && !ignored.contains(text)) {
            ignored.add(text);
        }
        return matches;
    }
}
