package dev.whyhung.cli.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.consumer.EventStream;

/** The least that a reader of recordings can do with the JDK's own parser: subscribe and count. Takes {@code rare|all} and a file. */
final class EventPass {

    private static final List<String> RARE = List.of(
            "ThreadDump",
            "JVMInformation",
            "CPULoad",
            "JavaThreadStatistics",
            "ExceptionStatistics",
            "ThreadStart",
            "ThreadEnd",
            "JavaExceptionThrow",
            "JavaErrorThrow",
            "GCPhasePause",
            "SafepointBegin",
            "ContainerCPUThrottling",
            "VirtualThreadPinned",
            "Shutdown",
            "DataLoss",
            "ActiveSetting");

    private static final List<String> FREQUENT = List.of(
            "ThreadPark",
            "JavaMonitorEnter",
            "JavaMonitorWait",
            "ThreadSleep",
            "SocketRead",
            "SocketWrite",
            "FileRead",
            "FileWrite",
            "FileForce",
            "ExecutionSample",
            "NativeMethodSample");

    private long count;

    private EventPass() {}

    public static void main(String[] arguments) throws IOException {
        EventPass pass = new EventPass();
        try (EventStream stream = EventStream.openFile(Path.of(arguments[1]))) {
            stream.setOrdered(false);
            stream.setReuse(true);
            pass.subscribe(stream, RARE);
            if (arguments[0].equals("all")) {
                pass.subscribe(stream, FREQUENT);
            }
            stream.start();
        }
        System.out.println(pass.count);
    }

    private void subscribe(EventStream stream, List<String> names) {
        names.forEach(name -> stream.onEvent("jdk." + name, event -> count++));
    }
}
