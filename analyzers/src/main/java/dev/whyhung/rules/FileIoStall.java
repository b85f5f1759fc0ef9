package dev.whyhung.rules;

import dev.whyhung.finding.Exhibit;
import dev.whyhung.finding.Finding;
import dev.whyhung.finding.Fix;
import dev.whyhung.finding.Nature;
import dev.whyhung.finding.Quantity;
import dev.whyhung.finding.RuleInfo;
import dev.whyhung.graph.Facts;
import dev.whyhung.graph.thread.Persistence;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.graph.thread.ThreadNode;
import dev.whyhung.knowledge.Call;
import java.util.List;

/** Threads wait for a file system that does not answer. */
final class FileIoStall implements Rule {

    private static final RuleInfo INFO =
            RuleInfo.of("file-io-stall", "Threads wait for a file that does not answer", Nature.EXOGENOUS);

    private static final int CROWD = 3;

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> examine(Facts facts) {
        List<ThreadFacts> stuck = List.copyOf(facts.stuck(
                thread -> thread.waitsFor().is(Call.Kind.FILE) && !ProcessWaitStuck.readsFromProcess(thread)));
        return stuck.isEmpty() ? List.of() : List.of(finding(facts, stuck));
    }

    private static Finding finding(Facts facts, List<ThreadFacts> stuck) {
        Persistence persistence = ThreadPoolExhausted.prevailing(stuck);
        String site = stuck.get(0).whereText();
        Finding.Draft draft = Finding.of(INFO)
                .headline(Account.threadsWait(stuck.size()) + " for a file or pipe that does not answer")
                .explanation(
                        "They are in calls that read, write or look at a file" + Account.at(site)
                                + ". Such a call has no timeout and cannot be interrupted.",
                        "Which file it is, a dump does not show: think of a network mount that has gone away, a failing disk,"
                                + " a pipe whose other end is silent.")
                .confidence(persistence.isMeasured() ? .8 : stuck.size() >= CROWD ? .5 : .4)
                .persistence(persistence)
                .site(site)
                .chain("a file system or the other end of a pipe does not answer")
                .chain(Account.threadsWait(stuck.size()) + Account.at(site))
                .fix(Fix.of(
                        "Keep files that requests need on a local disk, or load them ahead in a thread of their own, so that a"
                                + " dead mount costs one thread and not all."))
                .fix(Fix.of("Mount network file systems with soft and timeo, so that calls end with an error."))
                .captureNext(
                        "ls -l /proc/<pid>/fd; cat /proc/<pid>/task/*/wchan   # which file, and where in the kernel")
                .captureNext("mount | grep -e nfs -e cifs -e fuse; dmesg | tail");
        stuck.get(0)
                .where()
                .flatMap(facts.recorded()::longestFileAccess)
                .ifPresent(access -> draft.evidence(new Exhibit(
                        facts.recorded().sourceOf(access),
                        Quantity.count(access.count(), "earlier call") + " on " + access.subject()
                                + " here, the longest of " + Quantity.duration(access.longest()))));
        stuck.forEach(thread -> draft.target(new ThreadNode(thread.id())));
        Account.show(draft, facts, stuck, 5);
        return draft.build();
    }
}
