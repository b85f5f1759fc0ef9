package dev.whyhung.graph.time;

import dev.whyhung.graph.thread.Resource;
import dev.whyhung.knowledge.Knowledge;
import dev.whyhung.model.CallStack;
import dev.whyhung.model.Evidence;
import dev.whyhung.model.Frame;
import dev.whyhung.model.ThreadId;
import dev.whyhung.model.ThreadSnapshot;
import dev.whyhung.model.ThreadStatus;
import dev.whyhung.model.Visible;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Waits for a class that another thread initialises, in dumps that print such threads as runnable and nothing else. Whoever stands on
 * top of its stack where the initialiser's thread called the initialiser from waits for the same class: the code there does nothing
 * but touch it. And a class initialiser runs once: one that has not moved between two dumps and calls nobody waits, too; if another
 * thread is in the same position, each of them has what the other needs.
 */
public final class UnprintedInit {

    private static final Set<String> TOUCHING = Set.of("forName0", "ensureClassInitialized0");

    private final Knowledge knowledge;
    private final Motion motion;
    private final Map<List<Frame>, Initializer> bySite = new HashMap<>();
    private final List<Initializer> stalled = new ArrayList<>();

    /** Whether those that wait for a class are printed as such; from JDK 26 on virtual threads leave their carriers, and are not. */
    private final boolean runnersShown;

    /** A thread, and the class whose initialiser it is in, the innermost if there are several. */
    private record Initializer(ThreadId thread, String className) {}

    public UnprintedInit(Evidence evidence, Knowledge knowledge, Motion motion) {
        this.knowledge = knowledge;
        this.motion = motion;
        runnersShown = evidence.focus().info().shows(Visible.CLASS_INIT_WAITS);
        if (!runnersShown || evidence.focus().info().shows(Visible.UNMOUNTED_VIRTUAL_THREADS)) {
            Map<CallStack, Boolean> initialising = new HashMap<>();
            for (ThreadSnapshot thread : evidence.focus().threads()) {
                if (initialising.computeIfAbsent(thread.stack(), CallStack::runsClassInitializer)) {
                    add(thread);
                }
            }
        }
    }

    private void add(ThreadSnapshot thread) {
        List<Frame> frames = thread.stack().frames();
        Initializer innermost = null;
        for (int i = 0; i < frames.size(); i++) {
            if (frames.get(i).isClassInitializer()) {
                Initializer found = new Initializer(thread.id(), frames.get(i).className());
                innermost = innermost == null ? found : innermost;
                List<Frame> site = site(frames.subList(i + 1, frames.size()));
                if (!site.isEmpty()) {
                    bySite.putIfAbsent(site, found);
                }
            }
        }
        if (innermost != null && seemsToRun(thread) && motion.of(thread).isMeasured()) {
            stalled.add(innermost);
        }
    }

    /** The frames down to the first of the application; none if there is none. */
    private List<Frame> site(List<Frame> frames) {
        for (int i = 0; i < frames.size(); i++) {
            if (knowledge.isApplication(frames.get(i).className())) {
                return frames.subList(0, i + 1);
            }
        }
        return List.of();
    }

    private boolean seemsToRun(ThreadSnapshot thread) {
        if (thread.stack().isEmpty() || thread.blocker().isPresent()) {
            return false;
        }
        Frame top = thread.stack().frames().get(0);
        boolean touches = !top.location().equals("Native Method") || TOUCHING.contains(top.method());
        boolean runs = thread.status() == ThreadStatus.RUNNABLE || thread.status() == ThreadStatus.UNKNOWN;
        return touches && ((runs && !runnersShown) || waitsInTheJvm(thread));
    }

    /** It waits, and calls nothing that would. */
    private boolean waitsInTheJvm(ThreadSnapshot thread) {
        return thread.isVirtual()
                && thread.status() == ThreadStatus.PARKED
                && knowledge.isApplication(thread.stack().frames().get(0).className());
    }

    /** Whether nothing but a class can be what the thread waits for. */
    public boolean mayAwaitNothingElse(ThreadSnapshot thread) {
        return !thread.stack().isEmpty() && thread.blocker().isEmpty() && waitsInTheJvm(thread);
    }

    /** The class that a thread waits for, if it does. */
    public Optional<Resource> awaited(ThreadSnapshot thread) {
        if ((bySite.isEmpty() && stalled.isEmpty()) || !seemsToRun(thread)) {
            return Optional.empty();
        }
        Initializer here = bySite.get(site(thread.stack().frames()));
        if (here != null && !here.thread().equals(thread.id())) {
            return Optional.of(Resource.ofClass(here.className()));
        }
        boolean mine = stalled.stream().anyMatch(one -> one.thread().equals(thread.id()));
        List<Initializer> others = stalled.stream()
                .filter(one -> !one.thread().equals(thread.id()))
                .toList();
        return mine && others.size() == 1
                ? Optional.of(Resource.ofClass(others.get(0).className()))
                : Optional.empty();
    }
}
