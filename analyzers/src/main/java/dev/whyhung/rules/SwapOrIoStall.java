package dev.whyhung.rules;

import dev.whyhung.finding.Finding;
import dev.whyhung.finding.Fix;
import dev.whyhung.finding.Nature;
import dev.whyhung.finding.RuleInfo;
import dev.whyhung.graph.Facts;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.graph.thread.ThreadNode;
import java.util.List;

/** Threads could run, wait for nothing, and get no CPU: the machine does not let them. */
final class SwapOrIoStall implements Rule {

    private static final RuleInfo INFO =
            RuleInfo.of("swap-or-io-stall", "Threads could run and get no CPU", Nature.EXOGENOUS);

    private static final int CROWD = 3;
    private static final double PRESSED = .65;
    private static final double SHRUNK = .55;

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> examine(Facts facts) {
        List<ThreadFacts> frozen = List.copyOf(facts.those(ThreadFacts::isFrozen));
        return frozen.size() < CROWD || DebuggerOrAgentSuspended.isDebugged(facts)
                ? List.of()
                : List.of(finding(facts, frozen));
    }

    private static Finding finding(Facts facts, List<ThreadFacts> frozen) {
        MemoryPressure memory = MemoryPressure.of(facts);
        Finding.Draft draft = Finding.of(INFO)
                .headline(Account.threads(frozen.size()) + " could run, wait for nothing, and got no CPU")
                .explanation(
                        "They stand in code that only computes, and have used no CPU between the dumps.",
                        "Either their memory has to be fetched first (swap, a mapped file on a slow or dead disk), or the"
                                + " machine does not schedule them (a container's limit, a stopped or frozen process, an overloaded"
                                + " host), or the JVM holds them up itself (allocation, loading of code).",
                        cause(memory))
                .confidence(memory.isShort() ? PRESSED : memory.mayBeTaken() ? SHRUNK : .5)
                .persistence(Facts.strongest(frozen))
                .site(frozen.get(0).whereText())
                .chain("the machine does not let them run")
                .chain(Account.threads(frozen.size()) + " cannot go on, "
                        + Account.at(frozen.get(0).whereText()).strip())
                .fix(Fix.of("Look at the machine before the code: paging, disk latency, CPU limits, steal time."))
                .fix(Fix.of("Keep the heap in memory: less heap than the machine or container has, no swap for JVMs, or"
                        + " -XX:+AlwaysPreTouch to find out at start."))
                .captureNext("vmstat 1 5; cat /proc/pressure/*   # paging and starvation")
                .captureNext("grep -e VmSwap -e State /proc/<pid>/status; cat /proc/<pid>/task/*/wchan");
        memory.signs().forEach(draft::evidence);
        frozen.forEach(thread -> draft.target(new ThreadNode(thread.id())));
        Account.show(draft, facts, frozen, 5);
        return draft.build();
    }

    private static String cause(MemoryPressure memory) {
        if (memory.isShort()) {
            return "The recording shows that memory was short.";
        }
        return memory.mayBeTaken()
                ? "What the process has in memory fell, which fits memory that was taken from it, or that it gave back."
                : "Which of these it is, a dump does not show.";
    }
}
