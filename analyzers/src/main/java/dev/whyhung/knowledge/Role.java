package dev.whyhung.knowledge;

/**
 * What a thread is for.
 *
 * @param name REQUEST, EVENT_LOOP, WORKER, ..., OTHER
 * @param weight how much it counts when it is stuck: 1 for a request thread, 5 for an event loop, 0 for a thread of the JVM
 */
public record Role(String name, double weight) {

    public static final Role OTHER = new Role("OTHER", 1);
    public static final Role JVM = new Role("JVM", 0);

    public boolean is(String wanted) {
        return name.equals(wanted);
    }
}
