package dev.whyhung.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.whyhung.DumpText;
import dev.whyhung.Runs;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests that wait for a signal inside a method of the application. */
class OwnPoolTest {

    private static DumpText requests(int second, String method) {
        DumpText dump = DumpText.withOwners(second);
        for (int i = 1; i <= 6; i++) {
            dump.thread(
                    "http-nio-8080-exec-" + i,
                    "WAITING (on object monitor)",
                    "java.lang.Object.wait(java.base@17.0.15/Native Method)",
                    "- waiting on <0x00000000aa000001> (a com.acquirer.Lines)",
                    method + "(Lines.java:14)",
                    "- locked <0x00000000aa000001> (a com.acquirer.Lines)",
                    "com.acquirer.Shop.draw(Shop.java:9)",
                    "org.apache.tomcat.util.threads.ThreadPoolExecutor$Worker.run(ThreadPoolExecutor.java:659)");
        }
        return dump;
    }

    @ParameterizedTest
    @CsvSource({
        "com.acquirer.Lines.borrowLine, permits-leaked",
        "com.acquirer.Lines.acquire, permits-leaked",
        "com.acquirer.Lines.release, lost-wakeup",
        "com.acquirer.Lines.awaitDraw, lost-wakeup"
    })
    void isKnownByTheNameOfItsMethod(String method, String expected) {
        var process = Runs.process(requests(0, method), requests(DumpText.LATER, method));
        assertEquals(expected, Runs.rules(process).get(0));
    }
}
