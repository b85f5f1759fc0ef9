package dev.whyhung.read.join;

import dev.whyhung.model.Frame;
import dev.whyhung.model.ThreadDump;
import dev.whyhung.model.ThreadId;
import dev.whyhung.model.ThreadSnapshot;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * Some of the threads of a dump, by which it is known again: what they are called, and where the JVM keeps them. Ids begin anew in
 * every process and threads of one id bear one name in all replicas of a service, but they hardly ever lie at one address. Of many
 * threads those are taken whose ids are multiples of a power of two, so that two dumps have the same ones.
 */
final class Roster {

    private static final int MOST = 512;
    private static final int ENOUGH = 4 * MOST;
    private static final int FEWEST = 3;
    /** Below it lies nothing; a dump that was made anonymous may count from there. */
    private static final long FIRST_PAGE = 0x1000;

    /** What every JVM has, under names that tell nothing. */
    private static final Set<String> IN_EVERY_JVM = Set.of("Reference Handler", "Finalizer", "Common-Cleaner", "main");

    /** {@code queue} is the identity hash code of what a thread at rest waits for all its life, or 0. */
    private record Member(String name, long address, int queue) {}

    private final Map<ThreadId, Member> members = new HashMap<>();

    static Roster of(ThreadDump dump) {
        Roster roster = new Roster();
        long step = 1;
        while (dump.threads().size() / step > MOST) {
            step *= 2;
        }
        for (ThreadSnapshot thread : dump.threads()) {
            if (thread.id().value() % step == 0 && thread.kind() != ThreadSnapshot.Kind.VIRTUAL) {
                roster.members.put(thread.id(), new Member(tellingName(thread), thread.address(), queueOf(thread)));
            }
        }
        return roster;
    }

    /** Takes the threads of a later dump as well; one that prints no addresses leaves them as they are. */
    void add(Roster later) {
        if (members.size() > ENOUGH) {
            members.keySet().retainAll(later.members.keySet());
        }
        later.members.forEach((id, member) -> members.merge(
                id,
                member,
                (mine, its) -> its.address > 0
                        ? its
                        : new Member(its.name, mine.address, its.queue == 0 ? mine.queue : its.queue)));
    }

    private static String tellingName(ThreadSnapshot thread) {
        return thread.stack().isEmpty() || IN_EVERY_JVM.contains(thread.name()) ? "" : thread.name();
    }

    private static int queueOf(ThreadSnapshot thread) {
        int hash = thread.blockerHash();
        return hash != 0 && thread.stack().frames().stream().anyMatch(Roster::isRest) ? hash : 0;
    }

    private static boolean isRest(Frame frame) {
        return (frame.method().equals("getTask") && frame.className().equals("java.util.concurrent.ThreadPoolExecutor"))
                || (frame.method().equals("remove") && frame.className().equals("java.lang.ref.ReferenceQueue"));
    }

    /**
     * The share of the threads at rest in both dumps that wait for the same object; NaN if there are too few. Hash codes are made
     * the same way in every JVM: that they differ tells something, that they do not tells nothing.
     */
    double sameQueues(Roster other) {
        return share(
                other,
                FEWEST,
                (mine, theirs) -> mine.queue != 0 && theirs.queue != 0,
                (mine, theirs) -> mine.queue == theirs.queue);
    }

    /** The share of the threads with an address in both dumps that lie at the same; NaN if there are too few. */
    double sameAddresses(Roster other) {
        return share(
                other,
                FEWEST,
                (mine, theirs) -> mine.address > FIRST_PAGE && theirs.address > FIRST_PAGE,
                (mine, theirs) -> mine.address == theirs.address);
    }

    /** The share of the threads with a telling name in both dumps that bear the same; NaN if there are less. */
    double sameNames(Roster other, int fewest) {
        return share(
                other,
                fewest,
                (mine, theirs) -> !mine.name.isEmpty() && !theirs.name.isEmpty(),
                (mine, theirs) -> Objects.equals(mine.name, theirs.name));
    }

    private double share(
            Roster other, int fewest, BiPredicate<Member, Member> counts, BiPredicate<Member, Member> agrees) {
        int common = 0;
        int same = 0;
        for (Map.Entry<ThreadId, Member> mine : members.entrySet()) {
            Member theirs = other.members.get(mine.getKey());
            if (theirs != null && counts.test(mine.getValue(), theirs)) {
                common++;
                same += agrees.test(mine.getValue(), theirs) ? 1 : 0;
            }
        }
        return common < fewest ? Double.NaN : (double) same / common;
    }
}
