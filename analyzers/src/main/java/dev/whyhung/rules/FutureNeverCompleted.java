package dev.whyhung.rules;

import dev.whyhung.graph.Facts;
import dev.whyhung.graph.Pool;
import dev.whyhung.graph.Resource;
import dev.whyhung.graph.ThreadFacts;
import dev.whyhung.knowledge.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Threads wait for a result, and no thread is left that would complete it. */
final class FutureNeverCompleted implements Rule {

    private static final RuleInfo INFO = RuleInfo.of(
            "future-never-completed", "Threads wait for a result that nobody is going to complete", Nature.OPAQUE);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> examine(Facts facts) {
        List<Finding> findings = new ArrayList<>();
        Set<Pool> selfish = PoolSelfDeadlock.pools(facts);
        for (Unanswered wait : Unanswered.all(
                facts,
                thread -> awaitsResult(thread)
                        && thread.pool().filter(selfish::contains).isEmpty())) {
            findings.add(finding(facts, wait));
        }
        return findings;
    }

    /** A result, and not the end of a thread. A loop must not wait at all, which is for another rule to say. */
    private static boolean awaitsResult(ThreadFacts thread) {
        return thread.waitsFor().is(Call.Kind.FUTURE)
                && !EventLoopBlocked.isLoop(thread)
                && thread.waitsFor()
                        .resource()
                        .filter(resource -> resource.kind() == Resource.Kind.THREAD)
                        .isEmpty();
    }

    private static Finding finding(Facts facts, Unanswered wait) {
        String site = wait.first().whereText();
        boolean loops = facts.threads().stream().anyMatch(FutureNeverCompleted::mayBringAnswers);
        return wait.draft(INFO, facts)
                .headline(Account.threadsWait(wait.waiters().size())
                        + " for a result that no living thread seems to be working on")
                .explanation(
                        "They wait" + Account.at(site)
                                + ". No thread runs a task of that code, and the pools are idle.",
                        "Most likely the code that should complete the result failed, returned early, or was cancelled.",
                        loops
                                ? "If the result depends on another system, that system may simply not have answered: the thread"
                                        + " that would bring its answer is waiting as well."
                                : "")
                .confidence(wait.confidenceOrFailure(facts, .45, .65))
                .chain("nobody completes the result")
                .chain(Account.threadsWait(wait.waiters().size()) + " for it" + Account.at(site))
                .fix(COMPLETE)
                .fix(Fix.of("Fail all pending results when their source closes or its task is rejected."))
                .captureNext(Account.THREE_DUMPS)
                .build();
    }

    private static boolean mayBringAnswers(ThreadFacts thread) {
        return thread.role().is("EVENT_LOOP")
                || (thread.isPassive()
                        && thread.reading()
                                .call()
                                .filter(call -> call.kind() == Call.Kind.READ)
                                .isPresent());
    }

    private static final Fix COMPLETE =
            new Fix("Complete the result on every path, and do not wait for it without a limit.", """
            client.ask(request, answer -> result.complete(answer));   // an error completes nothing
            return result.get();""", """
            client.ask(request, result::complete, result::completeExceptionally);
            return result.orTimeout(2, TimeUnit.SECONDS).join();""");
}
