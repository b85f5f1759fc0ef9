package dev.whyhung.read.recording;

import java.util.List;

/** Where the leading fields of an event of one type stand, up to the last that is looked at. */
public final class EventLayout {

    /** How a field is written. */
    enum Coding {
        NUMBER,
        OCTET,
        FLOAT,
        DOUBLE,
        TEXT;

        void skip(PackedBytes bytes) {
            switch (this) {
                case NUMBER -> bytes.number();
                case OCTET -> bytes.skip(1);
                case FLOAT -> bytes.skip(Float.BYTES);
                case DOUBLE -> bytes.skip(Double.BYTES);
                case TEXT -> bytes.skipText();
            }
        }
    }

    /** What a field tells. */
    enum Role {
        START,
        DURATION,
        THREAD,
        STACK,
        SUBJECT,
        NOTHING;

        static Role of(String field, List<String> subjects) {
            return switch (field) {
                case "startTime" -> START;
                case "duration" -> DURATION;
                case "eventThread", "sampledThread" -> THREAD;
                case "stackTrace" -> STACK;
                default -> subjects.contains(field) ? SUBJECT : NOTHING;
            };
        }
    }

    record Field(Role role, Coding coding) {}

    private final RecordedType type;
    /** Tells places of this type from those of others. */
    private final long seed;

    private final Role[] roles;
    private final Coding[] codings;
    /** So many fields from the first on are numbers; behind them only the subject counts. */
    private final int leading;

    private EventLayout(RecordedType type, List<Field> fields) {
        this.type = type;
        seed = type.fullName().hashCode();
        roles = fields.stream().map(Field::role).toArray(Role[]::new);
        codings = fields.stream().map(Field::coding).toArray(Coding[]::new);
        leading = (int) fields.stream()
                .takeWhile(field -> field.coding() == Coding.NUMBER)
                .limit(RawEvent.MOST)
                .count();
    }

    RecordedType type() {
        return type;
    }

    static EventLayout of(RecordedType type, List<Field> fields) {
        int end = fields.size();
        while (end > 0 && fields.get(end - 1).role() == Role.NOTHING) {
            end--;
        }
        return new EventLayout(type, fields.subList(0, end));
    }

    /** Reads the leading fields; the bytes stand behind size and type. */
    void read(PackedBytes bytes, RawEvent event) {
        long[] values = event.values;
        bytes.numbers(values, leading);
        event.clear(seed);
        for (int i = 0; i < leading; i++) {
            switch (roles[i]) {
                case START -> event.start = values[i];
                case DURATION -> event.ticks = values[i];
                case THREAD -> event.thread = values[i];
                case STACK, SUBJECT -> event.mix(values[i]);
                case NOTHING -> {}
            }
        }
        for (int i = leading; i < roles.length; i++) {
            int from = bytes.at;
            codings[i].skip(bytes);
            if (roles[i] == Role.SUBJECT) {
                event.mix(bytes, from);
            }
        }
    }
}
