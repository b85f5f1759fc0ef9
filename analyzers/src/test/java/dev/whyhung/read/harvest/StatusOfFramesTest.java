package dev.whyhung.read.harvest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.whyhung.model.Frame;
import dev.whyhung.model.ThreadStatus;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the frames tell where a format prints no state. */
class StatusOfFramesTest {

    @ParameterizedTest
    @CsvSource({
        "PARKED_TIMED, VirtualThread.parkNanos System$2.parkVirtualThread misc.VirtualThreads.park locks.LockSupport.parkNanos A.b",
        "PARKED_TIMED, misc.Unsafe.park locks.LockSupport.parkNanos A.b",
        "PARKED, VirtualThread.park System$2.parkVirtualThread misc.VirtualThreads.park locks.LockSupport.park A.b",
        "PARKED, misc.Unsafe.park locks.LockSupport.park A.b",
        "SLEEPING, VirtualThread.parkNanos VirtualThread.sleepNanos Thread.sleep A.b",
        "IN_OBJECT_WAIT, Object.wait0 Object.wait Thread.join",
        "IN_OBJECT_WAIT_TIMED, Object.wait0 Object.wait com.acme.A.b",
        "IN_OBJECT_WAIT, Object.wait0 Object.wait Object.wait com.acme.A.b",
        "IN_OBJECT_WAIT_TIMED, Object.wait com.acme.A.b",
        "IN_OBJECT_WAIT, Object.wait Object.wait com.acme.A.b",
        "RUNNABLE, A.parkingLot A.b"
    })
    void isToldByThePlumbing(ThreadStatus expected, String methods) {
        List<Frame> frames = Arrays.stream(methods.split(" "))
                .map(method -> method.startsWith("com.") ? method : "java.lang." + method)
                .map(method -> new Frame(
                        method.substring(0, method.lastIndexOf('.')),
                        method.substring(method.lastIndexOf('.') + 1),
                        ""))
                .toList();
        assertEquals(expected, StatusOfFrames.of(frames));
    }
}
