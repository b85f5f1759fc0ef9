package dev.whyhung.rules;

import dev.whyhung.finding.Finding;
import dev.whyhung.finding.Fix;
import dev.whyhung.finding.RuleInfo;
import dev.whyhung.graph.Bereaved;
import dev.whyhung.graph.Facts;
import dev.whyhung.graph.thread.Pool;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.graph.thread.ThreadNode;
import dev.whyhung.graph.time.Death;
import dev.whyhung.knowledge.Role;
import dev.whyhung.model.CallStack;
import dev.whyhung.model.PastWait;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Threads of one kind whose end a recording tells, and whose work nobody took over. Who misses them is told by shared code, or, for the
 * only one of its kind, by the time since when they wait.
 */
final class DeadWorkers {

    private final Facts facts;
    private final List<Death> deaths;
    private final Death first;
    private final Bereaved bereaved;
    /** Whether an exception of one of them is recorded; without it a thread may just have come to its end. */
    private final boolean failed;

    private DeadWorkers(Facts facts, List<Death> deaths) {
        this.facts = facts;
        this.deaths = deaths;
        first = deaths.get(0);
        bereaved = new Bereaved(facts);
        failed = deaths.stream().anyMatch(death -> death.last().isPresent());
    }

    static List<Finding> findings(RuleInfo rule, Facts facts) {
        return byKind(facts).stream()
                .map(deaths -> new DeadWorkers(facts, deaths))
                .flatMap(gone -> gone.finding(rule).stream())
                .toList();
    }

    private static Collection<List<Death>> byKind(Facts facts) {
        if (facts.recorded().unreplaced().isEmpty()) {
            return List.of();
        }
        Map<String, List<Death>> byKind = new LinkedHashMap<>();
        Set<String> alive = facts.threads().stream().map(ThreadFacts::name).collect(Collectors.toSet());
        for (Death death : facts.recorded().unreplaced()) {
            if (!isOthersMatter(death) && !alive.contains(death.thread().name())) {
                byKind.computeIfAbsent(kind(death), key -> new ArrayList<>()).add(death);
            }
        }
        return byKind.values();
    }

    private static String kind(Death death) {
        return Pool.nameOf(death.thread().name());
    }

    /** A timer, or a victim of a class that cannot be initialised: other rules tell of these. */
    private static boolean isOthersMatter(Death death) {
        return death.last()
                .filter(thrown -> PoisonedClass.isSign(thrown)
                        || thrown.stack().frames().stream()
                                .anyMatch(frame -> frame.className().equals("java.util.TimerThread")))
                .isPresent();
    }

    private Optional<Finding> finding(RuleInfo rule) {
        List<ThreadFacts> sharers = bereaved.of(stacks(), deaths);
        if (failed
                ? !sharers.isEmpty() || isVital()
                : isOnlyTaker(sharers) || mayHaveFailed(sharers) || isParty(sharers)) {
            return Optional.of(finding(rule, sharers, true));
        }
        List<ThreadFacts> late = sharers.isEmpty() ? waitingSince() : List.of();
        return late.isEmpty() ? Optional.empty() : Optional.of(finding(rule, late, false));
    }

    private List<CallStack> stacks() {
        List<CallStack> stacks = new ArrayList<>();
        for (Death death : deaths) {
            death.last().ifPresent(thrown -> stacks.add(thrown.stack()));
            stacks.addAll(
                    Bereaved.stacks(facts.recorded().recentWaits(death.thread().id())));
        }
        return stacks;
    }

    private boolean isVital() {
        Role role =
                facts.knowledge().role(first.thread().name(), facts.knowledge().read(CallStack.EMPTY));
        return role.is("ACCEPTOR") || role.is("EVENT_LOOP") || role.is("CONSUMER");
    }

    /**
     * Where their exceptions are not recorded, as that of a full heap or stack never is: they took from a queue into which others put in
     * vain, be it one of the application's own.
     */
    private boolean isOnlyTaker(List<ThreadFacts> waiting) {
        List<CallStack> stacks = deaths.stream()
                .flatMap(death -> facts.recorded().recentWaits(death.thread().id()).stream())
                .map(PastWait::stack)
                .toList();
        boolean took = stacks.stream()
                .flatMap(stack -> stack.frames().stream())
                .anyMatch(frame ->
                        frame.method().equals("take") && frame.className().endsWith("Queue"));
        return (took && !waiting.isEmpty()) || (isWholeKind() && tookFromOwnBuffer(stacks, waiting));
    }

    private boolean tookFromOwnBuffer(List<CallStack> stacks, List<ThreadFacts> waiting) {
        OwnBuffer buffers = new OwnBuffer(facts);
        return stacks.stream()
                .distinct()
                .map(facts.knowledge()::read)
                .anyMatch(took -> waiting.stream().anyMatch(waiter -> buffers.isLeftFullBy(took, waiter)));
    }

    /** Its exception cannot be recorded; but it was the only one of its kind, and when it ended, so did the answers. */
    private boolean mayHaveFailed(List<ThreadFacts> waiting) {
        return isOnly()
                && !waiting.isEmpty()
                && !Bereaved.isForOthers(waiting)
                && !showsExceptions()
                && bereaved.wereAnsweredUntil(first, waiting);
    }

    private boolean isParty(List<ThreadFacts> waiting) {
        return !waiting.isEmpty() && deaths.stream().allMatch(death -> bereaved.lackParty(death, waiting));
    }

    /** Who came to wait when the only one of its kind had ended, and shares no code with it. */
    private List<ThreadFacts> waitingSince() {
        if (!isOnly() || (!failed && showsExceptions())) {
            return List.of();
        }
        List<ThreadFacts> late = bereaved.sinceTheEndOf(first);
        return Bereaved.isForOthers(late) ? List.of() : late;
    }

    private boolean showsExceptions() {
        return facts.recorded().wouldShow("JavaExceptionThrow");
    }

    private boolean isOnly() {
        return deaths.size() == 1 && isWholeKind();
    }

    private boolean isWholeKind() {
        String kind = kind(first);
        return facts.threads().stream()
                .noneMatch(thread -> Pool.nameOf(thread.name()).equals(kind));
    }

    private Finding finding(RuleInfo rule, List<ThreadFacts> waiting, boolean sharesCode) {
        String who = deaths.size() == 1 ? first.thread().quoted() : deaths.size() + " threads " + kind(first);
        String why = first.last().map(thrown -> " of " + thrown.text()).orElse("");
        String missed = waiting.isEmpty()
                ? ""
                : Account.threadsWait(waiting.size()) + " for " + (deaths.size() == 1 ? "its" : "their") + " work";
        Finding.Draft draft = Finding.of(rule)
                .headline(who + " died" + why + (missed.isEmpty() ? "" : "; " + missed))
                .explanation(
                        (failed ? "An exception left the run method, so the thread ended" : "The thread ended")
                                + ", and no other has taken its place.",
                        failed
                                ? ""
                                : "No exception of it was recorded: why it ended is not known. Errors that the JVM itself makes, of"
                                        + " a full heap or stack, are never recorded.",
                        waiting.isEmpty() ? "" : reason(sharesCode))
                .confidence(confidence(sharesCode))
                .persistence(Facts.strongest(waiting))
                .site(kind(first))
                .chain(who + " ended at " + Account.time(first.at()) + why)
                .chain(missed.isEmpty() ? "nobody does its work" : missed);
        if (failed && sharesCode) {
            draft.permanent();
        }
        deaths.stream().limit(5).forEach(death -> {
            draft.culprit(Account.gone(death.thread(), death.last()));
            Account.show(draft, death);
        });
        waiting.forEach(thread -> draft.target(new ThreadNode(thread.id())));
        Account.show(draft, facts, waiting, 3);
        return draft.fix(KEEP_THE_LOOP)
                .fix(WATCH_THE_THREAD)
                .captureNext(Account.RECORD_EXCEPTIONS)
                .build();
    }

    private static String reason(boolean sharesCode) {
        return sharesCode
                ? "The waiting threads share code or the kind of queue with it; nobody is left to serve them."
                : "The waiting threads were served up to its end, and none of them since.";
    }

    private double confidence(boolean sharesCode) {
        if (sharesCode) {
            return failed ? .9 : .6;
        }
        return failed ? .65 : .5;
    }

    private static final Fix KEEP_THE_LOOP = new Fix(
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
            }""");
    private static final Fix WATCH_THE_THREAD =
            Fix.of("Set an uncaught exception handler that logs, and let a health check see that the thread is alive.");
}
