package dev.whyhung.rules;

import dev.whyhung.finding.Finding;
import dev.whyhung.finding.Fix;
import dev.whyhung.finding.Nature;
import dev.whyhung.finding.RuleInfo;
import dev.whyhung.finding.Tier;
import dev.whyhung.graph.Facts;
import dev.whyhung.graph.thread.Resource;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.graph.waitfor.WaitForGraph;
import dev.whyhung.model.Frame;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Who has the connections or permits waits for a lock, and the owner of the lock for a connection or permit. */
final class ResourceLockCycle implements Rule {

    private static final RuleInfo INFO = RuleInfo.of(
            "resource-lock-cycle", "A lock and a limited resource are waited for in a circle", Nature.OPAQUE);

    private static final double GUESS = .3;
    private static final int MOST = 10;

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> examine(Facts facts) {
        return knots(facts).stream().map(knot -> finding(facts, knot)).toList();
    }

    /** The knots that this rule tells of. */
    static List<List<ThreadFacts>> knots(Facts facts) {
        List<List<ThreadFacts>> knots = new ArrayList<>(facts.graph().knots());
        facts.graph().circles().stream()
                .filter(circle -> knots.stream().noneMatch(circle::containsAll))
                .forEach(knots::add);
        knots.removeIf(knot -> !isOfSeveral(knot) || !isOfShared(facts.graph(), knot));
        return knots;
    }

    /** Every thread of such a knot. */
    static Set<ThreadFacts> knotted(Facts facts) {
        Set<ThreadFacts> knotted = facts.noThreads();
        knots(facts).forEach(knotted::addAll);
        return knotted;
    }

    private static boolean isOfSeveral(List<ThreadFacts> knot) {
        return knot.stream().map(ResourceLockCycle::awaited).distinct().count() > 1;
    }

    private static boolean isShared(WaitForGraph graph, ThreadFacts member) {
        return member.waitsFor().resource().filter(graph::isShared).isPresent();
    }

    /** Whether a circle is one of shared things: then it is no matter of {@link DeadlockMonitorOrLock}. */
    static boolean isOfShared(WaitForGraph graph, List<ThreadFacts> cycle) {
        return cycle.stream().anyMatch(member -> isShared(graph, member));
    }

    private static Finding finding(Facts facts, List<ThreadFacts> knot) {
        List<ThreadFacts> culprits = culprits(facts.graph(), knot);
        Set<Resource> resources = new LinkedHashSet<>();
        culprits.forEach(member -> resources.add(awaited(member)));
        knot.forEach(member -> resources.add(awaited(member)));
        ThreadFacts first = culprits.get(0);
        Finding.Draft draft = Finding.of(INFO)
                .knot()
                .headline(Account.threads(knot.size()) + " wait in a circle: " + Account.quoted(first) + " for "
                        + name(awaited(first)) + ", and those who may have it for what it holds")
                .explanation(
                        Account.quoted(first) + " waits for " + name(awaited(first)) + Account.at(first.whereText())
                                + '.',
                        "Every thread that may have it, by its code, waits directly or through others for "
                                + Account.quoted(first) + '.',
                        "No dump prints who has permits, connections or read locks: that there is no other holder is"
                                + " concluded.")
                .confidence(confidence(facts, knot))
                .persistence(Facts.weakest(knot))
                .site(first.whereText());
        for (Resource resource : resources) {
            draft.resource(resource).target(resource);
        }
        culprits.stream().limit(MOST).map(Account::culprit).forEach(draft::culprit);
        knot.stream()
                .limit(4)
                .forEach(member -> draft.chain(Account.quoted(member) + " waits for " + name(awaited(member))
                        + Account.at(member.whereText())));
        Account.show(draft, facts, culprits, 3);
        Account.show(
                draft,
                facts,
                knot.stream().filter(member -> !culprits.contains(member)).toList(),
                3);
        return draft.fix(ORDER)
                .fix(Fix.of("Let the acquisition of both end: tryLock, tryAcquire, a borrow timeout of a few seconds."))
                .build();
    }

    /** Who holds a lock and waits for the limited resource; in a circle without a lock, everyone. */
    private static List<ThreadFacts> culprits(WaitForGraph graph, List<ThreadFacts> knot) {
        List<ThreadFacts> holders = knot.stream()
                .filter(member -> isShared(graph, member))
                .filter(member -> graph.heldBy(member).stream().anyMatch(held -> !graph.isShared(held)))
                .toList();
        return holders.isEmpty() ? knot : holders;
    }

    private static Object whereMethod(ThreadFacts member) {
        return member.where().<Object>map(Frame::qualifiedMethod).orElse(member);
    }

    private static Resource awaited(ThreadFacts member) {
        return member.waitsFor().resource().orElseThrow();
    }

    private static String name(Resource resource) {
        return resource.kind() == Resource.Kind.CONNECTIONS
                ? "a connection of " + resource.name()
                : Account.lock(resource);
    }

    private static double confidence(Facts facts, List<ThreadFacts> knot) {
        WaitForGraph graph = facts.graph();
        boolean withLock = knot.stream().anyMatch(member -> member.waitsFor().isExclusive());
        if (!withLock) {
            boolean onePlace =
                    knot.stream().map(ResourceLockCycle::whereMethod).distinct().count() == 1;
            return Unowned.ofAbsence(
                    facts, onePlace ? ONE_PLACE : Facts.weakest(knot).isMeasured() ? .7 : .55);
        }
        boolean guessed =
                knot.stream().anyMatch(member -> graph.holder(awaited(member)).edgeCertainty() <= GUESS);
        return Unowned.ofAbsence(facts, guessed ? .65 : .85);
    }

    /** Threads that wait at one place for a thing of their own each may as well wait for somebody outside. */
    private static final double ONE_PLACE = Tier.HINT_AT_MOST;

    private static final Fix ORDER =
            new Fix("Acquire the limited resource before the lock, or never both at a time.", """
            synchronized (audit) {
                try (Connection connection = dataSource.getConnection()) { write(connection); }
            }""", """
            try (Connection connection = dataSource.getConnection()) {
                synchronized (audit) { write(connection); }
            }""");
}
