package dev.whyhung.read.recording;

import dev.whyhung.model.EventState;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jfr.EventType;
import jdk.jfr.consumer.EventStream;
import jdk.jfr.consumer.RecordedEvent;

/** Which events could have been recorded: from the types that the recording knows, its settings, and what came. */
final class Settings {

    private static final Pattern DURATION = Pattern.compile("(\\d{1,12}) ([a-z]+)");

    private final Map<Long, String> names = new HashMap<>();
    private final Map<Long, Boolean> enabled = new HashMap<>();
    private final Map<Long, Duration> thresholds = new HashMap<>();
    private final Map<RecordedType, Long> counts = new EnumMap<>(RecordedType.class);

    /** So many more events there are of each type. */
    void count(Map<RecordedType, Long> more) {
        more.forEach((type, count) -> counts.merge(type, count, Long::sum));
    }

    void subscribe(EventStream stream) {
        stream.onMetadata(metadata -> {
            for (EventType type : metadata.getEventTypes()) {
                names.put(type.getId(), type.getName());
            }
        });
        stream.onEvent(RecordedType.SETTING.fullName(), this::setting);
    }

    private void setting(RecordedEvent event) {
        long id = event.getLong("id");
        String value = EventDecoder.text(event, "value");
        String name = EventDecoder.text(event, "name");
        if (name.equals("enabled")) {
            enabled.put(id, Boolean.valueOf(value));
        } else if (name.equals("threshold")) {
            thresholds.put(id, duration(value));
        }
    }

    /** {@code 20 ms}; zero for what is not understood. */
    static Duration duration(String text) {
        Matcher matcher = DURATION.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            return Duration.ZERO;
        }
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ns" -> Duration.ofNanos(number);
            case "us" -> Duration.ofNanos(number * 1_000);
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            default -> Duration.ZERO;
        };
    }

    Map<String, EventState> states() {
        Map<String, EventState> states = new HashMap<>();
        names.forEach((id, name) -> {
            RecordedType type = RecordedType.named(name);
            if (type != null) {
                states.put(name, state(id, counts.getOrDefault(type, 0L)));
            }
        });
        return states;
    }

    private EventState state(long id, long count) {
        boolean on = count > 0 || enabled.getOrDefault(id, false);
        EventState.Kind kind =
                !on ? EventState.Kind.DISABLED : count > 0 ? EventState.Kind.PRESENT : EventState.Kind.SILENT;
        return new EventState(kind, count, thresholds.getOrDefault(id, Duration.ZERO));
    }
}
