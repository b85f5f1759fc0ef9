package dev.whyhung.read.dialect;

import dev.whyhung.model.LockRef;
import dev.whyhung.model.ThreadId;
import dev.whyhung.model.Visible;
import dev.whyhung.read.bytes.ByteLines;
import dev.whyhung.read.bytes.Head;
import dev.whyhung.read.harvest.StateText;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the serviceability agent prints of a JVM that does not answer: {@code jhsdb jstack}, and {@code jstack -F} up to JDK 8, which
 * knows no thread names. Frames have no file, {@code - com.acme.Shop.order(int) @bci=8, line=41 (Interpreted frame)}.
 */
public final class AgentText implements LineFormat {

    static final String ID = "sa-text";

    private static final Pattern RECOGNISED = Pattern.compile(
            "^(?:Attaching to process ID \\d|Thread (?:t@)?\\d+: \\(state = | - \\S+\\(.*\\) @bci=-?\\d)",
            Pattern.MULTILINE);
    private static final Pattern HEADER = Pattern.compile("\"(.*)\" #(\\d{1,18}) .*?\\btid=0x.*");
    private static final Pattern BARE_HEADER = Pattern.compile("Thread (?:t@)?(\\d{1,18}): \\(state = (\\w+)\\)");
    private static final Pattern FRAME = Pattern.compile("- ([^(\\s]+)\\(.*?\\) @bci=-?\\d+(?:, line=(\\d{1,9}))?.*");
    private static final Pattern LOCK = Pattern.compile(
            "- (waiting to lock|waiting on|locked|parking to wait for|waiting to re-lock in wait\\(\\))?\\s*<0x(\\p{XDigit}{1,16})>,? \\(an? ([^)]*)\\)");
    private static final Pattern WANTS = Pattern.compile(
            "waiting (?:to lock Monitor@0x\\p{XDigit}+ ?\\(Object@0x(\\p{XDigit}{1,16}), an? ([^)]*)\\)|for ownable synchronizer 0x(\\p{XDigit}{1,16}), \\(an? ([^)]*)\\)),?");
    private static final Pattern HELD = Pattern.compile("which is held by \"(.*)\"");
    private static final Pattern SAYS_NOTHING = Pattern.compile(
            "|- None|JavaThread state:.*|- waiting on <no object reference available>|Error occurred during stack walking:");
    private static final Pattern INTRODUCTION = Pattern.compile(
            "Debugger attached|(?:Server|Client|Core) |JVM version is|Deadlock Detection:|No deadlocks found|Found ");
    private static final Pattern VERSION = Pattern.compile("JVM version is (\\S+)");

    @Override
    public boolean recognises(Head head) {
        return !head.isBinary() && head.matches(RECOGNISED);
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
        private DialectDump dump;
        private @Nullable DialectThread thread;
        private final Map<String, LockRef> deadlocked = new LinkedHashMap<>();
        private String waiter = "";
        private @Nullable LockRef wanted;
        private boolean monitorWanted;
        private boolean inSynchronizers;
        /** Whether what stands before the first thread is there; nothing stands behind the last. */
        private boolean introduced;

        Reading(LineSource source) {
            this.source = source;
            dump = newDump(1);
        }

        private DialectDump newDump(int line) {
            return source.dump(line, EnumSet.noneOf(Visible.class));
        }

        @Override
        public void line(String text, ByteLines line) {
            Matcher header = HEADER.matcher(text);
            Matcher bare = BARE_HEADER.matcher(text);
            if (text.startsWith("Attaching to process ID")) {
                end();
                dump = newDump(line.number());
                dump.pid = digits(text);
                introduced = true;
            } else if (header.matches()) {
                begin(ThreadId.ofJava(Long.parseLong(header.group(2))), header.group(1), line.number());
                open().daemon = text.contains("\" daemon ") || text.contains(" daemon prio=");
            } else if (bare.matches()) {
                begin(ThreadId.ofNative(Long.parseLong(bare.group(1))), "thread " + bare.group(1), line.number());
                open().state = stateOf(bare.group(2));
            } else if (thread == null) {
                before(text);
            } else if (!threadLine(thread, text)) {
                source.tally().skip(line);
            }
        }

        private static @Nullable Long digits(String text) {
            String digits = text.replaceAll("\\D", "");
            return digits.isEmpty() || digits.length() > 10 ? null : Long.valueOf(digits);
        }

        /** The agent's BLOCKED is any wait in the JVM. */
        private static @Nullable String stateOf(String word) {
            return word.equals("IN_JAVA") || word.startsWith("IN_NATIVE") || word.equals("IN_VM") ? "RUNNABLE" : null;
        }

        private DialectThread open() {
            return Objects.requireNonNull(thread);
        }

        private void begin(ThreadId id, String name, int line) {
            thread = dump.begin(id, name, line);
            LockRef lock = deadlocked.remove(name);
            if (lock != null) {
                thread.waitsFor(lock);
            }
            inSynchronizers = false;
        }

        /** The deadlock section and what the agent says about itself. */
        private void before(String text) {
            Matcher version = VERSION.matcher(text);
            Matcher wants = WANTS.matcher(text);
            Matcher held = HELD.matcher(text);
            introduced |= INTRODUCTION.matcher(text).lookingAt();
            if (version.find()) {
                dump.runtime = version.group(1);
            } else if (text.startsWith("\"") && text.length() > 2 && text.endsWith("\":")) {
                waiter = text.substring(1, text.length() - 2);
            } else if (wants.find()) {
                monitorWanted = wants.group(1) != null;
                wanted = monitorWanted ? lock(wants.group(1), wants.group(2)) : lock(wants.group(3), wants.group(4));
                if (!waiter.isEmpty()) { // else its line was lost
                    deadlocked.put(waiter, wanted);
                }
            } else if (held.find() && wanted != null) {
                dump.owner(wanted, monitorWanted, null, held.group(1));
                wanted = null;
            }
        }

        /** Whom the deadlock section names, where no thread has its name. */
        private void addNamed() {
            deadlocked.forEach((name, lock) -> {
                DialectThread named = dump.begin(dump.freeId(), name, 1);
                named.state = "BLOCKED";
                named.waitsFor(lock);
            });
        }

        private static LockRef lock(String digits, String className) {
            String name = className.startsWith("java.lang.Class for ") ? className : className.replace('/', '.');
            return new LockRef(name, Long.parseUnsignedLong(digits, 16) & Long.MAX_VALUE);
        }

        private boolean threadLine(DialectThread open, String text) {
            Matcher frame = FRAME.matcher(text);
            Matcher lock = LOCK.matcher(text);
            if (frame.matches()) {
                String line = frame.group(2) == null ? "Unknown Source" : "line " + frame.group(2);
                open.frame(frame.group(1) + '(' + line + ')');
            } else if (lock.find()) {
                lock(open, lock.group(1), lock(lock.group(2), lock.group(3)));
            } else if (text.startsWith("java.lang.Thread.State: ")) {
                dump.shows(Visible.THREAD_STATES);
                dump.shows(Visible.MONITOR_OWNERS);
                open.status = StateText.statusOf(text.substring("java.lang.Thread.State: ".length()));
            } else if (text.startsWith("Locked ownable synchronizers")) {
                dump.shows(Visible.SYNCHRONIZER_OWNERS);
                inSynchronizers = true;
            } else {
                return SAYS_NOTHING.matcher(text).matches();
            }
            return true;
        }

        private void lock(DialectThread open, @Nullable String words, LockRef lock) {
            if (words == null || inSynchronizers) {
                open.owns(lock);
            } else if (words.equals("locked")) {
                open.holds(open.lastFrame(), lock);
            } else {
                open.waitsFor(lock);
            }
        }

        @Override
        public void end() {
            addNamed();
            dump.truncated |= !introduced;
            dump.finish();
            introduced = false;
            deadlocked.clear();
            thread = null;
        }
    }
}
