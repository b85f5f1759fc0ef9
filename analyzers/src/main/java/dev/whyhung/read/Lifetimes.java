package dev.whyhung.read;

import dev.whyhung.model.Recording.Lifetime;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

/** Starts or ends of threads, of very many the latest: those tell of the hang. */
final class Lifetimes {

    private static final Comparator<Lifetime> ORDER = Comparator.comparing(Lifetime::at)
            .thenComparing(life -> life.thread().id());

    private final int most;
    private final Deque<Lifetime> latest = new ArrayDeque<>();

    /** Keeps so many of them. */
    Lifetimes(int most) {
        this.most = most;
    }

    /** Takes one that is about as late as those before it: threads write them in chunks, in no strict order. */
    void add(Lifetime life) {
        latest.add(life);
        if (latest.size() > most) {
            latest.remove();
        }
    }

    List<Lifetime> inOrder() {
        return latest.stream().sorted(ORDER).toList();
    }
}
