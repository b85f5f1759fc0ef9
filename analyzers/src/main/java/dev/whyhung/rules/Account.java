package dev.whyhung.rules;

import dev.whyhung.finding.Culprit;
import dev.whyhung.finding.Exhibit;
import dev.whyhung.finding.Finding;
import dev.whyhung.finding.Fix;
import dev.whyhung.finding.Quantity;
import dev.whyhung.graph.Facts;
import dev.whyhung.graph.thread.AcquireSite;
import dev.whyhung.graph.thread.Resource;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.graph.time.Death;
import dev.whyhung.graph.time.Recorded;
import dev.whyhung.knowledge.Call;
import dev.whyhung.model.Frame;
import dev.whyhung.model.Recording.Thrown;
import dev.whyhung.model.ThreadRef;
import dev.whyhung.model.ThreadSnapshot;
import dev.whyhung.model.Visible;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The words in which rules tell what threads do: culprits, evidence lines, counts, commands. */
final class Account {

    static final String DUMP_WITH_OWNERS = "jcmd <pid> Thread.print -l";
    static final String RECORD_EXCEPTIONS =
            "java -XX:StartFlightRecording:settings=default,jdk.JavaExceptionThrow#enabled=true ...   # off by default before JDK 25";
    static final String THREE_DUMPS = "jcmd <pid> Thread.print -l   # three times, ten seconds apart";

    /** Confidence in a wait that was seen once, for something that others work on. */
    static final double MERE_LOAD = .35;

    static final Fix LOCK_WITH_TIMEOUT =
            new Fix("Let waiting end: acquire with a timeout and say who holds the lock.", "lock.lock();", """
            if (!lock.tryLock(2, TimeUnit.SECONDS)) {
                throw new IllegalStateException("no lock within 2 s: " + lock);   // names the owner
            }""");
    static final Fix SURFACE_EXCEPTIONS =
            Fix.of("Surface exceptions of pool tasks: call Future.get, or log them in afterExecute.");

    private Account() {}

    /** The repair of a leaked lock, at the place that acquires it. */
    static Fix unlockInFinally(String site) {
        return new Fix(
                (site.isEmpty() ? "Release" : "In " + site + ": release")
                        + " the lock in a finally block, with nothing between lock() and try.",
                """
                lock.lock();
                apply(order);          // throws: the lock stays locked for ever
                lock.unlock();""",
                """
                lock.lock();
                try {
                    apply(order);      // short, no input or output
                } finally {
                    lock.unlock();
                }""");
    }

    /** An instant to the second: {@code 21:17:59Z}. */
    static String time(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString().substring("2026-11-25T".length());
    }

    /** A thread that a recording tells of and the dump does not have. */
    static Culprit gone(ThreadRef thread, Optional<Thrown> last) {
        String at = last.flatMap(Recorded::site).map(Frame::text).orElse(null);
        return new Culprit(thread.name(), thread.id(), thread.virtual(), false, at);
    }

    /** An exception as evidence. */
    static Exhibit exhibit(Facts facts, Thrown thrown) {
        return exhibit(facts.recorded().sourceOf(thrown), thrown);
    }

    private static Exhibit exhibit(String source, Thrown thrown) {
        return new Exhibit(
                source,
                time(thrown.at()) + ' ' + thrown.thread().quoted() + " created " + thrown.text()
                        + Recorded.site(thrown).map(site -> at(site.text())).orElse(""));
    }

    /** The end of a thread as evidence, with the exception before it. */
    static void show(Finding.Draft draft, Death death) {
        death.last()
                .ifPresent(thrown -> draft.evidence(exhibit(death.recording().source(), thrown)));
        draft.evidence(new Exhibit(
                death.recording().source(),
                time(death.at()) + ' ' + death.thread().quoted() + " ended"
                        + death.last()
                                .map(thrown ->
                                        ", " + Quantity.duration(Duration.between(thrown.at(), death.at())) + " later")
                                .orElse("")));
    }

    static Culprit culprit(ThreadFacts thread) {
        boolean virtual = thread.thread().kind() == ThreadSnapshot.Kind.VIRTUAL;
        String at = thread.isIdle() ? null : thread.where().map(Frame::text).orElse(null);
        return new Culprit(thread.name(), thread.id(), virtual, true, at);
    }

    /** The thread's header line as evidence, with what it shows. */
    static Exhibit exhibit(Facts facts, ThreadFacts thread, String what) {
        String source = thread.thread().source();
        return new Exhibit(
                source == null ? facts.dump().source() : source, thread.thread().line(), quoted(thread) + ' ' + what);
    }

    static String quoted(ThreadFacts thread) {
        return thread.ref().quoted();
    }

    /** {@code The only worker}, {@code Both workers}, {@code All 200 workers}. */
    static String all(int number, String noun) {
        return switch (number) {
            case 1 -> "The only " + noun;
            case 2 -> "Both " + noun + 's';
            default -> "All " + number + ' ' + noun + 's';
        };
    }

    /** {@code 1 thread}, {@code 200 threads}. */
    static String threads(long count) {
        return Quantity.count(count, "thread");
    }

    /** {@code 1 thread waits}, {@code 200 threads wait}. */
    static String threadsWait(long count) {
        return threads(count) + (count == 1 ? " waits" : " wait");
    }

    /** The simple name of a class: {@code ReentrantLock} for {@code java.util.concurrent.locks.ReentrantLock$NonfairSync}. */
    static String lockClass(Resource resource) {
        String name = resource.className();
        if (name.startsWith("java.lang.Class for ")) {
            return "the class object of " + name.substring("java.lang.Class for ".length());
        }
        String simple = name.substring(name.lastIndexOf('.') + 1);
        int sync = simple.indexOf('$');
        return name.startsWith("java.util.concurrent.locks.") && sync > 0 ? simple.substring(0, sync) : simple;
    }

    /** {@code ReentrantLock <0x...>}. */
    static String lock(Resource resource) {
        if (resource.lock().isIdentified()) {
            return lockClass(resource) + " <" + resource.identity() + '>';
        }
        return (resource.kind() == Resource.Kind.SYNCHRONIZER ? "the " : "") + resource.label();
    }

    /** What a thread is doing, as a verb phrase. */
    static String doing(ThreadFacts thread) {
        return switch (thread.waitsFor().kind()) {
            case NONE -> "runs";
            case MONITOR_ENTER, LOCK, CLASS_INIT ->
                thread.waitsFor()
                        .resource()
                        .map(resource -> "waits for " + lock(resource))
                        .orElse("waits for a monitor");
            case CARRIER -> "is ready to run and waits for a carrier";
            case SIGNAL -> "waits for a signal";
            case SLEEP -> "sleeps";
            case CALL ->
                thread.waitsFor().call().map(Call::kind).map(Call.Kind::title).orElse("waits");
            case PARK -> "is parked";
        };
    }

    /** The frame by which these threads acquire what they wait for; empty if they have none. */
    static String acquireSite(Collection<ThreadFacts> waiters) {
        for (ThreadFacts waiter : waiters) {
            List<Frame> site = AcquireSite.of(waiter);
            if (!site.isEmpty()) {
                return site.get(0).text();
            }
        }
        return "";
    }

    /** {@code at com.acme.Orders.place(Orders.java:41)}, or nothing where no place is known. */
    static String at(String site) {
        return site.isEmpty() || site.equals(ThreadFacts.NOWHERE) ? "" : " at " + site;
    }

    static boolean ownersShown(Facts facts) {
        return facts.shows(Visible.SYNCHRONIZER_OWNERS);
    }

    /** Adds the first of these threads as evidence. */
    static void show(Finding.Draft draft, Facts facts, Collection<ThreadFacts> threads, int most) {
        threads.stream()
                .limit(most)
                .forEach(thread -> draft.evidence(exhibit(facts, thread, doing(thread) + at(thread.whereText()))));
    }

    static void showVanished(Finding.Draft draft, Facts facts) {
        facts.vanished()
                .forEach(gone -> draft.evidence(new Exhibit(
                        gone.dump().source(), gone.line(), gone.thread().quoted() + " was here and is gone later")));
    }
}
