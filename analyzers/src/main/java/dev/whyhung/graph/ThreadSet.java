package dev.whyhung.graph;

import dev.whyhung.model.ThreadId;
import java.util.AbstractSet;
import java.util.BitSet;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/** A set of threads of the examined dump, in their order: a bit for each, since there may be a million of them. */
public final class ThreadSet extends AbstractSet<ThreadFacts> {

    private final List<ThreadFacts> threads;
    private final BitSet members;

    ThreadSet(List<ThreadFacts> threads) {
        this(threads, new BitSet());
    }

    private ThreadSet(List<ThreadFacts> threads, BitSet members) {
        this.threads = threads;
        this.members = members;
    }

    /** The thread with this id among all threads of a dump, which stand by id. */
    static Optional<ThreadFacts> find(List<ThreadFacts> threads, ThreadId id) {
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
    ThreadSet with(Collection<ThreadFacts> others) {
        addAll(others);
        return this;
    }

    public ThreadSet copy() {
        return new ThreadSet(threads, (BitSet) members.clone());
    }

    @Override
    public boolean add(ThreadFacts thread) {
        boolean isNew = !members.get(thread.index());
        members.set(thread.index());
        return isNew;
    }

    @Override
    public boolean contains(Object other) {
        return other instanceof ThreadFacts thread && members.get(thread.index());
    }

    @Override
    public boolean remove(Object other) {
        boolean known = contains(other);
        if (known) {
            members.clear(((ThreadFacts) other).index());
        }
        return known;
    }

    @Override
    public boolean addAll(Collection<? extends ThreadFacts> others) {
        int before = size();
        if (others instanceof ThreadSet set) {
            members.or(set.members);
        } else {
            others.forEach(this::add);
        }
        return size() != before;
    }

    @Override
    public boolean removeAll(Collection<?> others) {
        int before = size();
        if (others instanceof ThreadSet set) {
            members.andNot(set.members);
        } else {
            others.forEach(this::remove);
        }
        return size() != before;
    }

    @Override
    public boolean retainAll(Collection<?> others) {
        int before = size();
        if (others instanceof ThreadSet set) {
            members.and(set.members);
        } else {
            return super.retainAll(others);
        }
        return size() != before;
    }

    @Override
    public int size() {
        return members.cardinality();
    }

    @Override
    public boolean isEmpty() {
        return members.isEmpty();
    }

    /** Those that are in the other set too. */
    public ThreadSet inCommon(ThreadSet other) {
        ThreadSet common = copy();
        common.members.and(other.members);
        return common;
    }

    @Override
    public Iterator<ThreadFacts> iterator() {
        return new Iterator<>() {
            private int next = members.nextSetBit(0);

            @Override
            public boolean hasNext() {
                return next >= 0;
            }

            @Override
            public ThreadFacts next() {
                if (next < 0) {
                    throw new NoSuchElementException();
                }
                ThreadFacts thread = threads.get(next);
                next = members.nextSetBit(next + 1);
                return thread;
            }
        };
    }
}
