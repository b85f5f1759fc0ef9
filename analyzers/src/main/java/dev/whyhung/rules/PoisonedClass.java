package dev.whyhung.rules;

import dev.whyhung.finding.Finding;
import dev.whyhung.finding.Fix;
import dev.whyhung.finding.Nature;
import dev.whyhung.finding.RuleInfo;
import dev.whyhung.graph.Bereaved;
import dev.whyhung.graph.Facts;
import dev.whyhung.graph.thread.Persistence;
import dev.whyhung.graph.thread.Resource;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.graph.thread.ThreadNode;
import dev.whyhung.graph.time.Death;
import dev.whyhung.model.Frame;
import dev.whyhung.model.Recording.Thrown;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A static initialiser failed once; from then on every use of the class fails. */
final class PoisonedClass implements Rule {

    private static final RuleInfo INFO = RuleInfo.of(
                    "poisoned-class", "A class is unusable since its static initializer failed", Nature.OPAQUE)
            .withEvents("JavaErrorThrow");

    private static final String FIRST = "java.lang.ExceptionInInitializerError";
    private static final String LATER = "java.lang.NoClassDefFoundError";
    private static final String MARK = "Could not initialize class ";

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> examine(Facts facts) {
        Map<String, List<Thrown>> byClass = new TreeMap<>();
        List<Thrown> signs = facts.recorded().thrown(PoisonedClass::isSign);
        Set<String> named =
                signs.stream().map(thrown -> poisoned(facts, thrown)).collect(Collectors.toCollection(TreeSet::new));
        named.remove("");
        for (Thrown thrown : signs) {
            String poisoned = poisoned(facts, thrown);
            String name =
                    poisoned.isEmpty() && named.size() == 1 ? named.iterator().next() : poisoned;
            if (!name.isEmpty()) {
                byClass.computeIfAbsent(name, key -> new ArrayList<>()).add(thrown);
            }
        }
        List<Finding> findings = new ArrayList<>();
        byClass.forEach((name, thrown) -> {
            List<Death> dead = facts.recorded().deaths().stream()
                    .filter(death -> death.last().filter(thrown::contains).isPresent())
                    .toList();
            boolean wantedAgain =
                    thrown.stream().anyMatch(each -> each.className().equals(LATER));
            if ((wantedAgain && thrown.size() > 1) || !dead.isEmpty()) {
                findings.add(finding(facts, name, thrown, dead));
            }
        });
        return findings;
    }

    /** Who shares no code with the dead, and was answered as long as one of them lived. */
    private static List<ThreadFacts> sinceTheEndOf(Facts facts, List<Death> dead) {
        return dead.isEmpty() ? List.of() : new Bereaved(facts).sinceTheEndOf(dead.get(dead.size() - 1));
    }

    static boolean isSign(Thrown thrown) {
        return thrown.className().equals(FIRST)
                || (thrown.className().equals(LATER) && thrown.message().startsWith(MARK));
    }

    /**
     * The class: named by the later error; the first one is created when the initializer has ended, and tells no more than who wanted
     * the class. What the initializer itself threw, just before and in the same thread, has its frame.
     */
    private static String poisoned(Facts facts, Thrown thrown) {
        if (thrown.className().equals(LATER)) {
            return thrown.message().substring(MARK.length()).strip();
        }
        Instant begin = thrown.at().minus(JUST_BEFORE);
        return facts
                .recorded()
                .thrown(each -> each.thread().equals(thrown.thread())
                        && each.at().isAfter(begin)
                        && each.at().isBefore(thrown.at()))
                .stream()
                .reduce((one, other) -> other)
                .stream()
                .flatMap(cause -> cause.stack().frames().stream())
                .filter(Frame::isClassInitializer)
                .map(Frame::className)
                .findFirst()
                .orElse("");
    }

    private static final Duration JUST_BEFORE = Duration.ofMillis(100);

    private static Finding finding(Facts facts, String name, List<Thrown> thrown, List<Death> dead) {
        List<ThreadFacts> sharers = new Bereaved(facts)
                .of(thrown.stream().map(Thrown::stack).distinct().toList());
        List<ThreadFacts> waiting = sharers.isEmpty() ? sinceTheEndOf(facts, dead) : sharers;
        boolean both = thrown.stream().map(Thrown::className).distinct().count() == 2;
        Finding.Draft draft = Finding.of(INFO)
                .headline("The class " + name + " is unusable: its static initializer failed")
                .explanation(
                        "The JVM runs a static initializer once. It threw, and since then every use of the class fails with"
                                + " NoClassDefFoundError, until the JVM is restarted.",
                        dead.isEmpty() ? "" : Account.threads(dead.size()) + " died of it.",
                        waiting.isEmpty()
                                ? ""
                                : Account.threadsWait(waiting.size()) + " for what they would have done.")
                .confidence(both && sharers.equals(waiting) ? .97 : .85)
                .persistence(waiting.isEmpty() ? Persistence.SINGLE : Facts.strongest(waiting))
                .resource(Resource.ofClass(name))
                .site(name)
                .chain("the static initializer of " + name + " failed at "
                        + Account.time(thrown.get(0).at()))
                .chain(
                        dead.isEmpty()
                                ? "every use of the class fails"
                                : Account.threads(dead.size()) + " died of the error");
        if (!dead.isEmpty() || !waiting.isEmpty()) {
            draft.permanent();
        }
        thrown.stream().limit(3).forEach(each -> draft.evidence(Account.exhibit(facts, each)));
        dead.stream().limit(5).forEach(death -> draft.culprit(Account.gone(death.thread(), death.last())));
        waiting.forEach(thread -> draft.target(new ThreadNode(thread.id())));
        Account.show(draft, facts, waiting, 2);
        return draft.fix(LOAD_ON_USE)
                .fix(Fix.of("Load such classes at start, so that the process fails at once and visibly."))
                .build();
    }

    private static final Fix LOAD_ON_USE = new Fix(
            "Do nothing in a static initializer that can fail; load on first use, and let a failure be retried.",
            "static final Map<String, Rate> RATES = load(file);",
            """
            static Rates open(Path file) throws IOException {   // the caller decides what a failure means
                return new Rates(load(file));
            }""");
}
