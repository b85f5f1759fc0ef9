package dev.whyhung.rules;

import dev.whyhung.finding.Finding;
import dev.whyhung.finding.Fix;
import dev.whyhung.finding.Nature;
import dev.whyhung.finding.RuleInfo;
import dev.whyhung.graph.Bereaved;
import dev.whyhung.graph.Facts;
import dev.whyhung.graph.thread.Pool;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.graph.thread.ThreadNode;
import java.util.ArrayList;
import java.util.List;

/** The thread of a timer or scheduler is stuck in one job, and every later job waits for it. */
final class SchedulerThreadBlocked implements Rule {

    private static final RuleInfo INFO =
            RuleInfo.of("scheduler-thread-blocked", "A scheduler is stuck in a job and runs no other", Nature.OPAQUE);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> examine(Facts facts) {
        List<Finding> findings = new ArrayList<>();
        for (Pool pool : facts.pools()) {
            if (StuckWorkers.areAll(pool)
                    && !ReactiveSchedulerSelfStarvation.starves(facts, pool)
                    && pool.workers().stream().allMatch(SchedulerThreadBlocked::runsJob)) {
                findings.add(finding(facts, pool));
            }
        }
        return findings;
    }

    private static boolean runsJob(ThreadFacts thread) {
        return thread.role().is("SCHEDULER")
                && thread.reading().appFrame().isPresent()
                && thread.persistence().isMeasured();
    }

    private static Finding finding(Facts facts, Pool pool) {
        ThreadFacts thread = pool.workers().get(0);
        int size = pool.workers().size();
        String doing = Account.doing(thread) + Account.at(thread.whereText());
        List<ThreadFacts> waiting = waiting(facts, pool);
        Finding.Draft draft = Finding.of(INFO)
                .kind(StuckWorkers.across(thread))
                .headline(Account.all(size, "thread") + " of scheduler " + pool.name() + (size == 1 ? " is" : " are")
                        + " stuck in a job: " + Account.quoted(thread) + ' ' + Account.doing(thread))
                .explanation(
                        Account.quoted(thread) + ' ' + doing + '.',
                        "A scheduler runs its jobs one after the other on its threads: until this job ends, every other"
                                + " job is late, and no error is logged.",
                        waiting.isEmpty()
                                ? "Which jobs those are, no dump shows."
                                : Account.threadsWait(waiting.size())
                                        + " for a signal or result: by their code, or the time at which they came to wait, such a"
                                        + " job would give it.")
                .confidence(.85)
                .persistence(Facts.weakest(pool.workers()))
                .resource(pool.resource())
                .site(thread.whereText())
                .chain(Account.quoted(thread) + ' ' + doing)
                .chain("no other job of " + pool.name() + " runs")
                .fix(Fix.of("Give every job a limit: timeouts on its calls, Future.get with a timeout for its steps."))
                .fix(new Fix(
                        "Let the scheduler only start jobs, and run them elsewhere; or give it more than one thread.",
                        "scheduler.scheduleAtFixedRate(this::importPrices, 0, 1, MINUTES);",
                        "scheduler.scheduleAtFixedRate(() -> workers.submit(this::importPrices), 0, 1, MINUTES);"));
        StuckWorkers.blame(draft, facts, pool.workers());
        waiting.forEach(each -> draft.target(new ThreadNode(each.id())));
        Account.show(draft, facts, waiting, 3);
        return draft.build();
    }

    /** Who waits inside this process, and has code in common with the job, or began to wait when its thread came to a halt. */
    private static List<ThreadFacts> waiting(Facts facts, Pool pool) {
        Bereaved bereaved = new Bereaved(facts);
        List<ThreadFacts> workers = pool.workers();
        List<ThreadFacts> sharing = bereaved.of(
                workers.stream().map(worker -> worker.thread().stack()).toList());
        List<ThreadFacts> waiting = without(workers, sharing);
        return waiting.isEmpty() && workers.size() == 1
                ? without(workers, bereaved.sinceTheHaltOf(workers.get(0)))
                : waiting;
    }

    private static List<ThreadFacts> without(List<ThreadFacts> workers, List<ThreadFacts> waiting) {
        return waiting.stream()
                .filter(waiter ->
                        !workers.contains(waiter) && !waiter.waitsFor().isExternal())
                .toList();
    }
}
