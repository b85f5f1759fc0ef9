package dev.whyhung.diagnose.verdict;

import dev.whyhung.graph.Facts;
import dev.whyhung.graph.thread.Persistence;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.graph.thread.Wait;
import dev.whyhung.model.CallStack;
import dev.whyhung.model.ThreadStatus;
import dev.whyhung.model.Visible;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Threads that stand in code of the application, where dumps do not tell whether they run or wait, or have moved in between. */
final class Standing {

    private static final int CROWD = 6;
    private static final int FEW_STILL = 2;

    private final Facts facts;

    Standing(Facts facts) {
        this.facts = facts;
    }

    /**
     * Threads at one line of the application, where nothing tells who is blocked: more of them than compute there at one time wait for a
     * monitor or a class.
     */
    Optional<String> crowd() {
        boolean withStates = facts.shows(Visible.THREAD_STATES);
        if (withStates && !mayAwaitClass()) {
            return Optional.empty();
        }
        ThreadStatus unclear = withStates ? ThreadStatus.RUNNABLE : ThreadStatus.UNKNOWN;
        Map<CallStack, Integer> places = new LinkedHashMap<>();
        facts.threads().stream()
                .filter(thread ->
                        thread.thread().status() == unclear && !thread.thread().isVirtual() && standsInCode(thread))
                .forEach(thread -> places.merge(thread.thread().stack(), 1, Integer::sum));
        return places.entrySet().stream()
                .filter(place -> place.getValue() >= CROWD)
                .max(Map.Entry.comparingByValue())
                .map(
                        place -> place.getValue() + " threads stand at "
                                + place.getKey().frames().get(0).text()
                                + ", and this dump does not tell whether they compute or wait for a monitor; jstack <pid> does.");
    }

    /** Whether an initialiser of a class waits, in a dump that prints those who wait for it as running. */
    private boolean mayAwaitClass() {
        return !facts.shows(Visible.CLASS_INIT_WAITS)
                && facts.any(thread -> thread.waitsFor().kind() != Wait.Kind.NONE
                        && thread.thread().stack().runsClassInitializer());
    }

    /** Where no states are printed: threads where the dump before has them, at a lock or in code of the application. */
    Optional<String> stillThere() {
        if (facts.shows(Visible.THREAD_STATES)) {
            return Optional.empty();
        }
        List<ThreadFacts> still = facts.threads().stream()
                .filter(thread -> thread.thread().status() == ThreadStatus.UNKNOWN
                        ? standsInCode(thread)
                        : thread.isStuck() && thread.waitsFor().isExclusive())
                .filter(this::stoodThere)
                .toList();
        return still.size() < FEW_STILL
                ? Optional.empty()
                : Optional.of("But " + still.size() + " threads stand where they stood before, one of them at "
                        + still.get(0).whereText()
                        + ", and these dumps do not tell whether they have moved in between; jstack <pid> does.");
    }

    /** By its frames, since such a dump shows hardly anything else to tell one wait from the next. */
    private boolean stoodThere(ThreadFacts thread) {
        return facts.evidence().earlier().stream()
                .limit(1)
                .map(trace -> trace.of(thread.id()))
                .anyMatch(before -> before != null
                        && before.stack().isSamePlace(thread.thread().stack()));
    }

    private static boolean standsInCode(ThreadFacts thread) {
        return !thread.isIdle()
                && thread.waitsFor().kind() == Wait.Kind.NONE
                && thread.persistence().kind() != Persistence.Kind.PROGRESS
                && thread.reading().appFrame().isPresent()
                && !thread.thread().stack().frames().get(0).location().equals("Native Method");
    }
}
