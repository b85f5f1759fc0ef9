package dev.whyhung.rules;

import dev.whyhung.finding.Finding;
import dev.whyhung.graph.Facts;
import dev.whyhung.graph.thread.Pool;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.graph.thread.ThreadNode;
import java.util.List;

/** Pools of which no worker gets on: what the rules about them have in common. */
final class StuckWorkers {

    private static final int SHOWN = 4;

    private StuckWorkers() {}

    /** Whether every worker is stuck. */
    static boolean areAll(Pool pool) {
        return pool.workers().stream().allMatch(ThreadFacts::isStuck);
    }

    /** The sub-kind by what a worker waits for: {@code across-io}. */
    static String across(ThreadFacts worker) {
        return "across-"
                + worker.waitsFor().call().map(call -> call.kind().across()).orElse("wait");
    }

    /** Names all of them as culprits, and ends the attribution there. */
    static void blame(Finding.Draft draft, Facts facts, List<ThreadFacts> workers) {
        for (ThreadFacts worker : workers) {
            draft.target(new ThreadNode(worker.id())).culprit(Account.culprit(worker));
        }
        Account.show(draft, facts, workers, SHOWN);
    }
}
