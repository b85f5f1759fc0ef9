package dev.whyhung.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.whyhung.graph.thread.ThreadFacts;
import org.junit.jupiter.api.Test;

class AccountTest {

    @Test
    void countsAsPeopleDo() {
        assertEquals("The only carrier", Account.all(1, "carrier"));
        assertEquals("Both carriers", Account.all(2, "carrier"));
        assertEquals("All 200 carriers", Account.all(200, "carrier"));
    }

    @Test
    void saysNothingOfAPlaceThatIsNotKnown() {
        assertEquals(" at Orders.place(Orders.java:41)", Account.at("Orders.place(Orders.java:41)"));
        assertEquals("", Account.at(""));
        assertEquals("", Account.at(ThreadFacts.NOWHERE));
    }
}
