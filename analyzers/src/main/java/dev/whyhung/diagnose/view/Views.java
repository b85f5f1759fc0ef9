package dev.whyhung.diagnose.view;

import dev.whyhung.diagnose.chronicle.Timeline;
import dev.whyhung.diagnose.rank.RankedFinding;
import dev.whyhung.graph.Facts;
import dev.whyhung.graph.carrier.Carriers;
import dev.whyhung.graph.thread.Holder;
import dev.whyhung.graph.thread.Pool;
import dev.whyhung.graph.thread.Resource;
import dev.whyhung.graph.thread.StackGroups;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.graph.thread.Wait;
import dev.whyhung.model.CallStack;
import dev.whyhung.model.Frame;
import dev.whyhung.model.ThreadContainer;
import dev.whyhung.model.ThreadId;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The tables and trees that a report shows beside the findings. */
public final class Views {

    private static final int MOST_LOGICAL = 300;

    private final Facts facts;
    private final Folding folding;
    private final Set<ThreadFacts> stuck;
    private final List<RankedFinding> findings;
    private final Map<CallStack, Integer> groupOf = new HashMap<>();
    private final List<StackGroup> groups = new ArrayList<>();
    private final List<ResourceRow> resources = new ArrayList<>();
    private final Map<Resource, Integer> resourceIndex = new HashMap<>();

    public Views(Facts facts, Set<ThreadFacts> stuck, List<RankedFinding> findings) {
        this.facts = facts;
        this.stuck = stuck;
        this.findings = findings;
        folding = new Folding(facts.knowledge());
        groupStacks();
        listResources();
    }

    private void listResources() {
        Map<Resource, ResourceRow> rows = new LinkedHashMap<>();
        facts.graph().resources().forEach(resource -> rows.put(resource, resourceRow(resource)));
        rows.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(
                        Comparator.comparingInt(ResourceRow::stuck).reversed().thenComparing(ResourceRow::label)))
                .forEach(entry -> {
                    resourceIndex.put(entry.getKey(), resources.size());
                    resources.add(entry.getValue());
                });
    }

    private ResourceRow resourceRow(Resource resource) {
        Holder holder = facts.graph().holder(resource);
        List<ThreadFacts> waiters = facts.graph().waiters(resource);
        return new ResourceRow(
                resource.label(), resource.kind().id(), heldBy(holder), ids(holder.holders()), ids(waiters), (int)
                        waiters.stream().filter(stuck::contains).count());
    }

    private static List<ThreadId> ids(List<ThreadFacts> threads) {
        return new AbstractList<>() {
            @Override
            public ThreadId get(int index) {
                return threads.get(index).id();
            }

            @Override
            public int size() {
                return threads.size();
            }
        };
    }

    private void groupStacks() {
        LogicalStacks logical = new LogicalStacks(facts, folding);
        StackGroups byStack = facts.stacks();
        List<CallStack> stacks = new ArrayList<>(byStack.stacks());
        stacks.removeIf(CallStack::isEmpty);
        stacks.sort(Comparator.comparing((CallStack stack) -> byStack.of(stack).size())
                .reversed()
                .thenComparing(stack -> byStack.of(stack).get(0).id()));
        for (CallStack stack : stacks) {
            List<ThreadFacts> members = byStack.of(stack);
            groupOf.put(stack, groups.size());
            boolean rare = groups.size() >= MOST_LOGICAL;
            groups.add(new StackGroup(
                    stack.frames(),
                    activity(members.get(0)),
                    ids(members),
                    Names.of(members),
                    rare ? List.of() : logical.of(members.get(0))));
        }
    }

    public List<StackGroup> stacks() {
        return groups;
    }

    public Inventory inventory(List<Timeline> timelines) {
        Histories histories = new Histories(facts, this::activity);
        return new Inventory(
                resources,
                pools(),
                ContainerTree.rows(facts, this::activity),
                histories.dumps(),
                histories.groups(),
                new MergedStacks(folding, groups).trees(),
                timelines,
                Occupancies.of(facts));
    }

    private List<PoolRow> pools() {
        return Stream.concat(
                        carriers().stream(),
                        facts.pools().stream()
                                .filter(pool -> pool.workers().size() > 1
                                        && !pool.role().is("CARRIER"))
                                .map(this::pool))
                .sorted(Comparator.comparingInt(PoolRow::stuck)
                        .reversed()
                        .thenComparing(PoolRow::size, Comparator.reverseOrder())
                        .thenComparing(PoolRow::name))
                .toList();
    }

    /** The carriers as the pool that they are to virtual threads; a pinned one is stuck. */
    private Optional<PoolRow> carriers() {
        Carriers carriers = facts.carriers();
        int pinned = carriers.usedAs(Carriers.Use.PINNED).size();
        int busy = carriers.usedAs(Carriers.Use.BUSY).size();
        int free = carriers.usedAs(Carriers.Use.FREE).size();
        int rest = carriers.all().size() - pinned - busy - free;
        return carriers.all().isEmpty()
                ? Optional.empty()
                : Optional.of(new PoolRow("carriers of virtual threads", "CARRIER", pinned, rest, busy, free));
    }

    private PoolRow pool(Pool pool) {
        Map<ThreadRow.Activity, Integer> counts = new EnumMap<>(ThreadRow.Activity.class);
        pool.workers().forEach(worker -> counts.merge(activity(worker), 1, Integer::sum));
        int stuckOnes = counts.getOrDefault(ThreadRow.Activity.STUCK, 0);
        int waiting = counts.getOrDefault(ThreadRow.Activity.WAITING, 0);
        int running = counts.getOrDefault(ThreadRow.Activity.RUNNING, 0);
        int rest = pool.workers().size() - stuckOnes - waiting - running;
        return new PoolRow(pool.name(), pool.role().name(), stuckOnes, waiting, running, rest);
    }

    public List<BlockerTree> blockers() {
        return new BlockerForest(facts, stuck, findings).trees();
    }

    /** The rows, made when they are asked for: a report shows some thousands of them at most. */
    public List<ThreadRow> threads() {
        List<ThreadFacts> threads = facts.threads();
        return new AbstractList<>() {
            @Override
            public ThreadRow get(int index) {
                return row(threads.get(index));
            }

            @Override
            public int size() {
                return threads.size();
            }
        };
    }

    private ThreadRow row(ThreadFacts thread) {
        Optional<Resource> resource =
                thread.isIdle() ? Optional.empty() : thread.waitsFor().resource();
        Optional<ThreadContainer> container =
                Optional.ofNullable(thread.thread().container()).filter(each -> !each.isRoot());
        return new ThreadRow(
                thread.thread(),
                thread.role().name(),
                thread.pool().map(Pool::name).orElse(null),
                container.map(ThreadContainer::label).orElse(null),
                container.map(ThreadContainer::owner).orElse(null),
                activity(thread),
                resource.map(Resource::label).orElse(null),
                resource.map(facts.graph()::holder).map(Views::heldBy).orElse(null),
                thread.where().map(Frame::text).orElse(null),
                groupOf.getOrDefault(thread.thread().stack(), -1),
                resource.map(awaited -> resourceIndex.getOrDefault(awaited, -1)).orElse(-1),
                facts.graph().heldBy(thread).stream()
                        .map(held -> resourceIndex.getOrDefault(held, -1))
                        .toList(),
                thread.persistence().span());
    }

    private static String heldBy(Holder holder) {
        if (holder instanceof Holder.Nobody) {
            return "nobody";
        }
        List<ThreadFacts> threads = holder.holders();
        if (threads.isEmpty()) {
            return holder instanceof Holder.NotShown || holder instanceof Holder.NeedNotTell ? "not shown" : "no owner";
        }
        String certain = holder instanceof Holder.Known ? "" : "probably ";
        return certain + Names.of(threads);
    }

    private ThreadRow.Activity activity(ThreadFacts thread) {
        if (thread.isJvm()) {
            return ThreadRow.Activity.JVM;
        }
        if (thread.waitsFor().kind() == Wait.Kind.CARRIER) {
            return ThreadRow.Activity.SCHEDULED;
        }
        if (stuck.contains(thread)) {
            return ThreadRow.Activity.STUCK;
        }
        if (thread.isIdle()) {
            return ThreadRow.Activity.IDLE;
        }
        if (thread.isPassive()) {
            return ThreadRow.Activity.PASSIVE;
        }
        return thread.waitsFor().kind() == Wait.Kind.NONE ? ThreadRow.Activity.RUNNING : ThreadRow.Activity.WAITING;
    }
}
