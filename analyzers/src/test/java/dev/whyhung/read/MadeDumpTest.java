package dev.whyhung.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whyhung.model.InputReport;
import dev.whyhung.model.LockMention;
import dev.whyhung.model.LockRef;
import dev.whyhung.model.ThreadDump;
import dev.whyhung.model.ThreadSnapshot;
import dev.whyhung.read.MadeDump.Made;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Properties of reading, tried on as many made dumps of each dialect as the system property {@code whyhung.made} says. */
class MadeDumpTest {

    private static final int DUMPS = Integer.getInteger("whyhung.made", 100);

    @ParameterizedTest
    @EnumSource(MadeText.class)
    void readingGivesWhatWasWritten(MadeText dialect) {
        for (long seed = 0; seed < DUMPS; seed++) {
            MadeDump made = MadeDump.of(seed);
            String text = dialect.write(made);
            ThreadDump read = only(text);
            assertEquals(
                    made.threads().stream()
                            .map(thread -> expected(dialect, dialect.shown(made, thread)))
                            .collect(Collectors.joining("\n")),
                    read.threads().stream().map(MadeDumpTest::text).collect(Collectors.joining("\n")),
                    "seed " + seed + "\n" + text);
        }
    }

    /** Whatever is cut off, what stands before is read as it was. */
    @ParameterizedTest
    @EnumSource(MadeText.class)
    void whatIsLeftIsRead(MadeText dialect) {
        for (long seed = 0; seed < DUMPS; seed++) {
            String text = dialect.write(MadeDump.of(seed));
            List<String> whole =
                    only(text).threads().stream().map(MadeDumpTest::text).toList();
            String cut = text.substring(0, new Random(seed).nextInt(text.length()));
            List<ThreadDump> dumps = read(cut, new ArrayList<>());
            List<String> left = dumps.stream()
                    .flatMap(dump -> dump.threads().stream())
                    .map(MadeDumpTest::text)
                    .toList();
            int sure = Math.max(0, left.size() - 1); // the last one may be cut itself
            assertTrue(left.size() <= whole.size(), () -> "threads of " + cut);
            assertEquals(
                    whole.stream().limit(sure).map(MadeDumpTest::identity).toList(),
                    left.stream().limit(sure).map(MadeDumpTest::identity).toList(),
                    "seed " + seed);
        }
    }

    @ParameterizedTest
    @EnumSource(MadeText.class)
    void damageIsSurvived(MadeText dialect) {
        for (long seed = 0; seed < DUMPS; seed++) {
            byte[] text = dialect.write(MadeDump.of(seed)).getBytes(StandardCharsets.UTF_8);
            byte[] damaged = new Mutation(seed).of(text);
            if (seed % 10 == 0) {
                Invariants.examine(damaged);
            } else {
                Invariants.check(damaged);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(MadeText.class)
    void whatStandsTwiceCountsOnce(MadeText dialect) {
        String text = dialect.write(MadeDump.of(0));
        Invariants.check((text + "\n" + text).getBytes(StandardCharsets.UTF_8));
    }

    private static ThreadDump only(String text) {
        List<InputReport> reports = new ArrayList<>();
        List<ThreadDump> dumps = read(text, reports);
        assertEquals(1, dumps.size(), () -> reports + "\n" + text);
        assertEquals(InputReport.Status.READ, reports.get(0).status(), () -> reports + "\n" + text);
        return dumps.get(0);
    }

    private static List<ThreadDump> read(String text, List<InputReport> reports) {
        List<ThreadDump> dumps = new ArrayList<>();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        reports.addAll(new Kept(dumps).read(Source.stream("made", () -> new ByteArrayInputStream(bytes), true)));
        return dumps;
    }

    private static String expected(MadeText dialect, Made thread) {
        Stream<LockMention> wait = Stream.ofNullable(thread.blocker());
        Stream<LockMention> locks = Stream.concat(Stream.concat(wait, thread.held().stream()), thread.owned().stream())
                .map(each -> dialect.addresses
                        ? each
                        : new LockMention(
                                each.kind(),
                                each.depth(),
                                LockRef.ofHash(
                                        each.lock().className(), each.lock().address())));
        return "#" + thread.id() + " " + thread.name() + " " + thread.status() + " " + thread.frames() + " "
                + text(locks);
    }

    private static String text(ThreadSnapshot thread) {
        return "#" + thread.id().text() + " " + thread.name() + " " + thread.status() + " "
                + thread.stack().frames() + " " + text(thread.locks().stream());
    }

    private static String text(Stream<LockMention> locks) {
        return locks.sorted(Comparator.comparingInt(
                                (LockMention each) -> each.kind().ordinal())
                        .thenComparingLong(each -> each.lock().address()))
                .map(each -> each.kind() + "@" + each.depth() + " " + each.lock())
                .toList()
                .toString();
    }

    /** A lock of another thread may be known by a thread that is cut off: id, name and stack are a thread's own. */
    private static String identity(String text) {
        return text.substring(0, text.lastIndexOf('['));
    }
}
