package dev.whyhung.model;

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

    public boolean isClassInitializer() {
        return method.equals("<clinit>");
    }

    /** The name of the outermost class: {@code com.acme.Shop} for {@code com.acme.Shop$Cart$$Lambda}. */
    public String outerClass() {
        int dollar = className.indexOf('$');
        return dollar > 0 ? className.substring(0, dollar) : className;
    }

    @Override
    public String toString() {
        return text();
    }
}
