package dev.whyhung.rules;

import dev.whyhung.finding.Finding;
import dev.whyhung.finding.Fix;
import dev.whyhung.finding.Nature;
import dev.whyhung.finding.RuleInfo;
import dev.whyhung.graph.Facts;
import dev.whyhung.model.Recording.Thrown;
import dev.whyhung.model.Visible;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Threads wait for a pooled connection, and nobody has one: they were borrowed and never given back. */
final class ConnectionLeak implements Rule {

    private static final RuleInfo INFO =
            RuleInfo.of("connection-leak", "A pool is empty and nobody uses its connections", Nature.OPAQUE);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> examine(Facts facts) {
        List<Finding> findings = new ArrayList<>();
        for (BorrowedPool pool : BorrowedPool.all(facts)) {
            boolean held = !pool.holders().isEmpty() && !pool.isOnlyGuessedHeld(facts);
            if (!held && (pool.openers(facts).isEmpty() || pool.sharesOpeners(facts))) {
                findings.add(finding(facts, pool));
            }
        }
        return findings;
    }

    private static Finding finding(Facts facts, BorrowedPool pool) {
        PoolHelpers helpers = PoolHelpers.of(facts, pool);
        String library = pool.resource().name();
        Optional<Thrown> failure = facts.recorded().failureInside(pool.waiters());
        Finding.Draft draft = pool.draft(INFO, facts)
                .headline("Connections of " + library + " were borrowed and not given back; "
                        + Account.threadsWait(pool.waiters().size()))
                .explanation(
                        !pool.holders().isEmpty() || !pool.openers(facts).isEmpty()
                                ? pool.waiting() + ". " + elsewhere(pool)
                                : pool.waiting()
                                        + ", and no thread stands inside a driver, in an open transaction, or in the code"
                                        + " that borrows.",
                        "So the connections are lent, but nobody works with them: some code left without closing them.",
                        failure.isEmpty()
                                ? ""
                                : "The recording has an exception in that code, which may have been the way out.",
                        helpers.mayTry() ? mayTry(helpers) : "",
                        "Two other readings leave the same picture: each waiter has one already and wants a second, or"
                                + " asynchronous code keeps them without a thread. The leak detection of the pool tells"
                                + " them apart.")
                .confidence(confidence(facts, pool, helpers) + (failure.isPresent() ? .1 : 0))
                .chain("connections of " + library + " are not given back")
                .chain(pool.waiting() + Account.at(pool.site()))
                .fix(fix(library))
                .fix(Fix.of("Switch on the pool's own check, which logs where a lost connection was borrowed:"
                        + " leakDetectionThreshold (HikariCP), logAbandoned (DBCP2, Tomcat JDBC),"
                        + " unreturnedConnectionTimeout (c3p0)."))
                .captureNext("jcmd <pid> GC.class_histogram   # how many connections exist")
                .captureNext("the pool's MXBean: active, idle and waiting connections");
        failure.ifPresent(thrown -> draft.evidence(Account.exhibit(facts, thrown)));
        return draft.build();
    }

    private static Fix fix(String library) {
        return library.equals("HttpClient") ? CLOSE_RESPONSE : CLOSE_CONNECTION;
    }

    private static final Fix CLOSE_CONNECTION = new Fix("Close in every case: try with resources.", """
            Connection connection = dataSource.getConnection();
            apply(connection);          // throws: never closed
            connection.close();""", """
            try (Connection connection = dataSource.getConnection()) {
                apply(connection);
            }""");
    private static final Fix CLOSE_RESPONSE = new Fix(
            "Read the response to its end, or close it, in every case.",
            "CloseableHttpResponse response = client.execute(request);",
            "client.execute(request, response -> EntityUtils.toString(response.getEntity()));");

    private static final double OF_SEVERAL = .5;

    /** Who has the connections may stand in the part of the dump that is missing. */
    private static final double IN_A_PART = .3;

    /** What is seen of a connection in a process that has several pools. */
    private static String elsewhere(BorrowedPool pool) {
        return pool.holders().isEmpty()
                ? "A thread opens a connection, but this process has several pools of "
                        + pool.resource().name() + ": it may be for another one."
                : "Threads work with connections, but they get on, and this process has several pools of "
                        + pool.resource().name() + ": theirs are probably of another one.";
    }

    private static String mayTry(PoolHelpers helpers) {
        return helpers.trying() == PoolHelpers.Trying.YES
                ? "But the threads that open connections for the pool used CPU meanwhile: more likely they try in vain."
                : "Or it cannot open any: the threads that do so rest between two attempts, and show nothing then.";
    }

    private static double confidence(Facts facts, BorrowedPool pool, PoolHelpers helpers) {
        if (!pool.holders().isEmpty() || !pool.openers(facts).isEmpty()) {
            return OF_SEVERAL;
        }
        if (facts.dump().truncated()) {
            return IN_A_PART;
        }
        if (helpers.mayTry()) {
            return helpers.trying() == PoolHelpers.Trying.YES ? .3 : .5;
        }
        if (facts.usesVirtualThreads() && !facts.shows(Visible.UNMOUNTED_VIRTUAL_THREADS)) {
            return .3;
        }
        return pool.isMeasured() ? .78 : .6;
    }
}
