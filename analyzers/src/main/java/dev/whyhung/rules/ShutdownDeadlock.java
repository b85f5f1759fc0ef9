package dev.whyhung.rules;

import dev.whyhung.finding.Finding;
import dev.whyhung.finding.Fix;
import dev.whyhung.finding.Nature;
import dev.whyhung.finding.RuleInfo;
import dev.whyhung.finding.Tier;
import dev.whyhung.graph.Facts;
import dev.whyhung.graph.thread.Persistence;
import dev.whyhung.graph.thread.Resource;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.graph.thread.ThreadNode;
import dev.whyhung.knowledge.Call;
import dev.whyhung.model.CallStack;
import dev.whyhung.model.Frame;
import dev.whyhung.model.ThreadStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The JVM shall exit and waits for a shutdown hook, which waits for the exit. */
final class ShutdownDeadlock implements Rule {

    private static final RuleInfo INFO = RuleInfo.of(
            "shutdown-deadlock", "The exit of the JVM waits for a shutdown hook that cannot end", Nature.OPAQUE);

    private static final String HOOKS = "java.lang.ApplicationShutdownHooks.runHooks";
    private static final String EXIT = "java.lang.Class for java.lang.Shutdown";
    private static final Pattern HOOK = Pattern.compile(".*(?:shutdown|hook).*", Pattern.CASE_INSENSITIVE);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> examine(Facts facts) {
        List<Finding> findings = new ArrayList<>();
        for (ThreadFacts exiter : facts.those(thread -> exits(thread.thread().stack()))) {
            hook(facts, exiter).ifPresent(hook -> findings.add(finding(facts, exiter, hook)));
        }
        return findings;
    }

    /** Whether a thread with this stack has begun the exit of the JVM and waits for a hook. */
    static boolean exits(CallStack stack) {
        return stack.calls(HOOKS) && stack.calls("java.lang.Thread.join");
    }

    /** The hook that the exit waits for: told by its name, else the only thread that can be it. */
    private static Optional<ThreadFacts> hook(Facts facts, ThreadFacts exiter) {
        List<ThreadFacts> alive = facts.threads().stream()
                .filter(thread -> thread != exiter && !thread.isIdle() && !thread.isJvm())
                .filter(thread -> !thread.reading().isWorker())
                .filter(thread -> thread.reading().appFrame().isPresent() || isHookOfLibrary(thread))
                .toList();
        List<ThreadFacts> named = alive.stream()
                .filter(thread -> HOOK.matcher(thread.name()).matches() || isHookByCode(thread))
                .toList();
        List<ThreadFacts> exiting =
                alive.stream().filter(ShutdownDeadlock::wantsToExit).toList();
        for (List<ThreadFacts> candidates : List.of(named, exiting, alive)) {
            if (!candidates.isEmpty()) {
                return candidates.size() == 1 || candidates != alive
                        ? Optional.of(candidates.get(0))
                        : Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** Called after the end by name, and in the exit itself: no thread of a library does so for another reason. */
    private static boolean isHookOfLibrary(ThreadFacts thread) {
        return HOOK.matcher(thread.name()).matches() && wantsToExit(thread);
    }

    private static boolean isHookByCode(ThreadFacts thread) {
        List<Frame> frames = thread.thread().stack().frames();
        return frames.stream()
                .anyMatch(frame -> HOOK.matcher(frame.method()).matches()
                        || HOOK.matcher(frame.className()
                                        .substring(frame.className().lastIndexOf('.') + 1))
                                .matches());
    }

    /** A file dump does not print of which class a class object is, nor, before JDK 25, that it is awaited; the frame tells. */
    static boolean wantsToExit(ThreadFacts thread) {
        boolean inExit = thread.reading().bare().stream()
                .limit(1)
                .anyMatch(frame -> frame.className().equals("java.lang.Shutdown"));
        boolean unseen = inExit && thread.thread().status() == ThreadStatus.UNKNOWN;
        return unseen
                || thread.waitsFor()
                        .resource()
                        .filter(resource -> isExit(resource) || (inExit && isClassObject(resource)))
                        .isPresent();
    }

    private static boolean isClassObject(Resource resource) {
        return resource.className().equals("java.lang.Class");
    }

    /** The monitor that an exit holds until all hooks have ended. */
    static boolean isExit(Resource resource) {
        return resource.className().equals(EXIT);
    }

    /** How the hook is bound to the exit. */
    private enum Bond {
        /** It calls exit itself. */
        EXITS(.97, "calls System.exit, which waits for the exit that is under way", Bond.MUTUAL),
        /** It waits for the end of a thread, a lock or a pool of the thread that exits. */
        CLOSED(.9, "waits for the thread that exits, or for something that this thread keeps", Bond.MUTUAL),
        SLOW(.75, "is stuck itself", "That it is a hook is told by its name or code.");

        private static final String MUTUAL = "Each waits for the other, so the process can only be killed.";

        private final double confidence;
        private final String text;
        private final String remark;

        Bond(double confidence, String text, String remark) {
            this.confidence = confidence;
            this.text = text;
            this.remark = remark;
        }
    }

    private static Bond bond(Facts facts, ThreadFacts exiter, ThreadFacts hook) {
        if (wantsToExit(hook)) {
            return Bond.EXITS;
        }
        boolean joins = hook.waitsFor()
                .resource()
                .filter(resource -> resource.kind() == Resource.Kind.THREAD)
                .isPresent();
        boolean closes = hook.waitsFor().is(Call.Kind.CLOSE) && exiter.reading().isWorker();
        boolean leads = facts.graph()
                .reaching(List.of(new ThreadNode(exiter.id())), true)
                .contains(hook);
        boolean timed = hook.thread().status().isTimed();
        return (joins || closes || leads) && !timed ? Bond.CLOSED : closes ? Bond.CLOSED : Bond.SLOW;
    }

    /** A hook at work is seen in every dump that is taken of a JVM on its way out, as recordings take one. */
    private static final double PASSING = Tier.HINT_AT_MOST;

    private static Finding finding(Facts facts, ThreadFacts exiter, ThreadFacts hook) {
        Bond bond = bond(facts, exiter, hook);
        Optional<Resource> exit = facts.graph().heldBy(exiter).stream()
                .filter(resource -> isExit(resource) || isClassObject(resource))
                .findFirst();
        Persistence persistence = Handover.persistence(List.of(exiter, hook));
        boolean passing = bond == Bond.SLOW && (hook.thread().status().isTimed() || !persistence.isMeasured());
        Finding.Draft draft = Finding.of(INFO)
                .headline("The exit of the JVM waits for " + Account.quoted(hook) + ", which " + bond.text)
                .explanation(
                        Account.quoted(exiter) + " called System.exit" + Account.at(exiter.whereText())
                                + " and waits until all shutdown hooks have ended.",
                        Account.quoted(hook) + ' ' + Account.doing(hook) + Account.at(hook.whereText()) + '.',
                        bond.remark,
                        exit.isEmpty() ? "" : "Every other call of System.exit waits as well.")
                .confidence(passing ? PASSING : bond.confidence)
                .persistence(persistence)
                .culprit(Account.culprit(hook))
                .culprit(Account.culprit(exiter))
                .target(new ThreadNode(exiter.id()))
                .target(new ThreadNode(hook.id()))
                .site(hook.whereText())
                .chain(Account.quoted(exiter) + " calls System.exit" + Account.at(exiter.whereText()))
                .chain("it waits for the shutdown hook " + Account.quoted(hook))
                .chain(Account.quoted(hook) + ' ' + bond.text);
        Stream.of(exit, hook.waitsFor().resource())
                .flatMap(Optional::stream)
                .distinct()
                .forEach(draft::resource);
        if (bond != Bond.SLOW) {
            draft.permanent();
        }
        if (bond == Bond.EXITS) {
            draft.printed();
        }
        Account.show(draft, facts, List.of(exiter, hook), 2);
        return draft.fix(EXIT_ELSEWHERE).fix(END_EVERY_WAIT).build();
    }

    private static final Fix EXIT_ELSEWHERE =
            Fix.of("Do not call System.exit in a shutdown hook or in what it calls, and let no hook wait for the thread"
                    + " that exits: call System.exit from a thread of its own that holds nothing.");
    private static final Fix END_EVERY_WAIT =
            Fix.of("Let every wait in a hook end, and halt as a last resort: Runtime.halt from a watchdog thread.");
}
