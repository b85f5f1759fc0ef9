package dev.whyhung.rules;

import dev.whyhung.finding.Finding;
import dev.whyhung.finding.Fix;
import dev.whyhung.finding.Nature;
import dev.whyhung.finding.RuleInfo;
import dev.whyhung.graph.Facts;
import dev.whyhung.knowledge.Call;
import java.util.List;

/** Threads wait for a name server. */
final class DnsStall implements Rule {

    private static final RuleInfo INFO =
            RuleInfo.of("dns-stall", "Threads wait for a name server that does not answer", Nature.EXOGENOUS);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> examine(Facts facts) {
        SystemCall lookups = SystemCall.of(facts, Call.Kind.DNS);
        return lookups.isEmpty() ? List.of() : List.of(finding(facts, lookups));
    }

    private static Finding finding(Facts facts, SystemCall lookups) {
        String site = lookups.asking().get(0).whereText();
        Finding.Draft draft = Finding.of(INFO)
                .headline(Account.threadsWait(lookups.threads()) + " for a name server that does not answer")
                .explanation(
                        "They look up the address of a host" + Account.at(site)
                                + ". Java cannot limit how long that takes; the system's resolver can.",
                        lookups.following(),
                        "Which name is looked up, a dump does not show.")
                .chain("the name server does not answer")
                .chain(Account.threadsWait(lookups.threads()) + " for a lookup" + Account.at(site))
                .fix(RESOLVER)
                .fix(Fix.of(
                        "Run a caching resolver on the host, look names up once and not for every call, and do not look up"
                                + " names for log lines (getHostName, getCanonicalHostName)."))
                .captureNext("time getent hosts <name>   # on the same host, in the same container")
                .captureNext("ss -unp | grep :53");
        lookups.describe(draft, facts);
        return draft.build();
    }

    private static final Fix RESOLVER =
            new Fix("Let the resolver give up sooner, and name a second server.", "nameserver 10.0.0.2", """
            nameserver 10.0.0.2
            nameserver 10.0.0.3
            options timeout:1 attempts:2""");
}
