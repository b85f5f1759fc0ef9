package dev.whyhung.diagnose.view;

import dev.whyhung.diagnose.view.Occupancy.Bar;
import dev.whyhung.graph.Facts;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.model.PastWait;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * How long event loops and carriers were kept from other work, from the waits in recordings that ended. The recorder leaves out
 * short ones, and of each thread its last ones are kept.
 */
final class Occupancies {

    private static final List<Range> RANGES = List.of(
            new Range("below 10 ms", Duration.ofMillis(10)),
            new Range("10 to 100 ms", Duration.ofMillis(100)),
            new Range("100 ms to 1 s", Duration.ofSeconds(1)),
            new Range("1 to 10 s", Duration.ofSeconds(10)),
            new Range("longer", Duration.ofSeconds(Long.MAX_VALUE)));

    private record Range(String text, Duration below) {}

    private Occupancies() {}

    static List<Occupancy> of(Facts facts) {
        List<Occupancy> all = new ArrayList<>();
        add(
                all,
                "event loops, by calls that waited",
                facts.those(thread -> thread.role().is("EVENT_LOOP")).stream()
                        .flatMap(thread -> blocking(facts, thread)));
        add(
                all,
                "carriers, by virtual threads that waited and could not leave them",
                facts.recorded().recordings().stream()
                        .flatMap(recording -> recording.recentWaits().stream())
                        .filter(wait -> wait.kind() == PastWait.Kind.PINNED));
        return all;
    }

    /** What a loop waited for but new work. */
    private static Stream<PastWait> blocking(Facts facts, ThreadFacts loop) {
        return facts.recorded().recentWaits(loop.id()).stream()
                .filter(wait ->
                        facts.knowledge().read(wait.stack()).idle(loop.name()).isEmpty());
    }

    private static void add(List<Occupancy> all, String title, Stream<PastWait> waits) {
        long[] counts = new long[RANGES.size()];
        waits.forEach(wait -> counts[range(wait.length())]++);
        List<Bar> bars = new ArrayList<>();
        long sum = 0;
        for (int i = 0; i < counts.length; i++) {
            bars.add(new Bar(RANGES.get(i).text(), counts[i]));
            sum += counts[i];
        }
        if (sum > 0) {
            all.add(new Occupancy(title, bars));
        }
    }

    private static int range(Duration length) {
        int range = 0;
        while (length.compareTo(RANGES.get(range).below()) >= 0) {
            range++;
        }
        return range;
    }
}
