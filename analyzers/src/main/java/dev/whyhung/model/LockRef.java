package dev.whyhung.model;

import org.jspecify.annotations.Nullable;

/**
 * An object that is locked or waited for. A format names it by its address or by its identity hash code; the same number in one
 * space and in the other is two objects.
 *
 * @param className binary name of its class; {@code java.lang.Class for com.acme.Shop} for a class object
 * @param space what the number is
 * @param address its address or its hash code, comparable only inside one dump: the garbage collector moves objects, and hash
 *     codes repeat; 0 where neither is known
 */
public record LockRef(String className, Space space, long address) {

    /** How a format tells one object from another. */
    public enum Space {
        /** {@code <0x000000071a2b3c40> (a com.acme.Shop)}. */
        ADDRESS,
        /** {@code com.acme.Shop@61d50a18}. */
        IDENTITY_HASH
    }

    public LockRef(String className, long address) {
        this(className, Space.ADDRESS, address);
    }

    public static LockRef ofHash(String className, long hash) {
        return new LockRef(className, Space.IDENTITY_HASH, hash);
    }

    /** From {@code com.acme.Shop@61d50a18}; the whole text is the class where it does not end with a hash code. */
    public static LockRef parse(String text) {
        int at = text.lastIndexOf('@');
        try {
            return ofHash(text.substring(0, Math.max(at, 0)), Long.parseLong(text, at + 1, text.length(), 16));
        } catch (NumberFormatException e) {
            return ofHash(text, 0);
        }
    }

    public boolean isIdentified() {
        return address != 0;
    }

    /** Whether it is named by its identity hash code, which an object keeps for life. */
    public boolean isLasting() {
        return space == Space.IDENTITY_HASH && isIdentified();
    }

    /** As the dump prints it: 16 hexadecimal digits of an address, {@code @61d50a18} for a hash code. */
    public String identity() {
        String digits = Long.toHexString(address);
        return space == Space.IDENTITY_HASH ? '@' + digits : "0x" + "0".repeat(16 - digits.length()) + digits;
    }

    // Written out: see ThreadId.

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof LockRef lock
                        && address == lock.address
                        && space == lock.space
                        && className.equals(lock.className));
    }

    @Override
    public int hashCode() {
        return Long.hashCode(address) * 31 + className.hashCode();
    }

    @Override
    public String toString() {
        return "<" + identity() + "> (a " + className + ")";
    }
}
