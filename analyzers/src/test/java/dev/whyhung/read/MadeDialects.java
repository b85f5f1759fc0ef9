package dev.whyhung.read;

import dev.whyhung.model.Frame;
import dev.whyhung.model.LockMention;
import dev.whyhung.model.LockRef;
import dev.whyhung.model.ThreadStatus;
import dev.whyhung.read.MadeDump.Made;
import java.util.List;

/** Made dumps as other JVMs and tools write them, and what is left of a thread in their dialects. */
final class MadeDialects {

    private MadeDialects() {}

    static String javacore(MadeDump dump) {
        StringBuilder text = new StringBuilder("0SECTION       TITLE subcomponent dump routine\n")
                .append("1TIDATETIME    Date: 2026/03/01 at 12:00:00:250\n")
                .append(
                        "1CIJAVAVERSION JRE 17 Linux amd64-64 (build 17.0.13+11)\n1XMTHDINFO     Thread Details\nNULL\n");
        for (Made thread : dump.threads()) {
            text.append(
                    "3XMTHREADINFO      \"%s\" J9VMThread:0x%016X, omrthread_t:0x1, java/lang/Thread:0x%X, state:%s, prio=5\n"
                            .formatted(thread.name(), j9(thread), j9(thread) + 8, letters(thread.status())));
            text.append("3XMJAVALTHREAD            (java/lang/Thread getId:0x%X, isDaemon:%s)\n"
                    .formatted(thread.id(), thread.daemon()));
            LockMention wait = thread.blocker();
            if (wait != null) {
                Made owner = dump.ownerOf(wait.lock());
                String none = thread.status().isParked() ? "<unknown>" : "<unowned>";
                text.append("3XMTHREADBLOCK     %s on: %s Owned by: %s\n"
                        .formatted(
                                thread.status().isParked()
                                        ? "Parked"
                                        : thread.status().isInObjectWait() ? "Waiting" : "Blocked",
                                slashed(wait.lock()),
                                owner == null
                                        ? none
                                        : "\"%s\" (J9VMThread:0x%016X, java/lang/Thread:0x%X)"
                                                .formatted(owner.name(), j9(owner), j9(owner) + 8)));
            }
            text.append("3XMTHREADINFO3           Java callstack:\n");
            for (int i = 0; i < thread.frames().size(); i++) {
                Frame frame = thread.frames().get(i);
                text.append("4XESTACKTRACE                at ")
                        .append(frame.className().replace('.', '/'))
                        .append('.')
                        .append(frame.method())
                        .append('(')
                        .append(frame.location())
                        .append(frame.line() % 2 == 1 ? "(Compiled Code))\n" : ")\n");
                thread.heldAt(i)
                        .forEach(lock -> text.append("5XESTACKTRACE                   (entered lock: ")
                                .append(slashed(lock))
                                .append(", entry count: 1)\n"));
            }
            text.append("3XMTHREADINFO3           No native callstack available for this thread\nNULL\n");
        }
        return text + "NULL           ---------------------- END OF DUMP -------------------------------------\n";
    }

    private static long j9(Made thread) {
        return 0x200000 + 0x100 * thread.id();
    }

    private static String letters(ThreadStatus status) {
        return switch (status) {
            case RUNNABLE -> "R";
            case BLOCKED_ON_MONITOR_ENTER -> "B";
            case PARKED, PARKED_TIMED -> "P";
            default -> "CW";
        };
    }

    private static String slashed(LockRef lock) {
        return "%s@0x%016X".formatted(lock.className().replace('.', '/'), lock.address());
    }

    /** Only frames say which waits end by themselves; and it names the owner of a lock only if somebody waits for it. */
    static Made inJavacore(MadeDump dump, Made thread) {
        List<LockMention> known = thread.owned().stream()
                .filter(each -> dump.threads().stream()
                        .map(Made::blocker)
                        .anyMatch(wait -> wait != null && wait.lock().equals(each.lock())))
                .toList();
        ThreadStatus status = thread.status() == ThreadStatus.PARKED_TIMED ? ThreadStatus.PARKED : thread.status();
        return with(thread, status, thread.frames(), known);
    }

    private static ThreadStatus untimed(ThreadStatus status) {
        return switch (status) {
            case IN_OBJECT_WAIT_TIMED -> ThreadStatus.IN_OBJECT_WAIT;
            case PARKED_TIMED -> ThreadStatus.PARKED;
            default -> status;
        };
    }

    private static Made with(Made thread, ThreadStatus status, List<Frame> frames, List<LockMention> owned) {
        return new Made(
                thread.id(), thread.name(), thread.daemon(), status, frames, thread.blocker(), thread.held(), owned);
    }

    static String agent(MadeDump dump) {
        StringBuilder text = new StringBuilder("Attaching to process ID 4711, please wait...\n")
                .append("Debugger attached successfully.\nServer compiler detected.\nJVM version is 17.0.15+6\n")
                .append("Deadlock Detection:\n\nNo deadlocks found.\n\n");
        for (Made thread : dump.threads()) {
            text.append("\"%s\" #%d %sprio=5 tid=0x%016x nid=0x%x %s [0x00007f035d7d9000]\n"
                    .formatted(
                            thread.name(),
                            thread.id(),
                            thread.daemon() ? "daemon " : "",
                            j9(thread),
                            thread.id(),
                            MadeText.words(thread.status())));
            text.append("   java.lang.Thread.State: ").append(MadeText.state(thread.status()));
            text.append("\n   JavaThread state: _thread_blocked\n");
            for (int i = 0; i < thread.frames().size(); i++) {
                Frame frame = thread.frames().get(i);
                text.append(" - %s.%s(java.lang.String, int) @bci=%d%s (Interpreted frame)\n"
                        .formatted(
                                frame.className(),
                                frame.method(),
                                i,
                                frame.line() > 0 ? ", line=" + frame.line() : ""));
                LockMention wait = thread.blocker();
                if (i == 0 && wait != null) {
                    text.append("\t- ")
                            .append(MadeText.verb(wait).strip())
                            .append(' ')
                            .append(inAgent(wait.lock()))
                            .append('\n');
                }
                thread.heldAt(i)
                        .forEach(lock ->
                                text.append("\t- locked ").append(inAgent(lock)).append('\n'));
            }
            text.append("\nLocked ownable synchronizers:\n");
            thread.owned()
                    .forEach(each -> text.append("    - <0x%016x>, (a %s)\n"
                            .formatted(
                                    each.lock().address(),
                                    each.lock().className().replace('.', '/'))));
            text.append(thread.owned().isEmpty() ? "    - None\n\n" : "\n");
        }
        return text.toString();
    }

    private static String inAgent(LockRef lock) {
        return "<0x%016x> (a %s)".formatted(lock.address(), lock.className().replace('.', '/'));
    }

    /** It tells lines but no files. */
    static Made inAgent(Made thread) {
        List<Frame> frames = thread.frames().stream()
                .map(frame -> new Frame(
                        frame.className(),
                        frame.method(),
                        frame.line() > 0 ? "line " + frame.line() : "Unknown Source"))
                .toList();
        return with(thread, thread.status(), frames, thread.owned());
    }

    static String jRockit(MadeDump dump) {
        StringBuilder text = new StringBuilder("\n===== FULL THREAD DUMP ===============\nSun Mar  1 12:00:00 2026\n")
                .append("Oracle JRockit(R) R28.3.5-8-165542-1.6.0_65-20130920-2000-linux-x86_64\n\n");
        for (Made thread : dump.threads()) {
            text.append("\"%s\" id=%d idx=0x%x tid=%d prio=5 alive, %s%s\n"
                    .formatted(
                            thread.name(),
                            thread.id(),
                            thread.id() * 4,
                            4711 + thread.id(),
                            inJRockit(thread.status()),
                            thread.daemon() ? ", daemon" : ""));
            LockMention wait = thread.blocker();
            if (wait != null) {
                text.append("    -- ")
                        .append(
                                switch (wait.kind()) {
                                    case WAITING_TO_LOCK -> "Blocked trying to get lock: ";
                                    case WAITING_ON -> "Waiting for notification on: ";
                                    default -> "Parking to wait for: ";
                                })
                        .append(slashed(wait.lock()))
                        .append("[fat lock]\n");
            }
            for (int i = 0; i < thread.frames().size(); i++) {
                Frame frame = thread.frames().get(i);
                text.append("    at %s.%s(Ljava/lang/Object;I)V(%s)\n"
                        .formatted(frame.className().replace('.', '/'), frame.method(), frame.location()));
                thread.heldAt(i)
                        .forEach(lock -> text.append("    ^-- Holding lock: ")
                                .append(slashed(lock))
                                .append("[thin lock]\n"));
            }
            text.append("    -- end of trace\n\n");
        }
        return text + "===== END OF THREAD DUMP ===============\n";
    }

    private static String inJRockit(ThreadStatus status) {
        return switch (status) {
            case RUNNABLE -> "in native";
            case BLOCKED_ON_MONITOR_ENTER -> "blocked, native_blocked";
            case PARKED, PARKED_TIMED -> "parked, native_blocked";
            case SLEEPING -> "sleeping, native_waiting";
            default -> "waiting, native_blocked";
        };
    }

    /** It names no owner of a lock of java.util.concurrent. */
    static Made inJRockit(Made thread) {
        return with(thread, untimed(thread.status()), thread.frames(), List.of());
    }

    static String file(MadeDump dump) {
        StringBuilder text = new StringBuilder("4711\n2026-03-01T12:00:00.627650555Z\n25.0.3+9-LTS\n\n");
        for (Made thread : dump.threads()) {
            text.append("#%d \"%s\" %s 2026-03-01T12:00:00.679321299Z\n"
                    .formatted(thread.id(), thread.name(), MadeText.javaState(thread)));
            for (int i = 0; i < thread.frames().size(); i++) {
                text.append("    at ")
                        .append(MadeText.withModule(thread.frames().get(i), "/"))
                        .append('\n');
                LockMention wait = thread.blocker();
                if (i == 0 && wait != null) {
                    String verb = MadeText.verb(wait).strip();
                    text.append("    - %s <%s>\n".formatted(verb, MadeText.hash(wait.lock())));
                }
                thread.heldAt(i).forEach(lock -> text.append("    - locked <%s>\n".formatted(MadeText.hash(lock))));
            }
            text.append('\n');
        }
        return text.toString();
    }

    /** It lists no synchronizers. */
    static Made inFile(Made thread) {
        return with(thread, thread.status(), thread.frames(), List.of());
    }
}
