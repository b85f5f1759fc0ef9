package dev.whyhung.diagnose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.whyhung.DumpText;
import dev.whyhung.FileDumpText;
import dev.whyhung.MadeRecording;
import dev.whyhung.Runs;
import dev.whyhung.diagnose.verdict.Verdict;
import dev.whyhung.model.PastWait;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Virtual threads that read from sockets and have not moved: connections at rest, or calls without an answer. */
class SilentPeerTest {

    private static final String[] VIRTUAL_READ = {
        "java.base/java.lang.VirtualThread.park(VirtualThread.java:596)",
        "java.base/sun.nio.ch.Poller.poll(Poller.java:139)",
        "java.base/sun.nio.ch.NioSocketImpl.park(NioSocketImpl.java:174)",
        "java.base/sun.nio.ch.NioSocketImpl.implRead(NioSocketImpl.java:309)",
        "java.base/java.net.Socket$SocketInputStream.read(Socket.java:1099)"
    };

    /** @param moved how many of them have gone on to another place */
    private static String readers(String time, String acceptor, int moved) {
        return readers(time, acceptor, i ->
                new String[] {"com.acme.quote.QuoteClient.ask(QuoteClient.java:" + (i < moved ? 41 : 40) + ")"});
    }

    private static String readers(String time, String acceptor, IntFunction<String[]> code) {
        FileDumpText dump = new FileDumpText("21.0.5+11", time)
                .thread(
                        "acceptor",
                        "java.base/sun.nio.ch.Net.accept(Native Method)",
                        "java.base/sun.nio.ch.NioSocketImpl.accept(NioSocketImpl.java:748)",
                        "java.base/java.net.ServerSocket.accept(ServerSocket.java:526)",
                        acceptor,
                        FileDumpText.RUN);
        for (int i = 0; i < 60; i++) {
            dump.thread(
                    "",
                    Stream.of(VIRTUAL_READ, code.apply(i), new String[] {FileDumpText.RUN_VIRTUAL})
                            .flatMap(Stream::of)
                            .toArray(String[]::new));
        }
        return dump.whole();
    }

    private static final String SERVER = "com.acme.web.Server.run(Server.java:12)";
    private static final String SAME_PACKAGE = "com.acme.quote.Listener.run(Listener.java:12)";

    @ParameterizedTest
    @CsvSource({SERVER + ", 0, HUNG", SERVER + ", 3, HEALTHY", SAME_PACKAGE + ", 0, HEALTHY"})
    void doesNotAnswerACrowdOfCallers(String acceptor, int moved, Verdict.Status expected) {
        String one = readers("2026-03-01T12:00:00Z", acceptor, 0);
        String other = readers("2026-03-01T12:00:10Z", acceptor, moved);
        Verdict verdict =
                Runs.diagnose(Runs.read(one, other)).processes().get(0).verdict();
        assertEquals(expected, verdict.status(), verdict.headline());
    }

    /** Of a connection that the class which accepts has given to its own thread, in parts of the server, or while it is served. */
    @ParameterizedTest
    @CsvSource({"Lines.next, Request.parse, HEALTHY", "Answers.next, Quotes.ask, HUNG"})
    void keepsAConnectionThatIsRead(String top, String caller, Verdict.Status expected) {
        IntFunction<String[]> code = i -> new String[] {
            "com.acme.http." + top + "(Lines.java:9)",
            "com.acme.http." + caller + "(Request.java:20)",
            "com.acme.web.Server.lambda$run$0(Server.java:14)"
        };
        Verdict verdict = Runs.diagnose(Runs.read(
                        readers("2026-03-01T12:00:00Z", SERVER, code), readers("2026-03-01T12:00:10Z", SERVER, code)))
                .processes()
                .get(0)
                .verdict();
        assertEquals(expected, verdict.status(), verdict.headline());
    }

    /** Four workers and the thread that accepts read from clients. */
    private static DumpText connections(int second, String... beneath) {
        DumpText dump = DumpText.withOwners(second);
        for (int i = 1; i <= 4; i++) {
            dump.thread(
                    "pool-1-thread-" + i,
                    "RUNNABLE",
                    reading(
                            "java.util.concurrent.ThreadPoolExecutor.runWorker(java.base@17.0.15/ThreadPoolExecutor.java:1136)",
                            "java.lang.Thread.run(java.base@17.0.15/Thread.java:840)"));
        }
        return dump.thread("intake-acceptor", "RUNNABLE", reading(beneath));
    }

    private static String[] reading(String... beneath) {
        return Stream.concat(
                        Stream.of(
                                "sun.nio.ch.SocketDispatcher.read0(java.base@17.0.15/Native Method)",
                                "sun.nio.ch.NioSocketImpl.read(java.base@17.0.15/NioSocketImpl.java:355)",
                                "java.net.Socket$SocketInputStream.read(java.base@17.0.15/Socket.java:966)",
                                "org.lumen.intake.Intake.serve(Intake.java:8)"),
                        Stream.of(beneath))
                .toArray(String[]::new);
    }

    private static final String REJECTED =
            "java.util.concurrent.ThreadPoolExecutor$CallerRunsPolicy.rejectedExecution(java.base@17.0.15/ThreadPoolExecutor.java:2037)";

    @ParameterizedTest
    @CsvSource({REJECTED + ", HUNG", "org.lumen.intake.Intake.loop(Intake.java:20), HEALTHY"})
    void keepsBackWhoRunsTheTaskOfAFullPoolItself(String beneath, Verdict.Status expected) {
        String[] frames = {
            beneath,
            "org.lumen.intake.Intake.accept(Intake.java:9)",
            "java.lang.Thread.run(java.base@17.0.15/Thread.java:840)"
        };
        Verdict verdict = Runs.process(connections(0, frames), connections(DumpText.LATER, frames))
                .verdict();
        assertEquals(expected, verdict.status(), verdict.headline());
    }

    private static String streams(String time, String reader, String... acceptor) {
        FileDumpText dump = new FileDumpText("25.0.3+9-LTS", time);
        for (String frames : acceptor) {
            dump.virtual("listener", "WAITING", frames, FileDumpText.RUN_VIRTUAL);
        }
        for (int i = 0; i < 60; i++) {
            dump.virtual("stream-" + i, "WAITING", READ + reader, FileDumpText.RUN_VIRTUAL);
        }
        return dump.whole();
    }

    private static final String PARK = "java.base/java.lang.VirtualThread.park(VirtualThread.java:742)\n"
            + "java.base/java.util.concurrent.locks.LockSupport.park(LockSupport.java:367)\n"
            + "java.base/sun.nio.ch.Poller.poll(Poller.java:197)\n"
            + "java.base/sun.nio.ch.Poller.poll(Poller.java:142)\n"
            + "java.base/sun.nio.ch.NioSocketImpl.park(NioSocketImpl.java:200)\n";
    private static final String READ = PARK
            + "java.base/sun.nio.ch.NioSocketImpl.implRead(NioSocketImpl.java:307)\n"
            + "java.base/java.net.Socket$SocketInputStream.read(Socket.java:974)\n";
    private static final String ACCEPT = PARK
            + "java.base/sun.nio.ch.NioSocketImpl.accept(NioSocketImpl.java:753)\n"
            + "java.base/java.net.ServerSocket.accept(ServerSocket.java:441)\n"
            + "com.acme.quote.Listener.run(Listener.java:12)";
    private static final String CLIENT =
            "com.acme.quote.QuoteClient.readAnswer(QuoteClient.java:40)\ncom.acme.web.Cart.add(Cart.java:9)";
    private static final String LOOP =
            "com.acme.quote.Feed.readAll(Feed.java:40)\ncom.acme.quote.Feed.run(Feed.java:9)";

    private static Verdict.Status twice(String reader, String... acceptor) {
        String one = streams("2026-03-01T12:00:00Z", reader, acceptor);
        String other = streams("2026-03-01T12:00:10Z", reader, acceptor);
        return Runs.diagnose(Runs.read(one, other)).processes().get(0).verdict().status();
    }

    /** Whoever reads what others send of their own accord looks the same in every dump, whether they are silent or gone. */
    @Test
    void maySendNothingToThoseWhoListen() {
        assertEquals(Verdict.Status.HUNG, twice(CLIENT));
        assertNotEquals(Verdict.Status.HUNG, twice(LOOP));
    }

    @Test
    void isNoPeerOfAServerThatAcceptsInAVirtualThread() {
        assertEquals(Verdict.Status.HEALTHY, twice(CLIENT, ACCEPT));
    }

    /** A dump from between two answers, as long after the one as usual. */
    @Test
    void hasAnsweredBeforeAndAfterThat() {
        MadeRecording recording = MadeRecording.of("r.jfr", -60, 30).load(-50, 30, .1, .2);
        for (int i = 0; i < 60; i++) {
            for (int from = 0; from < 20; from += 4) {
                recording.wait(
                        PastWait.Kind.SOCKET_READ,
                        "quotes:99",
                        from,
                        from + 4,
                        MadeRecording.thread(20 + i, "stream-" + i),
                        MadeRecording.stack(CLIENT.split("\n")));
            }
        }
        ProcessDiagnosis process = Runs.process(
                List.of(recording), streams("2026-03-01T12:00:11Z", CLIENT), streams("2026-03-01T12:00:23Z", CLIENT));
        assertEquals(
                Verdict.Status.HEALTHY,
                process.verdict().status(),
                process.verdict().headline());
    }
}
