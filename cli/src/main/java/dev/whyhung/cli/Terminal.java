package dev.whyhung.cli;

import java.io.BufferedOutputStream;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a run reads and writes, and what is known about it.
 *
 * @param in standard input
 * @param raw standard output, for bytes
 * @param out standard output, for text
 * @param err standard error
 * @param typed whether standard input is a keyboard
 * @param colour whether standard output shows colour
 * @param watched whether somebody sees standard error while it is written
 * @param width columns of the text
 */
record Terminal(
        InputStream in,
        StandardOutput raw,
        PrintWriter out,
        PrintWriter err,
        boolean typed,
        boolean colour,
        boolean watched,
        int width) {

    private static final int BUFFER = 8192;
    private static final int TERMINAL_WIDTH = 80;
    private static final int FILE_WIDTH = 100;
    private static final int LEAST_WIDTH = 40;
    private static final int READABLE_WIDTH = 120;

    /** Streams that are no terminal. */
    static Terminal plain(InputStream in, OutputStream out, OutputStream err) {
        return of(in, out, err, StandardCharsets.UTF_8, false, false, false, FILE_WIDTH);
    }

    /** The terminal, or whatever the process was started with. */
    static Terminal system() {
        Map<String, String> environment = System.getenv();
        boolean shown = isTerminal(1);
        return of(
                System.in,
                new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), BUFFER),
                new FileOutputStream(FileDescriptor.err),
                charset(),
                isTerminal(0),
                shown && allowsColour(environment),
                isTerminal(2),
                shown ? width(environment) : FILE_WIDTH);
    }

    private static Terminal of(
            InputStream in,
            OutputStream out,
            OutputStream err,
            Charset charset,
            boolean typed,
            boolean colour,
            boolean watched,
            int width) {
        StandardOutput raw = new StandardOutput(out);
        PrintWriter text = new PrintWriter(new OutputStreamWriter(raw, charset));
        PrintWriter errors = new PrintWriter(new OutputStreamWriter(err, charset), true);
        return new Terminal(in, raw, text, errors, typed, colour, watched, width);
    }

    /** A line on standard error. Its text may come from a dump or a file name: controls are made visible. */
    void complain(String message) {
        StringBuilder line = new StringBuilder("whyhung: ");
        message.codePoints().forEach(point -> {
            int type = Character.getType(point);
            boolean hidden = type == Character.CONTROL
                    || type == Character.FORMAT
                    || type == Character.LINE_SEPARATOR
                    || type == Character.PARAGRAPH_SEPARATOR;
            if (hidden) {
                line.append(String.format("\\u{%X}", point));
            } else {
                line.appendCodePoint(point);
            }
        });
        err.println(line);
    }

    /** The same text everywhere, but for a Windows console, which has a code page. */
    private static Charset charset() {
        Console console = isWindows() ? console() : null;
        return console == null ? StandardCharsets.UTF_8 : console.charset();
    }

    static boolean allowsColour(Map<String, String> environment) {
        if (!environment.getOrDefault("NO_COLOR", "").isEmpty()) {
            return false;
        }
        String kind = environment.getOrDefault("TERM", "");
        return !kind.equals("dumb") && (!isWindows() || environment.containsKey("WT_SESSION") || !kind.isEmpty());
    }

    static int width(Map<String, String> environment) {
        try {
            int columns = Integer.parseInt(environment.getOrDefault("COLUMNS", ""));
            return columns <= 0 ? TERMINAL_WIDTH : Math.max(LEAST_WIDTH, Math.min(columns, READABLE_WIDTH));
        } catch (NumberFormatException unset) {
            return TERMINAL_WIDTH;
        }
    }

    /** {@link System#console()} knows only whether both input and output are a terminal; Linux tells for each. */
    private static boolean isTerminal(int descriptor) {
        Path link = Path.of("/proc/self/fd/" + descriptor);
        if (isWindows() || !Files.isSymbolicLink(link)) {
            return console() != null;
        }
        try {
            String device = Files.readSymbolicLink(link).toString();
            return device.startsWith("/dev/pts/") || device.startsWith("/dev/tty") || device.equals("/dev/console");
        } catch (IOException unreadable) {
            return false;
        }
    }

    /** The console, if input and output are a terminal. From JDK 22 on there may be one that is no terminal. */
    @SuppressWarnings("SystemConsoleNull")
    private static @Nullable Console console() {
        Console console = System.console();
        try {
            boolean real = console != null
                    && (boolean) Console.class.getMethod("isTerminal").invoke(console);
            return real ? console : null;
        } catch (ReflectiveOperationException before22) {
            return console;
        }
    }

    private static boolean isWindows() {
        return Path.of("").getFileSystem().getSeparator().equals("\\");
    }
}
