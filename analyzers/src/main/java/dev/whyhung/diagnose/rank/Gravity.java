package dev.whyhung.diagnose.rank;

import dev.whyhung.finding.Nature;
import dev.whyhung.finding.Tier;
import dev.whyhung.graph.Facts;
import dev.whyhung.graph.thread.Pool;
import dev.whyhung.graph.thread.Resource;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.model.Visible;
import java.util.Set;

/**
 * How severe a finding is: what share of the live threads it stops, held down where it is a hint, where it moves, and where
 * nothing but one photograph and a conclusion speak for it.
 */
final class Gravity {

    private static final double HALF = .5;
    private static final double FIFTH = .2;
    private static final double TWENTIETH = .05;
    private static final int SEVERAL = 3;
    private static final int POOL_SIZE = 4;

    private final Facts facts;

    Gravity(Facts facts) {
        this.facts = facts;
    }

    Severity of(Candidate candidate) {
        Severity severity =
                stopsCleanupOnly(candidate) ? byImpact(candidate).atMost(Severity.MEDIUM) : byImpact(candidate);
        if (Tier.of(candidate.confidence) == Tier.HINT) {
            return severity.atMost(Severity.LOW);
        }
        if (candidate.isPervasive()) {
            return Severity.MEDIUM;
        }
        if (followsFromHint(candidate)) {
            return severity.atMost(Severity.LOW);
        }
        if (costsCarriersOnly(candidate)) {
            boolean lasts = candidate.finding.persistence().isMeasured();
            return severity.atMost(lasts && facts.carriers().areAllTaken() ? Severity.MEDIUM : Severity.LOW);
        }
        if (candidate.moves()) {
            return severity.atMost(candidate.impact >= FIFTH && candidate.waitsLong() ? Severity.MEDIUM : Severity.LOW);
        }
        boolean measured = candidate.finding.persistence().isMeasured();
        boolean mayPass = !measured && !candidate.finding.permanent();
        if (mayPass && (candidate.passes(facts) || candidate.isSeenAtWork(facts))) {
            return severity.atMost(Severity.LOW);
        }
        if (!measured && !candidate.finding.printed()) {
            return severity.atMost(capOfOnePhotograph(candidate));
        }
        return candidate.finding.background() ? severity.atLeastAs(Severity.MEDIUM) : severity;
    }

    /** Of calls to others that may be answered one after the other, and that no request misses. */
    private static boolean followsFromHint(Candidate candidate) {
        Candidate cause = candidate.foldedUnder;
        return cause != null
                && cause.is(Nature.EXOGENOUS)
                && Tier.of(cause.confidence) == Tier.HINT
                && candidate.finding.resources().stream()
                        .noneMatch(resource -> resource.kind() == Resource.Kind.CONNECTIONS)
                && candidate.explained.stream().noneMatch(ThreadFacts::serves);
    }

    private Severity byImpact(Candidate candidate) {
        boolean permanent = candidate.finding.permanent() && Tier.of(candidate.confidence) != Tier.HINT;
        boolean several = candidate.explained.size() >= SEVERAL;
        boolean weighty = several || candidate.finding.persistence().isMeasured();
        double impact = candidate.impact;
        if (stopsAllLoops(candidate) || stopsAllCarriers(candidate) || (impact >= HALF && (weighty || permanent))) {
            return Severity.CRITICAL;
        }
        if (permanent || (impact >= FIFTH && weighty)) {
            return Severity.HIGH;
        }
        if (stopsScheduler(candidate) || stopsPool(candidate)) {
            return Severity.MEDIUM;
        }
        return impact >= FIFTH || (impact >= TWENTIETH && several) ? Severity.MEDIUM : Severity.LOW;
    }

    private boolean stopsAllLoops(Candidate candidate) {
        Set<ThreadFacts> explained = candidate.explained;
        return facts.pools().stream()
                .filter(pool -> pool.role().is("EVENT_LOOP"))
                .anyMatch(pool -> explained.containsAll(pool.workers()));
    }

    /** A part of the service in the background that no longer runs at all. */
    private boolean stopsScheduler(Candidate candidate) {
        Set<ThreadFacts> explained = candidate.explained;
        return candidate.is(Nature.OPAQUE)
                && candidate.finding.persistence().isMeasured()
                && facts.pools().stream()
                        .filter(pool -> pool.role().is("SCHEDULER"))
                        .anyMatch(pool -> explained.containsAll(pool.workers()));
    }

    /**
     * A pool of which no worker is left, however large the service around it is: of some size, or of any if its own work keeps it. Who is
     * kept by one of themselves does one after another what they are there for.
     */
    private boolean stopsPool(Candidate candidate) {
        return Tier.of(candidate.confidence).compareTo(Tier.STRONG) <= 0
                && candidate.finding.persistence().isMeasured()
                && facts.pools().stream()
                        .filter(pool -> candidate.is(Nature.OPAQUE) || runsJobs(pool))
                        .anyMatch(pool -> (isTakenBy(pool, candidate.explained) && !isBlamed(pool, candidate))
                                || isKeptByItself(pool, candidate));
    }

    private static boolean isKeptByItself(Pool pool, Candidate candidate) {
        return candidate.is(Nature.OPAQUE)
                && candidate.finding.resources().contains(pool.resource())
                && candidate.explained.containsAll(pool.workers());
    }

    /** Whoever asks others in threads of its own may do so for good; messages and jobs are expected to end. */
    private static boolean runsJobs(Pool pool) {
        return pool.workers().stream().allMatch(worker -> worker.reading().isJob());
    }

    private static boolean isBlamed(Pool pool, Candidate candidate) {
        return pool.workers().stream().anyMatch(candidate.holders::contains);
    }

    /** Carriers are lost, and nobody waits for one: less capacity, no hang. */
    private static boolean costsCarriersOnly(Candidate candidate) {
        return !candidate.needsAllHolders()
                && candidate.finding.resources().stream()
                        .anyMatch(resource -> resource.kind() == Resource.Kind.CARRIERS);
    }

    /** Nobody waits for what a finalizer gives back: it is missed later, however much of an idle service that thread is. */
    private static boolean stopsCleanupOnly(Candidate candidate) {
        return !candidate.finding.permanent()
                && candidate.explained.stream()
                        .allMatch(
                                thread -> cleansUp(thread) || (candidate.holders.contains(thread) && !thread.serves()))
                && candidate.explained.stream().anyMatch(Gravity::cleansUp);
    }

    private static boolean cleansUp(ThreadFacts thread) {
        return thread.role().is("CLEANUP");
    }

    private static boolean stopsAllCarriers(Candidate candidate) {
        return candidate.needsAllHolders() && Tier.of(candidate.confidence) != Tier.HINT;
    }

    private Severity capOfOnePhotograph(Candidate candidate) {
        boolean pinned = candidate.needsAllHolders() && Tier.of(candidate.confidence) == Tier.PROVEN;
        if (isOfClients(candidate)
                || mayBeBurst(candidate)
                || leavesWorkers(candidate)
                || isOfFewClients(candidate)
                || isBesideOpenDoor(candidate)) {
            return Severity.LOW;
        }
        if (pinned || facts.pools().stream().anyMatch(pool -> isTakenBy(pool, candidate.explained))) {
            return pinned ? Severity.CRITICAL : Severity.HIGH;
        }
        boolean weighty = (candidate.impact >= HALF && !isOfManyVirtual(candidate)) || stopsAllLoops(candidate);
        return weighty ? Severity.MEDIUM : Severity.LOW;
    }

    /** Tasks that are forked at once all wait for a carrier at first, while others compute. */
    private static boolean mayBeBurst(Candidate candidate) {
        return candidate.needsAllHolders() && Tier.of(candidate.confidence) == Tier.INFERRED;
    }

    /**
     * Clients that ask another system again and again, in a dump that tells nothing of their work: no pool of them is too small, and all of
     * them wait most of the time.
     */
    private boolean isOfClients(Candidate candidate) {
        return candidate.is(Nature.EXOGENOUS)
                && !facts.shows(Visible.CPU_TIMES)
                && candidate.explained.stream().noneMatch(ThreadFacts::serves);
    }

    /** Calls to another system, in pools that have workers left for whoever comes: one photograph of any busy service shows that. */
    private static boolean leavesWorkers(Candidate candidate) {
        return candidate.is(Nature.EXOGENOUS)
                && candidate.explained.stream()
                        .allMatch(thread -> thread.pool().filter(Pool::hasRoom).isPresent());
    }

    /** One or two that ask another system: a batch does nothing else. */
    private static boolean isOfFewClients(Candidate candidate) {
        return candidate.is(Nature.EXOGENOUS)
                && candidate.explained.size() < SEVERAL
                && candidate.explained.stream().noneMatch(ThreadFacts::serves);
    }

    /** Calls of nobody who serves, in a service that has workers left for requests: its work in the background asks others all day. */
    private boolean isBesideOpenDoor(Candidate candidate) {
        return candidate.is(Nature.EXOGENOUS)
                && candidate.explained.stream().noneMatch(ThreadFacts::serves)
                && facts.pools().stream().anyMatch(facts::hasRoomForRequests);
    }

    /** Virtual threads are there to wait for others, or for their turn, in numbers: no pool runs short of them. */
    private static boolean isOfManyVirtual(Candidate candidate) {
        boolean limited = isForPermits(candidate) && !candidate.holders.isEmpty();
        return (limited || !candidate.is(Nature.OPAQUE))
                && candidate.explained.stream()
                        .allMatch(thread -> thread.thread().isVirtual());
    }

    private static boolean isForPermits(Candidate candidate) {
        return candidate.finding.resources().stream().anyMatch(resource -> resource.kind() == Resource.Kind.PERMITS);
    }

    /** A pool of some size of which nobody is idle, most of it explained by the finding. */
    private static boolean isTakenBy(Pool pool, Set<ThreadFacts> explained) {
        long taken = pool.workers().stream().filter(explained::contains).count();
        return pool.workers().size() >= POOL_SIZE
                && !pool.hasIdleWorker()
                && taken * 10 >= pool.workers().size() * 9L;
    }
}
