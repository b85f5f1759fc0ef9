package dev.whyhung.graph.thread;

import org.jspecify.annotations.Nullable;

/**
 * A number in hexadecimal digits at the end of a thread's name: {@code 6b} of {@code exec-6b}.
 *
 * @param before what stands before it, without the separator
 * @param isSure a letter that follows a digit is one; others may be words, or count the threads of something
 */
record HexNumber(String before, boolean isSure) {

    private static final int MOST_DIGITS = 16;

    static @Nullable HexNumber of(String name) {
        boolean letter = false;
        boolean sure = false;
        int start = name.length();
        while (start > 0 && isHex(name.charAt(start - 1))) {
            start--;
            boolean decimal = name.charAt(start) <= '9';
            sure |= decimal && letter;
            letter |= !decimal;
        }
        int digits = name.length() - start;
        boolean apart = start > 1 && "-_#".indexOf(name.charAt(start - 1)) >= 0;
        return letter && digits > 1 && digits <= MOST_DIGITS && apart
                ? new HexNumber(name.substring(0, start - 1), sure)
                : null;
    }

    private static boolean isHex(char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    }
}
