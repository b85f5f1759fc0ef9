package dev.whyhung.read;

import dev.whyhung.model.Frame;
import dev.whyhung.model.LockMention;
import dev.whyhung.model.LockRef;
import dev.whyhung.model.ThreadStatus;
import dev.whyhung.read.MadeDump.Made;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Writes a made dump as the tools of one kind do. */
enum MadeText {
    JDK_8(true) {
        @Override
        String write(MadeDump dump) {
            return hotSpot(
                    dump, "25.392-b08", false, "\"%s\" #%d %sprio=5 os_prio=0 tid=0x%016x nid=0x%x %s [0x00007f00]\n");
        }
    },
    JDK_17(true) {
        @Override
        String write(MadeDump dump) {
            return hotSpot(
                    dump,
                    "17.0.15+6",
                    true,
                    "\"%s\" #%d %sprio=5 os_prio=0 cpu=1.20ms elapsed=14.14s tid=0x%016x nid=0x%x %s  [0x00007f00]\n");
        }
    },
    JDK_25(true) {
        @Override
        String write(MadeDump dump) {
            return hotSpot(
                    dump,
                    "25.0.3+9-LTS",
                    true,
                    "\"%s\" #%d [77] %sprio=5 os_prio=0 cpu=1.20ms elapsed=14.14s tid=0x%016x nid=%d %s  [0x00007f00]\n");
        }
    },
    THREAD_INFO(false) {
        @Override
        String write(MadeDump dump) {
            StringBuilder text = new StringBuilder();
            for (Made thread : dump.threads()) {
                text.append("\"%s\" %sprio=5 Id=%d %s"
                        .formatted(thread.name(), thread.daemon() ? "daemon " : "", thread.id(), javaState(thread)));
                LockMention wait = thread.blocker();
                if (wait != null) {
                    Made owner = dump.ownerOf(wait.lock());
                    text.append(" on ").append(hash(wait.lock()));
                    text.append(owner == null ? "" : " owned by \"%s\" Id=%d".formatted(owner.name(), owner.id()));
                }
                text.append('\n');
                for (int i = 0; i < thread.frames().size(); i++) {
                    text.append("\tat ")
                            .append(withModule(thread.frames().get(i), "@17.0.15/"))
                            .append('\n');
                    if (i == 0 && wait != null) {
                        text.append(
                                thread.status() == ThreadStatus.BLOCKED_ON_MONITOR_ENTER
                                        ? "\t-  blocked on "
                                        : "\t-  waiting on ");
                        text.append(hash(wait.lock())).append('\n');
                    }
                    thread.heldAt(i)
                            .forEach(lock -> text.append("\t-  locked ")
                                    .append(hash(lock))
                                    .append('\n'));
                }
                if (!thread.owned().isEmpty()) {
                    text.append("\n\tNumber of locked synchronizers = ")
                            .append(thread.owned().size())
                            .append('\n');
                    thread.owned()
                            .forEach(each -> text.append("\t- ")
                                    .append(hash(each.lock()))
                                    .append('\n'));
                }
                text.append('\n');
            }
            return text.toString();
        }
    },
    ACTUATOR(false) {
        @Override
        String write(MadeDump dump) {
            return dump.threads().stream()
                    .map(thread -> actuator(dump, thread))
                    .collect(Collectors.joining(",", "{\"threads\":[", "]}"));
        }
    },
    DUMP_JSON(false) {
        @Override
        String write(MadeDump dump) {
            String threads = dump.threads().stream().map(MadeText::inFile).collect(Collectors.joining(","));
            return """
                    {"threadDump":{"processId":"7","time":"2026-03-01T12:00:00Z","runtimeVersion":"25.0.3+9-LTS",
                    "threadContainers":[{"container":"<root>","parent":null,"owner":null,"threads":[%s],"threadCount":"%d"}]}}
                    """.formatted(threads, dump.threads().size());
        }

        @Override
        Made shown(MadeDump dump, Made thread) {
            return MadeDialects.inFile(thread);
        }
    },
    DUMP_TEXT(false) {
        @Override
        String write(MadeDump dump) {
            return MadeDialects.file(dump);
        }

        @Override
        Made shown(MadeDump dump, Made thread) {
            return MadeDialects.inFile(thread);
        }
    },
    JAVACORE(true) {
        @Override
        String write(MadeDump dump) {
            return MadeDialects.javacore(dump);
        }

        @Override
        Made shown(MadeDump dump, Made thread) {
            return MadeDialects.inJavacore(dump, thread);
        }
    },
    AGENT(true) {
        @Override
        String write(MadeDump dump) {
            return MadeDialects.agent(dump);
        }

        @Override
        Made shown(MadeDump dump, Made thread) {
            return MadeDialects.inAgent(thread);
        }
    },
    JROCKIT(true) {
        @Override
        String write(MadeDump dump) {
            return MadeDialects.jRockit(dump);
        }

        @Override
        Made shown(MadeDump dump, Made thread) {
            return MadeDialects.inJRockit(thread);
        }
    };

    /** Whether locks are told by address. */
    final boolean addresses;

    MadeText(boolean addresses) {
        this.addresses = addresses;
    }

    abstract String write(MadeDump dump);

    /** What is left of the thread in this dialect. */
    Made shown(MadeDump dump, Made thread) {
        return thread;
    }

    private static String hotSpot(MadeDump dump, String version, boolean modules, String header) {
        StringBuilder text = new StringBuilder("2026-03-01 12:00:00\nFull thread dump OpenJDK 64-Bit Server VM (")
                .append(version)
                .append(" mixed mode, sharing):\n\n");
        for (Made thread : dump.threads()) {
            text.append(header.formatted(
                    thread.name(),
                    thread.id(),
                    thread.daemon() ? "daemon " : "",
                    0x7f0000000000L + 0x800 * thread.id(),
                    0x100 + thread.id(),
                    words(thread.status())));
            text.append("   java.lang.Thread.State: ")
                    .append(state(thread.status()))
                    .append('\n');
            for (int i = 0; i < thread.frames().size(); i++) {
                Frame frame = thread.frames().get(i);
                text.append("\tat ")
                        .append(modules ? inModule(frame, "@17.0.15/") : frame.text())
                        .append('\n');
                LockMention wait = thread.blocker();
                if (i == 0 && wait != null) {
                    text.append("\t- ")
                            .append(verb(wait))
                            .append(address(wait.lock()))
                            .append('\n');
                }
                if (i == 1 && wait != null && thread.status().isInObjectWait()) {
                    text.append("\t- locked ").append(address(wait.lock())).append('\n');
                }
                thread.heldAt(i)
                        .forEach(lock ->
                                text.append("\t- locked ").append(address(lock)).append('\n'));
            }
            text.append("\n   Locked ownable synchronizers:\n");
            thread.owned()
                    .forEach(each ->
                            text.append("\t- ").append(address(each.lock())).append('\n'));
            text.append(thread.owned().isEmpty() ? "\t- None\n\n" : "\n");
        }
        return text + "JNI global refs: 31, weak refs: 3\n\n";
    }

    static String verb(LockMention wait) {
        return switch (wait.kind()) {
            case WAITING_TO_LOCK -> "waiting to lock ";
            case WAITING_ON -> "waiting on ";
            default -> "parking to wait for  ";
        };
    }

    static String words(ThreadStatus status) {
        return switch (status) {
            case RUNNABLE -> "runnable";
            case BLOCKED_ON_MONITOR_ENTER -> "waiting for monitor entry";
            case IN_OBJECT_WAIT, IN_OBJECT_WAIT_TIMED -> "in Object.wait()";
            default -> "waiting on condition";
        };
    }

    static String state(ThreadStatus status) {
        return switch (status) {
            case SLEEPING -> "TIMED_WAITING (sleeping)";
            case IN_OBJECT_WAIT -> "WAITING (on object monitor)";
            case IN_OBJECT_WAIT_TIMED -> "TIMED_WAITING (on object monitor)";
            case PARKED -> "WAITING (parking)";
            case PARKED_TIMED -> "TIMED_WAITING (parking)";
            case BLOCKED_ON_MONITOR_ENTER -> "BLOCKED (on object monitor)";
            default -> "RUNNABLE";
        };
    }

    static String javaState(Made thread) {
        return state(thread.status()).replaceFirst(" .*", "");
    }

    private static String address(LockRef lock) {
        return "<0x%016x> (a %s)".formatted(lock.address(), lock.className());
    }

    static String hash(LockRef lock) {
        return lock.className() + '@' + Long.toHexString(lock.address());
    }

    private static boolean isOfJdk(Frame frame) {
        return frame.className().startsWith("java.") || frame.className().startsWith("jdk.");
    }

    static String withModule(Frame frame, String version) {
        return isOfJdk(frame) ? "java.base" + version + frame.text() : frame.text();
    }

    /** HotSpot writes the module inside the brackets. */
    private static String inModule(Frame frame, String version) {
        return isOfJdk(frame)
                ? frame.className() + '.' + frame.method() + "(java.base" + version + frame.location() + ')'
                : frame.text();
    }

    private static String actuator(MadeDump dump, Made thread) {
        LockMention wait = thread.blocker();
        Made owner = wait == null ? null : dump.ownerOf(wait.lock());
        String monitors = thread.held().stream()
                .map(each -> "{\"className\":%s,\"identityHashCode\":%d,\"lockedStackDepth\":%d}"
                        .formatted(quoted(each.lock().className()), each.lock().address(), each.depth()))
                .collect(Collectors.joining(","));
        String synchronizers = thread.owned().stream()
                .map(each -> "{\"className\":%s,\"identityHashCode\":%d}"
                        .formatted(quoted(each.lock().className()), each.lock().address()))
                .collect(Collectors.joining(","));
        return """
                {"threadName":%s,"threadId":%d,"lockName":%s,"lockOwnerId":%d,"lockOwnerName":%s,"daemon":%s,
                "threadState":"%s","priority":5,"stackTrace":[%s],"lockedMonitors":[%s],"lockedSynchronizers":[%s],
                "lockInfo":%s}""".formatted(
                        quoted(thread.name()),
                        thread.id(),
                        wait == null ? "null" : quoted(hash(wait.lock())),
                        owner == null ? -1 : owner.id(),
                        owner == null ? "null" : quoted(owner.name()),
                        thread.daemon(),
                        javaState(thread),
                        thread.frames().stream().map(MadeText::element).collect(Collectors.joining(",")),
                        monitors,
                        synchronizers,
                        wait == null
                                ? "null"
                                : "{\"className\":%s,\"identityHashCode\":%d}"
                                        .formatted(
                                                quoted(wait.lock().className()),
                                                wait.lock().address()));
    }

    private static String element(Frame frame) {
        boolean known = frame.line() > 0;
        boolean isNative = frame.location().equals("Native Method");
        String file = known ? frame.location().replaceFirst(":.*", "") : isNative ? "Orders.java" : null;
        return "{\"moduleName\":%s,\"methodName\":%s,\"fileName\":%s,\"lineNumber\":%d,\"nativeMethod\":%s,\"className\":%s}"
                .formatted(
                        isOfJdk(frame) ? "\"java.base\"" : "null",
                        quoted(frame.method()),
                        file == null ? "null" : quoted(file),
                        known ? frame.line() : isNative ? -2 : -1,
                        isNative,
                        quoted(frame.className()));
    }

    private static String inFile(Made thread) {
        LockMention wait = thread.blocker();
        String waits = wait == null
                ? ""
                : switch (wait.kind()) {
                    case WAITING_TO_LOCK -> "\"blockedOn\":%s,".formatted(quoted(hash(wait.lock())));
                    case WAITING_ON -> "\"waitingOn\":%s,".formatted(quoted(hash(wait.lock())));
                    default -> "\"parkBlocker\":{\"object\":%s},".formatted(quoted(hash(wait.lock())));
                };
        Map<Integer, List<String>> byDepth = new TreeMap<>();
        thread.held()
                .forEach(each -> byDepth.computeIfAbsent(each.depth(), key -> new java.util.ArrayList<>())
                        .add(quoted(hash(each.lock()))));
        String owned = byDepth.entrySet().stream()
                .map(each -> "{\"depth\":%d,\"locks\":%s}".formatted(each.getKey(), each.getValue()))
                .collect(Collectors.joining(","));
        return "{\"tid\":\"%d\",\"time\":\"2026-03-01T12:00:00Z\",\"name\":%s,\"state\":\"%s\",%s\"stack\":[%s],\"monitorsOwned\":[%s]}"
                .formatted(
                        thread.id(),
                        quoted(thread.name()),
                        javaState(thread),
                        waits,
                        thread.frames().stream()
                                .map(frame -> quoted(withModule(frame, "/")).replace("/", "\\/"))
                                .collect(Collectors.joining(",")),
                        owned);
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
