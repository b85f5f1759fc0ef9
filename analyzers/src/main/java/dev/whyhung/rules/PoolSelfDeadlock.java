package dev.whyhung.rules;

import dev.whyhung.finding.Finding;
import dev.whyhung.finding.Fix;
import dev.whyhung.finding.Nature;
import dev.whyhung.finding.RuleInfo;
import dev.whyhung.finding.Tier;
import dev.whyhung.graph.Bereaved;
import dev.whyhung.graph.Facts;
import dev.whyhung.graph.thread.Pool;
import dev.whyhung.graph.thread.Resource;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.graph.thread.ThreadNode;
import dev.whyhung.graph.thread.Wait;
import dev.whyhung.knowledge.Call;
import dev.whyhung.model.CallStack;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Every worker of a pool waits for a task that can only run in this pool. */
final class PoolSelfDeadlock implements Rule {

    private static final RuleInfo INFO =
            RuleInfo.of("pool-self-deadlock", "All workers of a pool wait for tasks queued in it", Nature.OPAQUE);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> examine(Facts facts) {
        List<Finding> findings = new ArrayList<>();
        Set<Pool> pools = pools(facts);
        if (!pools.isEmpty()) {
            Others others = Others.of(facts);
            pools.forEach(pool -> findings.add(finding(facts, pool, others)));
        }
        return findings;
    }

    /** The pools that wait for themselves, by name. */
    static Set<Pool> pools(Facts facts) {
        Set<Pool> pools = new LinkedHashSet<>();
        Set<Pool> bereaved = new HashSet<>();
        new Bereaved(facts).ofTheDead().forEach(thread -> thread.pool().ifPresent(bereaved::add));
        for (Pool pool : facts.pools()) {
            if (isQueuePool(pool)
                    && !isPartlyShown(facts, pool)
                    && pool.workers().stream().allMatch(PoolSelfDeadlock::waitsInTask)
                    && !meetAtOne(pool)
                    && (!isServing(facts, pool) || awaitsPlainFutures(pool))
                    && !bereaved.contains(pool)
                    && !isServedElsewhere(facts, pool)
                    && !isLeftByOthers(facts, pool)) {
                pools.add(pool);
            }
        }
        return pools;
    }

    /** One worker is no pool, where threads may be left out. */
    private static boolean isPartlyShown(Facts facts, Pool pool) {
        return pool.workers().size() == 1 && facts.dump().truncated();
    }

    /** Requests and messages come from elsewhere, and wait for answers from there. */
    private static boolean isServing(Facts facts, Pool pool) {
        return facts.isAsked(pool)
                || pool.workers().stream().allMatch(worker -> worker.reading().isMessage());
    }

    /** One latch or barrier for all of them is a gate that nobody opens, not a task that each has queued. */
    private static boolean meetAtOne(Pool pool) {
        Set<Resource> awaited = new HashSet<>();
        pool.workers()
                .forEach(worker -> awaited.add(worker.waitsFor()
                        .resource()
                        .filter(PoolSelfDeadlock::isOneForSure)
                        .orElse(null)));
        return pool.workers().size() > 1 && awaited.size() == 1 && !awaited.contains(null);
    }

    /** Results that a dump does not identify are told apart by the code that waits, and may be many. */
    private static boolean isOneForSure(Resource resource) {
        return resource.kind() != Resource.Kind.FUTURE || resource.lock().isIdentified();
    }

    /** Fork-join workers run other tasks while they wait; loops, schedulers and dispatchers have rules of their own. */
    private static final Set<String> OTHER_RULES =
            Set.of("FJ", "COMMON_POOL", "EVENT_LOOP", "REACTIVE", "COROUTINE", "ACTOR");

    private static boolean isQueuePool(Pool pool) {
        return !OTHER_RULES.contains(pool.role().name());
    }

    private static boolean waitsInTask(ThreadFacts worker) {
        return worker.isStuck()
                && worker.reading().isWorker()
                && worker.reading().client().isEmpty()
                && !waitsForEndOfThread(worker)
                && !worker.waitsFor().isForChannel()
                && (worker.waitsFor().is(Call.Kind.FUTURE) || Rendezvous.isLatch(worker));
    }

    private static boolean waitsForEndOfThread(ThreadFacts worker) {
        return worker.waitsFor()
                .resource()
                .filter(resource -> resource.kind() == Resource.Kind.THREAD)
                .isPresent();
    }

    /** Whether a thread outside this pool runs the very tasks that its workers wait for; requests have submitted theirs elsewhere. */
    private static boolean isServedElsewhere(Facts facts, Pool pool) {
        boolean requests = facts.isAsked(pool);
        return pool.workers().stream()
                .flatMap(worker -> worker.waitsFor().resource().stream())
                .map(facts.graph()::holder)
                .flatMap(holder -> holder.holders().stream()
                        .filter(producer -> requests || holder.edgeCertainty() > GUESS || !awaitsResult(producer)))
                .anyMatch(producer -> producer.pool().filter(pool::equals).isEmpty());
    }

    /** Its tasks used to end, so that these are late; and nothing says that what they wait for is made in this pool. */
    private static boolean isLeftByOthers(Facts facts, Pool pool) {
        return pool.workers().stream().allMatch(ThreadFacts::isOverdue)
                && pool.workers().stream().noneMatch(PoolSelfDeadlock::awaitsPlainFuture)
                && !isUsedForResults(facts, pool);
    }

    /** Of the same class as the tasks, and no more is known. */
    private static final double GUESS = .3;

    private static boolean awaitsResult(ThreadFacts thread) {
        return thread.waitsFor().is(Call.Kind.FUTURE) || thread.waitsFor().is(Call.Kind.LATCH);
    }

    private static Finding finding(Facts facts, Pool pool, Others others) {
        List<ThreadFacts> workers = pool.workers();
        String site = workers.get(0).whereText();
        Finding.Draft draft = Finding.of(INFO)
                .headline(headline(pool))
                .explanation(
                        "Every worker of the pool waits inside a task for the result of another task.",
                        "No thread outside the pool is running such a task: it sits in the pool's own queue, where no"
                                + " worker is left to take it.",
                        "A larger pool only makes it rarer.",
                        "That the awaited tasks are queued in this pool is concluded; no dump shows a queue.",
                        others.mayHaveThem(pool))
                .confidence(confidence(facts, pool, others))
                .persistence(Facts.weakest(workers))
                .resource(pool.resource())
                .site(site)
                .chain("all " + Account.threads(workers.size()) + " of pool " + pool.name() + " wait for a result"
                        + Account.at(site))
                .chain("the tasks that would give it wait in the queue of the same pool")
                .fix(TWO_POOLS)
                .captureNext(Account.THREE_DUMPS)
                .captureNext(
                        "jcmd <pid> Thread.dump_to_file -format=json <file>   # JDK 21+: shows which pool a thread serves");
        for (ThreadFacts worker : workers) {
            draft.target(new ThreadNode(worker.id()));
            draft.culprit(Account.culprit(worker));
        }
        Account.show(draft, facts, workers, 4);
        return draft.build();
    }

    private static String headline(Pool pool) {
        int size = pool.workers().size();
        return Account.all(size, "worker") + " of pool " + pool.name()
                + (size == 1 ? " waits for a task queued behind it" : " wait for tasks queued in the same pool");
    }

    private static final Fix TWO_POOLS = new Fix(
            "Give tasks that wait for other tasks a pool of their own, or do not wait: compose the results.",
            "Report report = pool.submit(this::load).get();   // inside a task of the same pool",
            "return CompletableFuture.supplyAsync(this::load, loaders).thenApply(this::render);");

    private static double confidence(Facts facts, Pool pool, Others others) {
        boolean measured = Facts.weakest(pool.workers()).isMeasured();
        boolean alike = pool.workers().size() > 1
                && pool.workers().stream()
                                .map(worker -> worker.thread().stack())
                                .distinct()
                                .count()
                        == 1;
        double base = (measured ? .9 : .75) + (alike ? .05 : 0);
        double sure = others.canComplete(pool) ? base - .35 : base;
        if (!awaitsPlainFutures(pool) && !isUsedForResults(facts, pool)) {
            return runsJobs(facts, pool) ? Math.min(sure, JOBS) : BY_ANYBODY;
        }
        return sure;
    }

    /** Jobs are expected to end, and wait for others of their kind; but an event from outside may be what they wait for. */
    private static final double JOBS = .7;

    private static boolean runsJobs(Facts facts, Pool pool) {
        return pool.workers().stream()
                .allMatch(worker -> worker.thread().stack().frames().stream()
                        .anyMatch(frame -> facts.knowledge().isAmong("job", frame)));
    }

    /** A future of the application's own may be completed by an event from outside: so subscribers wait, at rest. */
    private static final double BY_ANYBODY = Tier.HINT_AT_MOST;

    /** Whether results are made in this pool: its own tasks give some, or somebody outside waits for one of them. */
    private static boolean isUsedForResults(Facts facts, Pool pool) {
        return pool.workers().stream().anyMatch(worker -> runsStages(facts, worker))
                || ThreadPoolExhausted.hasDemand(facts, pool);
    }

    /** Now, or before, as a recording tells. */
    private static boolean runsStages(Facts facts, ThreadFacts worker) {
        return Stream.concat(
                        Stream.of(worker.thread().stack()), facts.recorded().pastStacks(worker.id()))
                .anyMatch(PoolSelfDeadlock::runsStage);
    }

    private static boolean runsStage(CallStack stack) {
        return stack.frames().stream()
                .anyMatch(frame -> frame.className().startsWith("java.util.concurrent.CompletableFuture$Async"));
    }

    private static boolean awaitsPlainFutures(Pool pool) {
        return pool.workers().stream().allMatch(PoolSelfDeadlock::awaitsPlainFuture);
    }

    private static boolean awaitsPlainFuture(ThreadFacts worker) {
        return worker.awaitsSubmittedTask()
                || (worker.thread().blockerClass().isEmpty()
                        && worker.waitsFor()
                                .call()
                                .filter(call -> call.id().equals("task"))
                                .isPresent());
    }

    private static boolean isAtWork(ThreadFacts thread) {
        return thread.reading().isWorker()
                && !thread.isIdle()
                && !thread.isPassive()
                && !isHeldUpByQueue(thread)
                && thread.reading().taskIndex() >= 0
                && thread.waitsFor().kind() != Wait.Kind.LOCK
                && thread.waitsFor().kind() != Wait.Kind.MONITOR_ENTER;
    }

    /** Waits for the result of another task, and its pool has nobody left to run that. */
    private static boolean isHeldUpByQueue(ThreadFacts thread) {
        return awaitsResult(thread) && thread.pool().filter(Pool::hasIdleWorker).isEmpty();
    }

    /**
     * What goes on beside such a pool.
     *
     * @param waiting the pools that wait as a whole
     * @param working the pools, or none, of threads that work on something
     * @param looping those of event loops
     */
    private record Others(List<Pool> waiting, Set<Optional<Pool>> working, Set<Optional<Pool>> looping) {

        static Others of(Facts facts) {
            List<Pool> waiting = facts.pools().stream()
                    .filter(pool ->
                            isQueuePool(pool) && pool.workers().stream().allMatch(PoolSelfDeadlock::waitsInTask))
                    .toList();
            Set<Optional<Pool>> working = new HashSet<>();
            Set<Optional<Pool>> looping = new HashSet<>();
            for (ThreadFacts thread : facts.threads()) {
                if (!thread.isJvm() && isAtWork(thread)) {
                    working.add(thread.pool());
                }
                if (!thread.isJvm() && thread.role().is("EVENT_LOOP")) {
                    looping.add(thread.pool());
                }
            }
            return new Others(waiting, working, looping);
        }

        /** The tasks may as well sit in the queue of another pool that waits as a whole. */
        String mayHaveThem(Pool pool) {
            List<String> names = waiting.stream()
                    .filter(other -> !other.equals(pool))
                    .map(Pool::name)
                    .limit(NAMED)
                    .toList();
            int more = waiting.size() - 1 - names.size();
            return names.isEmpty()
                    ? ""
                    : "They may also be queued in " + String.join(", ", names)
                            + (more > 0 ? " or " + more + (more == 1 ? " pool more" : " pools more") : "")
                            + ", whose workers all wait for results as well.";
        }

        private static final int NAMED = 5;

        /** Whether some thread outside the pool works on something that might complete what its workers wait for. */
        boolean canComplete(Pool pool) {
            return isOutside(pool, working) || (!awaitsPlainFutures(pool) && isOutside(pool, looping));
        }

        private static boolean isOutside(Pool pool, Set<Optional<Pool>> places) {
            return places.size() > (places.contains(Optional.of(pool)) ? 1 : 0);
        }
    }
}
