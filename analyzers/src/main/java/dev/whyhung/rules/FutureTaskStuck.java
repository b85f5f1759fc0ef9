package dev.whyhung.rules;

import dev.whyhung.finding.Finding;
import dev.whyhung.finding.Fix;
import dev.whyhung.finding.Nature;
import dev.whyhung.finding.RuleInfo;
import dev.whyhung.graph.Facts;
import dev.whyhung.graph.thread.Holder;
import dev.whyhung.graph.thread.Persistence;
import dev.whyhung.graph.thread.Resource;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.graph.thread.ThreadNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Threads wait for results, and the workers that should give them are stuck themselves. */
final class FutureTaskStuck implements Rule {

    private static final RuleInfo INFO =
            RuleInfo.of("future-task-stuck", "Threads wait for tasks whose workers are stuck", Nature.TRANSPARENT);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> examine(Facts facts) {
        Map<String, List<Resource>> bySite = new LinkedHashMap<>();
        for (Resource resource : facts.graph().resources()) {
            if (resource.kind() == Resource.Kind.FUTURE
                    && facts.graph().holder(resource) instanceof Holder.Inferred holder
                    && isStuckElsewhere(facts, resource, holder.threads())) {
                String site = facts.graph().waiters(resource).get(0).whereText();
                bySite.computeIfAbsent(site, key -> new ArrayList<>()).add(resource);
            }
        }
        List<Finding> findings = new ArrayList<>();
        bySite.values().forEach(futures -> findings.add(finding(facts, futures)));
        return findings;
    }

    /** All candidates are stuck, and in another pool than the waiters: within one pool it is a pool that waits for itself. */
    private static boolean isStuckElsewhere(Facts facts, Resource future, List<ThreadFacts> producers) {
        List<ThreadFacts> waiters = facts.graph().waiters(future);
        return producers.stream().allMatch(ThreadFacts::isStuck)
                && waiters.stream().anyMatch(ThreadFacts::isStuck)
                && waiters.stream()
                        .allMatch(waiter -> waiter.pool().isEmpty()
                                || producers.stream()
                                        .noneMatch(worker -> worker.pool().equals(waiter.pool())));
    }

    private static double confidence(Facts facts, Resource future, double certainty) {
        boolean measured = Facts.strongest(facts.graph().waiters(future)).isMeasured()
                && Facts.strongest(facts.graph().holder(future).holders()).isMeasured();
        if (!measured && facts.graph().isServed(future)) {
            return Account.MERE_LOAD;
        }
        return certainty >= .6 ? .8 : .6;
    }

    /** The tasks are stuck only as long as those are who run them. */
    private static Persistence persistence(List<ThreadFacts> waiters, List<ThreadFacts> producers) {
        Persistence waiting = ThreadPoolExhausted.prevailing(waiters);
        Persistence working = ThreadPoolExhausted.prevailing(producers);
        return working.isMeasured() ? waiting : working;
    }

    private static Finding finding(Facts facts, List<Resource> futures) {
        List<ThreadFacts> producers = facts.graph().holder(futures.get(0)).holders();
        List<ThreadFacts> waiters = futures.stream()
                .flatMap(future -> facts.graph().waiters(future).stream())
                .filter(ThreadFacts::isStuck)
                .toList();
        double certainty = facts.graph().holder(futures.get(0)).edgeCertainty();
        ThreadFacts worker = producers.get(0);
        String doing = Account.doing(worker) + Account.at(worker.whereText());
        Finding.Draft draft = Finding.of(INFO)
                .headline(Account.threadsWait(waiters.size()) + " for results of stuck tasks" + ofPool(worker))
                .explanation(
                        "The workers that run such tasks are stuck: " + Account.quoted(worker) + ' ' + doing + '.',
                        "That these are the awaited tasks is concluded from the code; no dump prints who completes a result.")
                .confidence(confidence(facts, futures.get(0), certainty))
                .persistence(persistence(waiters, producers))
                .site(waiters.get(0).whereText())
                .chain(Account.quoted(worker) + ' ' + doing)
                .chain(Account.threadsWait(waiters.size()) + " for the result"
                        + Account.at(waiters.get(0).whereText()))
                .fix(new Fix(
                        "Do not wait for a result without a limit.",
                        "future.get();",
                        "future.get(2, TimeUnit.SECONDS);   // or orTimeout(2, SECONDS) on a CompletableFuture"));
        for (ThreadFacts producer : producers) {
            draft.target(new ThreadNode(producer.id())).culprit(Account.culprit(producer));
        }
        futures.stream().limit(3).forEach(draft::resource);
        Account.show(draft, facts, producers, 3);
        Account.show(draft, facts, waiters, 2);
        return draft.build();
    }

    private static String ofPool(ThreadFacts worker) {
        return worker.pool().map(pool -> " of pool " + pool.name()).orElse("");
    }
}
