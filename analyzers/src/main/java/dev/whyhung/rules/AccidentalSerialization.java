package dev.whyhung.rules;

import dev.whyhung.finding.Exhibit;
import dev.whyhung.finding.Finding;
import dev.whyhung.finding.Fix;
import dev.whyhung.finding.Nature;
import dev.whyhung.finding.Quantity;
import dev.whyhung.finding.RuleInfo;
import dev.whyhung.graph.Facts;
import dev.whyhung.graph.thread.Persistence;
import dev.whyhung.graph.thread.Pool;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.graph.thread.ThreadNode;
import dev.whyhung.model.Frame;
import dev.whyhung.model.PastWait;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One worker of a pool waits for one answer after the other, while the rest of the pool has nothing to do. */
final class AccidentalSerialization implements Rule {

    private static final RuleInfo INFO = RuleInfo.of(
                    "accidental-serialization",
                    "Calls are made one after the other though a pool stands idle",
                    Nature.OPAQUE)
            .withEvents("SocketRead");

    private static final int LEAST_CALLS = 5;
    private static final int LEAST_IDLE = 3;
    private static final double WAITING = .8;

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> examine(Facts facts) {
        List<Finding> findings = new ArrayList<>();
        for (Pool pool : facts.pools()) {
            List<ThreadFacts> busy =
                    pool.workers().stream().filter(worker -> !worker.isIdle()).toList();
            if (busy.size() == 1 && pool.workers().size() - 1 >= LEAST_IDLE) {
                Series.of(facts, busy.get(0)).filter(Series::isSerial).ifPresent(series -> {
                    findings.add(finding(facts, pool, series));
                });
            }
        }
        return findings;
    }

    /** What a thread waited for lately: its calls to one place of the application, and the pauses between them. */
    private record Series(ThreadFacts thread, Frame site, List<PastWait> waits, int calls) {

        static Optional<Series> of(Facts facts, ThreadFacts thread) {
            List<PastWait> waits = facts.recorded().recentWaits(thread.id());
            List<PastWait> reads = waits.stream()
                    .filter(wait -> wait.kind() == PastWait.Kind.SOCKET_READ)
                    .toList();
            Optional<Frame> site = reads.stream().findFirst().flatMap(read -> application(facts, read));
            return site.map(frame -> new Series(thread, frame, waits, (int) reads.stream()
                    .filter(read ->
                            application(facts, read).filter(frame::equals).isPresent())
                    .count()));
        }

        private static Optional<Frame> application(Facts facts, PastWait wait) {
            return wait.stack().frames().stream()
                    .filter(frame -> facts.knowledge().isApplication(frame.className()))
                    .findFirst();
        }

        Duration span() {
            Instant first = waits.get(0).start();
            Instant last =
                    waits.stream().map(PastWait::end).max(Instant::compareTo).orElse(first);
            return Duration.between(first, last);
        }

        double share() {
            long waited =
                    waits.stream().mapToLong(wait -> wait.length().toNanos()).sum();
            return (double) waited / Math.max(1, span().toNanos());
        }

        boolean isSerial() {
            return calls >= LEAST_CALLS && share() >= WAITING && share() <= 1.05;
        }
    }

    private static Finding finding(Facts facts, Pool pool, Series series) {
        ThreadFacts thread = series.thread();
        String site = series.site().text();
        int idle = pool.workers().size() - 1;
        return Finding.of(INFO)
                .headline(Account.quoted(thread) + " makes one call after the other, while " + idle
                        + " workers of pool " + pool.name() + " are idle")
                .explanation(
                        "Its last " + series.calls() + " calls at " + site + " never overlapped; "
                                + Math.round(Math.min(1, series.share()) * 100) + " % of the time it waited.",
                        "If the calls do not depend on each other, they could be made side by side.",
                        "This makes the work slow; nothing hangs.")
                .confidence(.75)
                .persistence(Persistence.PROGRESS)
                .culprit(Account.culprit(thread))
                .target(new ThreadNode(thread.id()))
                .resource(pool.resource())
                .site(site)
                .chain(Account.quoted(thread) + " waits for each answer before it asks again")
                .chain(Account.threads(idle) + " of the pool have nothing to do")
                .evidence(new Exhibit(
                        facts.recorded().sourceOf(series.waits().get(0)),
                        series.calls() + " calls at " + site + " in " + Quantity.duration(series.span())))
                .evidence(Account.exhibit(
                        facts,
                        thread,
                        "is the only busy worker of " + pool.workers().size()))
                .fix(new Fix(
                        "Start the calls side by side, then wait for all of them.",
                        "for (URI page : pages) { parse(fetch(page)); }",
                        """
                        List<Future<Page>> fetched = pool.invokeAll(pages.stream().map(this::fetching).toList());
                        for (Future<Page> page : fetched) {
                            parse(page.get());
                        }"""))
                .build();
    }
}
