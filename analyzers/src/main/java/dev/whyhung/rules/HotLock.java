package dev.whyhung.rules;

import dev.whyhung.finding.Culprit;
import dev.whyhung.finding.Exhibit;
import dev.whyhung.finding.Finding;
import dev.whyhung.finding.Fix;
import dev.whyhung.finding.Quantity;
import dev.whyhung.finding.RuleInfo;
import dev.whyhung.graph.Facts;
import dev.whyhung.graph.thread.Persistence;
import dev.whyhung.graph.thread.Resource;
import dev.whyhung.knowledge.SynchronizerKind;
import dev.whyhung.model.Frame;
import dev.whyhung.model.LockRef;
import dev.whyhung.model.PastWait;
import dev.whyhung.model.Recording;
import dev.whyhung.model.Recording.WaitTotal;
import dev.whyhung.model.ThreadRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A lock for which threads queued, and got it, as the waits in a recording that ended tell.
 *
 * @param site the code of the application that waits
 * @param waits by place and class of the lock, longest first
 */
record HotLock(Facts facts, Recording recording, String lockClass, Frame site, List<WaitTotal> waits) {

    /** So many threads stood in the queue on average, over the whole recording. */
    private static final double LEAST_QUEUE = 1;

    private static final double MOST_OF_THEM = .5;
    private static final int SEVERAL = 5;

    /** Those that a dump shows to be in demand as well are told from that. */
    static List<HotLock> all(Facts facts) {
        List<HotLock> all = new ArrayList<>();
        for (Recording recording : facts.recorded().recordings()) {
            Map<String, List<WaitTotal>> byPlace = new LinkedHashMap<>();
            for (WaitTotal total : recording.waitTotals()) {
                if (isForLock(facts, total)) {
                    facts.knowledge()
                            .applicationFrame(total.stack())
                            .ifPresent(frame -> byPlace.computeIfAbsent(
                                            total.subject() + ' ' + frame.qualifiedMethod(), key -> new ArrayList<>())
                                    .add(total));
                }
            }
            for (List<WaitTotal> waits : byPlace.values()) {
                waits.sort(Comparator.comparing(WaitTotal::total).reversed());
                Frame site =
                        facts.knowledge().applicationFrame(waits.get(0).stack()).orElseThrow();
                HotLock lock = new HotLock(facts, recording, waits.get(0).subject(), site, waits);
                if (lock.queue() >= LEAST_QUEUE && !lock.isShownByDump()) {
                    all.add(lock);
                }
            }
        }
        return all;
    }

    private static boolean isForLock(Facts facts, WaitTotal total) {
        SynchronizerKind kind = facts.knowledge().kindOf(total.subject());
        return total.kind() == PastWait.Kind.MONITOR_ENTER
                || (total.kind() == PastWait.Kind.PARK
                        && (kind == SynchronizerKind.EXCLUSIVE || kind == SynchronizerKind.READ_WRITE));
    }

    private boolean isShownByDump() {
        return facts.graph().resources().stream()
                .filter(resource -> resource.className().equals(lockClass))
                .anyMatch(resource -> !facts.graph().waiters(resource).isEmpty());
    }

    private Duration total() {
        return waits.stream().map(WaitTotal::total).reduce(Duration.ZERO, Duration::plus);
    }

    private double queue() {
        return (double) total().toNanos() / Math.max(1, recording.length().toNanos());
    }

    private long count() {
        return waits.stream().mapToLong(WaitTotal::count).sum();
    }

    private Duration longest() {
        return waits.stream().map(WaitTotal::longest).max(Duration::compareTo).orElse(Duration.ZERO);
    }

    /** The thread that had the monitor before most of those who waited for it, as far as their waits were kept. */
    private Optional<ThreadRef> keeper() {
        Map<ThreadRef, Long> owners = new LinkedHashMap<>();
        recording.recentWaits().stream()
                .filter(wait -> wait.kind() == PastWait.Kind.MONITOR_ENTER
                        && wait.subject().equals(lockClass)
                        && wait.stack().frames().stream()
                                .anyMatch(frame -> frame.qualifiedMethod().equals(site.qualifiedMethod())))
                .flatMap(wait -> Optional.ofNullable(wait.other()).stream())
                .forEach(owner -> owners.merge(owner, 1L, Long::sum));
        long all = owners.values().stream().mapToLong(Long::longValue).sum();
        return owners.entrySet().stream()
                .filter(entry -> all >= SEVERAL && entry.getValue() > MOST_OF_THEM * all)
                .map(Map.Entry::getKey)
                .findFirst();
    }

    Finding finding(RuleInfo info) {
        boolean monitor = waits.get(0).kind() == PastWait.Kind.MONITOR_ENTER;
        Resource lock =
                Resource.of(monitor ? Resource.Kind.MONITOR : Resource.Kind.SYNCHRONIZER, new LockRef(lockClass, 0));
        String queue = String.format(Locale.ROOT, "%.1f", queue());
        String name = Account.lockClass(lock);
        Optional<ThreadRef> keeper = keeper();
        Finding.Draft draft = Finding.of(info)
                .kind("past")
                .headline("Threads queued for " + (monitor ? "the monitor of " : "a ") + name + ", " + queue
                        + " on average" + Account.at(site.text()))
                .explanation(
                        "The recording has " + count() + " waits for it at this place, together "
                                + Quantity.duration(total())
                                + " in " + Quantity.duration(recording.length()) + ", the longest of "
                                + Quantity.duration(longest()) + '.',
                        "Work that could go on side by side goes through this place one after the other.",
                        keeper.map(owner -> "Most of those who waited got it from " + owner.quoted()
                                        + ": it keeps the lock for long.")
                                .orElse(""),
                        "All of these got the lock; nothing hangs because of them.")
                .confidence(.8)
                .persistence(Persistence.PROGRESS)
                .resource(lock)
                .site(site.text())
                .chain("one thread at a time gets through" + Account.at(site.text()))
                .chain(queue + " threads wait for their turn on average")
                .evidence(new Exhibit(
                        recording.source(),
                        count() + " waits for " + name + Account.at(site.text()) + ", together "
                                + Quantity.duration(total())));
        keeper.ifPresent(owner -> draft.culprit(new Culprit(owner.name(), owner.id(), owner.virtual(), true, null)));
        return draft.fix(Fix.of(
                        "Shorten the section under the lock, split the lock, or replace it: ConcurrentHashMap, LongAdder,"
                                + " an immutable snapshot."))
                .build();
    }
}
