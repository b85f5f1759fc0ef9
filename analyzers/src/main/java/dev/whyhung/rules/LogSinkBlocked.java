package dev.whyhung.rules;

import dev.whyhung.finding.Finding;
import dev.whyhung.finding.Fix;
import dev.whyhung.finding.Nature;
import dev.whyhung.finding.RuleInfo;
import dev.whyhung.graph.Facts;
import dev.whyhung.graph.thread.Node;
import dev.whyhung.graph.thread.Resource;
import dev.whyhung.graph.thread.ThreadFacts;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A thread is stuck writing to the log, and everyone who wants to log waits for it. */
final class LogSinkBlocked implements Rule {

    private static final RuleInfo INFO =
            RuleInfo.of("log-sink-blocked", "The output of the log does not take what is written", Nature.EXOGENOUS);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> examine(Facts facts) {
        List<Finding> findings = new ArrayList<>();
        for (Resource sink : facts.graph().resources()) {
            List<ThreadFacts> writers = facts.graph().stuckWaiters(sink);
            if (sink.kind() == Resource.Kind.SINK && !writers.isEmpty()) {
                Set<Resource> targets = withLogLocks(facts, sink);
                long behind = victims(facts, targets, writers);
                if (behind > 0 || Facts.strongest(writers).isMeasured()) {
                    findings.add(finding(facts, writers, targets, behind));
                }
            }
        }
        return findings;
    }

    /** The output, and the locks of log code on the way to it: behind each stand more threads that only want to log. */
    private static Set<Resource> withLogLocks(Facts facts, Resource sink) {
        Set<Resource> targets = new LinkedHashSet<>(Set.of(sink));
        boolean grows = true;
        while (grows) {
            grows = false;
            for (ThreadFacts thread : reaching(facts, targets)) {
                for (Resource held : facts.graph().heldBy(thread)) {
                    grows |= LogLock.is(facts, held) && targets.add(held);
                }
            }
        }
        return targets;
    }

    private static Set<ThreadFacts> reaching(Facts facts, Set<? extends Node> targets) {
        return facts.graph().reaching(targets, false).live();
    }

    private static long victims(Facts facts, Set<Resource> targets, List<ThreadFacts> writers) {
        return reaching(facts, targets).stream()
                .filter(thread -> thread.isStuck() && !writers.contains(thread))
                .count();
    }

    private static Finding finding(Facts facts, List<ThreadFacts> writers, Set<Resource> targets, long behind) {
        ThreadFacts writer = writers.get(0);
        boolean remote = writer.waitsFor()
                .call()
                .filter(call -> call.id().equals("socket"))
                .isPresent();
        boolean measured = Facts.strongest(writers).isMeasured();
        Finding.Draft draft = Finding.of(INFO)
                .headline("Nothing takes what is logged: " + Account.quoted(writer) + " is stuck writing, "
                        + Account.threadsWait(behind) + " to log")
                .explanation(explanation(writer, remote))
                .confidence(measured ? .88 : .75)
                .persistence(Facts.strongest(writers))
                .site(writer.whereText())
                .chain("the log output does not take what is written")
                .chain(Account.quoted(writer) + " is stuck in the write")
                .chain(Account.threadsWait(behind) + " for its lock or for room in its queue")
                .fix(remote ? LOG_SERVER : PIPE)
                .fix(NEVER_BLOCK)
                .captureNext("ls -l /proc/<pid>/fd/1 /proc/<pid>/fd/2   # pipe, file or terminal")
                .captureNext("cat /proc/<pid>/task/*/wchan   # pipe_wait or pipe_write: nobody reads");
        targets.forEach(target -> draft.target(target).resource(target));
        writers.forEach(each -> draft.culprit(Account.culprit(each)));
        Account.show(draft, facts, writers, 2);
        Account.show(draft, facts, waiting(facts, targets, writers), 3);
        return draft.build();
    }

    private static String[] explanation(ThreadFacts writer, boolean remote) {
        return new String[] {
            Account.quoted(writer) + " is inside the write itself" + Account.at(top(writer)) + '.',
            remote
                    ? "It sends to a log server, which does not read what it is sent."
                    : "Such a write returns at once unless the other end does not read (the pipe behind standard"
                            + " output: a container's log driver, a supervisor, a paused terminal) or the disk or"
                            + " network file system stalls.",
            remote ? "" : "Which of them it is, no dump shows."
        };
    }

    private static final Fix PIPE =
            Fix.of("Now: cat /proc/<pid>/fd/1 > /dev/null drains a full pipe; if the service runs on, this was it."
                    + " Otherwise look at the disk: df, dmesg.");
    private static final Fix NEVER_BLOCK =
            Fix.of("Let logging never block the service: an asynchronous appender that discards when its queue is"
                    + " full (logback: neverBlock=true; log4j2: AsyncQueueFullPolicy=Discard; Docker:"
                    + " mode=non-blocking).");
    private static final Fix LOG_SERVER = Fix.of(
            "Now: look at the log server, or end the connection to it (ss -K), so that the write fails and the service goes"
                    + " on.");

    private static List<ThreadFacts> waiting(Facts facts, Set<Resource> targets, List<ThreadFacts> writers) {
        return reaching(facts, targets).stream()
                .filter(thread -> thread.isStuck() && !writers.contains(thread))
                .toList();
    }

    private static String top(ThreadFacts writer) {
        return writer.thread().stack().frames().get(0).text();
    }
}
