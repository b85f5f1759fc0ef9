package dev.whyhung.model;

/** A thread by id and name, alive or not. Names repeat, and are hostile until a renderer has cleaned them. */
public record ThreadRef(ThreadId id, String name, boolean virtual) {

    @Override
    public String toString() {
        return '"' + name + "\" #" + id.text();
    }
}
