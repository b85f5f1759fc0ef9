package dev.whyhung.diagnose.rank;

import dev.whyhung.finding.Finding;
import java.nio.charset.StandardCharsets;

/** What stays the same of a finding over runs, restarts and edits of other lines: rule, resource class, acquiring method. */
final class Fingerprint {

    private static final long OFFSET = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    private Fingerprint() {}

    /** 16 hexadecimal digits: the 64-bit FNV-1a hash of the three parts. */
    static String of(Finding finding) {
        String resource =
                finding.resources().isEmpty() ? "" : finding.resources().get(0).className();
        String text =
                finding.rule().id() + '|' + resource + '|' + finding.site().replaceFirst("\\(.*", "");
        long hash = OFFSET;
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xff)) * PRIME;
        }
        String digits = Long.toHexString(hash);
        return "0".repeat(16 - digits.length()) + digits;
    }
}
