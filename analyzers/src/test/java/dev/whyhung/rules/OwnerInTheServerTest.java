package dev.whyhung.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.whyhung.DumpText;
import dev.whyhung.Runs;
import dev.whyhung.diagnose.ProcessDiagnosis;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The one worker that has leaked a lock passes through it again and again; the dump finds it in code of the server. */
class OwnerInTheServerTest {

    private static final String LOCK = "<0x00000000aa000010> (a java.util.concurrent.locks.ReentrantLock$NonfairSync)";

    private static DumpText dump(int second, String site, String... caller) {
        DumpText dump = DumpText.withOwners(second)
                .thread(
                        "http-nio-8080-exec-1",
                        20 + second,
                        "RUNNABLE",
                        second == 0
                                ? "sun.nio.ch.Net.shutdown(java.base@17.0.15/Native Method)"
                                : "sun.nio.ch.FileDispatcherImpl.write0(java.base@17.0.15/Native Method)",
                        "sun.nio.ch.SocketChannelImpl.write(java.base@17.0.15/SocketChannelImpl.java:532)",
                        "org.apache.tomcat.util.net.NioChannel.write(NioChannel.java:122)",
                        "org.apache.tomcat.util.net.SocketProcessorBase.run(SocketProcessorBase.java:52)",
                        "java.lang.Thread.run(java.base@17.0.15/Thread.java:840)",
                        "owns " + LOCK);
        for (int i = 2; i < 8; i++) {
            dump.parkedOnLock("http-nio-8080-exec-" + i, LOCK, site, caller.length == 0 ? site : caller[0]);
        }
        return dump;
    }

    @ParameterizedTest
    @CsvSource({
        "com.acme.Ledger.book(Ledger.java:8), orphaned-lock-busy-owner",
        "org.apache.tomcat.util.net.SocketWrapperBase.lock(SocketWrapperBase.java:90), lock-held-by-progressing-thread"
    })
    void hasLeftTheCodeThatTakesTheLock(String site, String expected) {
        String caller = "com.acme.Desk.serve(Desk.java:30)";
        ProcessDiagnosis process = Runs.process(dump(0, site, caller), dump(DumpText.LATER, site, caller));
        assertEquals(expected, process.findings().get(0).finding().rule().id());
    }

    /** As Payara does while it deploys: no earlier task has left it, there was none. */
    @Test
    void isNoWorkerThatStarts() {
        String lock = "<0x00000000aa000010> (a java.util.concurrent.locks.ReentrantReadWriteLock$NonfairSync)";
        DumpText[] dumps = new DumpText[2];
        for (int i = 0; i < 2; i++) {
            dumps[i] = DumpText.withOwners(10 * i)
                    .thread(
                            "main",
                            2_000 + 90 * i,
                            "RUNNABLE",
                            "java.util.Properties.load0(java.base@17.0.15/Properties.java:" + (422 + i) + ")",
                            "fish.payara.microprofile.openapi.OpenApi.onStartup(OpenApi.java:90)",
                            "com.acme.Boot.main(Boot.java:3)",
                            "owns " + lock);
            for (int n = 1; n < 6; n++) {
                dumps[i].parkedOnLock(
                        "http-thread-pool::http-listener(" + n + ")",
                        lock,
                        "com.sun.enterprise.v3.services.impl.ContainerMapper.lookupHandler(ContainerMapper.java:249)");
            }
        }
        assertFalse(Runs.rules(Runs.process(dumps)).contains("orphaned-lock-busy-owner"));
    }
}
