package dev.whyhung.rules;

import dev.whyhung.finding.Exhibit;
import dev.whyhung.finding.Finding;
import dev.whyhung.finding.Nature;
import dev.whyhung.finding.RuleInfo;
import dev.whyhung.graph.Facts;
import dev.whyhung.model.DumpInfo;
import dev.whyhung.model.Visible;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The dump is written in a dialect that shows less than the JVM's own. */
final class DialectLimited implements Rule {

    private static final RuleInfo INFO = RuleInfo.of(
            "dialect-limited", "The dump is in a dialect that shows less than the JVM's own", Nature.DATA_QUALITY);

    /** What each dialect leaves out whatever the dump holds, by format. */
    private static final Map<String, String> LIMITS = Map.ofEntries(
            Map.entry(
                    "threadinfo-text",
                    "Text from java.lang.management has no JVM threads and no virtual threads; ThreadInfo.toString cuts stacks"
                            + " after eight frames."),
            Map.entry("threads-json", "JSON from java.lang.management has no JVM threads and no virtual threads."),
            Map.entry("javacore", "A javacore shows no virtual threads that wait, and its monitors by address only."),
            Map.entry(
                    "sa-text",
                    "The serviceability agent stops the process from outside; it may catch it between two consistent states."),
            Map.entry("hs-err", "A crash log has the stack of the crashed thread alone."),
            Map.entry("jrockit", "JRockit shows no owners of java.util.concurrent locks."),
            Map.entry(
                    "jconsole-text",
                    "JConsole shows one thread at a time: those that somebody copied, without ids and JVM threads."),
            Map.entry(
                    "heap-dump",
                    "A heap dump does not tell who holds a monitor or waits for one, and has no JVM threads."),
            Map.entry(
                    "server-text",
                    "WebLogic's console and the watchdog of Minecraft's servers show no owners of locks and no JVM threads."),
            Map.entry(
                    "hadoop-text",
                    "Hadoop's own dumps cut stacks after twenty frames, and have neither JVM threads nor virtual threads."),
            Map.entry(
                    "coroutines",
                    "A dump of coroutines shows no locks and no threads: who waits for whom has to be read from the stacks."));

    /** What a JVM itself writes: there is nothing better to ask it for. */
    private static final Set<String> OWN = Set.of("javacore", "jrockit");

    private static final List<Visible> WORTH_HAVING = List.of(
            Visible.MONITOR_OWNERS,
            Visible.SYNCHRONIZER_OWNERS,
            Visible.THREAD_STATES,
            Visible.CPU_TIMES,
            Visible.TIME);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> examine(Facts facts) {
        DumpInfo info = facts.dump();
        String limit = LIMITS.get(info.format());
        if (limit == null) {
            return List.of();
        }
        List<String> explanation = new ArrayList<>(List.of(limit));
        String missing = WORTH_HAVING.stream()
                .filter(fact -> !info.shows(fact))
                .map(Visible::title)
                .collect(Collectors.joining(", "));
        if (!missing.isEmpty()) {
            explanation.add("This one does not show: " + missing + '.');
        }
        boolean isItsOwn = OWN.contains(info.format());
        Finding.Draft draft = Finding.of(INFO)
                .headline(
                        isItsOwn
                                ? "The dump is the JVM's own; this JVM shows less than others"
                                : "This dump is in a dialect that shows less than the JVM's own")
                .explanation(explanation.toArray(String[]::new))
                .evidence(new Exhibit(info.source(), info.line(), "begins here, in the format " + info.format()));
        return List.of((isItsOwn ? draft : draft.captureNext(Account.DUMP_WITH_OWNERS)).build());
    }
}
