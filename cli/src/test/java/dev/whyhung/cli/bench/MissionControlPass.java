package dev.whyhung.cli.bench;

import java.io.File;
import java.util.List;

/**
 * Loads a recording as JDK Mission Control does. Its loader is on the class path of the benchmark alone, hence called by name:
 * <a href="https://github.com/openjdk/jmc">JfrLoaderToolkit</a>.
 */
final class MissionControlPass {

    private MissionControlPass() {}

    public static void main(String[] arguments) throws ReflectiveOperationException {
        Object events = Class.forName("org.openjdk.jmc.flightrecorder.JfrLoaderToolkit")
                .getMethod("loadEvents", List.class)
                .invoke(null, List.of(new File(arguments[0])));
        System.out.println(events.getClass());
    }
}
