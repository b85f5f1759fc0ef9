package dev.whyhung.read;

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
        "IN_OBJECT_WAIT, Object.wait0 Object.wait A.b",
        "RUNNABLE, A.parkingLot A.b"
    })
    void isToldByThePlumbing(ThreadStatus expected, String methods) {
        List<Frame> frames = Arrays.stream(methods.split(" "))
                .map(method -> new Frame(
                        "java.lang." + method.substring(0, method.lastIndexOf('.')),
                        method.substring(method.lastIndexOf('.') + 1),
                        ""))
                .toList();
        assertEquals(expected, StatusOfFrames.of(frames));
    }
}
