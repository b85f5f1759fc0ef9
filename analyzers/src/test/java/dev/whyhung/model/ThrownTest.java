package dev.whyhung.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.whyhung.model.Recording.Thrown;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the JDK throws and catches itself when it looks for a class or links a method handle is no failure. */
class ThrownTest {

    @ParameterizedTest
    @CsvSource({
        "java.lang.NoSuchMethodError, java.lang.invoke.MethodHandleNatives.resolve, true",
        "java.lang.NoSuchMethodError, com.acme.Order.place, false",
        "java.lang.ClassNotFoundException, jdk.internal.loader.BuiltinClassLoader.loadClass, true",
        "java.lang.ClassNotFoundException, com.acme.Plugins.find, false",
        "java.lang.IllegalStateException, jdk.internal.loader.BuiltinClassLoader.loadClass, false"
    })
    void isOfLinking(String className, String thrower, boolean expected) {
        List<Frame> frames = Stream.of("java.lang.Throwable.<init>", thrower, "com.acme.Main.run")
                .map(method -> new Frame(
                        method.substring(0, method.lastIndexOf('.')),
                        method.substring(method.lastIndexOf('.') + 1),
                        ""))
                .toList();
        ThreadRef thread = new ThreadRef(ThreadId.ofJava(1), "main", false);
        Thrown thrown = new Thrown(Instant.EPOCH, thread, className, "", new CallStack(frames));
        assertEquals(expected, thrown.isOfLinking());
    }
}
