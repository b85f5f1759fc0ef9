package dev.whyhung.graph.thread;

import dev.whyhung.model.LockRef;
import org.jspecify.annotations.Nullable;

/**
 * Something that threads wait for.
 *
 * @param kind what it is
 * @param lock the object, or an unidentified one of no class where there is none
 * @param name what people call it: a class under initialisation, a pool, a peer; or empty
 */
public record Resource(Kind kind, LockRef lock, String name) implements Node {

    public static final Resource CARRIERS = named(Kind.CARRIERS, "of virtual threads");

    /** The kinds of resources, named as in the JSON report. */
    public enum Kind {
        MONITOR("monitor", "monitor", false),
        SYNCHRONIZER("synchronizer", "lock", false),
        CLASS_INIT("class-init", "class initialization", false),
        CONDITION("condition", "condition", false),
        LATCH("latch", "latch", true),
        PERMITS("permits", "permits", false),
        QUEUE("queue", "queue", true),
        FUTURE("future", "future", true),
        THREAD("thread", "end of thread", true),
        POOL("pool", "thread pool", true),
        CONNECTIONS("connections", "connection pool", true),
        CARRIERS("carriers", "carriers", false),
        PEER("peer", "remote peer", false),
        SINK("sink", "log output", false),
        OTHER("other", "object", false);

        private final String id;
        private final String title;
        private final boolean transparent;

        Kind(String id, String title, boolean transparent) {
            this.id = id;
            this.title = title;
            this.transparent = transparent;
        }

        /** The name in the JSON report. */
        public String id() {
            return id;
        }

        public String title() {
            return title;
        }

        /**
         * Whether blame passes through to something outside the process. Waiting behind a slow peer in a pool is the peer's
         * doing; waiting for a lock that is held across a call to that peer is a defect of this process.
         */
        public boolean isTransparent() {
            return transparent;
        }

        /** Whether those who have a part of it are as much at its end as those who wait for one. */
        public boolean includesHolders() {
            return this == CONNECTIONS;
        }

        /** Whether at most one thread holds it at a time. */
        public boolean isExclusive() {
            return this == MONITOR || this == SYNCHRONIZER || this == CLASS_INIT;
        }
    }

    public Resource(Kind kind, String className, long address, String name) {
        this(kind, new LockRef(className, address), name);
    }

    public static Resource of(Kind kind, LockRef lock) {
        return new Resource(kind, lock, "");
    }

    /** Class of the object, or empty where there is none. */
    public String className() {
        return lock.className();
    }

    /** The same as recordings name it, which do not tell class objects apart. */
    public String recordedClass() {
        return className().startsWith(CLASS_OBJECT) ? "java.lang.Class" : className();
    }

    private static final String CLASS_OBJECT = "java.lang.Class for ";

    public static Resource named(Kind kind, String name) {
        return new Resource(kind, "", 0, name);
    }

    /** A class under initialisation. */
    public static Resource ofClass(String className) {
        return new Resource(Kind.CLASS_INIT, className, 0, className);
    }

    /** {@code lock ReentrantLock <0x…c40>}, {@code thread pool order-pool}: for sentences. */
    public String label() {
        if (!name.isEmpty()) {
            return name.startsWith(kind.title()) ? name : kind.title() + ' ' + name;
        }
        String simple = kind.title() + ' ' + simpleName(className());
        return lock.isIdentified() ? simple + " <" + identity() + '>' : simple;
    }

    /** The object's identity as the dump prints it, or empty. */
    public String identity() {
        return lock.isIdentified() ? lock.identity() : "";
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof Resource resource
                        && kind == resource.kind
                        && lock.equals(resource.lock)
                        && name.equals(resource.name));
    }

    @Override
    public int hashCode() {
        return lock.hashCode() * 31 + name.hashCode();
    }

    private static String simpleName(String className) {
        String prefix = className.startsWith(CLASS_OBJECT) ? "class object " : "";
        String bare = className.substring(className.lastIndexOf(' ') + 1);
        return prefix + bare.substring(bare.lastIndexOf('.') + 1);
    }
}
