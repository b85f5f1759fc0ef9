package dev.whyhung.read.dialect;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.whyhung.model.InputReport;
import dev.whyhung.model.LockRef;
import dev.whyhung.model.ThreadId;
import dev.whyhung.model.Visible;
import dev.whyhung.read.bytes.Head;
import dev.whyhung.read.bytes.Input;
import dev.whyhung.read.bytes.LimitException;
import dev.whyhung.read.harvest.Format;
import dev.whyhung.read.harvest.Harvest;
import dev.whyhung.read.harvest.Tally;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Threads as JSON objects in an array: the answer of Spring Boot's actuator, and what Spark, Ignition and others write, who name
 * the same facts differently. Read array by array, thread by thread, so that a large one never stands in memory as a whole.
 */
public final class ThreadsJson implements Format {

    static final String ID = "threads-json";

    private static final Pattern NAME = Pattern.compile(
            "\"(?:[Tt]hread[-_]?[Nn]ame|[Nn]ame|[Bb]locked[-_]?[Cc]ount|[Ll]ocked[-_]?[Mm]onitors)\"\\s*:");
    private static final Pattern STATE_OR_STACK =
            Pattern.compile("\"(?:[Tt]hread[-_]?[Ss]tate|[Ss]tate|[Ss]tack[-_]?[Tt]race|[Ss]tack|[Ff]rames)\"\\s*:");
    private static final Set<String> STATES =
            Set.of("NEW", "RUNNABLE", "BLOCKED", "WAITING", "TIMED_WAITING", "TERMINATED");
    private static final Set<Visible> SHOWN =
            EnumSet.of(Visible.MONITOR_OWNERS, Visible.SYNCHRONIZER_OWNERS, Visible.THREAD_STATES);

    @Override
    public boolean recognises(Head head) {
        return head.isJson() && head.matches(NAME) && head.matches(STATE_OR_STACK);
    }

    @Override
    public InputReport read(Input input, Harvest harvest) {
        Tally tally = new Tally(ID);
        String trouble = new Reading(input, harvest, tally).read();
        return tally.report(input.label(), trouble);
    }

    private static final class Reading {
        private final Input input;
        private final Harvest harvest;
        private final Tally tally;
        private long unnumbered;

        Reading(Input input, Harvest harvest, Tally tally) {
            this.input = input;
            this.harvest = harvest;
            this.tally = tally;
        }

        /** Reads to the end, or as far as it is JSON; says why it ended early, or null. */
        @Nullable
        String read() {
            int line = 1;
            try (JsonParser json = new JsonFactory().createParser(input.bytes())) {
                json.disable(JsonParser.Feature.AUTO_CLOSE_SOURCE);
                for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                    line = json.currentTokenLocation().getLineNr();
                    if (token == JsonToken.START_ARRAY && DEADLOCKED.equals(json.currentName())) {
                        json.skipChildren(); // they stand among all threads, too
                    } else if (token == JsonToken.START_ARRAY) {
                        array(json);
                    }
                }
                return null;
            } catch (LimitException e) {
                return e.getMessage();
            } catch (IOException e) {
                return "is cut or damaged behind line " + line;
            }
        }

        /** The threads of an array are one dump; arrays inside it are read likewise. */
        private void array(JsonParser json) throws IOException {
            int line = json.currentTokenLocation().getLineNr();
            DialectDump dump = new DialectDump(input.label(), line, ID, harvest, tally, SHOWN);
            try {
                for (JsonToken token = json.nextToken();
                        token != null && token != JsonToken.END_ARRAY;
                        token = json.nextToken()) {
                    if (token == JsonToken.START_ARRAY) {
                        array(json);
                    } else if (token == JsonToken.START_OBJECT) {
                        int at = json.currentTokenLocation().getLineNr();
                        object(new JsonFields(JsonFields.read(json)), at, dump);
                    }
                }
            } catch (IOException e) {
                dump.truncated = true;
                throw e;
            } finally {
                dump.finish();
            }
        }

        private static final String DEADLOCKED = "deadlocks";

        private void object(JsonFields fields, int line, DialectDump dump) {
            JsonFields wrapped = fields.object("thread");
            if (wrapped != null && fields.values().size() == 1) {
                object(wrapped, line, dump);
                return;
            }
            if (isThread(fields)) {
                thread(fields, line, dump);
                return;
            }
            for (List<Object> inner : fields.arrays()) {
                DialectDump innerDump = new DialectDump(input.label(), line, ID, harvest, tally, SHOWN);
                for (Object element : inner) {
                    if (element instanceof Map<?, ?> map) {
                        object(new JsonFields(map), line, innerDump);
                    }
                }
                innerDump.finish();
            }
        }

        /** Jobs and queues have names and states as well; only a thread has a stack. */
        private static boolean isThread(JsonFields fields) {
            String state = fields.text("threadState");
            boolean isNamed = fields.text("threadName") != null;
            return (isNamed && state != null && STATES.contains(state.toUpperCase(Locale.ROOT)))
                    || ((isNamed || fields.text("name") != null)
                            && fields.first("stackTrace", "stacktrace", "stack", "frames") != null);
        }

        private void thread(JsonFields fields, int line, DialectDump dump) {
            Long id = fields.number("threadId", "id", "tid");
            ThreadId threadId = id == null ? ThreadId.ofNative(++unnumbered) : ThreadId.ofJava(id);
            DialectThread thread = dump.begin(threadId, String.valueOf(fields.text("threadName", "name")), line);
            String state = fields.text("threadState", "state");
            thread.state = state == null ? null : state.toUpperCase(Locale.ROOT);
            thread.daemon = Boolean.TRUE.equals(fields.first("daemon", "isDaemon"));
            StackElements.texts(fields.first("stackTrace", "stacktrace", "stack", "frames"))
                    .forEach(thread::frame);
            wait(fields, thread, dump);
            fields.objects("lockedMonitors").forEach(monitor -> holds(monitor, thread));
            fields.objects("lockedSynchronizers").forEach(lock -> thread.owns(lockOf(lock)));
            fields.texts("synchronizersLocked").forEach(lock -> thread.owns(lockOf(lock)));
            fields.texts("monitorsLocked").forEach(lock -> thread.holds(DialectThread.NO_FRAME, lockOf(lock)));
            fields.texts("holdingLocks").forEach(lock -> holding(lock, thread));
        }

        private static void wait(JsonFields fields, DialectThread thread, DialectDump dump) {
            JsonFields waiting = fields.object("waitingFor", "waiting", "blockedOn", "lockWaiting");
            String named = waiting != null
                    ? waiting.text("lock", "lockName", "name")
                    : fields.text("lockName", "blockedByLock");
            JsonFields info = fields.object("lockInfo");
            LockRef lock = info != null ? lockOf(info) : named != null && !named.isEmpty() ? lockOf(named) : null;
            if (lock == null) {
                return;
            }
            thread.waitsFor(lock);
            JsonFields about = waiting != null ? waiting : fields;
            JsonFields holder = about.object("owner");
            Long owner =
                    holder != null ? holder.number("id") : about.number("lockOwnerId", "ownerId", "blockedByThreadId");
            String ownerName = holder != null ? holder.text("name") : about.text("lockOwnerName", "owner", "ownerName");
            if ((owner != null && owner > 0) || ownerName != null) {
                ThreadId ownerId = owner != null && owner > 0 ? ThreadId.ofJava(owner) : null;
                dump.owner(lock, "BLOCKED".equals(thread.state), ownerId, String.valueOf(ownerName));
            }
        }

        private static void holds(JsonFields monitor, DialectThread thread) {
            Long depth = monitor.number("lockedStackDepth");
            thread.holds(
                    depth == null ? DialectThread.NO_FRAME : (int) Math.max(-1, Math.min(depth, 1 << 20)),
                    lockOf(monitor));
        }

        /** Spark writes {@code Monitor(C@hash)} and {@code Lock(C@hash)}. */
        private static void holding(String text, DialectThread thread) {
            if (text.startsWith("Lock(")) {
                thread.owns(lockOf(text));
            } else {
                thread.holds(DialectThread.NO_FRAME, lockOf(text));
            }
        }

        private static LockRef lockOf(JsonFields lock) {
            String name = lock.text("lock", "lockName");
            Long hash = lock.number("identityHashCode");
            String className = lock.text("className");
            return name == null && className != null
                    ? LockRef.ofHash(className, hash == null ? 0 : hash & 0xffffffffL)
                    : lockOf(String.valueOf(name));
        }

        private static LockRef lockOf(String text) {
            int open = text.indexOf('(');
            return LockRef.parse(open >= 0 && text.endsWith(")") ? text.substring(open + 1, text.length() - 1) : text);
        }
    }
}
