package dev.whyhung.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.whyhung.diagnose.chronicle.Chronicle;
import dev.whyhung.diagnose.chronicle.Chronicle.Mark;
import dev.whyhung.diagnose.chronicle.Chronicle.Point;
import dev.whyhung.diagnose.chronicle.Chronicle.Series;
import dev.whyhung.diagnose.chronicle.RoleSamples;
import dev.whyhung.model.Recording.ThrownCount;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** The time axis in JSON: series as pairs of milliseconds since its begin and value, marks with their instants. */
final class ChronicleJson {

    private static final int MOST_CLASSES = 100;

    private ChronicleJson() {}

    static void write(JsonGenerator json, @Nullable Chronicle chronicle) throws IOException {
        if (chronicle == null) {
            json.writeNullField("timeline");
            return;
        }
        json.writeObjectFieldStart("timeline");
        json.writeStringField("from", time(chronicle.from()));
        json.writeStringField("to", time(chronicle.to()));
        json.writeArrayFieldStart("series");
        for (Series series : chronicle.series()) {
            writeSeries(json, series, chronicle.from());
        }
        json.writeEndArray();
        json.writeArrayFieldStart("marks");
        for (Mark mark : chronicle.marks()) {
            writeMark(json, mark);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("exceptions");
        for (ThrownCount count : Caps.head(chronicle.exceptions(), MOST_CLASSES)) {
            json.writeStartObject();
            json.writeStringField("class", Legible.line(count.className()));
            json.writeNumberField("count", count.count());
            json.writeStringField("first", time(count.first()));
            json.writeStringField("last", time(count.last()));
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("samples");
        for (RoleSamples samples : chronicle.samples()) {
            writeSamples(json, samples);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void writeSamples(JsonGenerator json, RoleSamples samples) throws IOException {
        json.writeStartObject();
        json.writeStringField("title", samples.title());
        json.writeStringField("from", time(samples.from()));
        json.writeStringField("to", time(samples.to()));
        json.writeArrayFieldStart("roles");
        for (RoleSamples.Row row : samples.rows()) {
            json.writeStartObject();
            json.writeStringField("role", row.role());
            json.writeNumberField("threads", row.threads());
            json.writeNumberField("running", row.running());
            json.writeNumberField("native", row.inNative());
            json.writeStringField("busiest", Legible.line(row.busiest()));
            json.writeNumberField("most", row.most());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void writeSeries(JsonGenerator json, Series series, Instant from) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", series.id());
        json.writeStringField("title", series.title());
        json.writeFieldName("points");
        StringBuilder points = new StringBuilder("[");
        for (Point point : series.points()) {
            points.append(points.length() > 1 ? "," : "")
                    .append('[')
                    .append(from.until(point.at(), ChronoUnit.MILLIS))
                    .append(',')
                    .append(Wording.rounded(point.value(), 1))
                    .append(']');
        }
        json.writeRawValue(points.append(']').toString());
        json.writeEndObject();
    }

    private static void writeMark(JsonGenerator json, Mark mark) throws IOException {
        json.writeStartObject();
        json.writeStringField("at", time(mark.at()));
        json.writeStringField("kind", Wording.id(mark.kind()));
        json.writeStringField("text", Legible.line(mark.text()));
        json.writeStringField("finding", mark.finding());
        json.writeEndObject();
    }

    /** An instant in ISO-8601, to the millisecond. */
    static String time(Instant at) {
        return at.truncatedTo(ChronoUnit.MILLIS).toString();
    }
}
