package dev.whyhung.rules;

import dev.whyhung.finding.Finding;
import dev.whyhung.finding.Fix;
import dev.whyhung.finding.Nature;
import dev.whyhung.finding.RuleInfo;
import dev.whyhung.graph.Facts;
import dev.whyhung.graph.thread.Persistence;
import dev.whyhung.graph.thread.Pool;
import dev.whyhung.graph.thread.Spin;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.graph.thread.ThreadNode;
import dev.whyhung.graph.thread.Wait;
import dev.whyhung.knowledge.Call;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** A thread that serves many connections waits in a call that blocks; all of its connections stand still. */
final class EventLoopBlocked implements Rule {

    private static final RuleInfo INFO =
            RuleInfo.of("event-loop-blocked", "An event loop is blocked by a call that waits", Nature.OPAQUE);

    /** Calls that usually end at once: seen in a single dump they prove nothing. */
    private static final Set<Call.Kind> SHORT = Set.of(Call.Kind.LOG, Call.Kind.FILE, Call.Kind.WRITE, Call.Kind.DNS);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> examine(Facts facts) {
        List<Finding> findings = new ArrayList<>();
        for (Pool group : facts.pools()) {
            List<ThreadFacts> blocked = group.workers().stream()
                    .filter(loop -> isBlocked(facts, group, loop))
                    .toList();
            if (blocked.isEmpty()) {
                past(facts, group).ifPresent(findings::add);
            } else {
                findings.add(finding(facts, new Block(group, blocked)));
            }
        }
        return findings;
    }

    private static final int OFTEN = 5;
    private static final double LEAST_LOST = .25;

    /** They went on, so that this is a matter of speed. */
    private static Optional<Finding> past(Facts facts, Pool group) {
        PastBlocks blocks = group.workers().stream().allMatch(EventLoopBlocked::isLoop)
                ? PastBlocks.of(facts, group.workers())
                : new PastBlocks(facts, List.of());
        return blocks.waits().size() >= OFTEN && blocks.lost() >= LEAST_LOST
                ? Optional.of(Finding.of(INFO)
                        .kind("past")
                        .headline("Event loops of " + group.name() + " were kept waiting again and again"
                                + Account.at(blocks.site()))
                        .explanation(
                                "The recording has " + blocks.text() + '.',
                                "Meanwhile no other connection of such a loop was served: "
                                        + String.format(Locale.ROOT, "%.1f", blocks.lost())
                                        + " loops were lost to that on average.",
                                "All of these calls ended; nothing hangs because of them.")
                        .confidence(.8)
                        .persistence(Persistence.PROGRESS)
                        .resource(group.resource())
                        .site(blocks.site())
                        .evidence(blocks.exhibit())
                        .fix(OFFLOAD)
                        .build())
                : Optional.empty();
    }

    private static boolean isBlocked(Facts facts, Pool group, ThreadFacts loop) {
        boolean quick = loop.waitsFor().isOf(SHORT);
        return isLoop(loop)
                && loop.isStuck()
                && !ReactiveSchedulerSelfStarvation.starves(facts, group)
                && (loop.persistence().isMeasured() || !(quick || waitsItsTurn(facts, loop)))
                && !LogLock.isLogging(facts, loop);
    }

    /** For a monitor that code of libraries keeps for a moment, such as that of a selector: who has it is not stuck. */
    private static boolean waitsItsTurn(Facts facts, ThreadFacts loop) {
        List<ThreadFacts> owners = loop.waitsFor()
                .resource()
                .map(resource -> facts.graph().holder(resource).holders())
                .orElse(List.of());
        return loop.waitsFor().kind() == Wait.Kind.MONITOR_ENTER
                && loop.reading().appFrame().isEmpty()
                && !owners.isEmpty()
                && owners.stream().noneMatch(ThreadFacts::isStuck);
    }

    /** An event loop, or a thread of a reactive scheduler that must not wait any more than one. */
    static boolean isLoop(ThreadFacts thread) {
        return thread.role().is("EVENT_LOOP")
                || (thread.role().is("REACTIVE") && thread.role().weight() >= LOOP_WEIGHT);
    }

    private static final double LOOP_WEIGHT = 5;

    /** Whether it waits for an answer to the very client whose loop it is: clients begin the names of their threads with their own. */
    static boolean waitsForItsClient(ThreadFacts thread) {
        return isLoop(thread)
                && thread.waitsFor()
                        .call()
                        .filter(call ->
                                call.kind() == Call.Kind.REMOTE && thread.name().startsWith(call.id() + '-'))
                        .isPresent();
    }

    private static Finding finding(Facts facts, Block block) {
        ThreadFacts loop = block.first();
        Persistence persistence = block.persistence();
        String doing = block.does() + Account.at(loop.whereText());
        Finding.Draft draft = Finding.of(INFO)
                .kind(block.kind())
                .headline(block.headline())
                .explanation(block.explanation(doing))
                .confidence(block.computes() ? .6 : persistence.isMeasured() ? .92 : .75)
                .persistence(persistence)
                .resource(block.group().resource())
                .site(loop.whereText())
                .chain(Account.quoted(loop) + ' ' + doing)
                .chain("every connection of " + block.loops().size() + " of " + block.all()
                        + " event loops stands still")
                .fix(OFFLOAD)
                .fix(Fix.of("Or use an asynchronous client and continue in its callback."))
                .fix(Fix.of("In tests, let BlockHound or Vert.x's blocked thread checker find such calls."));
        for (ThreadFacts each : block.loops()) {
            draft.target(new ThreadNode(each.id())).culprit(Account.culprit(each));
        }
        Account.show(draft, facts, block.loops(), 4);
        PastBlocks before = PastBlocks.of(facts, block.group().workers());
        if (!before.isEmpty()) {
            draft.evidence(before.exhibit());
        }
        return draft.captureNext(Account.THREE_DUMPS).build();
    }

    /** Loops of one group that serve nobody at the moment; what is told of them is what the first of them does. */
    private record Block(Pool group, List<ThreadFacts> loops) {

        ThreadFacts first() {
            return loops.get(0);
        }

        int all() {
            return group.workers().size();
        }

        boolean isWhole() {
            return loops.size() == all();
        }

        boolean computes() {
            return first().waitsFor().kind() == Wait.Kind.NONE;
        }

        boolean ofClient() {
            return waitsForItsClient(first());
        }

        boolean isSelfWait() {
            return ofClient() || (isWhole() && first().waitsFor().is(Call.Kind.FUTURE));
        }

        String kind() {
            return computes() ? "cpu" : isSelfWait() ? "self-wait" : across(first());
        }

        Persistence persistence() {
            return computes() ? Persistence.measured(span(first())) : Facts.strongest(loops);
        }

        String does() {
            return computes()
                    ? "computes"
                    : ofClient() ? "waits for an answer that this client has to read" : Account.doing(first());
        }

        String headline() {
            return loops.size() + " of " + all() + (all() == 1 ? " event loop" : " event loops") + " of "
                    + group.name() + (loops.size() == 1 ? " is" : " are") + " blocked: " + Account.quoted(first())
                    + ' ' + does();
        }

        String[] explanation(String doing) {
            return new String[] {
                "An event loop serves many connections in turn and must never "
                        + (computes() ? "compute for long. " : "wait. ") + Account.quoted(first()) + ' ' + doing + '.',
                "Until this call returns, no other connection of the loop is read, written or closed.",
                ofClient()
                        ? "The answers to this client are read by these loops: one that waits for its own connection"
                                + " waits until its timeout, however fast the other side is."
                        : "",
                isSelfWait() && !ofClient()
                        ? "If the result is for a loop of this group to complete, it never comes: none is left."
                        : "",
                isWhole() ? "No loop of the group is left: nothing is served." : ""
            };
        }
    }

    private static Duration span(ThreadFacts loop) {
        return loop.spin().map(Spin::span).orElse(Duration.ZERO);
    }

    private static String across(ThreadFacts loop) {
        return "across-"
                + loop.waitsFor().call().map(call -> call.kind().across()).orElse("wait");
    }

    private static final Fix OFFLOAD = new Fix(
            "Hand work that waits to threads made for it.",
            "pipeline.addLast(new PriceHandler());                // waits inside channelRead",
            """
            pipeline.addLast(blockingGroup, new PriceHandler());  // Netty: an EventExecutorGroup
            // Vert.x: vertx.executeBlocking(...); Reactor: mono.subscribeOn(Schedulers.boundedElastic())""");
}
