package dev.whyhung.rules;

import dev.whyhung.finding.Finding;
import dev.whyhung.finding.Fix;
import dev.whyhung.finding.Nature;
import dev.whyhung.finding.RuleInfo;
import dev.whyhung.graph.Facts;
import dev.whyhung.graph.thread.Resource;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.graph.thread.ThreadNode;
import dev.whyhung.knowledge.Call;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A crowd of virtual threads waits for something of which there is a fixed number. */
final class VthreadsBehindBoundedResource implements Rule {

    private static final RuleInfo INFO = RuleInfo.of(
            "vthreads-behind-bounded-resource",
            "A crowd of virtual threads waits for permits or pooled connections",
            Nature.TRANSPARENT);

    private static final int CROWD = 100;
    private static final Set<Resource.Kind> BOUNDED =
            EnumSet.of(Resource.Kind.PERMITS, Resource.Kind.CONNECTIONS, Resource.Kind.QUEUE);
    private static final Set<Call.Kind> BOUNDED_CALLS = EnumSet.of(Call.Kind.PERMIT, Call.Kind.BORROW, Call.Kind.PUT);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> examine(Facts facts) {
        Map<Object, List<ThreadFacts>> crowds = new LinkedHashMap<>();
        facts.stuck(thread -> thread.thread().isVirtual() && bound(thread).isPresent())
                .forEach(thread -> crowds.computeIfAbsent(bound(thread).orElseThrow(), key -> new ArrayList<>())
                        .add(thread));
        List<Finding> findings = new ArrayList<>();
        Set<ThreadFacts> told = crowds.isEmpty() ? Set.of() : QueueFullProducerBlocked.told(facts);
        for (List<ThreadFacts> crowd : crowds.values()) {
            if (crowd.size() >= CROWD && !told.contains(crowd.get(0))) {
                findings.add(finding(facts, crowd));
            }
        }
        return findings;
    }

    /** What it waits for, or, where the dump does not tell, the place where it does. */
    private static Optional<Object> bound(ThreadFacts thread) {
        Optional<Resource> resource = thread.waitsFor().resource();
        if (resource.isPresent()) {
            return resource.filter(bound -> BOUNDED.contains(bound.kind())).map(bound -> bound);
        }
        return thread.waitsFor()
                .call()
                .filter(call -> BOUNDED_CALLS.contains(call.kind()))
                .map(call -> thread.whereText());
    }

    private static List<ThreadFacts> servers(Facts facts, ThreadFacts waiter) {
        return waiter.waitsFor()
                .resource()
                .map(resource -> facts.graph().holder(resource).holders())
                .orElse(List.of());
    }

    private static Finding finding(Facts facts, List<ThreadFacts> crowd) {
        ThreadFacts first = crowd.get(0);
        String site = first.whereText();
        Finding.Draft draft = Finding.of(INFO)
                .headline(
                        crowd.size() + " virtual threads wait at one place: the first of them " + Account.doing(first))
                .explanation(
                        "Virtual threads are as many as the load; what they wait for is not. The crowd is the consequence: look at"
                                + " those who have what it waits for.",
                        "Their number is no fault by itself, but each holds its request, and no limit turns new ones away.")
                .confidence(.9)
                .persistence(ThreadPoolExhausted.prevailing(crowd, servers(facts, first)))
                .site(site)
                .chain(crowd.size() + " virtual threads wait" + Account.at(site))
                .fix(Fix.of("Acquire with a timeout, and turn requests away when too many wait already."));
        first.waitsFor()
                .resource()
                .ifPresentOrElse(
                        resource -> draft.resource(resource).target(resource),
                        () -> crowd.forEach(thread -> draft.target(new ThreadNode(thread.id()))));
        Account.show(draft, facts, crowd, 3);
        return draft.build();
    }
}
