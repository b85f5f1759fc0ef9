package dev.whyhung.rules;

import dev.whyhung.finding.Finding;
import dev.whyhung.finding.Fix;
import dev.whyhung.finding.Nature;
import dev.whyhung.finding.RuleInfo;
import dev.whyhung.graph.Facts;
import dev.whyhung.graph.carrier.Carriers;
import dev.whyhung.graph.carrier.Carriers.Carrier;
import dev.whyhung.graph.carrier.Carriers.Use;
import dev.whyhung.graph.thread.AcquireSite;
import dev.whyhung.graph.thread.Resource;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.graph.thread.ThreadNode;
import dev.whyhung.graph.thread.Wait;
import dev.whyhung.knowledge.Call;
import dev.whyhung.model.Frame;
import dev.whyhung.model.Visible;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Every carrier is held by a virtual thread that waits and cannot leave it; all others wait for a carrier. */
final class CarriersExhaustedPinned implements Rule {

    private static final RuleInfo INFO = RuleInfo.of(
            "carriers-exhausted-pinned",
            "Every carrier is held by a virtual thread that waits and cannot leave it",
            Nature.OPAQUE);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> examine(Facts facts) {
        Carriers carriers = facts.carriers();
        return carriers.areExhausted() && !CarriersExhaustedCpu.isLikely(facts)
                ? List.of(finding(facts, carriers))
                : List.of();
    }

    private static Finding finding(Facts facts, Carriers carriers) {
        List<Carrier> all = carriers.all();
        ThreadFacts first = all.get(0).user();
        PinReason reason = reason(facts, all);
        List<ThreadFacts> heirs = heirs(facts, all);
        String waiting = CarriersExhaustedCpu.waiting(facts);
        String site = first.whereText();
        int pinned = carriers.usedAs(Use.PINNED).size();
        boolean proven = pinned == all.size();
        boolean blocked = pinned + carriers.usedAs(Use.STILL).size() == all.size();
        Finding.Draft draft = Finding.of(INFO)
                .kind(!blocked ? "undecided" : heirs.isEmpty() ? reason.kind() : "baton")
                .headline(headline(all.size(), proven) + "; " + waiting)
                .explanation(explanation(first, reason, heirs, proven))
                .confidence(confidence(facts, carriers))
                .persistence(CarriersExhaustedCpu.persistence(carriers))
                .target(Resource.CARRIERS)
                .resource(Resource.named(Resource.Kind.CARRIERS, all.size() + " of " + all.size()))
                .site(site)
                .chain(Account.threads(all.size())
                        + (blocked ? " cannot leave their carriers" : " keep their carriers")
                        + Account.at(site))
                .chain("no carrier is left")
                .chain(waiting);
        PastPins.of(facts).ifPresent(pins -> draft.evidence(pins.exhibit(facts)));
        for (Carrier carrier : all) {
            draft.culprit(Account.culprit(carrier.user()))
                    .target(new ThreadNode(carrier.user().id()));
        }
        heirs.forEach(heir -> draft.target(new ThreadNode(heir.id())));
        CarriersExhaustedCpu.show(draft, facts);
        if (!facts.shows(Visible.UNMOUNTED_VIRTUAL_THREADS)) {
            draft.captureNext(CarriersExhaustedCpu.ALL_THREADS);
        }
        return draft.fix(Fix.of(reason.remedy()))
                .fix(Fix.of("Until then, -Djdk.virtualThreadScheduler.parallelism=N with a larger N postpones it."))
                .build();
    }

    private static String headline(int carriers, boolean proven) {
        return Account.all(carriers, "carrier")
                + (carriers == 1 ? " is" : " are")
                + (proven ? " pinned by virtual threads that wait" : " taken by virtual threads that do not move");
    }

    private static String[] explanation(ThreadFacts first, PinReason reason, List<ThreadFacts> heirs, boolean proven) {
        return new String[] {
            "A virtual thread that waits normally leaves its carrier to others. " + Account.quoted(first) + ' '
                    + Account.doing(first) + Account.at(first.whereText()) + " and cannot: " + reason.because() + '.',
            heirs.isEmpty()
                    ? ""
                    : "The lock that they wait for is awaited by " + Account.quoted(heirs.get(0))
                            + " as well, which is not mounted: most likely the lock is free and handed to it, and"
                            + " it cannot take it, since it gets no carrier.",
            proven ? "" : "How they wait is not printed; without CPU figures of the carriers they might compute."
        };
    }

    /** The reason of the first that shows one. */
    private static PinReason reason(Facts facts, List<Carrier> all) {
        int version = facts.dump().javaVersion();
        return all.stream()
                .map(carrier -> PinReason.of(carrier.user(), version))
                .filter(reason -> reason != PinReason.NOT_SHOWN)
                .findFirst()
                .orElse(PinReason.NOT_SHOWN);
    }

    /**
     * Virtual threads without a carrier that wait for the lock which the pinned ones wait for, while nobody holds it: one of them
     * has been chosen to take it.
     */
    private static List<ThreadFacts> heirs(Facts facts, List<Carrier> all) {
        Set<ThreadFacts> mounted = new HashSet<>();
        Set<Resource> locks = new HashSet<>();
        Set<String> sites = new HashSet<>();
        for (Carrier carrier : all) {
            mounted.add(carrier.user());
            if (isOwnerlessLock(facts, carrier.user())) {
                carrier.user().waitsFor().resource().ifPresent(locks::add);
                AcquireSite.of(carrier.user()).stream()
                        .findFirst()
                        .map(Frame::text)
                        .ifPresent(sites::add);
            }
        }
        return facts.those(thread -> thread.waitsFor().kind() == Wait.Kind.LOCK).stream()
                .filter(thread -> !mounted.contains(thread))
                .filter(thread -> thread.thread().isVirtual())
                .filter(thread ->
                        thread.waitsFor().resource().filter(locks::contains).isPresent()
                                || AcquireSite.of(thread).stream()
                                        .limit(1)
                                        .map(Frame::text)
                                        .anyMatch(sites::contains))
                .toList();
    }

    private static boolean isOwnerlessLock(Facts facts, ThreadFacts thread) {
        return thread.waitsFor().kind() == Wait.Kind.LOCK
                && thread.waitsFor()
                        .resource()
                        .filter(lock -> !facts.graph().holder(lock).holders().isEmpty())
                        .isEmpty();
    }

    private static double confidence(Facts facts, Carriers carriers) {
        int all = carriers.all().size();
        int pinned = carriers.usedAs(Use.PINNED).size();
        int still = carriers.usedAs(Use.STILL).size();
        boolean lasting = carriers.isQueueLasting();
        if (!facts.shows(Visible.UNMOUNTED_VIRTUAL_THREADS)) {
            boolean measured = CarriersExhaustedCpu.persistence(carriers).isMeasured();
            return (measured ? .6 : .35) + (measured && pinned == all ? .15 : 0);
        }
        if (pinned == all && mayBeAnsweredAtOnce(carriers)) {
            return ONE_MOMENT;
        }
        if (carriers.queueLength() == 0
                && carriers.all().stream()
                        .allMatch(carrier -> carrier.thread().thread().cpuNanos() < 0)) {
            return BY_FRAMES;
        }
        if (pinned == all) {
            return .96
                    + (carriers.scheduler()
                                    .filter(reading -> reading.isStarved())
                                    .isPresent()
                            ? .03
                            : 0);
        }
        if (pinned + still == all) {
            return lasting || CarriersExhaustedCpu.persistence(carriers).isMeasured() ? .9 : .8;
        }
        return pinned > 0 ? (lasting ? .9 : .8) : .7;
    }

    private static final double ONE_MOMENT = .7;
    /** Nobody is seen to wait, and no CPU time tells that they have not moved in between. */
    private static final double BY_FRAMES = .65;

    /** Seen once, all of them wait for another system, as any driver of a database does that synchronizes its calls. */
    private static boolean mayBeAnsweredAtOnce(Carriers carriers) {
        return !CarriersExhaustedCpu.persistence(carriers).isMeasured()
                && carriers.all().stream()
                        .allMatch(carrier -> carrier.user().waitsFor().isOf(ANSWERED));
    }

    private static final Set<Call.Kind> ANSWERED =
            EnumSet.of(Call.Kind.READ, Call.Kind.WRITE, Call.Kind.CONNECT, Call.Kind.REMOTE);
}
