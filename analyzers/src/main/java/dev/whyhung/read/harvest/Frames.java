package dev.whyhung.read.harvest;

import dev.whyhung.model.Frame;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a frame from HotSpot's text, {@code java.lang.Thread.run(java.base@17.0.15/Thread.java:840)}, or from other formats of the JVM,
 * {@code java.base/java.lang.Thread.run(Thread.java:840)}.
 */
public final class Frames {

    private static final String LAMBDA = "$$Lambda";
    private static final Pattern PLACE =
            Pattern.compile("\\((?:[^() ]*/)?(?:Native Method|Unknown Source|[^() ]*[.>:][^() ]*)\\)(?=\\s|$)");

    private Frames() {}

    static Frame parse(String line) {
        String text = withoutNote(line);
        int open = text.lastIndexOf('(');
        String call = open < 0 ? text : text.substring(0, open);
        int close = text.lastIndexOf(')');
        String location = open < 0 || close < open ? "" : text.substring(open + 1, close);
        int dot = call.lastIndexOf('.');
        String className = dot < 0 ? "" : call.substring(0, dot);
        return new Frame(
                stableName(className),
                withoutDescriptor(call.substring(dot + 1)),
                location.substring(location.lastIndexOf('/') + 1));
    }

    /** {@code take()Ljava/lang/Object;}, as SAP's JVM prints a method. */
    private static String withoutDescriptor(String method) {
        int descriptor = method.indexOf('(');
        return descriptor > 0 ? method.substring(0, descriptor) : method;
    }

    /** Cuts the class loader and the module that {@link StackTraceElement} prints before the class. */
    private static String withoutModule(String className) {
        return className.substring(className.lastIndexOf('/') + 1);
    }

    /** Cuts what a reader of the dump wrote behind the frame. */
    private static String withoutNote(String line) {
        Matcher place = PLACE.matcher(line);
        return place.find() ? line.substring(0, place.end()) : line;
    }

    /**
     * Cuts what changes from run to run, the numbers of generated lambda and hidden classes, and what stands before a class in some
     * formats, the names of class loader and module: {@code app//com.acme.Shop}.
     */
    public static String stableName(String className) {
        return withoutModule(withoutNumbers(className));
    }

    private static String withoutNumbers(String className) {
        int lambda = className.indexOf(LAMBDA);
        int hidden = className.indexOf("/0x");
        int end = lambda >= 0 ? lambda + LAMBDA.length() : hidden >= 0 ? hidden : className.length();
        return className.substring(className.lastIndexOf('/', end - 1) + 1, end);
    }
}
