package dev.whyhung.graph.time;

import dev.whyhung.graph.thread.Wait;
import dev.whyhung.knowledge.Call;
import dev.whyhung.knowledge.Knowledge;
import dev.whyhung.model.PastWait;
import dev.whyhung.model.ThreadId;
import dev.whyhung.model.ThreadRef;
import dev.whyhung.model.ThreadSnapshot;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What a thread used to do before it came to the wait in which the dump shows it, as a recording tells. Who waits by design does so
 * for as long as nothing comes; who used to come back soon, and does not, lacks something.
 */
public final class Habits {

    private static final int OFTEN = 3;
    private static final Duration LONG = Duration.ofSeconds(10);
    private static final int TIMES_LONGER = 10;

    private final Silence silence;
    private final Knowledge knowledge;

    public Habits(Silence silence, Knowledge knowledge) {
        this.silence = silence;
        this.knowledge = knowledge;
    }

    /**
     * Whether its tasks used to end soon, and this one lasts for far longer; or its waits at latches of this place did. How long others
     * are waited for, consumers for messages above all, is up to those who bring them.
     */
    public boolean isOverdue(ThreadSnapshot thread, Wait wait) {
        Optional<Duration> silent = silence.length(thread).filter(length -> length.compareTo(LONG) >= 0);
        return silent.isPresent()
                && (isLonger(silent.get(), tasks(thread))
                        || (wait.is(Call.Kind.LATCH) && isLonger(silent.get(), waitsHere(thread))));
    }

    /** The longest of its waits in this place, if they used to end soon and this one lasts for far longer. */
    Optional<Duration> usualWait(ThreadSnapshot thread) {
        Optional<Duration> silent = silence.length(thread).filter(length -> length.compareTo(LONG) >= 0);
        List<Duration> before = silent.isPresent() ? waitsHere(thread) : List.of();
        return silent.filter(length -> isLonger(length, before))
                .flatMap(length -> before.stream().max(Duration::compareTo));
    }

    /** Who notified it whenever it waited here, if that was always the same thread. */
    Optional<ThreadId> usualNotifier(ThreadSnapshot thread) {
        List<ThreadId> notifiers = silence.fruitful(thread.id()).stream()
                .filter(wait -> Silence.isCalledFromTheSame(wait, thread))
                .filter(wait -> wait.kind() == PastWait.Kind.MONITOR_WAIT)
                .map(PastWait::other)
                .filter(Objects::nonNull)
                .map(ThreadRef::id)
                .toList();
        return notifiers.size() >= OFTEN && Set.copyOf(notifiers).size() == 1
                ? Optional.of(notifiers.get(0))
                : Optional.empty();
    }

    private static boolean isLonger(Duration silent, List<Duration> before) {
        return before.size() >= OFTEN
                && before.stream().allMatch(each -> silent.compareTo(each.multipliedBy(TIMES_LONGER)) >= 0);
    }

    private List<Duration> waitsHere(ThreadSnapshot thread) {
        return silence.fruitful(thread.id()).stream()
                .filter(wait -> Silence.isCalledFromTheSame(wait, thread))
                .map(PastWait::length)
                .toList();
    }

    /** From one wait for work to the next: how long it was away. */
    private List<Duration> tasks(ThreadSnapshot thread) {
        List<PastWait> idle = silence.fruitful(thread.id()).stream()
                .filter(wait -> knowledge.read(wait.stack()).idle(thread.name()).isPresent())
                .toList();
        return IntStream.range(1, idle.size())
                .mapToObj(
                        i -> Duration.between(idle.get(i - 1).end(), idle.get(i).start()))
                .toList();
    }
}
