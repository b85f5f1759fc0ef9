package dev.whyhung.read.container;

import dev.whyhung.read.bytes.Bytes;
import dev.whyhung.read.bytes.Head;
import dev.whyhung.read.bytes.Input;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a log viewer exports as a table: a record a line, fields between commas, semicolons or tabs, in quotes where they hold such,
 * and quotes doubled. One field is the log's text: a line of a dump in each record, or a whole dump in one.
 */
final class Table implements Container {

    private static final int MOST_FIELDS = 500;
    private static final int RECORDS = 2;
    private static final String SEPARATORS = ",;\t";
    private static final Pattern NAME = Pattern.compile("[\\w@][\\w@. :/()\\[\\]-]{0,60}");
    private static final Set<String> TEXT = Set.of(
            "message",
            "msg",
            "log",
            "line",
            "raw",
            "text",
            "textpayload",
            "jsonpayloadmessage",
            "content",
            "contents",
            "body",
            "event",
            "logmessage",
            "logentry",
            "logline",
            "output",
            "stdout",
            "dump",
            "threaddump",
            "value",
            "data");

    /** Which column of a table holds text. */
    private record Layout(byte separator, boolean quotes, int column, boolean last, boolean escaped) {

        static @Nullable Layout of(Head head) {
            String text = head.text();
            int end = text.indexOf('\n');
            if (end < 0 || end > Head.LENGTH / 2 || head.isBinary()) {
                return null;
            }
            String first = text.substring(0, end);
            for (int i = 0; i < SEPARATORS.length(); i++) {
                char separator = SEPARATORS.charAt(i);
                if (first.indexOf(separator) > 0) {
                    Layout layout = of(text, separator);
                    if (layout != null) {
                        return layout;
                    }
                }
            }
            return null;
        }

        private static @Nullable Layout of(String text, char separator) {
            List<List<String>> records = records(text, separator);
            int fields = records.isEmpty() ? 0 : records.get(0).size();
            boolean isTable = fields > 1 && records.size() > 1;
            int column = isTable ? column(records) : -1;
            if (column < 0) {
                return null;
            }
            boolean last = column == fields - 1;
            boolean isRegular = records.stream().allMatch(each -> last ? each.size() >= fields : each.size() == fields);
            boolean escaped = text.contains("\\n\\tat ") || text.contains("\\n   java.lang.Thread.State");
            boolean quotes = separator != '\t' || text.startsWith("\"") || text.contains("\"\"");
            return isRegular ? new Layout((byte) separator, quotes, column, last, escaped) : null;
        }

        /** By its name; or, if there are no names, the one in which the first line of a dump stands. */
        private static int column(List<List<String>> records) {
            List<String> first = records.get(0);
            boolean named = first.stream().allMatch(name -> NAME.matcher(name).matches());
            for (int column = 0; named && column < first.size(); column++) {
                String name = first.get(column).toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
                if (TEXT.contains(name)) {
                    return column;
                }
            }
            return records.stream()
                    .mapToInt(Layout::titled)
                    .filter(column -> column >= 0)
                    .findFirst()
                    .orElse(-1);
        }

        private static int titled(List<String> record) {
            for (int column = 0; column < record.size(); column++) {
                if (record.get(column).startsWith(TITLE)) {
                    return column;
                }
            }
            return -1;
        }

        private static final String TITLE = "Full thread dump ";

        /** The first records; the last may be cut. */
        private static List<List<String>> records(String text, char separator) {
            List<List<String>> records = new ArrayList<>();
            List<String> record = new ArrayList<>();
            StringBuilder field = new StringBuilder();
            boolean quoted = false;
            for (int i = 0; i < text.length() && records.size() <= RECORDS; i++) {
                char c = text.charAt(i);
                if (c == '"') {
                    quoted = !quoted;
                } else if (!quoted && (c == separator || c == '\n')) {
                    record.add(field.toString().strip());
                    field.setLength(0);
                    if (c == '\n') {
                        records.add(record);
                        record = new ArrayList<>();
                    }
                } else {
                    field.append(c);
                }
                if (record.size() > MOST_FIELDS) {
                    break;
                }
            }
            if (quoted && records.size() == 1) { // the first record goes on behind the head: its text is the dump
                for (int i = record.size(); i < records.get(0).size(); i++) {
                    record.add("");
                }
                records.add(record);
            }
            return records;
        }
    }

    static boolean isOne(Head head) {
        return Layout.of(head) != null;
    }

    @Override
    public boolean recognises(Head head) {
        return isOne(head);
    }

    @Override
    public void unpack(InputStream packed, Contents contents) throws IOException {
        byte[] first = packed.readNBytes(Head.LENGTH);
        Layout layout = Layout.of(new Head(first));
        if (layout == null) {
            throw new IOException("is no table any more");
        }
        contents.whole(new Column(new BufferedInputStream(Input.behind(first, packed)), layout));
    }

    /** One field of each record, and a line end behind it. */
    private static final class Column extends InputStream {
        private final BufferedInputStream in;
        private final Layout layout;
        private int column;
        private boolean atStart = true;
        private boolean quoted;

        Column(BufferedInputStream in, Layout layout) {
            this.in = in;
            this.layout = layout;
        }

        @Override
        public int read() throws IOException {
            while (true) {
                int next = in.read();
                if (next < 0) {
                    return -1;
                }
                if (next == '"' && layout.quotes && (quoted || atStart)) {
                    boolean doubled = quoted && follows('"');
                    quoted = doubled || !quoted;
                    atStart = false;
                    if (!doubled) {
                        continue;
                    }
                } else if (!quoted && next == layout.separator && !(layout.last && column == layout.column)) {
                    column++;
                    atStart = true;
                    continue;
                } else if (!quoted && next == '\n') {
                    column = 0;
                    atStart = true;
                    return '\n';
                }
                atStart = false;
                if (column == layout.column) {
                    return next == '\\' && layout.escaped ? escaped() : next;
                }
            }
        }

        /** Whether this comes next; it is taken if so. */
        private boolean follows(int wanted) throws IOException {
            in.mark(1);
            if (in.read() == wanted) {
                return true;
            }
            in.reset();
            return false;
        }

        private int escaped() throws IOException {
            if (follows('n')) {
                return '\n';
            }
            if (follows('t')) {
                return '\t';
            }
            follows('\\'); // two stand for one
            return '\\';
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            return Bytes.fill(this, target, offset, length);
        }
    }
}
