package dev.whyhung.rules;

import dev.whyhung.finding.Finding;
import dev.whyhung.finding.Fix;
import dev.whyhung.finding.Nature;
import dev.whyhung.finding.RuleInfo;
import dev.whyhung.finding.Tier;
import dev.whyhung.graph.Facts;
import dev.whyhung.graph.thread.Resource;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.graph.thread.ThreadNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Everyone who may hold a permit is blocked, and the others wait for a permit. */
final class PermitsHeldAcrossBlockingCall implements Rule {

    private static final RuleInfo INFO = RuleInfo.of(
            "permits-held-across-blocking-call", "Permits are held across a call that blocks", Nature.OPAQUE);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> examine(Facts facts) {
        Set<ThreadFacts> knotted = ResourceLockCycle.knotted(facts);
        List<Finding> findings = new ArrayList<>();
        for (Unowned permits : Unowned.permits(facts)) {
            List<ThreadFacts> blocked = permits.blockedHolders();
            boolean all = blocked.size() == permits.holders().size();
            if (!blocked.isEmpty() && all && permits.matters() && !permits.isInKnot(knotted)) {
                findings.add(finding(facts, permits));
            }
        }
        return findings;
    }

    private static Finding finding(Facts facts, Unowned permits) {
        List<ThreadFacts> holders = permits.holders();
        ThreadFacts first = holders.get(0);
        Resource resource = permits.resource();
        String site = Account.acquireSite(permits.waiters());
        String doing = Account.doing(first) + Account.at(first.whereText());
        Optional<String> lender = OwnPool.lender(facts, permits.waiters().get(0));
        Finding.Draft draft = Finding.of(INFO)
                .headline(Account.threadsWait(permits.waiters().size()) + " for "
                        + lender.map(method -> "what " + method + " lends").orElseGet(() -> Account.lock(resource))
                        + " while "
                        + holding(holders) + ' ' + Account.doing(first))
                .explanation(
                        "No dump records who holds permits. " + Account.threads(holders.size())
                                + (holders.size() == 1 ? " stands" : " stand")
                                + " in the code that acquires them without waiting for one: "
                                + Account.quoted(first) + ' ' + doing + '.',
                        "All of them are blocked, so no permit comes back.",
                        "If the permits limit this very call on purpose, what is missing is its timeout.")
                .confidence(confidence(holders))
                .persistence(Facts.weakest(holders))
                .resource(resource)
                .site(site)
                .chain(Account.quoted(first) + ' ' + doing)
                .chain("meanwhile it keeps "
                        + (lender.isPresent() ? "what it was lent" : "its permit of " + Account.lock(resource)))
                .chain(Account.threadsWait(permits.waiters().size()) + " for a permit" + Account.at(site))
                .fix(Fix.of("Give the call that is made under the permit a timeout, or make it before acquiring."))
                .fix(ACQUIRE_WITH_TIMEOUT);
        for (ThreadFacts holder : holders) {
            draft.culprit(Account.culprit(holder)).target(new ThreadNode(holder.id()));
        }
        Account.show(draft, facts, holders, 3);
        Account.show(draft, facts, permits.waiters(), 3);
        return draft.build();
    }

    static final Fix ACQUIRE_WITH_TIMEOUT =
            new Fix("Let waiting for a permit end, and answer that the service is busy.", "permits.acquire();", """
            if (!permits.tryAcquire(2, TimeUnit.SECONDS)) {
                throw new RejectedExecutionException("no permit within 2 s");
            }""");

    private static String holding(List<ThreadFacts> holders) {
        return holders.size() == 1 ? Account.quoted(holders.get(0)) : "those that may hold it wait: one";
    }

    /** A sleep or a wait with a timeout that was seen once ends by itself. */
    private static double confidence(List<ThreadFacts> holders) {
        if (Facts.weakest(holders).isMeasured()) {
            return .75;
        }
        boolean endsByItself =
                holders.stream().anyMatch(holder -> holder.thread().status().isTimed());
        return endsByItself ? Tier.HINT_AT_MOST : .6;
    }
}
