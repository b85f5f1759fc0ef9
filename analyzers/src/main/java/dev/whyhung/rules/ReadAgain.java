package dev.whyhung.rules;

import dev.whyhung.graph.Facts;
import dev.whyhung.graph.holder.ReadWriteLock;
import dev.whyhung.graph.thread.AcquireSite;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.model.DumpTrace;
import dev.whyhung.model.Frame;
import dev.whyhung.model.Sighting;
import java.util.List;
import java.util.Optional;

/**
 * A thread that has come to read while a writer was waiting already. Only who has the read lock gets it again then: it did not give back
 * an earlier one.
 */
record ReadAgain(Unowned lock, ThreadFacts reader) {

    static Optional<ReadAgain> of(Facts facts, Unowned lock) {
        boolean wanted = lock.waiters().stream()
                .anyMatch(waiter -> ReadWriteLock.wantsToWrite(waiter)
                        && waiter.persistence().isMeasured());
        List<Frame> sites = lock.waiters().stream()
                .filter(ReadWriteLock::wantsToRead)
                .flatMap(waiter -> AcquireSite.of(waiter).stream())
                .distinct()
                .toList();
        return !wanted
                        || lock.holders().size() != 1
                        || facts.evidence().earlier().isEmpty()
                ? Optional.empty()
                : lock.holders().stream()
                        .filter(holder -> sites.stream().anyMatch(site -> isPast(holder, site)))
                        .filter(holder -> hasCome(facts.evidence().earlier().get(0), holder, sites))
                        .findFirst()
                        .map(holder -> new ReadAgain(lock, holder));
    }

    private static boolean isPast(ThreadFacts holder, Frame site) {
        return site.line() > 0
                && holder.thread().stack().frames().stream()
                        .anyMatch(frame -> isOf(frame, site) && frame.line() > site.line());
    }

    private static boolean hasCome(DumpTrace before, ThreadFacts holder, List<Frame> sites) {
        Sighting sighting = before.of(holder.id());
        return sighting != null
                && sighting.stack().frames().stream()
                        .noneMatch(frame -> sites.stream().anyMatch(site -> isOf(frame, site)));
    }

    private static boolean isOf(Frame frame, Frame site) {
        return frame.qualifiedMethod().equals(site.qualifiedMethod());
    }
}
