package dev.whyhung.rules;

import dev.whyhung.finding.Finding;
import dev.whyhung.finding.Fix;
import dev.whyhung.finding.RuleInfo;
import dev.whyhung.graph.Facts;
import dev.whyhung.graph.thread.Persistence;
import dev.whyhung.graph.thread.Resource;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.graph.thread.ThreadNode;
import dev.whyhung.knowledge.Call;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Clients that read the answers to their requests in a thread of their own, by table: while somebody waits for an answer, and this thread
 * is not there, no answer comes, whatever the other side does.
 */
final class LostReader {

    private static final double UNCHANGED = .7;
    private static final double ONCE = .45;

    private final Facts facts;
    /** Whether the reader of a client is missing, by the table's name for it. */
    private final Map<String, Boolean> missing = new LinkedHashMap<>();

    LostReader(Facts facts) {
        this.facts = facts;
    }

    /** Whether a thread waits for an answer that nobody is left to read. */
    boolean isMissedBy(ThreadFacts waiter) {
        return waiter.isStuck()
                && waiter.waitsFor().is(Call.Kind.REMOTE)
                && missing.computeIfAbsent(reader(waiter), this::isMissing);
    }

    private static String reader(ThreadFacts waiter) {
        return "reads-" + waiter.waitsFor().call().orElseThrow().id();
    }

    /** Part of a dump tells nothing: the threads of the JVM show that it is whole. */
    private boolean isMissing(String reader) {
        return facts.knowledge().hasFrames(reader)
                && !facts.dump().truncated()
                && facts.any(ThreadFacts::isJvm)
                && !facts.any(thread -> thread.thread().stack().frames().stream()
                        .anyMatch(frame -> facts.knowledge().isAmong(reader, frame)));
    }

    List<Finding> findings(RuleInfo rule) {
        Map<String, List<ThreadFacts>> byReader = new LinkedHashMap<>();
        for (ThreadFacts waiter : facts.stuck(this::isMissedBy)) {
            byReader.computeIfAbsent(reader(waiter), key -> new ArrayList<>()).add(waiter);
        }
        return byReader.values().stream().map(waiters -> finding(rule, waiters)).toList();
    }

    private Finding finding(RuleInfo rule, List<ThreadFacts> waiters) {
        ThreadFacts first = waiters.get(0);
        Set<Resource> peers = waiters.stream()
                .flatMap(thread -> thread.waitsFor().resource().stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        String client = first.reading().client().orElse("client");
        Persistence persistence = ThreadPoolExhausted.prevailing(waiters);
        Finding.Draft draft = Finding.of(rule)
                .kind("reader")
                .headline("The thread that reads the answers to the " + client + " client is gone; "
                        + Account.threadsWait(waiters.size()) + " for one")
                .explanation(
                        Account.quoted(first) + " waits for an answer" + Account.at(first.whereText())
                                + ". This client reads answers in a thread of its own, and no thread of this dump is one.",
                        "The other side may well have answered.",
                        "Most often an Error has ended it, such as one of missing memory or of a missing class: look for it in"
                                + " the log and on standard error.")
                .confidence(Unowned.ofAbsence(facts, persistence.isMeasured() ? UNCHANGED : ONCE))
                .persistence(persistence)
                .site(first.whereText())
                .chain("the reader of the " + client + " client has ended")
                .chain(Account.threadsWait(waiters.size()) + " for an answer" + Account.at(first.whereText()))
                .fix(Fix.of(
                        "Close the client and open a new one when its thread ends; restart the process until then."))
                .fix(Fix.of("Wait for answers with a limit."))
                .captureNext("jcmd <pid> JFR.dump filename=died.jfr   # the error and the end of the thread");
        peers.forEach(draft::resource);
        waiters.forEach(thread -> draft.target(new ThreadNode(thread.id())));
        Account.show(draft, facts, waiters, 3);
        return draft.build();
    }
}
