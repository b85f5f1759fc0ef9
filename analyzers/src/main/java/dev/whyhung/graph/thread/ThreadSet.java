package dev.whyhung.graph.thread;

import dev.whyhung.model.ThreadId;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/** A set of threads of the examined dump, in their order: a bit for each, since there may be a million of them. */
public final class ThreadSet extends AbstractSet<ThreadFacts> {

    private final List<ThreadFacts> threads;
    /** None while the set is empty. */
    private long[] words;

    public ThreadSet(List<ThreadFacts> threads) {
        this(threads, new long[0]);
    }

    private ThreadSet(List<ThreadFacts> threads, long[] words) {
        this.threads = threads;
        this.words = words;
    }

    /** The thread with this id among all threads of a dump, which stand by id. */
    public static Optional<ThreadFacts> find(List<ThreadFacts> threads, ThreadId id) {
        int low = 0;
        int high = threads.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = threads.get(middle).id().compareTo(id);
            if (order == 0) {
                return Optional.of(threads.get(middle));
            }
            low = order < 0 ? middle + 1 : low;
            high = order < 0 ? high : middle - 1;
        }
        return Optional.empty();
    }

    /** This set with these added to it. */
    public ThreadSet with(Collection<ThreadFacts> others) {
        addAll(others);
        return this;
    }

    public ThreadSet copy() {
        return new ThreadSet(threads, words.clone());
    }

    private void makeRoom() {
        if (words.length == 0) {
            words = new long[(threads.size() + Long.SIZE - 1) / Long.SIZE];
        }
    }

    @Override
    public boolean add(ThreadFacts thread) {
        makeRoom();
        boolean isNew = !contains(thread);
        words[thread.index() / Long.SIZE] |= 1L << thread.index();
        return isNew;
    }

    @Override
    public boolean contains(Object other) {
        return words.length > 0
                && other instanceof ThreadFacts thread
                && (words[thread.index() / Long.SIZE] & 1L << thread.index()) != 0;
    }

    @Override
    public boolean remove(Object other) {
        boolean known = contains(other);
        if (known) {
            int index = ((ThreadFacts) other).index();
            words[index / Long.SIZE] &= ~(1L << index);
        }
        return known;
    }

    @Override
    public boolean addAll(Collection<? extends ThreadFacts> others) {
        if (!(others instanceof ThreadSet set)) {
            return super.addAll(others);
        }
        boolean more = false;
        for (int i = 0; i < set.words.length; i++) {
            makeRoom();
            more |= (set.words[i] & ~words[i]) != 0;
            words[i] |= set.words[i];
        }
        return more;
    }

    @Override
    public boolean removeAll(Collection<?> others) {
        boolean fewer = false;
        if (others instanceof ThreadSet set) {
            for (int i = 0; i < Math.min(words.length, set.words.length); i++) {
                fewer |= (words[i] & set.words[i]) != 0;
                words[i] &= ~set.words[i];
            }
            return fewer;
        }
        for (Object other : others) {
            fewer |= remove(other);
        }
        return fewer;
    }

    @Override
    public int size() {
        int size = 0;
        for (long word : words) {
            size += Long.bitCount(word);
        }
        return size;
    }

    @Override
    public boolean isEmpty() {
        return next(0) < 0;
    }

    /** Those that are in the other set too. */
    public ThreadSet inCommon(ThreadSet other) {
        ThreadSet common = new ThreadSet(threads, Arrays.copyOf(words, Math.min(words.length, other.words.length)));
        for (int i = 0; i < common.words.length; i++) {
            common.words[i] &= other.words[i];
        }
        return common;
    }

    /** How many these are. */
    public int sizeInCommon(ThreadSet other) {
        int size = 0;
        for (int i = 0; i < Math.min(words.length, other.words.length); i++) {
            size += Long.bitCount(words[i] & other.words[i]);
        }
        return size;
    }

    /** The index of the first member from this one on, or -1. */
    private int next(int from) {
        int at = from / Long.SIZE;
        long word = at < words.length ? words[at] & -1L << from : 0;
        while (word == 0 && ++at < words.length) {
            word = words[at];
        }
        return word == 0 ? -1 : at * Long.SIZE + Long.numberOfTrailingZeros(word);
    }

    @Override
    public Iterator<ThreadFacts> iterator() {
        return new Iterator<>() {
            private int at = ThreadSet.this.next(0);

            @Override
            public boolean hasNext() {
                return at >= 0;
            }

            @Override
            public ThreadFacts next() {
                if (at < 0) {
                    throw new NoSuchElementException();
                }
                ThreadFacts thread = threads.get(at);
                at = ThreadSet.this.next(at + 1);
                return thread;
            }
        };
    }
}
