package dev.whyhung.read;

import dev.whyhung.model.Frame;

/** Reads a frame from HotSpot's text, {@code java.lang.Thread.run(java.base@17.0.15/Thread.java:840)}. */
final class Frames {

    private static final String LAMBDA = "$$Lambda";

    private Frames() {}

    static Frame parse(String text) {
        int open = text.lastIndexOf('(');
        String call = open < 0 ? text : text.substring(0, open);
        int close = text.lastIndexOf(')');
        String location = open < 0 || close < open ? "" : text.substring(open + 1, close);
        int dot = call.lastIndexOf('.');
        String className = dot < 0 ? "" : call.substring(0, dot);
        return new Frame(
                stableName(className), call.substring(dot + 1), location.substring(location.lastIndexOf('/') + 1));
    }

    /** Cuts what changes from run to run: the numbers of generated lambda and hidden classes. */
    static String stableName(String className) {
        int lambda = className.indexOf(LAMBDA);
        if (lambda >= 0) {
            return className.substring(0, lambda + LAMBDA.length());
        }
        int hidden = className.indexOf("/0x");
        return hidden >= 0 ? className.substring(0, hidden) : className;
    }
}
