package dev.whyhung.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whyhung.DumpText;
import dev.whyhung.Runs;
import dev.whyhung.model.Evidence;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which dumps are of one process. */
class ProcessesTest {

    @Test
    void replicasOfAServiceAreApart() {
        String[] dumps = {service(1, 0), service(2, 1), service(1, 10), service(2, 11)};
        assertEquals("dump-1 dump-3 | dump-2 dump-4", groups(dumps));
        for (int i = 0; i < dumps.length; i++) {
            dumps[i] = "1:\n" + dumps[i]; // the process id of all of them, each in its container
        }
        assertEquals("dump-1 dump-3 | dump-2 dump-4", groups(dumps));
    }

    @Test
    void aServiceThatWasRestartedIsAnotherProcess() {
        String before = service(1, 0).replaceAll("cpu=\\S+ elapsed=\\S+ ", "");
        String after = service(2, 20).replaceAll("cpu=\\S+ elapsed=\\S+ ", "");
        assertEquals("dump-1 | dump-2", groups(before, after));
    }

    @Test
    void aDumpThatIsGivenTwiceCountsOnce() {
        String dump = service(1, 0);
        assertEquals("dump-1", groups(dump + dump, dump));
        assertEquals("dump-1 dump-3", groups(dump, dump, service(1, 10)));
    }

    /** One with the owners of locks is none of one without. */
    @Test
    void twoDumpsOfOneSecondAreTwoWhereOneShowsMore() {
        assertEquals(
                2,
                Runs.read(
                                DumpText.withoutOwners(0)
                                        .idleWorker("pool-1")
                                        .whole()
                                        .replaceAll(" cpu=\\S+ elapsed=\\S+", ""),
                                DumpText.withOwners(0)
                                        .idleWorker("pool-1")
                                        .whole()
                                        .replaceAll(" cpu=\\S+ elapsed=\\S+", ""))
                        .processes()
                        .get(0)
                        .dumps()
                        .size());
    }

    @Test
    void poolsMayGrowAndShrink() {
        DumpText grown = DumpText.withOwners(10).ofProcess(1);
        for (int i = 1; i <= 40; i++) {
            grown.idleWorker(i <= 2 ? "pool-1-thread-" + i : "pool-2-thread-" + i);
        }
        assertEquals("dump-1 dump-2 dump-3", groups(service(1, 0), grown.whole(), service(1, 20)));
    }

    @Test
    void aCutDumpHidesWhenTheProcessBegan() {
        String whole = service(1, 0);
        String cut = service(1, 10).replaceAll("elapsed=110.00s", "elapsed=9.00s");
        assertEquals("dump-1 dump-2", groups(whole, cut));
    }

    @Test
    void otherStartOrRuntimeOrProcessIdSetApartWithoutAddresses() {
        String plain = service(1, 0).replaceAll("tid=\\S+ ", "");
        assertEquals("dump-1 dump-2", groups(plain, plain.replace("12:00:00", "12:00:30")));
        assertEquals("dump-1 | dump-2", groups(plain, plain.replace("12:00:00", "12:05:00")));
        assertEquals("dump-1 | dump-2", groups(plain, plain.replace("17.0.15+6", "17.0.14+7")));
        assertEquals("dump-1 | dump-2", groups("11:\n" + plain, "12:\n" + plain));
        assertEquals("dump-1 dump-2", groups("11:\n" + plain, service(1, 10).replaceAll("tid=\\S+ ", "")));
    }

    @Test
    void oneProcessHasOneIdInsideItsContainerAndAnotherOutside() {
        assertEquals("dump-1 dump-2", groups("4711:\n" + service(1, 0), "1:\n" + service(1, 10)));
        assertEquals("dump-1+file", groups("4711:\n" + service(1, 0), dumpToFile(1)));
        assertEquals("dump-1 | dump-2", groups("4711:\n" + service(1, 0), dumpToFile(4712)));
    }

    @Test
    void whatAFileDumpIsOfIsToldByItsNames() {
        DumpText other = DumpText.withOwners(0).ofProcess(2);
        IntStream.rangeClosed(1, 12).forEach(i -> other.idleWorker("billing-" + i));
        String[] dumps = {"1:\n" + service(1, 0), "1:\n" + other.whole(), dumpToFile(1)};
        assertEquals("dump-1+file | dump-2", groups(dumps));
    }

    @Test
    void sameIdsWithOtherNamesAreDoubtful() {
        DumpText other = DumpText.withOwners(10);
        IntStream.rangeClosed(1, 12).forEach(i -> other.idleWorker("billing-" + i));
        List<Evidence> processes = Runs.read(
                        service(1, 0).replaceAll("tid=\\S+ ", ""), other.whole().replaceAll("tid=\\S+ ", ""))
                .processes();
        assertEquals(1, processes.size());
        assertTrue(processes.get(0).notes().toString().contains("may be of two processes"));
    }

    /** Hosts whose processes have one id, one name a thread and no address tell nothing but the objects that their threads wait for. */
    @Test
    void replicasWithoutAddressesAreApart() {
        assertEquals(
                "dump-1 dump-3 | dump-2",
                groups(threadInfos(0x1b6d3586), threadInfos(0x4554617c), threadInfos(0x1b6d3586)));
        assertEquals("dump-1 dump-2", groups(threadInfos(0x1b6d3586), threadInfos(0x1b6d3586)));
    }

    private static String threadInfos(int queue) {
        return IntStream.rangeClosed(1, 5)
                .mapToObj(i -> """
                        "http-%d" Id=%d WAITING on java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionObject@%x
                        	at jdk.internal.misc.Unsafe.park(Native Method)
                        	at java.util.concurrent.ThreadPoolExecutor.getTask(ThreadPoolExecutor.java:1062)

                        """.formatted(i, 20 + i, queue + i))
                .collect(Collectors.joining());
    }

    private static String service(int process, int second) {
        DumpText dump = DumpText.withOwners(second).ofProcess(process);
        IntStream.rangeClosed(1, 12).forEach(i -> dump.idleWorker("pool-1-thread-" + i));
        return dump.whole();
    }

    /** The same threads as {@code jcmd Thread.dump_to_file} writes them. */
    private static String dumpToFile(int pid) {
        String threads =
                IntStream.rangeClosed(1, 12).mapToObj(i -> """
                        {"tid":"%d","time":"2026-03-01T12:00:05Z","name":"pool-1-thread-%d","state":"WAITING",
                         "stack":["java.base/jdk.internal.misc.Unsafe.park(Native Method)"]}""".formatted(i, i)).collect(Collectors.joining(","));
        return """
                {"threadDump":{"processId":"%d","time":"2026-03-01T12:00:05Z","runtimeVersion":"17.0.15+6",
                "threadContainers":[{"container":"<root>","parent":null,"owner":null,"threads":[%s],"threadCount":"12"}]}}
                """.formatted(pid, threads);
    }

    /** Names of the dumps of each process; dumps to a file are one with a text. */
    private static String groups(String... dumps) {
        return Runs.read(dumps).processes().stream()
                .map(process -> process.dumps().stream()
                        .map(info -> info.source().replace(".txt", "")
                                + (info.format().contains("+") ? "+file" : ""))
                        .sorted()
                        .collect(Collectors.joining(" ")))
                .collect(Collectors.joining(" | "));
    }
}
