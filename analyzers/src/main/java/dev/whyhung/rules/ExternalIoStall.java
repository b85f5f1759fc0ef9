package dev.whyhung.rules;

import dev.whyhung.finding.Exhibit;
import dev.whyhung.finding.Finding;
import dev.whyhung.finding.Fix;
import dev.whyhung.finding.Nature;
import dev.whyhung.finding.Quantity;
import dev.whyhung.finding.RuleInfo;
import dev.whyhung.finding.Tier;
import dev.whyhung.graph.Facts;
import dev.whyhung.graph.thread.Persistence;
import dev.whyhung.graph.thread.Resource;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.knowledge.Call;
import dev.whyhung.model.Frame;
import dev.whyhung.model.Recording.WaitTotal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Threads wait for another system that does not answer. */
final class ExternalIoStall implements Rule {

    private static final RuleInfo INFO =
            RuleInfo.of("external-io-stall", "Threads wait for a remote system that does not answer", Nature.EXOGENOUS);

    private static final int CROWD = 3;
    private static final Duration LONG = Duration.ofSeconds(1);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> examine(Facts facts) {
        List<Finding> findings = new ArrayList<>();
        List<Resource> scattered = new ArrayList<>();
        Set<ThreadFacts> inside = new HashSet<>(SelfCallStarvation.callers(facts));
        inside.addAll(facts.stuck(new LostReader(facts)::isMissedBy));
        for (Resource resource : facts.graph().resources()) {
            if (resource.kind() == Resource.Kind.PEER
                    && facts.graph().holder(resource).holders().isEmpty()) {
                List<ThreadFacts> waiters = stuck(facts, List.of(resource), inside);
                if (waiters.size() >= CROWD) {
                    findings.add(finding(facts, List.of(resource), waiters));
                } else if (!waiters.isEmpty()) {
                    scattered.add(resource);
                }
            }
        }
        if (!scattered.isEmpty()) {
            findings.add(finding(facts, scattered, stuck(facts, scattered, inside)));
        }
        return findings;
    }

    private static List<ThreadFacts> stuck(Facts facts, List<Resource> peers, Set<ThreadFacts> inside) {
        return peers.stream()
                .flatMap(peer -> facts.graph().waiters(peer).stream())
                .filter(thread -> thread.isStuck() && !inside.contains(thread))
                .filter(thread -> OF_OTHER_RULES.stream().noneMatch(thread.waitsFor()::is)
                        && !EventLoopBlocked.waitsForItsClient(thread))
                .toList();
    }

    private static final Set<Call.Kind> OF_OTHER_RULES =
            EnumSet.of(Call.Kind.DATABASE_LOCK, Call.Kind.DISTRIBUTED_LOCK, Call.Kind.DNS);

    private static Finding finding(Facts facts, List<Resource> peers, List<ThreadFacts> waiters) {
        boolean untimed = waiters.stream().anyMatch(ExternalIoStall::isUntimedRead);
        Persistence persistence = ThreadPoolExhausted.prevailing(waiters);
        String site = waiters.get(0).whereText();
        Optional<WaitTotal> talk = waiters.get(0).where().flatMap(facts.recorded()::longestTalk);
        String systems =
                systems(peers) + talk.map(total -> " at " + total.subject()).orElse("");
        Optional<String> locks = waiters.get(0).reading().client().flatMap(DatabaseLocks::query);
        Finding.Draft draft = Finding.of(INFO)
                .headline(Account.threadsWait(waiters.size()) + " for an answer from " + systems)
                .explanation(explanation(waiters.get(0), untimed, locks.isPresent()))
                .confidence(confidence(facts, peers, waiters, untimed, talk))
                .persistence(persistence)
                .site(site)
                .chain(systems + " does not answer")
                .chain(Account.threadsWait(waiters.size()) + Account.at(site))
                .fix(TIMEOUTS)
                .fix(BULKHEAD);
        locks.map(query -> query + "   -- on the database, during the hang").ifPresent(draft::captureNext);
        draft.captureNext("ss -tnp | grep <pid>   # which peer, and whether data is queued")
                .captureNext("jcmd <pid of the other system> Thread.print -l   # at the same time");
        talk.ifPresent(total -> draft.evidence(new Exhibit(
                facts.recorded().sourceOf(total),
                Quantity.count(total.count(), "earlier answer") + " from " + total.subject() + ", the longest after "
                        + Quantity.duration(total.longest()))));
        peers.forEach(draft::target);
        peers.forEach(draft::resource);
        Account.show(draft, facts, waiters, 5);
        return draft.build();
    }

    private static String[] explanation(ThreadFacts first, boolean untimed, boolean ofDatabase) {
        return new String[] {
            "They sit in calls to another system: " + Account.quoted(first) + ' ' + Account.doing(first)
                    + Account.at(first.whereText()) + '.',
            untimed ? "At least one socket is read without a timeout, so the wait can last for ever." : "",
            "Why the other side is silent, this dump cannot show: slow, overloaded, gone, or the network"
                    + (ofDatabase ? "; or it waits for a row that another session has locked." : ".")
        };
    }

    private static final Fix BULKHEAD =
            Fix.of("Put a circuit breaker in front of the call, and a bulkhead, so that one slow system cannot take"
                    + " all threads.");
    private static final Fix TIMEOUTS = new Fix(
            "Set a connect, a read and a pool timeout on the client.", "Socket socket = new Socket(host, port);", """
            Socket socket = new Socket();
            socket.connect(new InetSocketAddress(host, port), 2_000);
            socket.setSoTimeout(5_000);""");

    private static double confidence(
            Facts facts, List<Resource> peers, List<ThreadFacts> waiters, boolean untimed, Optional<WaitTotal> talk) {
        Persistence persistence = ThreadPoolExhausted.prevailing(waiters);
        double byDump = persistence.isMeasured() ? .8 : waiters.size() >= CROWD ? .6 : .45;
        boolean slowBefore =
                talk.filter(total -> total.longest().compareTo(LONG) >= 0).isPresent();
        double base = persistence.isMeasured() && slowBefore ? .9 : byDump;
        double full = untimed ? base + .05 : base;
        boolean listen = waiters.stream().allMatch(ExternalIoStall::mayListen);
        return listen || isLoop(facts, waiters) || mayBeAside(facts, waiters) || mayGetOn(facts, peers, waiters)
                ? Math.min(full, Tier.HINT_AT_MOST)
                : full;
    }

    /**
     * Work behind the scenes that no request has missed since the dump before: without CPU times, who asks a peer for one thing after the
     * other is always seen to wait for it; and the query of a report takes its time.
     */
    private static boolean mayGetOn(Facts facts, List<Resource> peers, List<ThreadFacts> waiters) {
        boolean timed = waiters.stream().anyMatch(ExternalIoStall::isTimed);
        boolean queries = (waiters.size() < CROWD
                        && waiters.stream()
                                .allMatch(waiter -> waiter.reading().client().isPresent()))
                || (waiters.stream().allMatch(ExternalIoStall::isQuery) && areRequestsServed(facts));
        return ThreadPoolExhausted.prevailing(waiters).isMeasured()
                && (queries || (!timed && facts.evidence().dumps().size() == 2))
                && waiters.stream().allMatch(waiter -> isBehindScenes(waiter) && !waiter.isOverdue())
                && facts.stuck(ExternalIoStall::hasBroughtSomething).isEmpty()
                && facts.graph().reaching(peers, true).stuck().stream()
                        .allMatch(victim -> hasJustCome(waiters, victim)
                                || (isBehindScenes(victim)
                                        && !victim.waitsFor().isExclusive()
                                        && !(timed && awaitsTheirEnd(victim))));
    }

    /**
     * Whether it is one virtual thread that was started by itself, not for a task of an executor: a loader, which reads one page after the
     * other, and of whose reads no dump tells one from the next.
     */
    private static boolean isLoop(Facts facts, List<ThreadFacts> waiters) {
        return waiters.size() == 1
                && facts.evidence().dumps().size() <= 2
                && waiters.stream()
                        .allMatch(waiter -> waiter.thread().isVirtual()
                                && !waiter.serves()
                                && isStartedByItself(facts, waiter)
                                && facts.graph().heldBy(waiter).stream().noneMatch(held -> LOCKS.contains(held.kind()))
                                && !waiter.isOverdue());
    }

    private static final Set<Resource.Kind> LOCKS = EnumSet.of(Resource.Kind.MONITOR, Resource.Kind.SYNCHRONIZER);

    /** Nothing of the JDK but the thread itself has called the application's code. */
    private static boolean isStartedByItself(Facts facts, ThreadFacts thread) {
        List<Frame> frames = thread.thread().stack().frames();
        for (int i = frames.size() - 1; i >= 0; i--) {
            if (facts.knowledge().isApplication(frames.get(i).className())) {
                return true;
            }
            if (!frames.get(i).className().startsWith("java.lang.")) {
                return false;
            }
        }
        return false;
    }

    private static boolean isQuery(ThreadFacts waiter) {
        return !waiter.reading().isMessage()
                && waiter.reading().client().flatMap(DatabaseLocks::query).isPresent();
    }

    /** Whether requests have come and gone since the dump before, and there are workers left for more. */
    private static boolean areRequestsServed(Facts facts) {
        return facts.pools().stream()
                .filter(facts::hasRoomForRequests)
                .flatMap(pool -> pool.workers().stream())
                .anyMatch(worker -> worker.persistence().kind() == Persistence.Kind.PROGRESS);
    }

    /** To a queue that is full, which they may have to empty. */
    private static boolean hasBroughtSomething(ThreadFacts thread) {
        return thread.waitsFor().is(Call.Kind.PUT);
    }

    /** Whoever closes an executor does not expect its tasks to take long. */
    private static boolean awaitsTheirEnd(ThreadFacts victim) {
        return victim.waitsFor().is(Call.Kind.CLOSE);
    }

    /** While they stood there: what it waits for may be owed by somebody else. */
    private static boolean hasJustCome(List<ThreadFacts> waiters, ThreadFacts victim) {
        return ThreadPoolExhausted.prevailing(waiters).isMeasured()
                && !victim.persistence().isMeasured();
    }

    private static boolean isTimed(ThreadFacts thread) {
        return thread.thread().cpuNanos() >= 0 || thread.thread().isVirtual();
    }

    private static boolean isBehindScenes(ThreadFacts thread) {
        return !thread.serves() && !thread.thread().isVirtual();
    }

    /** Threads of a library's own; whoever serves may stand in the part of the dump that is missing. */
    private static boolean mayBeAside(Facts facts, List<ThreadFacts> waiters) {
        return facts.dump().truncated()
                && waiters.stream()
                        .allMatch(thread -> thread.reading().appFrame().isEmpty());
    }

    /** Who reads a stream of messages is silent for as long as nobody has anything to tell. */
    private static boolean mayListen(ThreadFacts thread) {
        return thread.thread().isVirtual()
                && thread.waitsFor().is(Call.Kind.READ)
                && thread.reading().client().isEmpty()
                && thread.reading().listens()
                && !thread.isOverdue();
    }

    /** JDK 13 and later show by a frame of its own whether a read has a timeout. */
    private static boolean isUntimedRead(ThreadFacts thread) {
        return thread.waitsFor().is(Call.Kind.READ)
                && !thread.waitsFor().call().orElseThrow().id().equals("socket-timed")
                && thread.thread().stack().frames().stream()
                        .anyMatch(frame -> frame.className().equals("sun.nio.ch.NioSocketImpl"));
    }

    private static String systems(List<Resource> peers) {
        Set<String> names = new TreeSet<>();
        peers.forEach(peer -> names.add(peer.name().replaceFirst(" behind .*", "")));
        if (names.equals(Set.of("remote peer"))) {
            return peers.size() == 1 ? "a remote peer" : "remote peers";
        }
        names.remove("remote peer");
        return String.join(", ", names) + (names.size() > 1 ? ", and perhaps others" : "");
    }
}
