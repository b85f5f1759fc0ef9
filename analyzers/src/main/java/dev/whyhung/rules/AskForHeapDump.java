package dev.whyhung.rules;

import dev.whyhung.finding.Finding;
import dev.whyhung.finding.Nature;
import dev.whyhung.finding.RuleInfo;
import dev.whyhung.graph.Facts;
import dev.whyhung.graph.thread.Resource;
import java.util.ArrayList;
import java.util.List;

/** Something was most likely leaked, which no thread dump can prove: the heap can. */
final class AskForHeapDump implements Rule {

    static final String COMMAND = "jcmd <pid> GC.heap_dump <file>";

    private static final RuleInfo INFO =
            RuleInfo.of("ask-for-heap-dump", "Only a heap dump can prove what was leaked", Nature.DATA_QUALITY);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> examine(Facts facts) {
        List<Resource> suspects = new ArrayList<>();
        OrphanedLockDeadOwner.orphans(facts).forEach((lock, waiters) -> suspects.add(lock));
        RwlockWriterStarved.leaks(facts).forEach(leak -> suspects.add(leak.resource()));
        PermitsLeaked.leaks(facts).forEach(leak -> suspects.add(leak.resource()));
        return suspects.isEmpty() ? List.of() : List.of(finding(suspects));
    }

    private static Finding finding(List<Resource> suspects) {
        Finding.Draft draft = Finding.of(INFO)
                .headline("Take a heap dump before the restart: it shows who last held " + Account.lock(suspects.get(0))
                        + (suspects.size() > 1 ? " and others" : ""))
                .explanation(
                        "A thread dump shows that nobody is left to release it, not who took it. In the heap, look at the"
                                + " object's Sync: exclusiveOwnerThread of a lock (a terminated thread is the proof),"
                                + " firstReader and cachedHoldCounter of a read-write lock, state of a semaphore (0 permits).",
                        "The dump stops the JVM for as long as it takes to write the heap to disk, and holds the data of"
                                + " your users.")
                .captureNext(COMMAND);
        suspects.stream().limit(3).forEach(draft::resource);
        return draft.build();
    }
}
