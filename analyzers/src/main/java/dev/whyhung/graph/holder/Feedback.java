package dev.whyhung.graph.holder;

import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.graph.thread.Wait;
import dev.whyhung.knowledge.Call;
import dev.whyhung.knowledge.Knowledge;
import dev.whyhung.model.Frame;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Consumers whose loop is a class of its own, beside that of the queue: they hand what they take to other packages, and are led back
 * from there to put into the queue, while those who bring work from outside wait for room as well.
 */
final class Feedback {

    private static final int MOST = 64;

    private final Knowledge knowledge;
    /** By the package in which they began. */
    private final Map<String, List<ThreadFacts>> byPackage = new HashMap<>();

    private @Nullable Set<String> busy;

    Feedback(List<ThreadFacts> threads, Knowledge knowledge) {
        this.knowledge = knowledge;
        for (ThreadFacts thread : threads) {
            entry(thread)
                    .ifPresent(frame -> byPackage
                            .computeIfAbsent(frame.packageName(), key -> new ArrayList<>())
                            .add(thread));
        }
    }

    /** All who run that one loop; none, if another thread may come to take, or one of the loop is free to. */
    List<ThreadFacts> ofPackage(List<ThreadFacts> producers) {
        String home =
                producers.get(0).reading().appFrame().map(Frame::packageName).orElse("");
        List<ThreadFacts> led = producers.stream()
                .filter(producer -> entry(producer)
                        .filter(frame -> frame.packageName().equals(home))
                        .isPresent())
                .toList();
        List<ThreadFacts> residents = byPackage.getOrDefault(home, List.of());
        boolean back = !led.isEmpty() && led.stream().allMatch(thread -> hasLeft(thread, home));
        if (!back || led.size() == producers.size() || residents.size() > MOST) {
            return List.of();
        }
        String loop = began(led.get(0));
        boolean alone = residents.stream().allMatch(thread -> began(thread).equals(loop) != rests(thread));
        return alone && Set.of(home).containsAll(busy())
                ? residents.stream()
                        .filter(thread -> began(thread).equals(loop))
                        .toList()
                : List.of();
    }

    /** The packages in which threads began that are at work: these may come to take, whatever their loop is called. */
    private Set<String> busy() {
        if (busy == null) {
            busy = new HashSet<>();
            byPackage.forEach((place, threads) -> {
                if (threads.stream().anyMatch(this::mayCome)) {
                    busy.add(place);
                }
            });
        }
        return busy;
    }

    private boolean mayCome(ThreadFacts thread) {
        boolean main =
                entry(thread).filter(frame -> frame.method().equals("main")).isPresent();
        return !rests(thread) && !main && !waitsForOthers(thread.waitsFor());
    }

    private static boolean waitsForOthers(Wait wait) {
        return switch (wait.kind()) {
            case SIGNAL, PARK, MONITOR_ENTER, LOCK, CLASS_INIT -> true;
            case NONE, SLEEP, CARRIER -> false;
            case CALL -> wait.isOf(ANSWERS);
        };
    }

    private static final Set<Call.Kind> ANSWERS =
            EnumSet.of(Call.Kind.FUTURE, Call.Kind.LATCH, Call.Kind.PERMIT, Call.Kind.PUT, Call.Kind.CLOSE);

    private Optional<Frame> entry(ThreadFacts thread) {
        return thread.thread().stack().frames().stream()
                .filter(frame -> knowledge.isApplication(frame.className()) && !frame.isHidden())
                .reduce((above, below) -> below);
    }

    private String began(ThreadFacts thread) {
        return entry(thread).map(Frame::qualifiedMethod).orElse("");
    }

    private static boolean rests(ThreadFacts thread) {
        return thread.isIdle() || thread.reading().passive(thread.name()).isPresent();
    }

    private boolean hasLeft(ThreadFacts thread, String home) {
        return thread.thread().stack().frames().stream()
                .anyMatch(frame -> knowledge.isApplication(frame.className())
                        && !frame.isHidden()
                        && !frame.packageName().equals(home));
    }
}
