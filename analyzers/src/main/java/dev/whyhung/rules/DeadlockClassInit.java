package dev.whyhung.rules;

import dev.whyhung.finding.Finding;
import dev.whyhung.finding.Fix;
import dev.whyhung.finding.Nature;
import dev.whyhung.finding.RuleInfo;
import dev.whyhung.graph.Facts;
import dev.whyhung.graph.thread.Holder;
import dev.whyhung.graph.thread.Resource;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.graph.thread.ThreadNode;
import dev.whyhung.graph.thread.Wait;
import dev.whyhung.model.Visible;
import java.util.ArrayList;
import java.util.List;

/** Class initialisers that wait for each other; the JVM's own deadlock detection does not see them. */
final class DeadlockClassInit implements Rule {

    private static final RuleInfo INFO =
            RuleInfo.of("deadlock-class-init", "Class initializers wait for each other", Nature.OPAQUE);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> examine(Facts facts) {
        List<Finding> findings = new ArrayList<>();
        for (List<ThreadFacts> cycle : facts.graph().cycles()) {
            if (cycle.stream().anyMatch(DeadlockClassInit::waitsForClass)) {
                findings.add(finding(facts, cycle));
            }
        }
        circles(facts).forEach(circle -> findings.add(circle(facts, circle)));
        return findings;
    }

    /** Circles in which an initializer waits for a result, and whoever is to give it for the class. */
    static List<List<ThreadFacts>> circles(Facts facts) {
        return facts.graph().circles().stream()
                .filter(circle -> circle.stream().anyMatch(DeadlockClassInit::waitsForClass))
                .toList();
    }

    private static Finding circle(Facts facts, List<ThreadFacts> circle) {
        List<ThreadFacts> initializers =
                circle.stream().filter(member -> !waitsForClass(member)).toList();
        ThreadFacts first = initializers.get(0);
        List<ThreadFacts> tasks =
                circle.stream().filter(DeadlockClassInit::waitsForClass).toList();
        Finding.Draft draft = Finding.of(INFO)
                .knot()
                .kind("result")
                .headline("The initializer of " + classes(tasks) + " waits for a task that needs the class: "
                        + Account.quoted(first) + ' ' + Account.doing(first))
                .explanation(
                        "The JVM lets one thread initialise a class and makes all others wait for it.",
                        Account.quoted(first) + " does so, and waits" + Account.at(first.whereText()) + " for what "
                                + Account.quoted(tasks.get(0)) + " is to give, which needs that class.",
                        "That this task is the awaited one is concluded from the code.")
                .confidence(Facts.weakest(circle).isMeasured() ? .93 : .85)
                .persistence(Facts.weakest(circle))
                .site(first.whereText());
        initializers.forEach(member -> describe(draft, facts, member));
        tasks.stream().limit(4).forEach(member -> describe(draft, facts, member));
        tasks.stream().skip(4).forEach(member -> draft.target(new ThreadNode(member.id())));
        return draft.fix(Fix.of(
                        "Start no threads and no parallel streams in static initializers: load such things lazily, from an"
                                + " ordinary method."))
                .build();
    }

    /** Two initialisers have not moved; the rest is concluded. */
    private static final double UNPRINTED = .7;

    private static boolean waitsForClass(ThreadFacts thread) {
        return thread.waitsFor().kind() == Wait.Kind.CLASS_INIT;
    }

    private static Finding finding(Facts facts, List<ThreadFacts> cycle) {
        boolean shown = facts.shows(Visible.CLASS_INIT_WAITS);
        double byEdges = cycle.stream()
                .mapToDouble(member -> certainty(facts, member))
                .min()
                .orElse(.6);
        double confidence = shown ? byEdges : Math.min(byEdges, UNPRINTED);
        Finding.Draft draft = Finding.of(INFO)
                .headline(cycle.size() + " threads deadlock in class initialization: " + classes(cycle))
                .explanation(
                        "The JVM lets one thread initialise a class and makes all others wait for it.",
                        "Each of these threads initialises a class and needs one that another of them initialises.",
                        "The JVM does not report this kind of deadlock, and the wait cannot be interrupted.",
                        shown ? "" : "This dump does not print which class each of them waits for.",
                        shown && confidence < UNPRINTED
                                ? "Which of several threads has begun to initialise one of them is not printed."
                                : "")
                .confidence(confidence)
                .persistence(Facts.weakest(cycle))
                .site(cycle.get(0).whereText());
        cycle.forEach(member -> describe(draft, facts, member));
        if (shown) {
            draft.printed();
        }
        if (confidence > .8) {
            draft.permanent().persistence(Facts.weakest(cycle).sinceItBegan());
        }
        return draft.fix(HOLDER).fix(EAGER).build();
    }

    /** .97 with the line for the class and the initialiser's frame, .85 by elimination, .60 where the JDK prints no class. */
    private static double certainty(Facts facts, ThreadFacts member) {
        Resource awaited = awaited(member);
        if (!waitsForClass(member)) {
            return facts.graph().holder(awaited) instanceof Holder.Known ? .97 : .6;
        }
        if (!(facts.graph().holder(awaited) instanceof Holder.Inferred inferred) || inferred.certainty() < .9) {
            return .6;
        }
        return inferred.because().startsWith("has ") ? .97 : .85;
    }

    private static final Fix HOLDER =
            new Fix("Break the cycle between static initializers: create the other class's instance lazily.", """
            class Base { static final Base DEFAULT = new Derived(); }   // Derived extends Base""", """
            class Base {
                private static final class Holder { static final Base DEFAULT = new Derived(); }
                static Base defaultBase() { return Holder.DEFAULT; }
            }""");
    private static final Fix EAGER =
            Fix.of("As a stopgap, touch these classes on one thread at start, before any other thread needs them.");

    private static void describe(Finding.Draft draft, Facts facts, ThreadFacts member) {
        String waits = Account.doing(member);
        draft.culprit(Account.culprit(member))
                .target(new ThreadNode(member.id()))
                .resource(awaited(member))
                .chain(Account.quoted(member) + ' ' + waits + Account.at(member.whereText()))
                .evidence(Account.exhibit(facts, member, waits + Account.at(member.whereText())));
    }

    private static Resource awaited(ThreadFacts member) {
        return member.waitsFor().resource().orElseThrow();
    }

    private static String classes(List<ThreadFacts> cycle) {
        return String.join(
                " ↔ ",
                cycle.stream().map(member -> awaited(member).name()).distinct().toList());
    }
}
