package dev.whyhung.rules;

import dev.whyhung.finding.Finding;
import dev.whyhung.finding.Nature;
import dev.whyhung.finding.RuleInfo;
import dev.whyhung.graph.Facts;
import dev.whyhung.graph.thread.Resource;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.model.Visible;
import java.util.ArrayList;
import java.util.List;

/** Threads wait for a monitor, and no thread of the dump is printed as its holder. */
final class OwnerNotPrinted implements Rule {

    private static final RuleInfo INFO = RuleInfo.of(
            "owner-not-printed",
            "The holder of a monitor is not in this dump",
            Nature.DATA_QUALITY,
            Visible.MONITOR_OWNERS);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> examine(Facts facts) {
        boolean everyOwnerShown = facts.shows(Visible.UNMOUNTED_VIRTUAL_THREADS) && facts.shows(Visible.CARRIERS);
        if (everyOwnerShown || facts.dump().truncated()) {
            return List.of();
        }
        List<Finding> findings = new ArrayList<>();
        for (Resource resource : facts.graph().resources()) {
            List<ThreadFacts> waiters = facts.graph().waiters(resource);
            boolean ownerless = facts.graph().holder(resource).holders().isEmpty();
            boolean lasting =
                    waiters.size() >= 2 || waiters.get(0).persistence().isMeasured();
            if (resource.kind() == Resource.Kind.MONITOR && ownerless && lasting) {
                findings.add(finding(facts, resource, waiters));
            }
        }
        return findings;
    }

    private static Finding finding(Facts facts, Resource monitor, List<ThreadFacts> waiters) {
        Finding.Draft draft = Finding.of(INFO)
                .headline(Account.threadsWait(waiters.size()) + " for " + Account.lock(monitor)
                        + ", whose holder is not in this dump")
                .explanation("A monitor cannot be left behind: the JVM releases it when its block is left.", who(facts))
                .resource(monitor)
                .captureNext(
                        "jcmd <pid> Thread.dump_to_file -format=json <file>   # from JDK 25 on with monitors of virtual threads");
        Account.show(draft, facts, waiters, 3);
        return draft.build();
    }

    private static String who(Facts facts) {
        int version = facts.dump().javaVersion();
        if (version > PinReason.LAST_WITH_PINNING_MONITORS) {
            return "Its holder is most likely a virtual thread that waits for something without being mounted.";
        }
        return version >= FIRST_WITH_VIRTUAL_THREADS
                ? "Its holder is most likely a virtual thread: this JVM prints no frames of those on its carriers."
                : "Its holder may be native code, or it was just changing hands.";
    }

    private static final int FIRST_WITH_VIRTUAL_THREADS = 21;
}
