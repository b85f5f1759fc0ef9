package dev.whyhung.read.recording;

import dev.whyhung.model.Recording.Thrown;
import dev.whyhung.model.Recording.ThrownCount;
import dev.whyhung.model.ThreadId;
import dev.whyhung.model.ThreadRef;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import jdk.jfr.consumer.RecordedEvent;

/** Exceptions and errors: counted by class, the first of each class and the last of each thread kept. */
public final class ThrowLog {

    private static final int FIRST_OF_CLASS = 40;
    /** How many of a thread are kept. */
    static final int LATEST = 3;

    private static final int LONGEST_MESSAGE = 300;

    private final Map<String, Integer> kept = new HashMap<>();
    private final Map<String, ThrownCount> counts = new TreeMap<>();
    private final Map<ThreadId, Deque<Thrown>> last = new HashMap<>();
    private final List<Thrown> first = new ArrayList<>();

    /** One, with the others that it stands for; zero if it is read for its own sake and counted elsewhere. */
    void add(RecordedEvent event, long weight, EventDecoder decoder) {
        String className = decoder.className(event, "thrownClass");
        Instant at = event.getStartTime();
        counts.merge(className, new ThrownCount(className, weight, at, at), ThrowLog::sum);
        ThreadRef thread = decoder.thread(event.getThread());
        String message = EventDecoder.text(event, "message");
        keep(new Thrown(
                at,
                thread,
                className,
                message.substring(0, Math.min(LONGEST_MESSAGE, message.length())),
                decoder.stack(event)));
    }

    /** One that is counted elsewhere. */
    public void keep(Thrown thrown) {
        if (kept.merge(thrown.className(), 1, Integer::sum) <= FIRST_OF_CLASS) {
            first.add(thrown);
        }
        Deque<Thrown> mine = last.computeIfAbsent(thrown.thread().id(), key -> new ArrayDeque<>());
        mine.add(thrown);
        if (mine.size() > LATEST) {
            mine.remove();
        }
    }

    private static ThrownCount sum(ThrownCount one, ThrownCount other) {
        return new ThrownCount(
                one.className(),
                one.count() + other.count(),
                one.first().isBefore(other.first()) ? one.first() : other.first(),
                one.last().isAfter(other.last()) ? one.last() : other.last());
    }

    Collection<ThrownCount> counts() {
        return counts.values();
    }

    /** What was kept, in time order. */
    public List<Thrown> thrown() {
        Set<Thrown> all = new HashSet<>(first);
        last.values().forEach(all::addAll);
        List<Thrown> sorted = new ArrayList<>(all);
        sorted.sort(Comparator.comparing(Thrown::at)
                .thenComparing(thrown -> thrown.thread().id())
                .thenComparing(Thrown::className)
                .thenComparing(Thrown::message));
        return sorted;
    }
}
