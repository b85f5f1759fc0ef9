package dev.whyhung.model;

/** A thread by id and name, alive or not. Names repeat, and are hostile until a renderer has cleaned them. */
public record ThreadRef(ThreadId id, String name, boolean virtual) {

    /** The name; of a thread without one, as most virtual threads are, {@code #21}. */
    public String title() {
        return name.isEmpty() ? '#' + id.text() : name;
    }

    /** The same, with a name in quotes. */
    public String quoted() {
        return name.isEmpty() ? title() : '"' + name + '"';
    }

    @Override
    public String toString() {
        return '"' + name + "\" #" + id.text();
    }
}
