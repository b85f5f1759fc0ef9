package dev.whyhung.read.dialect;

import dev.whyhung.model.ThreadId;
import dev.whyhung.model.ThreadSnapshot;
import dev.whyhung.model.ThreadStatus;
import dev.whyhung.model.Visible;
import dev.whyhung.read.bytes.ByteLines;
import dev.whyhung.read.bytes.Head;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What Kotlin's {@code DebugProbes.dumpCoroutines} prints. A coroutine is shown as a virtual thread, since like one it is a task that
 * keeps no platform thread while it waits; what it waits for is in its stack alone.
 */
public final class CoroutineText implements LineFormat {

    static final String ID = "coroutines";

    private static final String TITLE = "Coroutines dump ";
    private static final Pattern RECOGNISED = Pattern.compile("^\\s*" + TITLE, Pattern.MULTILINE);
    private static final Pattern HEADER =
            Pattern.compile("Coroutine (?:\"(.*)\":)?([\\w.$]+(?:\\{\\w+\\})?)@(\\p{XDigit}{1,15}), state: (\\w+).*");
    private static final Set<Visible> SHOWN =
            EnumSet.of(Visible.THREAD_STATES, Visible.MOUNTED_VIRTUAL_THREADS, Visible.UNMOUNTED_VIRTUAL_THREADS);

    @Override
    public boolean recognises(Head head) {
        return head.matches(RECOGNISED) && head.contains(", state: ");
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public DialectLines lines(LineSource source) {
        return new Reading(source);
    }

    private static final class Reading implements DialectLines {
        private final LineSource source;
        private @Nullable DialectDump dump;
        private @Nullable DialectThread thread;

        Reading(LineSource source) {
            this.source = source;
        }

        @Override
        public void line(String text, ByteLines line) {
            Matcher header = HEADER.matcher(text);
            if (text.startsWith(TITLE)) {
                end();
                dump = source.dump(line.number(), SHOWN);
                dump.takenAt = timeOf(text.substring(TITLE.length()));
            } else if (dump != null && header.matches()) {
                begin(dump, header, line.number());
            } else if (text.startsWith("(Coroutine creation stacktrace)")) {
                thread = null;
            } else if (thread != null && text.startsWith("at ")) {
                thread.frame(text.substring(3));
            } else if (thread != null && !text.isEmpty()) {
                source.tally().skip(line);
            }
        }

        private void begin(DialectDump open, Matcher header, int number) {
            ThreadId id = ThreadId.ofNative(Long.parseLong(header.group(3), 16));
            String name = header.group(1) == null ? header.group(2) : header.group(1);
            DialectThread begun = open.begin(id, name, number);
            begun.kind = ThreadSnapshot.Kind.VIRTUAL;
            begun.daemon = true;
            begun.status = switch (header.group(4)) {
                case "SUSPENDED" -> ThreadStatus.PARKED;
                case "RUNNING" -> ThreadStatus.RUNNABLE;
                case "CREATED" -> ThreadStatus.NEW;
                default -> ThreadStatus.UNKNOWN;
            };
            thread = begun;
        }

        private static @Nullable LocalDateTime timeOf(String text) {
            try {
                return LocalDateTime.parse(text.strip().replace('/', '-').replace(' ', 'T'));
            } catch (DateTimeException none) {
                return null;
            }
        }

        @Override
        public void end() {
            if (dump != null) {
                dump.finish();
            }
            dump = null;
            thread = null;
        }
    }
}
