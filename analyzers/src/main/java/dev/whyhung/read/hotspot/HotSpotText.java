package dev.whyhung.read.hotspot;

import dev.whyhung.model.InputReport;
import dev.whyhung.model.LockMention.Kind;
import dev.whyhung.model.ThreadDump;
import dev.whyhung.model.ThreadId;
import dev.whyhung.model.Visible;
import dev.whyhung.read.bytes.ByteLines;
import dev.whyhung.read.bytes.Digits;
import dev.whyhung.read.bytes.Head;
import dev.whyhung.read.bytes.Input;
import dev.whyhung.read.bytes.Quotes;
import dev.whyhung.read.harvest.Format;
import dev.whyhung.read.harvest.Harvest;
import dev.whyhung.read.harvest.Tally;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@code jstack}, {@code jcmd Thread.print} and {@code kill -3} print, from JDK 6 to 26, alone or in the middle of a
 * log, one dump after another. Every line is told by its first bytes; nothing is decoded but what is new. A line inside a dump that
 * fits nothing is skipped and counted; no input makes it throw.
 */
public final class HotSpotText {

    static final String ID = "hotspot-text";

    private static final byte[] MARKER = ByteLines.ascii("Full thread dump");
    private static final byte[] AT = ByteLines.ascii("at ");
    private static final byte[] STATE = ByteLines.ascii("java.lang.Thread.State: ");
    private static final byte[] SYNCHRONIZERS = ByteLines.ascii("Locked ownable synchronizers");
    private static final byte[] CARRYING = ByteLines.ascii("Carrying virtual thread #");
    private static final byte[] MOUNTED = ByteLines.ascii("Mounted virtual thread #");
    private static final byte[] WAITING_FOR = ByteLines.ascii("waiting for ");
    private static final byte[] TAIL = ByteLines.ascii("JNI global ref");
    private static final byte[] FOUND = ByteLines.ascii("Found ");
    private static final byte[] JAVA_LEVEL = ByteLines.ascii("Java-level deadlock");
    private static final byte[] STACKS = ByteLines.ascii("Java stack information for the threads listed above");
    private static final byte[] THREAD_LIST = ByteLines.ascii("_java_thread_list=");
    private static final byte[] EXCEPTION = ByteLines.ascii("Exception");
    private static final byte[] ERROR = ByteLines.ascii("Error");
    private static final byte[] LENGTH = ByteLines.ascii("length=");

    /** The format of these texts; also of whatever nothing else recognises. */
    public static final class Reader implements Format {

        @Override
        public boolean recognises(Head head) {
            return head.contains("Full thread dump ") && !head.isBinary() && !head.begins("{\\rtf");
        }

        @Override
        public InputReport read(Input input, Harvest harvest) {
            return new DumpLog(input.label(), harvest).read(input.bytes());
        }
    }

    private enum Place {
        OUTSIDE,
        THREADS,
        /** Behind the last thread, where the deadlock section stands. */
        TAIL,
        DEADLOCKS
    }

    private final String source;
    private final Harvest harvest;
    private final Consumer<ThreadDump> sink;
    private final ThreadBuilder thread;
    private final ThreadHeader header = new ThreadHeader();
    private final LockLines lockLines = new LockLines();
    private final DeadlockSection deadlocks;
    private final Tally tally;
    private final Predicate<ByteLines> elsewhere;

    private Place place = Place.OUTSIDE;
    private @Nullable DumpBuilder dump;
    private boolean inThread;
    /** Whether frames are of an exception that was logged while the dump was written. */
    private boolean inTrace;

    private @Nullable String begunName;
    /** A name like those in the deadlock section, whose first line may be lost, and where it stood. */
    private @Nullable String waiter;

    private int waiterLine;
    private final DumpStamp stamp = new DumpStamp();
    private final Quotes quotes = new Quotes();

    /**
     * A reader at its first line.
     *
     * @param tally counts what is read
     * @param elsewhere is offered each line that is no part of a dump; takes it, or says false
     */
    HotSpotText(
            String source, Harvest harvest, Consumer<ThreadDump> sink, Tally tally, Predicate<ByteLines> elsewhere) {
        this.source = source;
        this.harvest = harvest;
        this.sink = sink;
        this.tally = tally;
        this.elsewhere = elsewhere;
        thread = new ThreadBuilder(harvest.stacks(), harvest.budget().limits().frames());
        deadlocks = new DeadlockSection(thread);
    }

    /** Reads the current line. */
    void line(ByteLines lines) {
        int at = lines.firstInk();
        if (at == lines.end()) {
            return;
        }
        if (begunName != null) {
            continueHeader(lines);
            return;
        }
        if (place == Place.DEADLOCKS && deadlockLine(lines, at)) {
            return;
        }
        switch (lines.bytes()[at]) {
            case 'a' -> {
                if (inThread && lines.startsWith(at, AT)) {
                    frame(lines, at);
                } else {
                    other(lines);
                }
            }
            case '-' -> lock(lines, at);
            case '"' -> header(lines, at);
            case 'j' -> {
                if (inThread && lines.startsWith(at, STATE)) {
                    thread.state(lines, at + STATE.length);
                    dump().shows(Visible.THREAD_STATES);
                } else {
                    other(lines);
                }
            }
            default -> rareLine(lines, at);
        }
    }

    private void frame(ByteLines lines, int at) {
        if (inTrace) {
            tally.skip(lines);
        } else {
            thread.frame(lines.bytes(), at + AT.length, lines.end());
        }
    }

    private void rareLine(ByteLines lines, int at) {
        if (lines.startsWith(at, MARKER)) {
            beginDump(lines, at);
        } else if (place != Place.DEADLOCKS && beginsDeadlocks(lines, at)) {
            beginDeadlocks(lines);
            deadlocks.line(lines, at, dump());
        } else if (waiter != null && waiterLine == lines.number() - 1 && DeadlockSection.isEntry(lines, at)) {
            beginDeadlocks(lines);
            deadlocks.resume(waiter);
            deadlocks.line(lines, at, dump());
        } else if (place == Place.THREADS && lines.startsWith(at, TAIL)) {
            endThread();
            dump().tail();
            place = Place.TAIL;
        } else if (!threadLine(lines, at)) {
            other(lines);
        }
    }

    private static boolean beginsDeadlocks(ByteLines lines, int at) {
        return lines.startsWith(at, STACKS) || (lines.startsWith(at, FOUND) && lines.indexOf(JAVA_LEVEL, at) >= 0);
    }

    /** Also where nothing but this section was kept of a dump. */
    private void beginDeadlocks(ByteLines lines) {
        if (dump == null) {
            beginDump(lines, null);
            dump().announced = true;
        }
        endThread();
        deadlocks.begin();
        place = Place.DEADLOCKS;
    }

    /** Whether this line is part of the section; it may end without a last line where it was cut out of a dump. */
    private boolean deadlockLine(ByteLines lines, int at) {
        if (lines.startsWith(at, MARKER) || (lines.bytes()[at] == '"' && header.read(lines, at))) {
            deadlocks.end(dump());
            place = Place.TAIL;
            return false;
        }
        DeadlockSection.Line line = deadlocks.line(lines, at, dump());
        return switch (line) {
            case PART -> true;
            case STRANGE -> false;
            case LAST, BEHIND -> {
                place = Place.TAIL;
                yield line == DeadlockSection.Line.LAST;
            }
        };
    }

    /** Lines between a thread's header and the next thread; false if it is none of them. */
    private boolean threadLine(ByteLines lines, int at) {
        if (place != Place.THREADS) {
            return false;
        }
        if (inThread && lines.startsWith(at, SYNCHRONIZERS)) {
            dump().shows(Visible.SYNCHRONIZER_OWNERS);
        } else if (inThread && lines.startsWith(at, CARRYING)) {
            thread.carrying(Digits.leading(lines.bytes(), at + CARRYING.length, lines.end()));
        } else if (inThread && lines.startsWith(at, WAITING_FOR) && lockLines.readRelease(lines, at)) {
            thread.lock(
                    Kind.WAITING_TO_LOCK, lockLines.address, lines.bytes(), lockLines.classStart, lockLines.classEnd);
        } else if (inThread && lines.startsWith(at, MOUNTED)) {
            endThread();
            thread.beginMounted(Digits.leading(lines.bytes(), at + MOUNTED.length, lines.end()), lines.number());
            inThread = true;
        } else if (lines.startsWith(at, THREAD_LIST)) {
            int length = lines.indexOf(LENGTH, at);
            dump().announce(length < 0 ? -1 : (int) Digits.leading(lines.bytes(), length + LENGTH.length, lines.end()));
        } else {
            return Noise.isOn(lines, at);
        }
        return true;
    }

    private void lock(ByteLines lines, int at) {
        inTrace = false;
        if (isBetweenFinds(lines, at)) {
            return;
        }
        if (!inThread) {
            other(lines);
        } else if (lockLines.read(lines, at)) {
            Kind kind = lockLines.kind;
            if (kind != null) {
                thread.lock(kind, lockLines.address, lines.bytes(), lockLines.classStart, lockLines.classEnd);
            }
        } else {
            skip(lines);
        }
    }

    /** What grep prints between groups of lines that it found. */
    private static boolean isBetweenFinds(ByteLines lines, int at) {
        return lines.end() - at == 2 && lines.bytes()[at + 1] == '-';
    }

    private void header(ByteLines lines, int quote) {
        boolean whole = header.read(lines, quote) && header.isOfNativeThread();
        if (whole && header.isMadeUp()) {
            other(lines);
        } else if (whole || header.readAbridged(lines, quote) || header.read(lines, quote)) {
            beginThread(lines, null);
        } else if (place == Place.THREADS && lines.indexOf((byte) '"', quote + 1) < 0) {
            endThread();
            begunName = lines.text(quote + 1, lines.end());
        } else {
            waiter = DeadlockSection.nameIn(lines, quote);
            waiterLine = lines.number();
            other(lines);
        }
    }

    /** A name with a line break in it: the header goes on here. */
    private void continueHeader(ByteLines lines) {
        String begun = begunName;
        begunName = null;
        if (header.readContinuation(lines)) {
            beginThread(lines, begun);
        } else {
            tally.skip(lines);
        }
    }

    private void beginThread(ByteLines lines, @Nullable String begun) {
        if (place == Place.OUTSIDE || (place == Place.TAIL && !dump().isEmpty())) {
            beginDump(lines, null);
        }
        place = Place.THREADS;
        inTrace = false;
        endThread();
        String name = header.name(lines, harvest.stacks(), begun);
        if (header.state != null) {
            ThreadId id = header.javaId >= 0 ? ThreadId.ofJava(header.javaId) : dump().freeId();
            thread.beginNamed(id, name, header.state, lines.number());
        } else {
            if (header.nativeId < 0 && header.javaId < 0) {
                dump().exported(); // prints neither
            }
            thread.begin(header, name, lines.number());
        }
        if (!header.isOfNativeThread()) {
            dump().abridge();
        }
        inThread = true;
    }

    private void endThread() {
        if (!inThread) {
            return;
        }
        inThread = false;
        tally.leaveOutFrames(thread.framesLeftOut());
        if (harvest.budget().allowsThread()) {
            dump().add(thread.build(dump().hasJavaIds()), thread.lines());
        } else {
            tally.leaveOutThread();
        }
    }

    private void beginDump(ByteLines lines, int marker) {
        String runtime = lines.text(marker + MARKER.length, lines.end()).strip();
        beginDump(lines, runtime.endsWith(":") ? runtime.substring(0, runtime.length() - 1) : runtime);
    }

    private void beginDump(ByteLines lines, @Nullable String runtime) {
        endDump();
        boolean stamped = stamp.isJustBefore(lines.number());
        String description = runtime == null || runtime.isEmpty() ? null : runtime;
        dump = new DumpBuilder(
                source, lines.number(), description, stamped ? stamp.time : null, stamped ? stamp.pid : null);
        dump.announced = runtime != null;
        place = Place.THREADS;
        stamp.clear();
    }

    /** Closes the dump that is open; to be called behind the last line. */
    void endDump() {
        endThread();
        DumpBuilder ended = dump;
        if (ended != null) {
            deadlocks.end(ended);
            ended.complete(harvest.budget()::allowsThread);
        }
        if (ended != null && !ended.isEmpty() && !ended.isStray()) {
            ThreadDump built = ended.build();
            if (quotes.isOne(built, ended.announced)) {
                tally.takeForQuote(ended.size());
            } else {
                tally.count(ended.size(), ended.repeatedIds(), ended.isCut());
                tally.loseStacks(ended.lostStacks());
                sink.accept(built);
            }
        }
        dump = null;
        place = Place.OUTSIDE;
    }

    /** The dump that is open, if no thread of it has been read yet. */
    @Nullable
    DumpBuilder announced() {
        return dump != null && dump.isBare() && !inThread ? dump : null;
    }

    /** Whether a dump is open that has a thread of this name. */
    boolean isOfOpenDump(String name) {
        return dump != null && dump.has(name);
    }

    boolean isOutside() {
        return place == Place.OUTSIDE;
    }

    /** Drops the dump that is open: it was misread. */
    void forget() {
        inThread = false;
        begunName = null;
        dump = null;
        place = Place.OUTSIDE;
    }

    private DumpBuilder dump() {
        if (dump == null) {
            throw new IllegalStateException("no dump is open");
        }
        return dump;
    }

    /** A line that belongs to no thread: the stamp of the next dump, a log line, or something to skip. */
    private void other(ByteLines lines) {
        if (stamp.read(lines) || elsewhere.test(lines)) {
            return;
        }
        if (header.readUnopened(lines)) {
            beginThread(lines, null);
        } else if (place == Place.THREADS) {
            inTrace = lines.indexOf(EXCEPTION, lines.start()) >= 0 || lines.indexOf(ERROR, lines.start()) >= 0;
            skip(lines);
        }
    }

    private void skip(ByteLines lines) {
        tally.skip(lines);
        dump().lose(LockLines.isMeant(lines));
    }
}
