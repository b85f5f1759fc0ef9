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
import dev.whyhung.model.CallStack;
import dev.whyhung.model.Frame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The function that computes a value of a ConcurrentHashMap updates a map again, and meets a bin that is taken. */
final class ChmRecursiveUpdate implements Rule {

    private static final RuleInfo INFO = RuleInfo.of(
            "chm-recursive-update", "A value of a ConcurrentHashMap is computed by updating the map", Nature.OPAQUE);

    private static final String MAP = "java.util.concurrent.ConcurrentHashMap";
    private static final Set<String> COMPUTING =
            Set.of("computeIfAbsent", "compute", "computeIfPresent", "merge", "replaceNode");

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> examine(Facts facts) {
        List<Finding> findings = new ArrayList<>();
        for (List<ThreadFacts> cycle : facts.graph().cycles()) {
            if (isOfBins(cycle)) {
                findings.add(cycle(facts, cycle));
            }
        }
        facts.threads().stream()
                .filter(thread -> loops(facts, thread))
                .forEach(thread -> findings.add(loop(facts, thread)));
        return findings;
    }

    /** Whether every member waits for a bin of a map inside a function that computes a value of one. */
    static boolean isOfBins(List<ThreadFacts> cycle) {
        return cycle.stream()
                .allMatch(member -> awaited(member)
                                .filter(resource -> resource.className().startsWith(MAP + '$'))
                                .isPresent()
                        && function(member).isPresent());
    }

    private static Optional<Resource> awaited(ThreadFacts member) {
        return member.waitsFor().resource();
    }

    /** The frame of the application between two updates of maps: the function that computes a value. */
    private static Optional<Frame> function(ThreadFacts thread) {
        List<Frame> frames = thread.thread().stack().frames();
        int outer = frames.size() - 1;
        while (outer > 0 && !isComputing(frames.get(outer))) {
            outer--;
        }
        return frames.subList(0, Math.max(outer, 0)).stream()
                .dropWhile(frame -> !frame.className().equals(MAP))
                .filter(frame -> !frame.className().startsWith("java."))
                .findFirst();
    }

    private static boolean isComputing(Frame frame) {
        return frame.className().equals(MAP) && COMPUTING.contains(frame.method());
    }

    /**
     * Before JDK 9 the update of a bin by its own computation looped for ever, where it now throws: the thread runs inside the map, and
     * did so in the dump before, in the same computation.
     */
    private static boolean loops(Facts facts, ThreadFacts thread) {
        Frame function =
                thread.waitsFor().kind() == Wait.Kind.NONE ? function(thread).orElse(null) : null;
        return function != null
                && isInMap(thread.thread().stack())
                && facts.evidence().earlier().stream()
                        .limit(1)
                        .map(dump -> dump.of(thread.id()))
                        .anyMatch(before -> before != null
                                && isInMap(before.stack())
                                && before.stack().frames().contains(function));
    }

    private static boolean isInMap(CallStack stack) {
        return !stack.isEmpty() && stack.frames().get(0).className().startsWith(MAP);
    }

    private static Finding cycle(Facts facts, List<ThreadFacts> cycle) {
        boolean printed = cycle.stream()
                .allMatch(member -> facts.graph().holder(awaited(member).orElseThrow()) instanceof Holder.Known);
        Finding.Draft draft = draft(facts, cycle)
                .headline(cycle.size()
                        + " threads update a ConcurrentHashMap while they compute one of its values, and wait"
                        + " for each other")
                .explanation(
                        "While computeIfAbsent and the like compute a value, they lock its bin. A computation that updates the"
                                + " map again may need a bin which another such computation has locked.",
                        "None of these threads can ever go on.")
                .confidence(printed ? .97 : .55)
                .persistence(Facts.weakest(cycle));
        if (printed) {
            draft.printed().permanent().persistence(Facts.weakest(cycle).sinceItBegan());
        }
        return draft.build();
    }

    private static Finding loop(Facts facts, ThreadFacts thread) {
        return draft(facts, List.of(thread))
                .headline(Account.quoted(thread)
                        + " updates a ConcurrentHashMap while it computes one of its values, and loops")
                .explanation(
                        "The computation updates the bin that it is computed for. Java 8 loops for ever then; later versions"
                                + " throw \"Recursive update\".",
                        "The thread runs in the same computation in two dumps.")
                .confidence(.7)
                .persistence(Persistence.measured(facts.evidence()
                        .earlier()
                        .get(0)
                        .info()
                        .until(facts.dump())
                        .orElse(Duration.ZERO)))
                .build();
    }

    private static Finding.Draft draft(Facts facts, List<ThreadFacts> members) {
        Finding.Draft draft = Finding.of(INFO)
                .site(function(members.get(0)).map(Frame::text).orElse(""))
                .fix(OUTSIDE)
                .fix(Fix.of("Or cache futures: AsyncLoadingCache, or CompletableFuture as the value."));
        for (ThreadFacts member : members) {
            String function = function(member).map(Frame::text).orElse("");
            draft.culprit(Account.culprit(member))
                    .target(new ThreadNode(member.id()))
                    .chain(Account.quoted(member) + " computes a value" + Account.at(function)
                            + " and updates a map there")
                    .evidence(Account.exhibit(facts, member, Account.doing(member) + Account.at(function)));
            awaited(member).ifPresent(draft::resource);
        }
        return draft;
    }

    private static final Fix OUTSIDE = new Fix(
            "Compute outside the map, and put the result in.",
            "map.computeIfAbsent(key, this::load);   // load() uses the map",
            """
            Value value = map.get(key);
            if (value == null) {
                Value loaded = load(key);              // may use the map
                Value earlier = map.putIfAbsent(key, loaded);
                value = earlier == null ? loaded : earlier;
            }""");
}
