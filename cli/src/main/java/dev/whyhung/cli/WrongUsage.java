package dev.whyhung.cli;

/** The arguments can be understood, but not followed. */
final class WrongUsage extends RuntimeException {

    WrongUsage(String message) {
        super(message);
    }
}
