package dev.whyhung.rules;

import dev.whyhung.finding.Finding;
import dev.whyhung.finding.Fix;
import dev.whyhung.finding.Nature;
import dev.whyhung.finding.Quantity;
import dev.whyhung.finding.RuleInfo;
import dev.whyhung.graph.Facts;
import dev.whyhung.graph.thread.Persistence;
import dev.whyhung.graph.thread.Spin;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.graph.thread.ThreadNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Threads burn CPU at one place and do not get on. */
final class SpinLivelock implements Rule {

    private static final RuleInfo INFO =
            RuleInfo.of("spin-livelock", "A thread runs in circles and burns CPU", Nature.OPAQUE);

    /** An idle stack is seen in every dump of a loop that does some work as well; not if it has next to no time for work. */
    private static final double HARDLY_EVER_IDLE = .8;

    private static final double NOTABLE = .2;

    private static final int CERTAIN_DUMPS = 3;
    private static final Duration FOR_LONG = Duration.ofSeconds(20);
    /** It computes, or waits again and again for less than is recorded. */
    private static final double RECORDED = .55;

    /** What the place tells about the spinning, from the most telling to mere suspicion. */
    private enum Circle {
        HELD("runs at one place, and keeps others waiting", .75),
        ENDLESS("stands in code that is known to run in circles", .75),
        WAITING("waits by spinning", .75),
        SELECT("finds its wait over at once, again and again", .75),
        BUSY_SELECT("may find its wait over at once, again and again, or just have much to do", .35),
        LOCK(
                "spins as if for a lock of its own make",
                .35,
                "Nobody is in the code that takes it: whoever had it may have left without releasing it. Threads that poll for work look the same."),
        LOOP("may run in circles, or compute something long", .35, "A long computation looks the same.");

        private final String title;
        private final double confidence;
        private final String doubt;

        Circle(String title, double confidence) {
            this(title, confidence, "");
        }

        Circle(String title, double confidence, String doubt) {
            this.title = title;
            this.confidence = confidence;
            this.doubt = doubt;
        }

        String kind() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> examine(Facts facts) {
        Map<String, List<ThreadFacts>> byPlace = new LinkedHashMap<>();
        for (ThreadFacts thread : facts.those(each -> each.spin().isPresent())) {
            circle(facts, thread)
                    .ifPresent(circle -> byPlace.computeIfAbsent(circle + thread.whereText(), key -> new ArrayList<>())
                            .add(thread));
        }
        return byPlace.values().stream()
                .map(threads ->
                        finding(facts, threads, circle(facts, threads.get(0)).orElseThrow()))
                .toList();
    }

    private static Optional<Circle> circle(Facts facts, ThreadFacts thread) {
        if (thread.spin().isEmpty() || thread.isJvm() || thread.waitsFor().polls()) {
            return Optional.empty();
        }
        Spin spin = thread.spin().get();
        if (thread.reading().idle(thread.name()).isPresent()) {
            boolean always = spin.dumps() >= CERTAIN_DUMPS && spin.share() >= NOTABLE;
            return always
                    ? Optional.of(spin.share() >= HARDLY_EVER_IDLE ? Circle.SELECT : Circle.BUSY_SELECT)
                    : Optional.empty();
        }
        if (thread.isStuck()) {
            boolean loop = EventLoopBlocked.isLoop(thread) && spin.kind() == Spin.Kind.OTHER;
            return loop ? Optional.empty() : Optional.of(ofStuck(spin));
        }
        if (SpinLock.isAwaitedBy(facts, thread)) {
            return Optional.of(Circle.LOCK);
        }
        return thread.role().is("REQUEST") && (spin.dumps() >= CERTAIN_DUMPS || isOfWholePool(facts, thread))
                ? Optional.of(Circle.LOOP)
                : Optional.empty();
    }

    /** As a recording tells, no worker of its pool has done anything else for long. */
    private static boolean isOfWholePool(Facts facts, ThreadFacts thread) {
        return !facts.recorded().isEmpty()
                && thread.pool()
                        .filter(pool -> pool.workers().size() > 1)
                        .filter(pool -> pool.workers().stream()
                                .allMatch(worker -> worker.spin()
                                        .filter(spin -> spin.span().compareTo(FOR_LONG) >= 0)
                                        .isPresent()))
                        .isPresent();
    }

    private static Circle ofStuck(Spin spin) {
        return switch (spin.kind()) {
            case ENDLESS -> Circle.ENDLESS;
            case WAITING -> Circle.WAITING;
            case OTHER -> Circle.HELD;
        };
    }

    private static Finding finding(Facts facts, List<ThreadFacts> threads, Circle circle) {
        ThreadFacts first = threads.get(0);
        Spin spin = first.spin().orElseThrow();
        boolean recorded = spin.dumps() == 1;
        String used = Math.round(spin.share() * 100) + " % of a core "
                + (recorded ? "in all its life, and " + noWait(facts) + " in the last " : "over ")
                + spin.span().toSeconds() + " s" + (recorded ? "," : "") + Account.at(first.whereText());
        Finding.Draft draft = Finding.of(INFO)
                .kind(circle.kind())
                .headline(Account.quoted(first) + ' ' + circle.title + others(threads.size() - 1))
                .explanation(
                        "It has used " + used
                                + (recorded
                                        ? ", where the last sample has it, too."
                                        : " and stands at the same place in " + spin.dumps() + " dumps."),
                        circle.doubt)
                .confidence(recorded ? Math.min(circle.confidence, RECORDED) : circle.confidence)
                .persistence(Persistence.measured(spin.span()))
                .site(first.whereText())
                .chain(Account.quoted(first) + ' ' + circle.title + Account.at(first.whereText()))
                .fix(fix(circle))
                .captureNext(
                        "jcmd <pid> JFR.start duration=60s filename=spin.jfr   # which lines, from execution samples")
                .captureNext(Account.THREE_DUMPS);
        threads.forEach(thread -> draft.culprit(Account.culprit(thread)).target(new ThreadNode(thread.id())));
        if (circle == Circle.SELECT) {
            draft.background();
        }
        draft.evidence(Account.exhibit(facts, first, "has used " + used));
        SampleShare.of(facts, threads).ifPresent(draft::evidence);
        return draft.build();
    }

    private static String others(int count) {
        return count == 0 ? "" : (count == 1 ? "; so does " : "; so do ") + count + " more";
    }

    /** It may wait all the time, for less than is recorded. */
    private static String noWait(Facts facts) {
        Duration least = facts.recorded().leastWait();
        return least.isZero()
                ? "no wait is recorded"
                : "no wait of " + Quantity.duration(least) + " or more is recorded";
    }

    private static Fix fix(Circle circle) {
        return switch (circle) {
            case ENDLESS -> ENDLESS;
            case SELECT, BUSY_SELECT ->
                Fix.of(
                        "Withdraw the interest in writing when there is nothing to write, cancel keys of closed channels,"
                                + " and update the library: an event loop whose select returns at once was a defect of several.");
            case LOCK -> RELEASE;
            case HELD -> OUTSIDE;
            case WAITING, LOOP -> LATCH;
        };
    }

    private static final Fix OUTSIDE = new Fix(
            "Compute without the lock, and take it only to publish the result. If it runs in circles, it needs an end first.",
            "lock.lock(); try { table = compute(input); } finally { lock.unlock(); }",
            "var computed = compute(input); lock.lock(); try { table = computed; } finally { lock.unlock(); }");

    private static final Fix RELEASE = new Fix(
            "Release it in finally; and use a lock of java.util.concurrent, whose waiters take no CPU and show in a dump.",
            "guard.enter(); trade(); guard.leave();",
            "lock.lock(); try { trade(); } finally { lock.unlock(); }");

    private static final Fix LATCH = new Fix(
            "Wait for the event itself, with a limit, and not in a loop that asks for it.",
            "while (!loaded) { Thread.onSpinWait(); }",
            "if (!loadedLatch.await(2, TimeUnit.SECONDS)) { throw new IllegalStateException(\"not loaded\"); }");
    private static final Fix ENDLESS = Fix.of(
            "Use ConcurrentHashMap where several threads write; a HashMap that two threads change may form a circle. Rewrite a"
                    + " regular expression that backtracks without end (nested quantifiers), or limit the length of its input.");
}
