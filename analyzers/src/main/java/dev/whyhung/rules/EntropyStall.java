package dev.whyhung.rules;

import dev.whyhung.finding.Finding;
import dev.whyhung.finding.Fix;
import dev.whyhung.finding.Nature;
import dev.whyhung.finding.RuleInfo;
import dev.whyhung.graph.Facts;
import dev.whyhung.knowledge.Call;
import java.util.List;

/** Threads wait for random numbers from the operating system. */
final class EntropyStall implements Rule {

    private static final RuleInfo INFO =
            RuleInfo.of("entropy-stall", "Threads wait for random numbers of the operating system", Nature.EXOGENOUS);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> examine(Facts facts) {
        SystemCall seeds = SystemCall.of(facts, Call.Kind.ENTROPY);
        return seeds.isEmpty() ? List.of() : List.of(finding(facts, seeds));
    }

    private static Finding finding(Facts facts, SystemCall seeds) {
        String site = seeds.asking().get(0).whereText();
        Finding.Draft draft = Finding.of(INFO)
                .headline(Account.threadsWait(seeds.threads()) + " for random numbers of the operating system")
                .explanation(
                        "A seed is read from the blocking source of random numbers" + Account.at(site)
                                + ". On machines with little activity, and on old kernels, that source runs dry.",
                        seeds.following())
                .chain("the source of random numbers has none to give")
                .chain(Account.threadsWait(seeds.threads()) + " for them" + Account.at(site))
                .fix(URANDOM)
                .fix(
                        Fix.of(
                                "Do not call SecureRandom.getInstanceStrong or generateSeed where new SecureRandom() is enough."))
                .captureNext("cat /proc/sys/kernel/random/entropy_avail");
        seeds.describe(draft, facts);
        return draft.confidence(seeds.confidence(.92)).build();
    }

    private static final Fix URANDOM = new Fix(
            "Seed from the source that does not block; it is as good once the machine has started.",
            "java -jar shop.jar",
            "java -Djava.security.egd=file:/dev/./urandom -jar shop.jar");
}
