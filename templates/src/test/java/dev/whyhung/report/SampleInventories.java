package dev.whyhung.report;

import dev.whyhung.diagnose.chronicle.Timeline;
import dev.whyhung.diagnose.view.BlockerTree;
import dev.whyhung.diagnose.view.CallTree;
import dev.whyhung.diagnose.view.ContainerRow;
import dev.whyhung.diagnose.view.History;
import dev.whyhung.diagnose.view.Inventory;
import dev.whyhung.diagnose.view.Occupancy;
import dev.whyhung.diagnose.view.PoolRow;
import dev.whyhung.diagnose.view.ResourceRow;
import dev.whyhung.diagnose.view.ThreadRow;
import dev.whyhung.model.ThreadId;
import dev.whyhung.model.ThreadStatus;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** What the processes in {@link Samples} have beside their findings: pools, histories, blockers, pictures. */
final class SampleInventories {

    private SampleInventories() {}

    static Inventory hostileInventory(String name, ThreadId id) {
        History.Moment moment = new History.Moment(ThreadStatus.PARKED, true, 7);
        return new Inventory(
                List.of(new ResourceRow(name, name, name, List.of(id), List.of(id), 1)),
                List.of(new PoolRow(name, name, 1, 1, 1, 1)),
                List.of(new ContainerRow(name, 1, id, Map.of(ThreadRow.Activity.STUCK, 1))),
                List.of(0),
                List.of(new History(name, 1, ThreadRow.Activity.STUCK, List.of(moment))),
                List.of(new CallTree(2, List.of(name), List.of(new CallTree(1, List.of(name), List.of())))),
                List.of(new Timeline(
                        name,
                        name,
                        name,
                        List.of(new Timeline.Series(name, List.of(1.0, Double.NaN, 2.0))),
                        List.of(new Timeline.Mark(.5, name)))),
                List.of(new Occupancy(name, List.of(new Occupancy.Bar(name, 3)))));
    }

    static Inventory inventory(int requests, ThreadId owner) {
        List<ThreadId> waiters = IntStream.rangeClosed(1, requests)
                .mapToObj(i -> ThreadId.ofJava(100 + i))
                .toList();
        History.Moment first = new History.Moment(ThreadStatus.PARKED, false, -1);
        History.Moment then = new History.Moment(ThreadStatus.PARKED, false, 0);
        History.Moment ran = new History.Moment(ThreadStatus.RUNNABLE, true, 1_200_000_000);
        History.Moment gone = new History.Moment(null, false, -1);
        CallTree place = new CallTree(requests, List.of("com.acme.Orders.place(Orders.java:41)"), List.of());
        CallTree poll = new CallTree(5, List.of("com.acme.Feed.poll(Feed.java:88)"), List.of());
        return new Inventory(
                List.of(
                        new ResourceRow(
                                Samples.LOCK.label(),
                                "synchronizer",
                                "order-worker-1",
                                List.of(owner),
                                waiters,
                                requests),
                        new ResourceRow("remote peer", "peer", "no owner", List.of(), List.of(), 0)),
                List.of(
                        new PoolRow("http-nio-8080-exec", "REQUEST", requests, 0, 0, 0),
                        new PoolRow("order-worker", "OTHER", 0, 2, 3, 11)),
                List.of(
                        new ContainerRow("<root>", 0, null, Map.of(ThreadRow.Activity.RUNNING, 4)),
                        new ContainerRow("price-scope", 1, owner, Map.of(ThreadRow.Activity.SCHEDULED, 3))),
                List.of(0, 1),
                List.of(
                        new History(
                                "http-nio-8080-exec-1 … " + requests + " (" + requests + ")",
                                requests,
                                ThreadRow.Activity.STUCK,
                                List.of(first, then)),
                        new History("order-worker-1", 1, ThreadRow.Activity.IDLE, List.of(first, ran)),
                        new History("order-worker-2", 1, null, List.of(first, gone))),
                List.of(new CallTree(
                        requests + 5, List.of("… 4 frames of java.lang, java.util.concurrent"), List.of(place, poll))),
                List.of(new Timeline(
                        "Threads waiting for the lock",
                        "10:14:00",
                        "10:15:10",
                        List.of(
                                new Timeline.Series("waiting", List.of(0.0, 0.0, 12.0, 80.0, 160.0, 200.0, 200.0)),
                                new Timeline.Series("running", List.of(20.0, 21.0, Double.NaN, 9.0, 3.0, 0.0, 0.0))),
                        List.of(new Timeline.Mark(.3, "order-worker-1 went idle")))),
                List.of(new Occupancy(
                        "reactor-http-nio",
                        List.of(
                                new Occupancy.Bar("below 10 ms", 9_120),
                                new Occupancy.Bar("10 to 100 ms", 204),
                                new Occupancy.Bar("over 1 s", 3)))));
    }

    static BlockerTree tree(int requests) {
        BlockerTree waiting = new BlockerTree(
                BlockerTree.Kind.THREADS,
                "http-nio-8080-exec (" + requests + ")",
                "at com.acme.Orders.place(Orders.java:41)",
                requests,
                0,
                false,
                0,
                List.of());
        BlockerTree lock = new BlockerTree(
                BlockerTree.Kind.RESOURCE,
                Samples.LOCK.label(),
                "held by order-worker-1",
                0,
                requests,
                true,
                0,
                List.of(waiting));
        return new BlockerTree(
                BlockerTree.Kind.THREADS,
                "order-worker-1",
                "idle in ThreadPoolExecutor.getTask",
                1,
                requests,
                true,
                0,
                List.of(lock));
    }
}
