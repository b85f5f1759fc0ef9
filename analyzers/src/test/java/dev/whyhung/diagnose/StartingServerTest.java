package dev.whyhung.diagnose;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.whyhung.DumpText;
import dev.whyhung.Runs;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tomcat up to 8.5 starts its hosts and contexts in pools of one thread each, and waits for them. */
class StartingServerTest {

    private static DumpText starting(int second, String... doing) {
        List<String> start = new ArrayList<>(List.of(doing));
        start.addAll(List.of(
                "org.apache.catalina.core.StandardContext.startInternal(StandardContext.java:5128)",
                "org.apache.catalina.util.LifecycleBase.start(LifecycleBase.java:150)",
                "org.apache.catalina.core.ContainerBase$StartChild.call(ContainerBase.java:1412)",
                "java.util.concurrent.FutureTask.run(FutureTask.java:266)",
                "java.util.concurrent.ThreadPoolExecutor.runWorker(ThreadPoolExecutor.java:1149)",
                "java.lang.Thread.run(Thread.java:750)"));
        return DumpText.withOwners(second)
                .asJava8()
                .thread(
                        "Tomcat-startStop-1",
                        "WAITING (parking)",
                        "sun.misc.Unsafe.park(Native Method)",
                        "- parking to wait for  <0x00000000fc038048> (a java.util.concurrent.FutureTask)",
                        "java.util.concurrent.locks.LockSupport.park(LockSupport.java:175)",
                        "java.util.concurrent.FutureTask.awaitDone(FutureTask.java:429)",
                        "java.util.concurrent.FutureTask.get(FutureTask.java:191)",
                        "org.apache.catalina.core.ContainerBase.startInternal(ContainerBase.java:931)",
                        "org.apache.catalina.core.StandardHost.startInternal(StandardHost.java:850)",
                        "org.apache.catalina.util.LifecycleBase.start(LifecycleBase.java:150)",
                        "org.apache.catalina.core.ContainerBase$StartChild.call(ContainerBase.java:1412)",
                        "java.util.concurrent.FutureTask.run(FutureTask.java:266)",
                        "java.util.concurrent.ThreadPoolExecutor.runWorker(ThreadPoolExecutor.java:1149)",
                        "java.lang.Thread.run(Thread.java:750)")
                .thread("localhost-startStop-1", "RUNNABLE", start.toArray(new String[0]));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "java.beans.PropertyChangeSupport.firePropertyChange(PropertyChangeSupport.java:263)",
                "com.acme.Catalog.load(Catalog.java:40)"
            })
    void doesNotWaitForItself(String doing) {
        ProcessDiagnosis process = Runs.process(starting(0, doing), starting(10, doing));
        assertEquals(
                List.of(),
                Runs.rules(process).stream()
                        .filter(rule -> rule.equals("pool-self-deadlock"))
                        .toList());
    }
}
