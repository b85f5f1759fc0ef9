package dev.whyhung.graph;

import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.graph.time.Death;
import dev.whyhung.graph.time.Forsaken;
import dev.whyhung.graph.time.Silence;
import dev.whyhung.model.CallStack;
import dev.whyhung.model.PastWait;
import dev.whyhung.model.Recording.Thrown;
import dev.whyhung.model.ThreadId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who waits in vain for what a thread would have done: stuck threads whose code has an application class in common with that of the
 * thread, or that put into the kind of queue from which it took. Waiting for a lock is another matter.
 */
public final class Bereaved {

    private final Facts facts;

    public Bereaved(Facts facts) {
        this.facts = facts;
    }

    /** Given threads that died, and the stacks that are known of them. */
    public List<ThreadFacts> of(Collection<CallStack> stacks, Collection<Death> deaths) {
        Set<ThreadId> dead = new HashSet<>();
        deaths.forEach(death -> dead.add(death.thread().id()));
        Set<ThreadFacts> all = new TreeSet<>(Comparator.comparing(ThreadFacts::id));
        all.addAll(of(stacks));
        facts.stuck().stream()
                .filter(thread -> thread.forsakenBy()
                        .filter(failure -> dead.contains(failure.thread().id()))
                        .isPresent())
                .forEach(all::add);
        return List.copyOf(all);
    }

    /** Given the stacks that are known of the thread: of its exceptions, of its waits. */
    public List<ThreadFacts> of(Collection<CallStack> stacks) {
        Set<String> mine = new HashSet<>();
        stacks.forEach(stack -> mine.addAll(facts.knowledge().read(stack).telling()));
        if (mine.isEmpty()) {
            return List.of();
        }
        return facts.threads().stream()
                .filter(thread -> thread.isStuck() && !thread.waitsFor().isExclusive())
                .filter(thread -> thread.reading().telling().stream()
                        .limit(Forsaken.NEAREST)
                        .anyMatch(mine::contains))
                .toList();
    }

    /** Whether these were answered, or came, up to the end of a thread at work, and none of them since. */
    public boolean wereAnsweredUntil(Death death, List<ThreadFacts> waiting) {
        Instant end = death.at().minus(A_MOMENT);
        Optional<Instant> first = waiting.stream()
                .flatMap(waiter -> facts.recorded().silentSince(waiter).stream())
                .min(Instant::compareTo);
        return wasAtWork(death)
                && first.filter(since ->
                                since.isAfter(end) && since.isBefore(death.at().plus(UNTIL_NOTICED)))
                        .isPresent()
                && waiting.stream().allMatch(waiter -> waiter.persistence().isMeasured())
                && waiting.stream().anyMatch(waiter -> wasAnswered(waiter, death.at()));
    }

    /** Whether these wait at the barrier to which this one used to come, as did no living thread that is elsewhere now. */
    public boolean lackParty(Death death, List<ThreadFacts> waiting) {
        Set<ThreadFacts> here = Set.copyOf(waiting);
        return wereAnsweredUntil(death, waiting)
                && waiting.stream().allMatch(waiter -> comes(death.thread().id(), waiter))
                && facts.threads().stream()
                        .filter(thread -> !here.contains(thread))
                        .noneMatch(thread -> comes(thread.id(), waiting.get(0)));
    }

    private boolean comes(ThreadId party, ThreadFacts waiter) {
        return Forsaken.isAtBarrier(waiter.thread().stack())
                && facts.recorded().recentWaits(party).stream()
                        .anyMatch(wait -> Forsaken.isAtBarrier(wait.stack())
                                && Silence.isCalledFromTheSame(wait, waiter.thread()));
    }

    /**
     * Most of those who are stuck, if none of these was so before the end of a thread at work, and the first was soon after, and none of
     * them has ever waited there for half as long: whatever code they are in, their answers ended with it.
     */
    public List<ThreadFacts> sinceTheEndOf(Death death) {
        return wasAtWork(death) ? since(death.at()) : List.of();
    }

    /** Those of whom that is true, but for its work, for a thread that ended then; none if one of them waits for another system. */
    public List<ThreadFacts> answeredUntil(Instant end) {
        List<ThreadFacts> late = since(end);
        return isForOthers(late) ? List.of() : late;
    }

    /** Whether one of them waits for another system. */
    public static boolean isForOthers(List<ThreadFacts> waiting) {
        return waiting.stream().anyMatch(waiter -> waiter.waitsFor().isExternal());
    }

    /** The same of a thread that has come to a halt, without that thread. */
    public List<ThreadFacts> sinceTheHaltOf(ThreadFacts worker) {
        return facts.recorded().silentSince(worker).map(this::since).orElse(List.of()).stream()
                .filter(thread -> !thread.equals(worker))
                .toList();
    }

    private List<ThreadFacts> since(Instant end) {
        List<ThreadFacts> since = new ArrayList<>();
        Instant first = Instant.MAX;
        for (ThreadFacts thread : facts.stuck()) {
            Instant silent = facts.recorded().silentSince(thread).orElse(Instant.MIN);
            if (silent.isAfter(end.minus(A_MOMENT))
                    && thread.persistence().isMeasured()
                    && !thread.waitsFor().isExclusive()) {
                since.add(thread);
                first = silent.isBefore(first) ? silent : first;
            }
        }
        boolean most =
                since.size() >= SEVERAL && since.size() * 2 > facts.stuck().size();
        return most && first.isBefore(end.plus(UNTIL_NOTICED)) && since.stream().noneMatch(this::isUsedToWait)
                ? since
                : List.of();
    }

    private boolean isUsedToWait(ThreadFacts thread) {
        Duration now = thread.persistence().span();
        return facts.recorded().recentWaits(thread.id()).stream()
                .filter(wait -> Silence.isCalledFromTheSame(wait, thread.thread()))
                .anyMatch(wait -> wait.length().multipliedBy(2).compareTo(now) > 0);
    }

    private static final int SEVERAL = 3;
    private static final Duration A_MOMENT = Duration.ofSeconds(1);
    private static final Duration UNTIL_NOTICED = Duration.ofSeconds(30);

    /** An idle worker ends because it is not needed; none throws. */
    private boolean wasAtWork(Death death) {
        return death.last().isPresent()
                || death.lastWait()
                        .filter(wait -> wait.end().isAfter(death.at().minus(A_MOMENT)))
                        .filter(wait -> facts.knowledge()
                                .read(wait.stack())
                                .idle(death.thread().name())
                                .isEmpty())
                        .isPresent();
    }

    private boolean wasAnswered(ThreadFacts waiter, Instant end) {
        return facts.recorded().recentWaits(waiter.id()).stream()
                .anyMatch(wait -> !wait.vain()
                        && wait.start().isBefore(end)
                        && Silence.isCalledFromTheSame(wait, waiter.thread()));
    }

    /** Those who wait for any thread that died of an exception. */
    public List<ThreadFacts> ofTheDead() {
        return of(facts.recorded().deaths().stream()
                .flatMap(death -> death.last().stream())
                .map(Thrown::stack)
                .toList());
    }

    /** The stacks of a thread's recorded waits, its last ones. */
    public static List<CallStack> stacks(List<PastWait> waits) {
        return waits.stream().map(PastWait::stack).distinct().toList();
    }
}
