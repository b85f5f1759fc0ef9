package dev.whyhung.rules;

import dev.whyhung.finding.Finding;
import dev.whyhung.finding.Fix;
import dev.whyhung.finding.Nature;
import dev.whyhung.finding.RuleInfo;
import dev.whyhung.graph.Facts;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.graph.thread.ThreadNode;
import java.util.List;

/** Somebody has suspended the threads of the application from outside. */
final class DebuggerOrAgentSuspended implements Rule {

    private static final RuleInfo INFO =
            RuleInfo.of("debugger-or-agent-suspended", "Threads are suspended by a debugger or agent", Nature.OPAQUE);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> examine(Facts facts) {
        List<ThreadFacts> frozen = List.copyOf(facts.those(ThreadFacts::isFrozen));
        return frozen.isEmpty() || !isDebugged(facts) ? List.of() : List.of(finding(facts, frozen));
    }

    /** The agent's own threads; that the debugger is connected shows only in some versions. */
    static boolean isDebugged(Facts facts) {
        return facts.any(thread -> thread.name().startsWith("JDWP "));
    }

    private static Finding finding(Facts facts, List<ThreadFacts> frozen) {
        Finding.Draft draft = Finding.of(INFO)
                .headline(Account.threads(frozen.size())
                        + " could run and got no CPU, and a debugger's agent is loaded: somebody has suspended them")
                .explanation(
                        "They wait for nothing, they are runnable, and they have used no CPU between the dumps.",
                        "A debugger that stops a thread leaves it like this, and with it whatever lock it holds.",
                        "Threads that were waiting when they were suspended look as if they still waited.")
                .confidence(.9)
                .persistence(Facts.strongest(frozen))
                .background()
                .site(frozen.get(0).whereText())
                .chain("a debugger or agent has suspended threads")
                .chain(Account.threads(frozen.size()) + " cannot go on, "
                        + Account.at(frozen.get(0).whereText()).strip())
                .fix(
                        Fix.of(
                                "Resume or detach the debugger: it is whoever is connected to the port that -agentlib:jdwp names."))
                .fix(
                        Fix.of(
                                "Start services without the agent, or suspend single threads at breakpoints (suspend policy: thread)."))
                .captureNext("ss -tnp | grep <pid>   # who is connected to the debug port");
        frozen.forEach(thread -> draft.target(new ThreadNode(thread.id())));
        Account.show(draft, facts, frozen, 5);
        return draft.build();
    }
}
