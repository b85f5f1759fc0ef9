package dev.whyhung.rules;

import dev.whyhung.graph.Carriers;
import dev.whyhung.graph.Carriers.Carrier;
import dev.whyhung.graph.Carriers.Use;
import dev.whyhung.graph.Facts;
import dev.whyhung.graph.Resource;
import dev.whyhung.graph.ThreadFacts;
import dev.whyhung.graph.ThreadNode;
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
        List<Carrier> pinned = carriers.usedAs(Use.PINNED);
        return pinned.isEmpty() || carriers.areExhausted() ? List.of() : List.of(finding(facts, carriers, pinned));
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
