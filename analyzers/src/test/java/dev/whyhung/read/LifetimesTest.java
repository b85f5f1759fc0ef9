package dev.whyhung.read;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.whyhung.model.CallStack;
import dev.whyhung.model.Recording.Lifetime;
import dev.whyhung.model.ThreadId;
import dev.whyhung.model.ThreadRef;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LifetimesTest {

    private static Lifetime life(long second) {
        ThreadRef thread = new ThreadRef(ThreadId.ofJava(second), "task-" + second, false);
        return new Lifetime(Instant.ofEpochSecond(second), thread, null, CallStack.EMPTY);
    }

    @Test
    void ofVeryManyTheLatestAreKept() {
        Lifetimes lives = new Lifetimes(3);
        for (long second : List.of(1L, 2L, 4L, 3L, 5L)) {
            lives.add(life(second));
        }
        assertEquals(List.of(life(3), life(4), life(5)), lives.inOrder());
    }
}
