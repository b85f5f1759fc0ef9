package dev.whyhung.read;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/** One way to damage an input, wholly told by its seed: bytes flipped, cut, repeated, moved, or replaced by what readers trip over. */
record Mutation(long seed) {

    /** Most places of one mutation. */
    static final int PLACES = 5;

    private static final String[] STUMBLING_BLOCKS = {
        "\"",
        "\\",
        "<",
        ">",
        "(",
        ")",
        "{",
        "}",
        "[",
        "]",
        ":",
        "=",
        "#",
        "-",
        "@",
        "/",
        "0x",
        "\n",
        "\r\n",
        "\u0000",
        "\ufeff",
        "99999999999999999999",
        "-1",
        "0x8000000000000000",
        "ffffffffffffffff",
        "Full thread dump",
        "Found one Java-level deadlock:",
        "at ",
        "- locked <0x",
        "- waiting to lock <",
        "Locked ownable synchronizers:",
        "\" #1 prio=5 tid=0x1 nid=0x1 ",
        "Id=",
        "t@",
        " owned by \"",
        "state:B",
        "3XMTHREADINFO ",
        "0SECTION TITLE",
        "===== FULL THREAD DUMP",
        "null",
        "true",
        "é",
        "𝔘"
    };

    byte[] of(byte[] original) {
        Random random = new Random(seed);
        byte[] damaged = original;
        int places = 1 + random.nextInt(PLACES);
        for (int i = 0; i < places && damaged.length > 0; i++) {
            damaged = once(damaged, random);
        }
        return damaged;
    }

    /** The same size: bytes overwritten with other bytes, or with what stands elsewhere. Formats that count bytes are read on. */
    byte[] inPlace(byte[] original) {
        Random random = new Random(seed);
        byte[] damaged = original.clone();
        int places = 1 + random.nextInt(PLACES);
        for (int i = 0; i < places && damaged.length > 0; i++) {
            int at = random.nextInt(damaged.length);
            if (random.nextBoolean()) {
                damaged[at] = (byte) random.nextInt(256);
            } else {
                int from = random.nextInt(damaged.length);
                int length = Math.min(1 + random.nextInt(1 << random.nextInt(12)), damaged.length - Math.max(at, from));
                System.arraycopy(original, from, damaged, at, length);
            }
        }
        return damaged;
    }

    private static byte[] once(byte[] bytes, Random random) {
        int at = random.nextInt(bytes.length);
        int to = Math.min(bytes.length, at + 1 + random.nextInt(1 << random.nextInt(12)));
        return switch (random.nextInt(7)) {
            case 0 -> splice(bytes, at, at + 1, new byte[] {(byte) random.nextInt(256)});
            case 1 -> splice(bytes, at, to, new byte[0]);
            case 2 -> splice(bytes, at, at, Arrays.copyOfRange(bytes, at, to));
            case 3 -> Arrays.copyOf(bytes, at);
            case 4 -> Arrays.copyOfRange(bytes, at, bytes.length);
            case 5 -> splice(bytes, at, at, block(random));
            default -> splice(bytes, random.nextInt(bytes.length), -1, Arrays.copyOfRange(bytes, at, to));
        };
    }

    private static byte[] block(Random random) {
        return STUMBLING_BLOCKS[random.nextInt(STUMBLING_BLOCKS.length)].getBytes(StandardCharsets.UTF_8);
    }

    /** These bytes in place of a range; of an empty one where the end lies before the start. */
    private static byte[] splice(byte[] bytes, int from, int to, byte[] put) {
        int behind = Math.max(from, to);
        byte[] result = Arrays.copyOf(bytes, from + put.length + bytes.length - behind);
        System.arraycopy(put, 0, result, from, put.length);
        System.arraycopy(bytes, behind, result, from + put.length, bytes.length - behind);
        return result;
    }
}
