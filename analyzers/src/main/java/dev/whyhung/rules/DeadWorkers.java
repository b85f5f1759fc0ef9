package dev.whyhung.rules;

import dev.whyhung.graph.Bereaved;
import dev.whyhung.graph.Death;
import dev.whyhung.graph.Facts;
import dev.whyhung.graph.Pool;
import dev.whyhung.graph.ThreadFacts;
import dev.whyhung.graph.ThreadNode;
import dev.whyhung.knowledge.Role;
import dev.whyhung.model.CallStack;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Threads whose end a recording tells, with the exception before it, and whose work nobody took over. */
final class DeadWorkers {

    private DeadWorkers() {}

    static List<Finding> findings(RuleInfo rule, Facts facts) {
        Map<String, List<Death>> byKind = new LinkedHashMap<>();
        Set<String> alive = facts.threads().stream().map(ThreadFacts::name).collect(Collectors.toSet());
        for (Death death : facts.recorded().unreplaced()) {
            if (!isOthersMatter(death) && !alive.contains(death.thread().name())) {
                byKind.computeIfAbsent(Pool.nameOf(death.thread().name()), key -> new ArrayList<>())
                        .add(death);
            }
        }
        List<Finding> findings = new ArrayList<>();
        for (List<Death> deaths : byKind.values()) {
            List<ThreadFacts> waiting = new Bereaved(facts).of(stacks(facts, deaths), deaths);
            boolean failed = deaths.stream().anyMatch(death -> death.last().isPresent());
            if (failed
                    ? !waiting.isEmpty() || isVital(facts, deaths)
                    : isOnlyTaker(facts, deaths, waiting) || mayHaveFailed(facts, deaths, waiting)) {
                findings.add(finding(rule, facts, deaths, waiting, true));
            } else if (waiting.isEmpty() && isOnly(facts, deaths) && (failed || !showsExceptions(facts))) {
                List<ThreadFacts> late = new Bereaved(facts).sinceTheEndOf(deaths.get(0));
                if (!late.isEmpty()
                        && late.stream().noneMatch(waiter -> waiter.waitsFor().isExternal())) {
                    findings.add(finding(rule, facts, deaths, late, false));
                }
            }
        }
        return findings;
    }

    /** A timer, or a victim of a class that cannot be initialised: other rules tell of these. */
    private static boolean isOthersMatter(Death death) {
        return death.last()
                .filter(thrown -> PoisonedClass.isSign(thrown)
                        || thrown.stack().frames().stream()
                                .anyMatch(frame -> frame.className().equals("java.util.TimerThread")))
                .isPresent();
    }

    private static List<CallStack> stacks(Facts facts, List<Death> deaths) {
        List<CallStack> stacks = new ArrayList<>();
        for (Death death : deaths) {
            death.last().ifPresent(thrown -> stacks.add(thrown.stack()));
            stacks.addAll(
                    Bereaved.stacks(facts.recorded().recentWaits(death.thread().id())));
        }
        return stacks;
    }

    private static boolean isVital(Facts facts, List<Death> deaths) {
        Role role = facts.knowledge()
                .role(deaths.get(0).thread().name(), facts.knowledge().read(CallStack.EMPTY));
        return role.is("ACCEPTOR") || role.is("EVENT_LOOP") || role.is("CONSUMER");
    }

    /** Where its exception is not recorded, as that of a full heap never is: it took from a queue into which others put in vain. */
    private static boolean isOnlyTaker(Facts facts, List<Death> deaths, List<ThreadFacts> waiting) {
        boolean took = deaths.stream()
                .flatMap(death -> facts.recorded().recentWaits(death.thread().id()).stream())
                .anyMatch(wait -> wait.stack().frames().stream()
                        .anyMatch(frame -> frame.method().equals("take")
                                && frame.className().endsWith("Queue")));
        return took && !waiting.isEmpty();
    }

    /** Its exception cannot be recorded; but it was the only one of its kind, and when it ended, so did the answers. */
    private static boolean mayHaveFailed(Facts facts, List<Death> deaths, List<ThreadFacts> waiting) {
        return isOnly(facts, deaths)
                && !waiting.isEmpty()
                && waiting.stream().noneMatch(waiter -> waiter.waitsFor().isExternal())
                && !showsExceptions(facts)
                && new Bereaved(facts).wereAnsweredUntil(deaths.get(0), waiting);
    }

    private static boolean showsExceptions(Facts facts) {
        return facts.recorded().wouldShow("JavaExceptionThrow");
    }

    private static boolean isOnly(Facts facts, List<Death> deaths) {
        String kind = Pool.nameOf(deaths.get(0).thread().name());
        return deaths.size() == 1
                && facts.threads().stream()
                        .noneMatch(thread -> Pool.nameOf(thread.name()).equals(kind));
    }

    private static Finding finding(
            RuleInfo rule, Facts facts, List<Death> deaths, List<ThreadFacts> waiting, boolean sharesCode) {
        Death first = deaths.get(0);
        boolean failed = deaths.stream().anyMatch(death -> death.last().isPresent());
        String who = deaths.size() == 1
                ? first.thread().quoted()
                : deaths.size() + " threads " + Pool.nameOf(first.thread().name());
        String why = first.last().map(thrown -> " of " + thrown.text()).orElse("");
        Finding.Draft draft = Finding.of(rule)
                .headline(who + " died" + why
                        + (waiting.isEmpty() ? "" : "; " + Account.threadsWait(waiting.size()) + " for its work"))
                .explanation(
                        (failed ? "An exception left the run method, so the thread ended" : "The thread ended")
                                + ", and no other has taken its place.",
                        failed ? "" : "No exception of it was recorded: why it ended is not known.",
                        waiting.isEmpty()
                                ? ""
                                : sharesCode
                                        ? "The waiting threads share code or the kind of queue with it; nobody is left to serve"
                                                + " them."
                                        : "The waiting threads were served up to its end, and none of them since.")
                .confidence(failed ? sharesCode ? .9 : .65 : sharesCode ? .6 : .5)
                .persistence(Facts.strongest(waiting))
                .site(Pool.nameOf(first.thread().name()))
                .chain(who + " ended at " + Account.time(first.at()) + why)
                .chain(
                        waiting.isEmpty()
                                ? "nobody does its work"
                                : Account.threadsWait(waiting.size()) + " for its work");
        if (failed && sharesCode) {
            draft.permanent();
        }
        deaths.stream().limit(5).forEach(death -> {
            draft.culprit(Account.gone(death.thread(), death.last()));
            Account.show(draft, death);
        });
        waiting.forEach(thread -> draft.target(new ThreadNode(thread.id())));
        Account.show(draft, facts, waiting, 3);
        return draft.fix(new Fix(
                        "Catch and log everything inside the loop, so that one bad item does not end the thread.",
                        "while (true) { handle(queue.take()); }",
                        """
                        while (!Thread.currentThread().isInterrupted()) {
                            Item item = queue.take();
                            try {
                                handle(item);
                            } catch (RuntimeException e) {
                                log.error("item " + item + " failed", e);
                            }
                        }"""))
                .fix(
                        Fix.of(
                                "Set an uncaught exception handler that logs, and let a health check see that the thread is alive."))
                .captureNext(Account.RECORD_EXCEPTIONS)
                .build();
    }
}
