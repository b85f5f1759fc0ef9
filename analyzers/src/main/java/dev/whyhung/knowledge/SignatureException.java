package dev.whyhung.knowledge;

/** A line of a signature file that cannot be understood; the message names file and line. */
public final class SignatureException extends Exception {

    public SignatureException(String file, int line, String problem) {
        super(file + ":" + line + ": " + problem);
    }
}
