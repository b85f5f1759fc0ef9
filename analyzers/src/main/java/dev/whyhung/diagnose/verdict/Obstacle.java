package dev.whyhung.diagnose.verdict;

import dev.whyhung.graph.Facts;
import dev.whyhung.graph.thread.Resource;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.graph.thread.ThreadSet;
import dev.whyhung.graph.thread.Wait;
import dev.whyhung.model.LockRef;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What most of those threads wait for that no finding of weight explains: too little for a verdict, but what a reader looks for. */
final class Obstacle {

    private Obstacle() {}

    /**
     * {@code 1 thread waits for monitor Till <0x…>, which "cashier" holds while it sleeps}, of these threads; none where they wait for
     * nothing that somebody holds.
     */
    static Optional<String> of(Facts facts, ThreadSet threads) {
        Optional<String> unseen = unseen(facts);
        if (unseen.isPresent()) {
            return unseen;
        }
        Map<Resource, Integer> awaited = new LinkedHashMap<>();
        threads.stream()
                .flatMap(thread -> thread.waitsFor().resource().stream())
                .filter(Obstacle::isHeld)
                .forEach(each -> awaited.merge(each, 1, Integer::sum));
        return awaited.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(most -> threadsWait(most.getValue()) + most.getKey().label() + holder(facts, most.getKey()))
                .or(() -> unnamed(threads));
    }

    /** A tool that shows whoever blocks the others says how many they are. */
    private static Optional<String> unseen(Facts facts) {
        return facts.evidence().focus().unseenWaiters().entrySet().stream()
                .max(Map.Entry.<LockRef, Integer>comparingByValue()
                        .thenComparing(most -> most.getKey().toString()))
                .flatMap(most -> facts.threads().stream()
                        .filter(thread -> thread.thread()
                                .owned()
                                .anyMatch(mention -> mention.lock().equals(most.getKey())))
                        .findFirst()
                        .map(holder -> holder.ref().quoted() + " holds "
                                + Resource.of(Resource.Kind.MONITOR, most.getKey())
                                        .label() + meanwhile(holder)
                                + ", and " + most.getValue()
                                + (most.getValue() == 1 ? " thread that is" : " threads that are")
                                + " not shown " + (most.getValue() == 1 ? "waits" : "wait") + " for it"));
    }

    private static Optional<String> unnamed(ThreadSet threads) {
        int entering = (int) threads.stream()
                .filter(thread -> thread.waitsFor().kind() == Wait.Kind.MONITOR_ENTER)
                .count();
        return entering == 0 ? Optional.empty() : Optional.of(threadsWait(entering) + "a monitor that is not shown");
    }

    private static String threadsWait(int count) {
        return count + (count == 1 ? " thread waits for " : " threads wait for ");
    }

    private static boolean isHeld(Resource resource) {
        return resource.kind().isExclusive()
                || resource.kind() == Resource.Kind.CONNECTIONS
                || resource.kind() == Resource.Kind.PEER;
    }

    private static String holder(Facts facts, Resource resource) {
        List<ThreadFacts> holders = facts.graph().holder(resource).holders();
        if (resource.kind().isExclusive() && holders.size() == 1) {
            return ", which \"" + holders.get(0).name() + "\" holds" + meanwhile(holders.get(0));
        }
        return holders.isEmpty() && resource.kind() != Resource.Kind.PEER ? "; who holds it is not shown" : "";
    }

    private static String meanwhile(ThreadFacts holder) {
        return switch (holder.waitsFor().kind()) {
            case SLEEP -> " while it sleeps";
            case NONE -> holder.thread().stack().isEmpty() ? "" : " while it runs";
            default -> " while it waits itself";
        };
    }
}
