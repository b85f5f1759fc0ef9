package dev.whyhung.scorecard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.whyhung.DumpText;
import dev.whyhung.Runs;
import dev.whyhung.graph.Facts;
import dev.whyhung.graph.thread.ThreadFacts;
import dev.whyhung.knowledge.Knowledge;
import java.util.List;
import org.junit.jupiter.api.Test;

class MixerTest {

    private static final String MONITOR = "<0x00000000e0000001> (a Shop)";

    private static String held() {
        return DumpText.withOwners(0)
                .thread("holder-1", "RUNNABLE", "Shop.fill(Shop.java:1)", "- locked " + MONITOR)
                .blockedOn("http-nio-8080-exec-1", MONITOR, "Shop.sell(Shop.java:2)")
                .whole();
    }

    @Test
    void theSameProgramTwiceHasTwoOfEverything() {
        Facts facts = Facts.of(Runs.read(Mixer.mix(held(), held())).processes().get(0), Knowledge.standard());
        List<String> names = facts.threads().stream().map(ThreadFacts::name).toList();
        assertEquals(List.of("holder-1", "http-nio-8080-exec-1", "other-holder-1", "http-nio-9090-exec-1"), names);
        assertEquals(2, facts.graph().resources().size());
        ThreadFacts first = facts.threads().get(1);
        ThreadFacts second = facts.threads().get(3);
        assertEquals("Shop.sell(Shop.java:2)", first.whereText());
        assertEquals("mixed.Shop.sell(Shop.java:2)", second.whereText());
        assertNotEquals(first.waitsFor().resource(), second.waitsFor().resource());
        facts.graph()
                .resources()
                .forEach(resource ->
                        assertEquals(1, facts.graph().holder(resource).holders().size()));
    }
}
