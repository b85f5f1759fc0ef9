package dev.whyhung.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whyhung.fixtures.Cases;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.graph.thread.Traits;
import dev.whyhung.graph.thread.Wait;
import dev.whyhung.knowledge.Knowledge;
import dev.whyhung.knowledge.SignatureException;
import dev.whyhung.model.Evidence;
import dev.whyhung.model.ThreadSnapshot;
import dev.whyhung.read.Intake;
import dev.whyhung.read.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is asked once of many threads that are alike holds of each of them. */
class TwinsTest {

    private static final List<Predicate<ThreadFacts>> QUESTIONS = List.of(
            thread -> thread.thread().isVirtual(),
            thread -> thread.thread().kind() == ThreadSnapshot.Kind.CARRIER,
            thread -> thread.waitsFor().kind() == Wait.Kind.CARRIER,
            thread -> thread.waitsFor().resource().isPresent(),
            thread -> thread.pool().isPresent() && !thread.isIdle(),
            thread -> thread.name().equals("main"),
            thread -> thread.persistence().isMeasured());

    @Test
    void theFactsAreThoseOfEachThread(@TempDir Path folder) throws IOException, SignatureException {
        Path tables = Files.createFile(folder.resolve("of-the-user.sig"));
        Knowledge eachByItself = Knowledge.standardWith(List.of(tables));
        Knowledge standard = Knowledge.standard();
        List<Path> dumps = dumps();
        int shared = 0;
        for (Path dump : dumps) {
            for (Evidence evidence : Intake.read(List.of(Source.file(dump.toString(), dump, true)))
                    .processes()) {
                shared += compare(dump.toString(), Facts.of(evidence, standard), Facts.of(evidence, eachByItself));
            }
        }
        assertTrue(shared > 10 * dumps.size(), () -> "too few threads are alike in " + dumps.size() + " dumps");
    }

    private static List<Path> dumps() throws IOException {
        try (Stream<Path> files = Files.walk(Cases.directory())) {
            return files.filter(file -> file.getFileName().toString().startsWith("dump-"))
                    .sorted()
                    .toList();
        }
    }

    /** How many threads are the twins of another one. */
    private static int compare(String dump, Facts twins, Facts each) {
        int shared = 0;
        for (int i = 0; i < each.threads().size(); i++) {
            ThreadFacts twin = twins.threads().get(i);
            ThreadFacts own = each.threads().get(i);
            assertEquals(told(own), told(twin), () -> dump + ": " + own);
            shared += twin.first() < i ? 1 : 0;
        }
        for (Predicate<ThreadFacts> question : QUESTIONS) {
            assertEquals(
                    each.threads().stream()
                            .filter(question)
                            .map(ThreadFacts::id)
                            .toList(),
                    twins.those(question).stream().map(ThreadFacts::id).toList(),
                    dump);
            assertEquals(each.threads().stream().anyMatch(question), twins.any(question), dump);
        }
        return shared;
    }

    private static List<Object> told(ThreadFacts thread) {
        Traits traits = thread.traits();
        return List.of(
                thread.id(),
                traits.stem(),
                traits.role(),
                thread.idle(),
                traits.waitsFor(),
                traits.frozen(),
                thread.persistence(),
                thread.isStuck(),
                thread.isPassive(),
                thread.weight());
    }
}
