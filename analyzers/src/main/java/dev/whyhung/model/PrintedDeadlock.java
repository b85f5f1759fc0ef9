package dev.whyhung.model;

/**
 * One entry of the JVM's own deadlock section: who waits for which lock and who holds it, by thread name as printed. It is the
 * only place where a plain {@code jstack} names the owner of a {@code java.util.concurrent} lock.
 */
public record PrintedDeadlock(String waiter, LockRef lock, String holder) {}
