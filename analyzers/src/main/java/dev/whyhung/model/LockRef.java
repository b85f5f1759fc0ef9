package dev.whyhung.model;

/**
 * An object that is locked or waited for.
 *
 * @param className binary name of its class; {@code java.lang.Class for com.acme.Shop} for a class object
 * @param address its address, comparable only inside one dump: the garbage collector moves objects
 */
public record LockRef(String className, long address) {

    /** The address as HotSpot prints it: 16 hexadecimal digits. */
    public String identity() {
        String digits = Long.toHexString(address);
        return "0x" + "0".repeat(16 - digits.length()) + digits;
    }

    @Override
    public String toString() {
        return "<" + identity() + "> (a " + className + ")";
    }
}
