package dev.whyhung.rules;

import dev.whyhung.finding.Finding;
import dev.whyhung.finding.Fix;
import dev.whyhung.finding.Nature;
import dev.whyhung.finding.RuleInfo;
import dev.whyhung.graph.Facts;
import dev.whyhung.graph.thread.Node;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.graph.thread.ThreadNode;
import dev.whyhung.graph.thread.Wait;
import dev.whyhung.model.DumpTrace;
import dev.whyhung.model.Sighting;
import java.util.ArrayList;
import java.util.List;

/** Threads wait for a pooled connection, and the one that opens new ones does not get through. */
final class PoolCannotCreate implements Rule {

    private static final RuleInfo INFO =
            RuleInfo.of("pool-cannot-create", "A connection pool cannot open new connections", Nature.EXOGENOUS);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> examine(Facts facts) {
        List<Finding> findings = new ArrayList<>();
        for (BorrowedPool pool : BorrowedPool.all(facts)) {
            List<ThreadFacts> openers = pool.openers(facts).stream()
                    .filter(opener -> opener.isStuck()
                            || opener.waitsFor().kind() == Wait.Kind.SLEEP
                            || triesAgain(facts, pool, opener))
                    .toList();
            PoolHelpers helpers = PoolHelpers.of(facts, pool);
            if (!openers.isEmpty()) {
                findings.add(finding(facts, pool, openers));
            } else if (pool.holders().isEmpty() && pool.openers(facts).isEmpty() && helpers.mayTry()) {
                findings.add(betweenTries(facts, pool, helpers));
            }
        }
        return findings;
    }

    /** It has given up once since the dump before and opens again, while the borrowers have got nothing. */
    private static boolean triesAgain(Facts facts, BorrowedPool pool, ThreadFacts opener) {
        List<DumpTrace> earlier = facts.evidence().earlier();
        Sighting before = earlier.isEmpty() ? null : earlier.get(0).of(opener.id());
        return pool.isMeasured()
                && before != null
                && facts.connections().isOpening(before.stack(), pool.waiters().get(0));
    }

    private static Finding finding(Facts facts, BorrowedPool pool, List<ThreadFacts> openers) {
        ThreadFacts opener = openers.get(0);
        String library = pool.resource().name();
        boolean retries = opener.waitsFor().kind() == Wait.Kind.SLEEP;
        String doing = retries ? "pauses after a failed attempt" : Account.doing(opener);
        String system = opener.reading().client().map(name -> " to " + name).orElse("");
        Finding.Draft draft = pool.draft(INFO, facts)
                .headline(library + named(facts, pool, opener) + " cannot open a connection" + system + "; "
                        + Account.threadsWait(pool.waiters().size()))
                .explanation(
                        Account.quoted(opener) + " opens a connection for the pool and " + doing
                                + Account.at(frame(opener)) + '.',
                        pool.holders().isEmpty()
                                ? "No thread is seen with a connection: the pool has none to lend."
                                : "Connections that are lent may still come back; new ones do not come.",
                        pool.sharesOpeners(facts)
                                ? "This process has several pools of " + library
                                        + ", and no dump tells for which of them each thread waits: they may lack"
                                        + " connections of another one."
                                : "",
                        "Why the other side does not answer, no dump shows: down, overloaded, a firewall, a wrong"
                                + " password that blocks, the name server.")
                .confidence(pool.sharesOpeners(facts) ? OF_SEVERAL : confidence(pool, opener))
                .culprit(Account.culprit(opener))
                .target(opener.waitsFor().resource().<Node>map(peer -> peer).orElse(new ThreadNode(opener.id())))
                .chain(Account.quoted(opener) + ' ' + doing)
                .chain(library + " has no connection to lend")
                .chain(pool.waiting() + Account.at(pool.site()))
                .evidence(Account.exhibit(facts, opener, doing + Account.at(frame(opener))))
                .fix(Fix.of("Set a connect timeout and a login timeout on the driver (connectTimeout, loginTimeout,"
                        + " socketTimeout), so that the pool can try again."))
                .fix(Fix.of("Let borrowing fail fast and report the pool's state in the health check."))
                .captureNext("ss -tnp | grep <pid>   # which peer, in which state (SYN-SENT, ESTAB)");
        openers.stream().skip(1).forEach(other -> draft.culprit(Account.culprit(other)));
        return draft.build();
    }

    /** The attempts themselves are not seen, only that there may be some. */
    private static Finding betweenTries(Facts facts, BorrowedPool pool, PoolHelpers helpers) {
        boolean tried = helpers.trying() == PoolHelpers.Trying.YES;
        ThreadFacts helper = helpers.threads().get(0);
        String library = pool.resource().name();
        return pool.draft(INFO, facts)
                .kind("between-tries")
                .headline(library + (tried ? " tries" : " may be trying") + " in vain to open a connection; "
                        + Account.threadsWait(pool.waiters().size()))
                .explanation(
                        "No thread is seen with a connection, and the threads that open them for the pool are at rest, as"
                                + " they are between two failed attempts.",
                        tried
                                ? "They have used CPU since the dump before, while nobody who waits has got a connection:"
                                        + " a pool whose connections are all lent does not try."
                                : "The same is seen if all connections were borrowed and not given back.",
                        "The pool logs its failed attempts.")
                .confidence(tried ? .7 : .4)
                .culprit(Account.culprit(helper))
                .chain(library + (tried ? " tries" : " may be trying") + " to open a connection, and fails")
                .chain(pool.waiting() + Account.at(pool.site()))
                .evidence(Account.exhibit(
                        facts, helper, tried ? "is at rest, but has worked since the dump before" : "is at rest"))
                .fix(Fix.of("Look into the pool's log for the failed attempts: the address, the password, the number of"
                        + " connections that the database allows."))
                .fix(Fix.of("Let borrowing fail fast (checkoutTimeout of c3p0, connectionTimeout) and report the pool's"
                        + " state in the health check."))
                .captureNext(Account.THREE_DUMPS)
                .build();
    }

    /** An opener stands in library code: its first frame below the plumbing of the JDK. */
    private static String frame(ThreadFacts opener) {
        return opener.thread().stack().frames().stream()
                .filter(frame -> !frame.className().startsWith("java.")
                        && !frame.className().startsWith("sun."))
                .findFirst()
                .map(frame -> frame.text())
                .orElse("");
    }

    private static final double OF_SEVERAL = .55;

    /** The name of the pool that it opens for, where that says something. */
    private static String named(Facts facts, BorrowedPool pool, ThreadFacts opener) {
        return pool.mayBeOfAnother(facts)
                ? facts.knowledge()
                        .poolKeptBy(opener.name(), pool.resource().name())
                        .map(name -> " pool " + name)
                        .orElse("")
                : "";
    }

    private static double confidence(BorrowedPool pool, ThreadFacts opener) {
        if (!pool.holders().isEmpty()) {
            return .6;
        }
        return opener.persistence().isMeasured() || pool.isMeasured() ? .85 : .65;
    }
}
