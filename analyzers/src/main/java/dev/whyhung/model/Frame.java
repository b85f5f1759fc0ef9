package dev.whyhung.model;

import org.jspecify.annotations.Nullable;

/**
 * One stack frame.
 *
 * @param className binary name; the numbers of generated lambda classes are cut ({@code Shop$$Lambda})
 * @param method method name
 * @param location what stands in the brackets, without the module: {@code Shop.java:41}, {@code Native Method}, or empty
 */
public record Frame(String className, String method, String location) {

    /** {@code com.acme.Shop.order}: what signatures match. */
    public String qualifiedMethod() {
        return className + '.' + method;
    }

    /** {@code com.acme.Shop.order(Shop.java:41)}. */
    public String text() {
        return className + '.' + method + '(' + location + ')';
    }

    /** The line in its source file, or 0 where none is printed. */
    public int line() {
        int digits = location.lastIndexOf(':') + 1;
        boolean number = digits > 0 && location.substring(digits).matches("\\d{1,9}");
        return number ? Integer.parseInt(location.substring(digits)) : 0;
    }

    /** Whether it is at the same place, as far as both tell it: dialects print lines differently, or not at all. */
    boolean isSameCall(Frame other) {
        return equals(other)
                || (className.equals(other.className)
                        && method.equals(other.method)
                        && (line() == 0 || other.line() == 0 || line() == other.line()));
    }

    public boolean isClassInitializer() {
        return method.equals("<clinit>");
    }

    /** Whether it is code of the JDK itself; {@code javax} and {@code com.sun} are libraries' as well. */
    public boolean isOfJdk() {
        return className.startsWith("java.") || className.startsWith("jdk.") || className.startsWith("sun.");
    }

    /** Whether the JVM's own writer of dumps leaves it out, while HotSpot text prints it. */
    public boolean isHidden() {
        return className.endsWith("$$Lambda")
                || className.startsWith("java.lang.invoke.LambdaForm$")
                || (className.startsWith("java.lang.invoke.") && className.endsWith("$Holder"))
                || (method.equals("invokeImpl") && className.startsWith("jdk.internal.reflect."))
                || className.startsWith("jdk.internal.vm.Continuation")
                || (method.equals("runWith") && className.equals("java.lang.Thread"));
    }

    /** Empty for a class without one. */
    public String packageName() {
        return className.substring(0, Math.max(className.lastIndexOf('.'), 0));
    }

    /** The name of the outermost class: {@code com.acme.Shop} for {@code com.acme.Shop$Cart$$Lambda}. */
    public String outerClass() {
        int dollar = className.indexOf('$');
        return dollar > 0 ? className.substring(0, dollar) : className;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof Frame frame
                        && className.equals(frame.className)
                        && method.equals(frame.method)
                        && location.equals(frame.location));
    }

    @Override
    public int hashCode() {
        return (className.hashCode() * 31 + method.hashCode()) * 31 + location.hashCode();
    }

    @Override
    public String toString() {
        return text();
    }
}
