package dev.whyhung.rules;

import dev.whyhung.finding.Exhibit;
import dev.whyhung.finding.Finding;
import dev.whyhung.finding.Fix;
import dev.whyhung.finding.Nature;
import dev.whyhung.finding.RuleInfo;
import dev.whyhung.graph.Facts;
import dev.whyhung.graph.carrier.Carriers;
import dev.whyhung.graph.carrier.Carriers.Carrier;
import dev.whyhung.graph.carrier.Carriers.Use;
import dev.whyhung.graph.thread.Persistence;
import dev.whyhung.graph.thread.Resource;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.graph.thread.ThreadNode;
import dev.whyhung.model.SchedulerReading;
import dev.whyhung.model.ThreadStatus;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Every carrier is held by a virtual thread that computes and never lets go; all others wait for a carrier. */
final class CarriersExhaustedCpu implements Rule {

    static final String ALL_THREADS =
            "jcmd <pid> Thread.dump_to_file -format=json <file>   # has every virtual thread, the queued ones too";

    private static final RuleInfo INFO = RuleInfo.of(
            "carriers-exhausted-cpu", "Every carrier is held by a virtual thread that computes", Nature.OPAQUE);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> examine(Facts facts) {
        return isLikely(facts) ? List.of(finding(facts, facts.carriers())) : List.of();
    }

    /**
     * All carriers use CPU, none is pinned, and virtual threads are known to wait for one. From JDK 24 on, where few things pin, a
     * mounted thread that is printed as runnable most likely computes.
     */
    static boolean isLikely(Facts facts) {
        Carriers carriers = facts.carriers();
        return carriers.areExhausted()
                && carriers.queueLength() > 0
                && carriers.all().stream().allMatch(carrier -> computes(facts, carrier));
    }

    private static boolean computes(Facts facts, Carrier carrier) {
        return carrier.use() == Use.BUSY
                || (carrier.use() == Use.UNDECIDED
                        && facts.dump().javaVersion() > PinReason.LAST_WITH_PINNING_MONITORS
                        && carrier.user().thread().status() == ThreadStatus.RUNNABLE
                        && !WAITING.contains(
                                PinReason.of(carrier.user(), facts.dump().javaVersion())));
    }

    private static final Set<PinReason> WAITING = EnumSet.of(PinReason.CLASS_INIT, PinReason.FILE);

    private static double confidence(Carriers carriers) {
        boolean seen = carriers.usedAs(Use.BUSY).size() == carriers.all().size();
        return carriers.isQueueLasting() ? (seen ? .92 : .75) : seen ? .7 : .6;
    }

    private static Finding finding(Facts facts, Carriers carriers) {
        List<Carrier> all = carriers.all();
        ThreadFacts first = all.get(0).user();
        String site = first.whereText();
        Finding.Draft draft = Finding.of(INFO)
                .headline(Account.all(all.size(), "carrier") + (all.size() == 1 ? " is" : " are")
                        + " taken by virtual threads that compute; " + waiting(facts))
                .explanation(
                        "The JVM does not take a carrier from a virtual thread that computes: it keeps it until it waits for"
                                + " something or ends. " + Account.quoted(first) + " computes" + Account.at(site) + '.',
                        "The others get no turn, whatever they have to do.")
                .confidence(confidence(carriers))
                .persistence(persistence(carriers))
                .target(Resource.CARRIERS)
                .resource(Resource.named(Resource.Kind.CARRIERS, all.size() + " of " + all.size()))
                .site(site)
                .chain(Account.threads(all.size()) + " compute" + (all.size() == 1 ? "s" : "") + Account.at(site))
                .chain("no carrier is left")
                .chain(waiting(facts));
        for (Carrier carrier : all) {
            draft.culprit(Account.culprit(carrier.user()))
                    .target(new ThreadNode(carrier.user().id()));
        }
        show(draft, facts);
        SampleShare.of(facts, all.stream().map(Carrier::user).toList()).ifPresent(draft::evidence);
        return draft.fix(Fix.of(
                        "Compute on a pool of platform threads as large as the machine has processors, and let virtual threads"
                                + " wait for its results."))
                .fix(Fix.of("If it should not compute that long, look at its loop: it may never end."))
                .build();
    }

    /** {@code 20 virtual threads wait for a carrier}, and how that is known. */
    static String waiting(Facts facts) {
        long queue = facts.carriers().queueLength();
        if (queue == 0) {
            return "virtual threads that wait for one are not in this dump";
        }
        return queue + (queue == 1 ? " virtual thread waits" : " virtual threads wait") + " for a carrier";
    }

    /** The carriers' users, some of those who wait, and what the scheduler says. */
    static void show(Finding.Draft draft, Facts facts) {
        Carriers carriers = facts.carriers();
        Account.show(draft, facts, carriers.all().stream().map(Carrier::user).toList(), 4);
        Account.show(draft, facts, carriers.queued(), 2);
        carriers.scheduler().ifPresent(reading -> draft.evidence(exhibit(reading)));
    }

    private static Exhibit exhibit(SchedulerReading reading) {
        return new Exhibit(
                reading.source(),
                reading.line(),
                "scheduler: parallelism " + reading.parallelism() + ", active " + reading.active() + ", running "
                        + reading.running() + ", queued " + reading.queued());
    }

    /** That of the longest wait for a carrier, else of those who hold one. */
    static Persistence persistence(Carriers carriers) {
        if (carriers.isQueueMoving()) {
            return Persistence.PROGRESS;
        }
        Persistence queued = Facts.strongest(carriers.queued());
        return queued.isMeasured()
                ? queued
                : carriers.all().stream()
                                .allMatch(carrier -> carrier.persistence().isMeasured())
                        ? weakest(carriers)
                        : Persistence.SINGLE;
    }

    private static Persistence weakest(Carriers carriers) {
        return carriers.all().stream()
                .map(Carrier::persistence)
                .min(Comparator.comparing(Persistence::span))
                .orElse(Persistence.SINGLE);
    }
}
