package dev.whyhung.rules;

import dev.whyhung.finding.Finding;
import dev.whyhung.finding.Fix;
import dev.whyhung.finding.Nature;
import dev.whyhung.finding.RuleInfo;
import dev.whyhung.graph.Facts;
import dev.whyhung.graph.thread.Resource;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.knowledge.Call;
import java.util.ArrayList;
import java.util.List;

/** A thread waits for an executor to end, and the executor for a task that does not. */
final class ExecutorCloseWaits implements Rule {

    private static final RuleInfo INFO = RuleInfo.of(
            "executor-close-waits", "Closing an executor waits for a task that does not end", Nature.TRANSPARENT);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> examine(Facts facts) {
        List<Finding> findings = new ArrayList<>();
        for (Resource resource : facts.graph().resources()) {
            List<ThreadFacts> closing = facts.graph().waiters(resource).stream()
                    .filter(waiter -> waiter.isStuck() && waiter.waitsFor().is(Call.Kind.CLOSE))
                    .toList();
            List<ThreadFacts> running = facts.graph().holder(resource).holders();
            if (!closing.isEmpty() && running.stream().anyMatch(ThreadFacts::isStuck)) {
                findings.add(finding(facts, resource, closing, running));
            }
        }
        return findings;
    }

    private static Finding finding(
            Facts facts, Resource executor, List<ThreadFacts> closing, List<ThreadFacts> running) {
        ThreadFacts closer = closing.get(0);
        ThreadFacts worker =
                running.stream().filter(ThreadFacts::isStuck).findFirst().orElseThrow();
        String doing = Account.doing(worker) + Account.at(worker.whereText());
        Finding.Draft draft = Finding.of(INFO)
                .headline(Account.quoted(closer) + " waits for an executor to end, in which " + Account.quoted(worker)
                        + ' ' + Account.doing(worker))
                .explanation(
                        Account.quoted(closer) + " closes an executor and waits for its last tasks"
                                + Account.at(closer.whereText()) + '.',
                        Account.quoted(worker) + " still runs such a task: it " + doing + '.',
                        "That the task belongs to this executor is concluded from the code.")
                .confidence(closer.persistence().isMeasured() ? .85 : .65)
                .persistence(closer.persistence())
                .resource(executor)
                .target(executor)
                .site(closer.whereText())
                .chain(Account.quoted(worker) + ' ' + doing)
                .chain("the executor does not end")
                .chain(Account.quoted(closer) + " waits for it" + Account.at(closer.whereText()))
                .culprit(Account.culprit(worker))
                .fix(new Fix(
                        "Interrupt the tasks when they do not end in time, and let them react to it.",
                        "executor.shutdown(); executor.awaitTermination(1, HOURS);",
                        """
                        executor.shutdown();
                        if (!executor.awaitTermination(10, SECONDS)) {
                            executor.shutdownNow();
                        }"""));
        Account.show(draft, facts, closing, 2);
        Account.show(draft, facts, running, 2);
        return draft.build();
    }
}
