package dev.whyhung.rules;

import dev.whyhung.finding.Finding;
import dev.whyhung.finding.Fix;
import dev.whyhung.finding.Nature;
import dev.whyhung.finding.RuleInfo;
import dev.whyhung.graph.Facts;
import dev.whyhung.graph.thread.Holder;
import dev.whyhung.graph.thread.Persistence;
import dev.whyhung.graph.thread.Resource;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.graph.thread.ThreadNode;
import dev.whyhung.graph.thread.Wait;
import dev.whyhung.model.Visible;
import java.util.ArrayList;
import java.util.List;

/** One class initialiser blocks, and everyone who needs the class waits for it. */
final class ClassInitStuck implements Rule {

    private static final RuleInfo INFO =
            RuleInfo.of("class-init-stuck", "A class initializer blocks everyone who needs the class", Nature.OPAQUE);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> examine(Facts facts) {
        List<Finding> findings = new ArrayList<>();
        for (Resource resource : facts.graph().resources()) {
            if (resource.kind() == Resource.Kind.CLASS_INIT
                    && facts.graph().holder(resource) instanceof Holder.Inferred holder
                    && holder.threads().size() == 1
                    && isStuckElsewhere(holder.threads().get(0))
                    && !facts.graph().isInCircle(holder.threads().get(0))) {
                findings.add(finding(facts, resource, holder, holder.threads().get(0)));
            }
        }
        return findings;
    }

    /** Waiting for another class would make it a matter of {@link DeadlockClassInit} or of that class's initialiser. */
    private static boolean isStuckElsewhere(ThreadFacts initializer) {
        return initializer.waitsFor().kind() != Wait.Kind.NONE
                && initializer.waitsFor().kind() != Wait.Kind.CLASS_INIT
                && initializer.persistence().kind() != Persistence.Kind.PROGRESS;
    }

    private static Finding finding(Facts facts, Resource awaited, Holder.Inferred holder, ThreadFacts initializer) {
        List<ThreadFacts> waiters = facts.graph().waiters(awaited);
        boolean shown = facts.shows(Visible.CLASS_INIT_WAITS);
        Finding.Draft draft = Finding.of(INFO)
                .headline("The initializer of " + awaited.name() + " is stuck: " + Account.quoted(initializer) + ' '
                        + Account.doing(initializer))
                .explanation(
                        Account.quoted(initializer) + ' ' + holder.because() + " and " + Account.doing(initializer)
                                + Account.at(initializer.whereText()) + '.',
                        "Until it is done, every other thread that touches the class waits for it.")
                .confidence(holder.certainty() < .9 ? .6 : shown ? .93 : .75)
                .persistence(initializer.persistence())
                .culprit(Account.culprit(initializer))
                .target(new ThreadNode(initializer.id()))
                .resource(awaited)
                .site(initializer.whereText())
                .chain(Account.quoted(initializer)
                        + ' '
                        + Account.doing(initializer)
                        + Account.at(initializer.whereText()))
                .chain("its static initializer of " + awaited.name() + " cannot end")
                .chain(Account.threadsWait(waiters.size()) + " for that class")
                .evidence(Account.exhibit(facts, initializer, holder.because()))
                .fix(Fix.of(
                        "Do no input or output, take no locks and start no threads in static initializers; load such"
                                + " things lazily, with a timeout, from an ordinary method."));
        if (shown) {
            draft.printed();
        }
        Account.show(draft, facts, waiters, 3);
        return draft.build();
    }
}
