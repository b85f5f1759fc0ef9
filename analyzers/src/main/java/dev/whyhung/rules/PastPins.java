package dev.whyhung.rules;

import dev.whyhung.finding.Exhibit;
import dev.whyhung.finding.Quantity;
import dev.whyhung.graph.Facts;
import dev.whyhung.model.CallStack;
import dev.whyhung.model.Frame;
import dev.whyhung.model.PastWait;
import dev.whyhung.model.Recording;
import dev.whyhung.model.Recording.WaitTotal;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Virtual threads that waited without leaving their carriers, and went on: what that cost. Only pins that ended are recorded.
 *
 * @param total how long they kept carriers, all of them together
 * @param span the time in which they did, from the first to the last that is kept
 * @param worst those of one place that kept carriers for longest
 */
record PastPins(Recording recording, long count, Duration total, Duration span, WaitTotal worst) {

    /** The recording with the costliest pins. */
    static Optional<PastPins> of(Facts facts) {
        return facts.recorded().recordings().stream()
                .flatMap(recording -> in(recording).stream())
                .max(Comparator.comparing(PastPins::total));
    }

    private static Optional<PastPins> in(Recording recording) {
        List<WaitTotal> pins = recording.waitTotals().stream()
                .filter(total -> total.kind() == PastWait.Kind.PINNED)
                .toList();
        Duration total = pins.stream().map(WaitTotal::total).reduce(Duration.ZERO, Duration::plus);
        long count = pins.stream().mapToLong(WaitTotal::count).sum();
        return pins.stream()
                .max(Comparator.comparing(WaitTotal::total))
                .map(worst -> new PastPins(recording, count, total, span(recording), worst));
    }

    private static Duration span(Recording recording) {
        List<PastWait> waits = recording.recentWaits().stream()
                .filter(wait -> wait.kind() == PastWait.Kind.PINNED)
                .toList();
        return waits.stream()
                .map(PastWait::end)
                .max(Comparator.naturalOrder())
                .map(end -> Duration.between(waits.get(0).start(), end))
                .orElse(recording.length());
    }

    /** A moment's pins, at the start of a service above all, cost nothing. */
    private static final Duration SHORTEST_SPAN = Duration.ofSeconds(5);

    /** How many carriers were lost on average while pins went on. */
    double lost() {
        return (double) total.toNanos() / Math.max(SHORTEST_SPAN.toNanos(), span.toNanos());
    }

    /** The first frame of the application where the worst of them waited. */
    Optional<Frame> site(Facts facts) {
        CallStack stack = worst.stack();
        return stack.frames().stream()
                .filter(frame -> facts.knowledge().isApplication(frame.className()))
                .findFirst();
    }

    String text(Facts facts) {
        return count + " pins that ended, together " + Quantity.duration(total) + " in " + Quantity.duration(span)
                + ": "
                + String.format(Locale.ROOT, "%.1f", lost()) + " carriers lost on average"
                + site(facts).map(frame -> ", most of it at " + frame.text()).orElse("");
    }

    Exhibit exhibit(Facts facts) {
        return new Exhibit(recording.source(), text(facts));
    }
}
