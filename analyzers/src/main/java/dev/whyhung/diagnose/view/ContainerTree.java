package dev.whyhung.diagnose.view;

import dev.whyhung.graph.Facts;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.model.ThreadContainer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The containers that have threads, and those around them, each before what it contains. */
final class ContainerTree {

    private final Map<ThreadContainer, Map<ThreadRow.Activity, Integer>> threads = new HashMap<>();
    /** By parent; null stands for none. */
    private final Map<@Nullable ThreadContainer, List<ThreadContainer>> inside = new LinkedHashMap<>();

    private ContainerTree(Facts facts, Function<ThreadFacts, ThreadRow.Activity> activity) {
        for (ThreadFacts thread : facts.threads()) {
            ThreadContainer container = thread.thread().container();
            if (container != null) {
                enter(container);
                Objects.requireNonNull(threads.get(container)).merge(activity.apply(thread), 1, Integer::sum);
            }
        }
    }

    /** Empty where the dump knows no containers, or none but the root. */
    static List<ContainerRow> rows(Facts facts, Function<ThreadFacts, ThreadRow.Activity> activity) {
        ContainerTree tree = new ContainerTree(facts, activity);
        List<ContainerRow> rows = new ArrayList<>();
        if (tree.threads.size() > 1) {
            tree.add(null, 0, rows);
        }
        return rows;
    }

    private void enter(ThreadContainer container) {
        if (threads.containsKey(container)) {
            return;
        }
        threads.put(container, new EnumMap<>(ThreadRow.Activity.class));
        ThreadContainer parent = container.parent();
        if (parent != null) {
            enter(parent);
        }
        inside.computeIfAbsent(parent, key -> new ArrayList<>()).add(container);
    }

    private void add(@Nullable ThreadContainer parent, int depth, List<ContainerRow> rows) {
        for (ThreadContainer container : inside.getOrDefault(parent, List.of())) {
            rows.add(new ContainerRow(
                    container.label(), depth, container.owner(), threads.getOrDefault(container, Map.of())));
            add(container, depth + 1, rows);
        }
    }
}
