package dev.whyhung.report;

import dev.whyhung.diagnose.ProcessDiagnosis;
import dev.whyhung.diagnose.view.History;
import dev.whyhung.diagnose.view.Inventory;
import dev.whyhung.model.DumpInfo;
import dev.whyhung.model.ThreadStatus;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Threads by dumps: what each group did in each of them.
 *
 * @param dumps the columns
 * @param rows the groups that were not at rest all the time
 * @param omitted groups left out
 */
record DumpMatrix(List<Column> dumps, List<Row> rows, int omitted) {

    private static final int MOST_ROWS = 40;
    private static final long LEAST_NANOS = 1_000_000;

    /** A dump: its number from 1, and its time of day or what has passed since the first. */
    record Column(int number, String time, boolean examined) {}

    record Row(String names, int threads, String activity, List<Cell> cells) {}

    /**
     * What a group did in a dump.
     *
     * @param letter one letter for its state
     * @param state the state in words
     * @param moved whether it had moved since the dump before
     * @param cpu CPU time used since then, or empty
     */
    record Cell(String letter, String state, boolean moved, String cpu) {}

    static DumpMatrix of(ProcessDiagnosis process) {
        Inventory inventory = process.inventory();
        List<History> told =
                inventory.histories().stream().filter(DumpMatrix::tells).toList();
        List<Row> rows =
                Caps.head(told, MOST_ROWS).stream().map(DumpMatrix::row).toList();
        return new DumpMatrix(columns(process), rows, told.size() - rows.size());
    }

    private static boolean tells(History history) {
        boolean rests = history.activity() != null && history.activity().isRest();
        return !rests
                || history.moments().stream()
                        .anyMatch(
                                moment -> moment.moved() || moment.status() == null || moment.cpuNanos() > LEAST_NANOS);
    }

    private static List<Column> columns(ProcessDiagnosis process) {
        List<Column> columns = new ArrayList<>();
        for (int index : process.inventory().dumps()) {
            DumpInfo dump = process.dumps().get(index);
            columns.add(new Column(index + 1, Wording.clock(dump), index == process.focus()));
        }
        return columns;
    }

    private static Row row(History history) {
        String activity = history.activity() == null ? "gone" : Wording.id(history.activity());
        return new Row(
                history.names(),
                history.threads(),
                activity,
                history.moments().stream().map(DumpMatrix::cell).toList());
    }

    private static Cell cell(History.Moment moment) {
        String cpu = moment.cpuNanos() < LEAST_NANOS ? "" : Wording.cpu(moment.cpuNanos());
        ThreadStatus status = moment.status();
        String state = status == null ? "not there" : Wording.id(status).replace('-', ' ');
        return new Cell(letter(status), state, moment.moved(), cpu);
    }

    private static String letter(@Nullable ThreadStatus status) {
        if (status == null) {
            return "–";
        }
        return switch (status) {
            case NEW, TERMINATED, UNKNOWN -> "?";
            case RUNNABLE -> "R";
            case RUNNABLE_IN_OBJECT_WAIT -> "C";
            case SLEEPING -> "S";
            case IN_OBJECT_WAIT, IN_OBJECT_WAIT_TIMED -> "W";
            case PARKED, PARKED_TIMED -> "P";
            case BLOCKED_ON_MONITOR_ENTER -> "B";
        };
    }
}
