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
import dev.whyhung.model.ThreadStatus;
import java.util.ArrayList;
import java.util.List;

/** Threads that each wait for a monitor or lock which the next one holds. */
final class DeadlockMonitorOrLock implements Rule {

    private static final RuleInfo INFO =
            RuleInfo.of("deadlock-monitor-or-lock", "Threads wait for each other's monitors or locks", Nature.OPAQUE);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> examine(Facts facts) {
        List<Finding> findings = new ArrayList<>();
        for (List<ThreadFacts> cycle : facts.graph().cycles()) {
            boolean initializes =
                    cycle.stream().anyMatch(member -> member.waitsFor().kind() == Wait.Kind.CLASS_INIT);
            if (!initializes
                    && !ChmRecursiveUpdate.isOfBins(cycle)
                    && !ResourceLockCycle.isOfShared(facts.graph(), cycle)) {
                findings.add(finding(facts, cycle));
            }
        }
        NestedAcquire.all(facts).forEach(nested -> findings.add(nested.finding(INFO, facts)));
        return findings;
    }

    /** Edges of different instants prove a circle only if they are there again. */
    private static double asPrinted(Facts facts, List<ThreadFacts> cycle) {
        if (facts.dump().isOfOneInstant()) {
            return .99;
        }
        return Facts.weakest(cycle).isMeasured() ? .97 : .9;
    }

    private static Finding finding(Facts facts, List<ThreadFacts> cycle) {
        boolean printed =
                cycle.stream().allMatch(member -> facts.graph().holder(awaited(member)) instanceof Holder.Known);
        boolean timed = cycle.stream().anyMatch(member -> member.thread().status() == ThreadStatus.PARKED_TIMED);
        Finding.Draft draft = Finding.of(INFO)
                .knot()
                .headline(cycle.size() + " threads are deadlocked: " + ring(cycle))
                .explanation(
                        "Each of them waits for something that the next one holds, so none of them can ever go on.",
                        timed
                                ? "One of them waits with a timeout: it may give up and try again for ever."
                                : "Only a restart ends it.",
                        printed ? "Every step is printed by the JVM." : "Not every owner is printed; one is concluded.")
                .confidence((printed ? asPrinted(facts, cycle) : .55) - (timed ? .3 : 0))
                .persistence(Facts.weakest(cycle))
                .site(Account.acquireSite(cycle));
        cycle.forEach(member -> describe(draft, facts, member));
        if (printed) {
            draft.printed();
        }
        if (printed && facts.dump().isOfOneInstant()) {
            draft.persistence(Facts.weakest(cycle).sinceItBegan());
        }
        if (printed && !timed) {
            draft.permanent();
        }
        return draft.fix(ORDER).fix(ONE_LOCK).build();
    }

    static final Fix ORDER = new Fix("Take these locks in one order everywhere.", """
            synchronized (from) { synchronized (to) { move(from, to); } }""", """
            Account first = from.id() < to.id() ? from : to;
            Account second = first == from ? to : from;
            synchronized (first) { synchronized (second) { move(from, to); } }""");
    private static final Fix ONE_LOCK = Fix.of(
            "Or guard both with one lock, or use tryLock with a timeout and back off; call no foreign code under a lock.");

    private static void describe(Finding.Draft draft, Facts facts, ThreadFacts member) {
        Resource awaited = awaited(member);
        draft.culprit(Account.culprit(member))
                .target(new ThreadNode(member.id()))
                .resource(awaited)
                .chain(Account.quoted(member) + " waits for " + Account.lock(awaited) + Account.at(member.whereText()))
                .evidence(Account.exhibit(
                        facts, member, "waits for " + Account.lock(awaited) + " and holds " + held(facts, member)));
    }

    private static String held(Facts facts, ThreadFacts member) {
        return String.join(
                ", ", facts.graph().heldBy(member).stream().map(Account::lock).toList());
    }

    private static Resource awaited(ThreadFacts member) {
        return member.waitsFor().resource().orElseThrow();
    }

    private static String ring(List<ThreadFacts> cycle) {
        List<String> names = new ArrayList<>();
        cycle.stream().limit(4).map(Account::quoted).forEach(names::add);
        if (cycle.size() > 4) {
            names.add("…");
        }
        names.add(Account.quoted(cycle.get(0)));
        return String.join(" → ", names);
    }
}
