package dev.whyhung.diagnose.view;

import dev.whyhung.diagnose.chronicle.Timeline;
import java.util.List;

/**
 * What there is beside the threads of a process.
 *
 * @param resources everything that some thread of the examined dump waits for, most stuck waiters first
 * @param pools its pools, those with most stuck workers first
 * @param containers executors and scopes as a tree, each before what it contains; empty where the dump tells of none
 * @param dumps indexes of the dumps that the histories tell of, in time order
 * @param histories what its threads did over those dumps, threads of one kind and fate together; empty for a single dump
 * @param calls the stacks of all threads that are not at rest, merged from their first callers on
 * @param timelines what recordings measured over time; empty without recordings
 * @param occupancies how long event loops and carriers were taken; empty where that was not measured
 */
public record Inventory(
        List<ResourceRow> resources,
        List<PoolRow> pools,
        List<ContainerRow> containers,
        List<Integer> dumps,
        List<History> histories,
        List<CallTree> calls,
        List<Timeline> timelines,
        List<Occupancy> occupancies) {

    public static final Inventory EMPTY =
            new Inventory(List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of());

    public Inventory {
        resources = List.copyOf(resources);
        pools = List.copyOf(pools);
        containers = List.copyOf(containers);
        dumps = List.copyOf(dumps);
        histories = List.copyOf(histories);
        calls = List.copyOf(calls);
        timelines = List.copyOf(timelines);
        occupancies = List.copyOf(occupancies);
    }
}
