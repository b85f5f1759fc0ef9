package dev.whyhung.read.bytes;

import dev.whyhung.model.Frame;
import dev.whyhung.model.ThreadDump;
import dev.whyhung.model.ThreadId;
import dev.whyhung.model.ThreadSnapshot;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whoever writes about a dump shows it and then, thread by thread, what counts in it. Such a quote is no later dump of the same
 * process: it would make whatever it shows look lasting.
 */
public final class Quotes {

    private List<ThreadSnapshot> previous = List.of();
    /** The threads of that dump, once something asks for them: whole dumps in a row do not. */
    private final Map<ThreadId, ThreadSnapshot> whole = new HashMap<>();

    private final Map<String, ThreadSnapshot> byName = new HashMap<>();

    /** Whether it is but a part of the dump before it in the same text; remembered if not. */
    public boolean isOne(ThreadDump dump, boolean announced) {
        List<ThreadSnapshot> threads = dump.threads();
        boolean isPart = !announced && threads.size() * 2 <= previous.size();
        if (isPart) {
            return dump.info().takenAt() == null && isOfPrevious(threads);
        }
        previous = threads;
        whole.clear();
        byName.clear();
        return false;
    }

    private boolean isOfPrevious(List<ThreadSnapshot> threads) {
        if (whole.isEmpty()) {
            previous.forEach(thread -> whole.put(thread.id(), thread));
            previous.forEach(thread -> byName.put(thread.name(), thread));
        }
        return threads.stream().allMatch(this::isKnown);
    }

    private boolean isKnown(ThreadSnapshot thread) {
        return isAbridged(thread) ? isSame(thread, byName.get(thread.name())) : isWholeSame(thread);
    }

    /** Of a header whose middle is left out, name and state are known. */
    private static boolean isAbridged(ThreadSnapshot thread) {
        return thread.address() == 0 && thread.cpuNanos() < 0 && thread.elapsedNanos() < 0;
    }

    private boolean isWholeSame(ThreadSnapshot thread) {
        ThreadSnapshot known = whole.get(thread.id());
        return isSame(thread, known)
                && known != null
                && known.name().equals(thread.name())
                && known.address() == thread.address()
                && known.cpuNanos() == thread.cpuNanos()
                && known.elapsedNanos() == thread.elapsedNanos();
    }

    private static boolean isSame(ThreadSnapshot thread, @Nullable ThreadSnapshot known) {
        return known != null
                && known.status() == thread.status()
                && isWithin(thread.stack().frames(), known.stack().frames());
    }

    /** Whether these frames stand there in the same order; a quote may leave some out, but not all of them. */
    private static boolean isWithin(List<Frame> quoted, List<Frame> all) {
        int found = 0;
        for (int i = 0; i < all.size() && found < quoted.size(); i++) {
            found += all.get(i).equals(quoted.get(found)) ? 1 : 0;
        }
        return found == quoted.size() && quoted.isEmpty() == all.isEmpty();
    }
}
