package dev.whyhung.read.filedump;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.whyhung.model.InputReport;
import dev.whyhung.model.InputReport.Status;
import dev.whyhung.model.LockMention.Kind;
import dev.whyhung.model.ThreadContainer;
import dev.whyhung.model.ThreadDump;
import dev.whyhung.model.ThreadId;
import dev.whyhung.read.bytes.Head;
import dev.whyhung.read.bytes.Input;
import dev.whyhung.read.harvest.Format;
import dev.whyhung.read.harvest.Harvest;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code jcmd Thread.dump_to_file -format=json}, as JDK 21 to 26 write it: states and locks from 25 on; numbers as numbers or as
 * strings. It is read as a stream; where it is damaged, the threads before the damage are kept.
 */
public final class ThreadDumpJson implements Format {

    public static final String ID = "dump-json";

    private static final Pattern ROOT = Pattern.compile("\"threadDump\"\\s*:\\s*(?:\\{\\s*\"(?!thread\")|$)");

    @Override
    public boolean recognises(Head head) {
        return head.isJson() && head.matches(ROOT);
    }

    @Override
    public InputReport read(Input input, Harvest harvest) throws IOException {
        return new Reading(input.label(), harvest).read(input.bytes());
    }

    /** One pass over one input, which may hold several dumps, one after the other or inside of what a tool has put around them. */
    private static final class Reading {
        private final String source;
        private final Harvest harvest;
        private final FileDumpThread thread;
        private final Map<String, ThreadContainer> containers = new HashMap<>();
        private FileDump dump;
        private int dumps;
        private int threads;

        Reading(String source, Harvest harvest) {
            this.source = source;
            this.harvest = harvest;
            dump = new FileDump(source, ID);
            thread = new FileDumpThread(
                    harvest.frames(), harvest.budget().limits().frames());
        }

        InputReport read(InputStream in) {
            String damage = null;
            try (JsonParser json = new JsonFactory().createParser(in)) {
                try {
                    documents(json);
                } catch (JsonProcessingException e) {
                    damage = damage(e);
                }
            } catch (IOException e) {
                damage = "reading stopped: " + e.getMessage();
            }
            dump.truncated = true;
            end();
            return report(damage);
        }

        private InputReport report(@Nullable String damage) {
            if (dumps == 0) {
                String message = damage == null ? "holds no threads" : damage + "; no thread stands before that";
                return InputReport.skipped(source, ID, message);
            }
            return new InputReport(
                    source, ID, damage == null ? Status.READ : Status.PARTIAL, dumps, threads, 0, List.of(), damage);
        }

        private static String damage(JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            String where = at == null ? "" : " at line " + at.getLineNr() + ", byte " + at.getByteOffset();
            return "breaks off" + where + "; the threads before that were read";
        }

        private void documents(JsonParser json) throws IOException {
            while (json.nextToken() != null) {
                boolean isDump = json.currentToken() == JsonToken.FIELD_NAME
                        && json.currentName().equals("threadDump")
                        && json.nextToken() == JsonToken.START_OBJECT;
                if (isDump) {
                    dump.line = dumps == 0 ? 1 : json.currentTokenLocation().getLineNr();
                    threadDump(json);
                    end();
                    dump = new FileDump(source, ID);
                    containers.clear();
                }
            }
        }

        private void end() {
            if (dump.size() > 0) {
                ThreadDump built = dump.build();
                harvest.dump(built);
                dumps++;
                threads += built.info().threads();
            }
        }

        private void threadDump(JsonParser json) throws IOException {
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String field = json.currentName();
                json.nextToken();
                switch (field) {
                    case "processId" -> dump.pid = number(json) < 0 ? null : Long.valueOf(number(json));
                    case "time" -> dump.time(text(json));
                    case "runtimeVersion" -> dump.runtime = text(json);
                    case "threadContainers" -> containers(json);
                    default -> json.skipChildren();
                }
            }
        }

        private void containers(JsonParser json) throws IOException {
            if (json.currentToken() != JsonToken.START_ARRAY) {
                json.skipChildren();
                return;
            }
            while (json.nextToken() == JsonToken.START_OBJECT) {
                container(json);
            }
        }

        private void container(JsonParser json) throws IOException {
            String name = "";
            String parent = "";
            long owner = -1;
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String field = json.currentName();
                json.nextToken();
                switch (field) {
                    case "container" -> name = text(json);
                    case "parent" -> parent = text(json);
                    case "owner" -> owner = number(json);
                    case "threads" -> {
                        ThreadContainer container =
                                new ThreadContainer(name, around(parent), owner < 0 ? null : ThreadId.ofJava(owner));
                        containers.put(name, container);
                        threads(json, container);
                    }
                    default -> json.skipChildren();
                }
            }
        }

        /** Scopes inside scopes stay within what a walk to the root can bear: the deepest stand beside each other. */
        private @Nullable ThreadContainer around(String name) {
            ThreadContainer parent = containers.get(name);
            return parent != null && parent.depth() == DEEPEST ? parent.parent() : parent;
        }

        private static final int DEEPEST = 200;

        private void threads(JsonParser json, ThreadContainer container) throws IOException {
            if (json.currentToken() != JsonToken.START_ARRAY) {
                json.skipChildren();
                return;
            }
            int before = dump.size();
            while (json.nextToken() == JsonToken.START_OBJECT) {
                thread.begin(json.currentTokenLocation().getLineNr());
                thread(json);
                if (thread.id >= 0 && harvest.budget().allowsThread()) {
                    dump.add(thread, container);
                }
            }
            if (dump.size() == before && container.startsThreadPerTask()) {
                dump.spentExecutor();
            }
        }

        private void thread(JsonParser json) throws IOException {
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String field = json.currentName();
                json.nextToken();
                switch (field) {
                    case "tid" -> thread.id = number(json);
                    case "name" -> thread.name = text(json);
                    case "stack" -> stack(json);
                    case "state" -> thread.state = text(json);
                    case "virtual" -> thread.virtual = json.currentToken() == JsonToken.VALUE_TRUE;
                    case "parkBlocker" -> parkBlocker(json);
                    case "blockedOn" -> waits(Kind.WAITING_TO_LOCK, json);
                    case "waitingOn" -> waits(Kind.WAITING_ON, json);
                    case "monitorsOwned" -> monitors(json);
                    case "carrier" -> thread.carrier = number(json);
                    default -> json.skipChildren();
                }
            }
        }

        private void waits(Kind kind, JsonParser json) throws IOException {
            if (json.currentToken() == JsonToken.VALUE_STRING) {
                thread.waits(kind, json.getText());
            } else {
                json.skipChildren();
            }
        }

        private void stack(JsonParser json) throws IOException {
            if (json.currentToken() != JsonToken.START_ARRAY) {
                json.skipChildren();
                return;
            }
            for (JsonToken at = json.nextToken(); at != JsonToken.END_ARRAY && at != null; at = json.nextToken()) {
                if (at == JsonToken.VALUE_STRING) {
                    thread.frame(json.getTextCharacters(), json.getTextOffset(), json.getTextLength());
                } else {
                    json.skipChildren();
                }
            }
        }

        /** The object alone up to JDK 26; beside it the owner's id, if there is one, in later versions. */
        private void parkBlocker(JsonParser json) throws IOException {
            if (json.currentToken() != JsonToken.START_OBJECT) {
                waits(Kind.PARKING, json);
                return;
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String field = json.currentName();
                json.nextToken();
                switch (field) {
                    case "object" -> waits(Kind.PARKING, json);
                    case "owner", "exclusiveOwnerThread" -> thread.blockerOwner = number(json);
                    default -> json.skipChildren();
                }
            }
        }

        private void monitors(JsonParser json) throws IOException {
            if (json.currentToken() != JsonToken.START_ARRAY) {
                json.skipChildren();
                return;
            }
            while (json.nextToken() == JsonToken.START_OBJECT) {
                int depth = 0;
                while (json.nextToken() == JsonToken.FIELD_NAME) {
                    String field = json.currentName();
                    json.nextToken();
                    switch (field) {
                        case "depth" -> depth = (int) number(json);
                        case "locks" -> locks(json, depth);
                        default -> json.skipChildren();
                    }
                }
            }
        }

        /** A null among them is a lock that the compiler has eliminated: none. */
        private void locks(JsonParser json, int depth) throws IOException {
            if (json.currentToken() != JsonToken.START_ARRAY) {
                json.skipChildren();
                return;
            }
            for (JsonToken at = json.nextToken(); at != JsonToken.END_ARRAY && at != null; at = json.nextToken()) {
                if (at == JsonToken.VALUE_STRING) {
                    thread.locked(Math.max(0, depth), json.getText());
                } else {
                    json.skipChildren();
                }
            }
        }

        private static String text(JsonParser json) throws IOException {
            if (json.currentToken() == JsonToken.VALUE_STRING) {
                return json.getText();
            }
            json.skipChildren();
            return "";
        }

        /** From a number or a string of digits; -1 for anything else. */
        private static long number(JsonParser json) throws IOException {
            if (json.currentToken() == JsonToken.VALUE_NUMBER_INT) {
                return json.getValueAsLong(-1);
            }
            if (json.currentToken() != JsonToken.VALUE_STRING) {
                json.skipChildren();
                return -1;
            }
            try {
                return Long.parseLong(json.getText());
            } catch (NumberFormatException e) {
                return -1;
            }
        }
    }
}
