package dev.whyhung.model;

/** What a dump could have shown. "No owner printed" is evidence only where an owner would have been printed. */
public enum Visible {
    MONITOR_OWNERS("monitor owners"),
    SYNCHRONIZER_OWNERS("ownable synchronizers"),
    MOUNTED_VIRTUAL_THREADS("mounted virtual threads"),
    UNMOUNTED_VIRTUAL_THREADS("unmounted virtual threads"),
    CARRIERS("carriers of virtual threads"),
    CLASS_INIT_WAITS("class initialization waits"),
    THREAD_STATES("thread states"),
    CPU_TIMES("CPU times"),
    TIME("time of the dump");

    private final String title;

    Visible(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }
}
