package dev.whyhung.read;

/** Counts the events of one type; the parser calls from one thread. */
final class EventCount {

    private long value;

    void increment() {
        value++;
    }

    long value() {
        return value;
    }
}
