package dev.whyhung.rules;

import dev.whyhung.finding.Finding;
import dev.whyhung.finding.Fix;
import dev.whyhung.finding.Nature;
import dev.whyhung.finding.RuleInfo;
import dev.whyhung.finding.Tier;
import dev.whyhung.graph.Facts;
import dev.whyhung.graph.holder.JoinedThreads;
import dev.whyhung.graph.thread.Persistence;
import dev.whyhung.graph.thread.Pool;
import dev.whyhung.graph.thread.Resource;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.graph.thread.ThreadNode;
import dev.whyhung.knowledge.Call;
import dev.whyhung.model.Frame;
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
        for (List<ThreadFacts> circle : facts.graph().circles()) {
            if (circle.stream().allMatch(FutureNeverCompleted::awaitsOther) && isOfSomeWeight(facts, circle)) {
                findings.add(circle(facts, circle));
            }
        }
        Set<Pool> selfish = PoolSelfDeadlock.pools(facts);
        boolean scopesServed = facts.any(FutureNeverCompleted::servesScope);
        for (Unanswered wait : Unanswered.all(
                facts,
                thread -> awaitsResult(thread)
                        && !(scopesServed && isForUntoldScope(thread))
                        && thread.pool().filter(selfish::contains).isEmpty())) {
            findings.add(finding(facts, wait));
        }
        return findings;
    }

    /** For the end of a thread as well. */
    private static boolean awaitsOther(ThreadFacts thread) {
        return thread.waitsFor().is(Call.Kind.FUTURE);
    }

    /** A thread that waits for its own end by itself keeps the process alive, as an old trick. */
    private static boolean isOfSomeWeight(Facts facts, List<ThreadFacts> circle) {
        ThreadFacts first = circle.get(0);
        return circle.size() > 1 || awaitsResult(first) || JoinedThreads.isCalledBack(first, facts.knowledge());
    }

    private static Finding circle(Facts facts, List<ThreadFacts> circle) {
        ThreadFacts first = circle.get(0);
        boolean alone = circle.size() == 1;
        boolean joins = alone && !awaitsResult(first);
        double certainty = circle.stream()
                .flatMap(member -> member.waitsFor().resource().stream())
                .mapToDouble(resource -> facts.graph().holder(resource).edgeCertainty())
                .min()
                .orElse(0);
        Persistence persistence = Facts.weakest(circle);
        Finding.Draft draft = Finding.of(INFO)
                .knot()
                .kind(alone ? "self-wait" : "circle")
                .headline(
                        alone
                                ? Account.quoted(first)
                                        + (joins
                                                ? " waits for its own end"
                                                : " waits for a result that it is to give itself")
                                : circle.size() + " threads wait in a circle for each other's results")
                .explanation(
                        joins
                                ? joining(first)
                                : alone
                                        ? Account.quoted(first)
                                                + " computes a value, and on the way asks for one that nobody but"
                                                + " itself computes" + Account.at(first.whereText()) + '.'
                                        : "Each of these threads waits for what another one of them is to give, so none ever does.",
                        joins
                                ? "That it is the one that is joined is concluded from the code; no dump prints that."
                                : "That it is theirs to give is concluded from the code; no dump prints who completes a result.")
                .confidence(confidence(circle, persistence, certainty))
                .persistence(persistence)
                .site(first.whereText());
        for (ThreadFacts member : circle) {
            draft.culprit(Account.culprit(member)).target(new ThreadNode(member.id()));
            member.waitsFor().resource().ifPresent(draft::resource);
        }
        circle.stream()
                .limit(4)
                .forEach(member -> draft.chain(
                        Account.quoted(member) + ' ' + Account.doing(member) + Account.at(member.whereText())));
        Account.show(draft, facts, circle, 4);
        return draft.fix(joins ? STOP_ELSEWHERE : OUTSIDE)
                .captureNext(Account.THREE_DUMPS)
                .build();
    }

    /** In one dump, tasks that wait for each other's parts, and have just got them, look the same for an instant. */
    private static double confidence(List<ThreadFacts> circle, Persistence persistence, double certainty) {
        boolean sure = certainty >= .9;
        if (persistence.isMeasured()) {
            return sure ? .9 : .8;
        }
        return circle.stream().anyMatch(ThreadFacts::hasWorkedMuch) ? Tier.HINT_AT_MOST : sure ? .7 : .5;
    }

    private static String joining(ThreadFacts thread) {
        return Account.quoted(thread) + " is one of the threads that are joined" + Account.at(thread.whereText())
                + ", and the last that is left: it was called back from its own task to stop them.";
    }

    private static final Fix STOP_ELSEWHERE =
            new Fix("Stop threads from another one than these; or leave out the one that stops them.", """
            for (Thread thread : threads) { thread.join(); }   // in a task of one of them""", """
            for (Thread thread : threads) {
                if (thread != Thread.currentThread()) { thread.join(2_000); }
            }""");

    private static final Fix OUTSIDE = new Fix(
            "Ask for what a computation needs before it begins, not from inside; or compose the results instead of waiting.",
            """
            Price load(Key key) { return cache.get(parent(key)).times(rate(key)); }   // inside the cache's own loader""",
            """
            Price parent = cache.get(parent(key));
            Price price = parent.times(rate(key));
            cache.put(key, price);""");

    /** Where a dump does not tell the tasks of one scope from those of another, one that serves or is at work may be its. */
    private static boolean isForUntoldScope(ThreadFacts thread) {
        return thread.waitsFor().isForScope() && thread.waitsFor().resource().isEmpty();
    }

    private static boolean servesScope(ThreadFacts thread) {
        return (thread.reading().passive(thread.name()).isPresent() || !Unanswered.waitsForOthers(thread))
                && thread.thread().stack().frames().stream().anyMatch(FutureNeverCompleted::runsTask);
    }

    private static boolean runsTask(Frame frame) {
        return frame.className().startsWith("java.util.concurrent.StructuredTaskScope")
                && frame.className().endsWith("$SubtaskImpl");
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
