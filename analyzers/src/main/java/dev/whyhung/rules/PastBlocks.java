package dev.whyhung.rules;

import dev.whyhung.finding.Exhibit;
import dev.whyhung.finding.Quantity;
import dev.whyhung.graph.Facts;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.model.Frame;
import dev.whyhung.model.PastWait;
import dev.whyhung.model.Recording;
import dev.whyhung.model.ThreadId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Calls in which the loops of a group waited, and which ended: each of them kept all connections of its loop waiting. Short ones are
 * not recorded, and of each loop the last ones are kept.
 */
record PastBlocks(Facts facts, List<PastWait> waits) {

    private static final Duration NOTABLE = Duration.ofMillis(100);

    static PastBlocks of(Facts facts, List<ThreadFacts> loops) {
        List<PastWait> all = new ArrayList<>();
        for (ThreadFacts loop : loops) {
            facts.recorded().recentWaits(loop.id()).stream()
                    .filter(wait -> wait.length().compareTo(NOTABLE) >= 0)
                    .filter(wait ->
                            facts.knowledge().applicationFrame(wait.stack()).isPresent())
                    .filter(wait -> facts.knowledge()
                            .read(wait.stack())
                            .idle(loop.name())
                            .isEmpty())
                    .forEach(all::add);
        }
        all.sort(Comparator.comparing(PastWait::start));
        return new PastBlocks(facts, all);
    }

    boolean isEmpty() {
        return waits.isEmpty();
    }

    /** From the first to the last. */
    Duration span() {
        Instant end =
                waits.stream().map(PastWait::end).max(Comparator.naturalOrder()).orElse(Instant.MIN);
        return waits.isEmpty() ? Duration.ZERO : Duration.between(waits.get(0).start(), end);
    }

    /** How many loops were lost to them on average, over all the time in which they would have been noticed. */
    double lost() {
        Map<ThreadId, Long> nanos = new TreeMap<>();
        waits.forEach(wait -> nanos.merge(wait.thread().id(), wait.length().toNanos(), Long::sum));
        return nanos.entrySet().stream()
                .mapToDouble(entry -> (double) entry.getValue() / observedNanos(entry.getKey()))
                .sum();
    }

    /** The recordings; of one from which the earlier waits of the loop were dropped, what follows. */
    private long observedNanos(ThreadId loop) {
        long nanos = 0;
        for (Recording recording : facts.recorded().recordings()) {
            List<PastWait> kept = recording.recentWaits().stream()
                    .filter(wait -> wait.thread().id().equals(loop))
                    .toList();
            nanos += kept.size() < Recording.WAITS_OF_A_THREAD
                    ? recording.length().toNanos()
                    : Duration.between(kept.get(0).start(), recording.to()).toNanos();
        }
        return Math.max(1, nanos);
    }

    PastWait longest() {
        return waits.stream().max(Comparator.comparing(PastWait::length)).orElseThrow();
    }

    /** Where the longest of them waited. */
    String site() {
        return facts.knowledge()
                .applicationFrame(longest().stack())
                .map(Frame::text)
                .orElse("");
    }

    String text() {
        long seconds = waits.stream()
                .filter(wait -> wait.length().compareTo(Duration.ofSeconds(1)) >= 0)
                .count();
        return Quantity.count(waits.size(), "call") + " of these loops that waited for 100 ms or more and ended in "
                + Quantity.duration(span())
                + (seconds == 0 ? "" : ", " + seconds + " of them for a second or more") + ", the longest for "
                + Quantity.duration(longest().length()) + Account.at(site());
    }

    Exhibit exhibit() {
        return new Exhibit(facts.recorded().sourceOf(longest()), text());
    }
}
