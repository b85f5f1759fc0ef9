package dev.whyhung.rules;

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
import dev.whyhung.model.Frame;
import java.util.List;

/** Some carriers are lost to virtual threads that wait and cannot leave them; others are left. */
final class CarrierPinned implements Rule {

    private static final RuleInfo INFO = RuleInfo.of(
            "carrier-pinned",
            "Carriers are lost to virtual threads that wait and cannot leave them",
            Nature.TRANSPARENT);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> examine(Facts facts) {
        Carriers carriers = facts.carriers();
        List<Carrier> pinned = carriers.usedAs(Use.PINNED).stream()
                .filter(carrier -> !isMadeUpFor(carrier))
                .toList();
        if (carriers.areExhausted()) {
            return List.of();
        }
        return pinned.isEmpty()
                ? PastPins.of(facts).filter(pins -> pins.lost() >= LEAST_LOST).map(pins -> past(facts, pins)).stream()
                        .toList()
                : List.of(finding(facts, carriers, pinned));
    }

    /** The scheduler adds a carrier for the time of an {@code Object.wait}, where that pins at all. */
    private static boolean isMadeUpFor(Carrier carrier) {
        return carrier.user().thread().stack().calls("java.lang.Object.wait");
    }

    private static final double LEAST_LOST = .25;

    /** They went on, so that this is a matter of speed. */
    private static Finding past(Facts facts, PastPins pins) {
        String site = pins.site(facts).map(Frame::text).orElse("");
        return Finding.of(INFO)
                .kind("past")
                .headline("Virtual threads kept carriers while they waited" + Account.at(site))
                .explanation(
                        "The recording has " + pins.text(facts) + '.',
                        "A virtual thread that waits inside a class initializer or native code, before JDK 24 also inside"
                                + " synchronized, keeps its carrier from others.",
                        "All of these went on; nothing hangs because of them.")
                .confidence(.9)
                .persistence(Persistence.PROGRESS)
                .resource(Resource.named(Resource.Kind.CARRIERS, "pinned in the past"))
                .site(site)
                .evidence(pins.exhibit(facts))
                .fix(
                        Fix.of(
                                "Move the call out of the class initializer, native code or, before JDK 24, synchronized block."))
                .build();
    }

    private static Finding finding(Facts facts, Carriers carriers, List<Carrier> pinned) {
        List<ThreadFacts> users = pinned.stream().map(Carrier::user).toList();
        ThreadFacts first = users.get(0);
        PinReason reason = PinReason.of(first, facts.dump().javaVersion());
        int all = carriers.all().size();
        Finding.Draft draft = Finding.of(INFO)
                .kind(reason.kind())
                .headline(pinned.size() + " of " + all + (all == 1 ? " carrier is" : " carriers are")
                        + " pinned by a waiting virtual thread")
                .explanation(
                        Account.quoted(first) + ' ' + Account.doing(first) + Account.at(first.whereText())
                                + " and cannot leave its carrier: " + reason.because() + '.',
                        "That costs capacity, no more, as long as other carriers are free or get free.")
                .confidence(.9)
                .persistence(Facts.strongest(users))
                .resource(Resource.named(Resource.Kind.CARRIERS, pinned.size() + " of " + all))
                .site(first.whereText())
                .chain(Account.quoted(first) + " waits pinned" + Account.at(first.whereText()))
                .fix(Fix.of(reason.remedy()));
        users.forEach(user -> draft.culprit(Account.culprit(user)).target(new ThreadNode(user.id())));
        Account.show(draft, facts, users, 4);
        return draft.build();
    }
}
