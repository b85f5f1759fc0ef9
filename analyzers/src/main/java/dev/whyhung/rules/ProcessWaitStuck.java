package dev.whyhung.rules;

import dev.whyhung.finding.Finding;
import dev.whyhung.finding.Fix;
import dev.whyhung.finding.Nature;
import dev.whyhung.finding.RuleInfo;
import dev.whyhung.finding.Tier;
import dev.whyhung.graph.Facts;
import dev.whyhung.graph.holder.Children;
import dev.whyhung.graph.thread.Persistence;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.graph.thread.ThreadNode;
import dev.whyhung.knowledge.Call;
import java.util.List;

/** Threads wait for the end of a program that may itself wait for somebody to read what it prints. */
final class ProcessWaitStuck implements Rule {

    private static final RuleInfo INFO =
            RuleInfo.of("process-wait-stuck", "Threads wait for another process that does not end", Nature.OPAQUE);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> examine(Facts facts) {
        List<ThreadFacts> waiting =
                List.copyOf(facts.stuck(thread -> thread.waitsFor().is(Call.Kind.PROCESS) || readsFromProcess(thread)));
        return waiting.isEmpty() ? List.of() : List.of(finding(facts, waiting));
    }

    /** Reads the output of a process: from JDK 19 on by a class of its own. */
    static boolean readsFromProcess(ThreadFacts thread) {
        return thread.waitsFor().is(Call.Kind.FILE)
                && thread.thread().stack().frames().stream()
                        .limit(8)
                        .anyMatch(frame -> frame.className().startsWith("java.lang.Process"));
    }

    private static Finding finding(Facts facts, List<ThreadFacts> waiting) {
        boolean drained = new Children(facts.stacks()).areRead();
        Persistence persistence = ThreadPoolExhausted.prevailing(waiting);
        String site = waiting.get(0).whereText();
        Finding.Draft draft = Finding.of(INFO)
                .kind(drained ? "reads" : "nobody-reads")
                .headline(Account.threadsWait(waiting.size()) + " for another process that does not end")
                .explanation(
                        Account.quoted(waiting.get(0)) + " waits for a process" + Account.at(site) + '.',
                        drained
                                ? "Somebody reads from a stream that may be its output, so the process itself seems to be stuck."
                                : "No thread reads what it prints: once the pipe is full, some 64 KB, it waits for a reader for ever.",
                        "Whether it has printed that much, or just takes its time, a dump does not show.")
                .confidence(isMissed(facts, waiting) ? (persistence.isMeasured() ? .6 : .4) : Tier.HINT_AT_MOST)
                .persistence(persistence)
                .site(site)
                .chain(drained ? "the process does not end" : "nobody reads what the process prints")
                .chain(Account.threadsWait(waiting.size()) + " for its end" + Account.at(site))
                .fix(READ_FIRST)
                .fix(Fix.of(
                        "Wait with a limit, waitFor(30, TimeUnit.SECONDS), and destroy the process when it is over."))
                .captureNext("ps --ppid <pid> -o pid,stat,wchan:20,args   # pipe_write: it waits for a reader");
        waiting.forEach(thread -> draft.culprit(Account.culprit(thread)).target(new ThreadNode(thread.id())));
        Account.show(draft, facts, waiting, 3);
        return draft.build();
    }

    /** Work in the background may be what these processes are for; they may as well print to a file. */
    private static boolean isMissed(Facts facts, List<ThreadFacts> waiting) {
        return !waiting.stream().allMatch(ProcessWaitStuck::isOfPool)
                || waiting.stream().anyMatch(thread -> thread.serves() || keepsOthersWaiting(facts, thread));
    }

    private static boolean isOfPool(ThreadFacts thread) {
        return thread.pool().isPresent() && thread.waitsFor().is(Call.Kind.PROCESS);
    }

    private static boolean keepsOthersWaiting(Facts facts, ThreadFacts thread) {
        return facts.graph().heldBy(thread).stream()
                .anyMatch(held -> !facts.graph().waiters(held).isEmpty());
    }

    private static final Fix READ_FIRST =
            new Fix("Read the output before you wait for the end, or send it to a file.", """
            process.waitFor();
            String text = new String(process.getInputStream().readAllBytes());""", """
            process = builder.redirectErrorStream(true).start();
            String text = new String(process.getInputStream().readAllBytes());
            process.waitFor(30, TimeUnit.SECONDS);""");
}
