package dev.whyhung.rules;

import dev.whyhung.finding.Finding;
import dev.whyhung.finding.Fix;
import dev.whyhung.finding.RuleInfo;
import dev.whyhung.graph.Facts;
import dev.whyhung.graph.thread.Persistence;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.graph.thread.ThreadNode;
import dev.whyhung.graph.thread.Wait;
import java.util.List;
import java.util.function.Predicate;

/** What {@link FinalizerStuck} and {@link CleanerStuck} have in common: one thread cleans up for all, and it does not get on. */
record StuckCleanup(RuleInfo info, String what, Predicate<ThreadFacts> isMine, Fix fix) {

    List<Finding> examine(Facts facts) {
        return facts.those(thread -> thread.role().is("CLEANUP")).stream()
                .filter(isMine)
                .filter(thread -> thread.waitsFor().kind() != Wait.Kind.NONE
                        && thread.persistence().kind() != Persistence.Kind.PROGRESS)
                .map(thread -> finding(facts, thread))
                .toList();
    }

    private Finding finding(Facts facts, ThreadFacts thread) {
        String doing = Account.doing(thread) + Account.at(thread.whereText());
        return Finding.of(info)
                .headline(Account.quoted(thread) + ", which " + what + ", is stuck: it " + Account.doing(thread))
                .explanation(
                        "It " + doing + '.',
                        "Until that ends nothing else is cleaned up by it: memory, file handles or native memory of objects"
                                + " that are no longer used are not given back.")
                .confidence(thread.persistence().isMeasured() ? .93 : .6)
                .background()
                .persistence(thread.persistence())
                .culprit(Account.culprit(thread))
                .target(new ThreadNode(thread.id()))
                .site(thread.whereText())
                .chain(Account.quoted(thread) + ' ' + doing)
                .chain("objects that are no longer used are not cleaned up")
                .evidence(Account.exhibit(facts, thread, doing))
                .fix(fix)
                .captureNext("jcmd <pid> GC.finalizer_info   # how many objects wait to be finalized")
                .captureNext(Account.THREE_DUMPS)
                .build();
    }
}
