package dev.whyhung.report;

import dev.whyhung.diagnose.view.StackGroup;
import dev.whyhung.diagnose.view.ThreadRow;
import dev.whyhung.model.CallStack;
import dev.whyhung.model.DumpInfo;
import dev.whyhung.model.Frame;
import dev.whyhung.model.ThreadId;
import dev.whyhung.model.ThreadSnapshot;
import dev.whyhung.model.ThreadStatus;
import dev.whyhung.model.Visible;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The dumps, threads and stacks in {@link Samples}. */
final class SampleThreads {

    private SampleThreads() {}

    static DumpInfo dump(String source, @Nullable String time, int threads) {
        LocalDateTime at = time == null ? null : LocalDateTime.parse(time);
        long uptime = at == null ? -1 : at.toLocalTime().toNanoOfDay();
        return new DumpInfo(
                source,
                1,
                "hotspot-text",
                at,
                null,
                null,
                null,
                EnumSet.of(Visible.MONITOR_OWNERS),
                at == null,
                uptime,
                threads);
    }

    static ThreadRow row(
            int id,
            String name,
            ThreadRow.Activity activity,
            int stack,
            @Nullable String waitsFor,
            @Nullable String heldBy) {
        ThreadSnapshot thread = new ThreadSnapshot(
                ThreadId.ofJava(id),
                name,
                ThreadSnapshot.Kind.PLATFORM,
                true,
                ThreadStatus.PARKED,
                CallStack.EMPTY,
                List.of(),
                12_340_000,
                60_000_000_000L,
                null,
                10 * id,
                0,
                null,
                null);
        String pool = name.contains("exec") ? "http-nio-8080-exec" : null;
        return new ThreadRow(
                thread,
                pool == null ? "OTHER" : "REQUEST",
                pool,
                null,
                null,
                activity,
                waitsFor,
                heldBy,
                "com.acme.Orders.place(Orders.java:41)",
                stack,
                Samples.LOCK.label().equals(waitsFor) ? 0 : -1,
                name.equals("order-worker-1") ? List.of(0) : List.of(),
                activity == ThreadRow.Activity.STUCK ? Duration.ofSeconds(10) : Duration.ZERO);
    }

    static StackGroup group(ThreadRow.Activity activity, String names, List<ThreadId> threads, String entry) {
        List<Frame> frames = new ArrayList<>();
        frames.add(new Frame("jdk.internal.misc.Unsafe", "park", "Native Method"));
        frames.add(new Frame("java.util.concurrent.locks.LockSupport", "park", "LockSupport.java:211"));
        frames.add(new Frame(
                "java.util.concurrent.locks.AbstractQueuedSynchronizer",
                "acquire",
                "AbstractQueuedSynchronizer.java:715"));
        int dot = entry.lastIndexOf('.');
        frames.add(new Frame(entry.substring(0, dot), entry.substring(dot + 1), "Orders.java:41"));
        for (int i = 0; i < 20; i++) {
            frames.add(new Frame(
                    "org.apache.catalina.core.ApplicationFilterChain",
                    "doFilter" + i,
                    "ApplicationFilterChain.java:" + (100 + i)));
        }
        frames.add(new Frame("java.lang.Thread", "run", "Thread.java:840"));
        return new StackGroup(
                frames, activity, threads, names, List.of(frames.get(3).text(), "… 20 frames of org.apache.catalina"));
    }
}
