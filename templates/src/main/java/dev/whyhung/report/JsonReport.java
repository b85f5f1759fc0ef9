package dev.whyhung.report;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import dev.whyhung.diagnose.Check;
import dev.whyhung.diagnose.Diagnosis;
import dev.whyhung.diagnose.ProcessDiagnosis;
import dev.whyhung.diagnose.chronicle.Chronicle;
import dev.whyhung.diagnose.rank.Crowd;
import dev.whyhung.diagnose.rank.RankedFinding;
import dev.whyhung.diagnose.rank.Score;
import dev.whyhung.diagnose.verdict.Verdict;
import dev.whyhung.diagnose.view.ContainerRow;
import dev.whyhung.diagnose.view.ThreadRow;
import dev.whyhung.finding.Culprit;
import dev.whyhung.finding.Exhibit;
import dev.whyhung.finding.Finding;
import dev.whyhung.finding.Fix;
import dev.whyhung.model.DumpInfo;
import dev.whyhung.model.InputReport;
import dev.whyhung.model.ThreadId;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The diagnosis as JSON for programs, schema version "1"; {@code report.schema.json} beside this class describes it. One process
 * stands at the top level; several stand in {@code processes}, and so does none.
 */
public final class JsonReport {

    static final String SCHEMA_VERSION = "1";

    /** Writes UTF-8 with line feeds, and leaves the stream open. */
    public void write(Diagnosis diagnosis, OutputStream out) throws IOException {
        try (JsonGenerator json = new JsonFactory().createGenerator(out, JsonEncoding.UTF8)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            json.enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN.mappedFeature());
            json.setPrettyPrinter(layout());
            json.writeStartObject();
            writeHead(json, diagnosis);
            if (diagnosis.processes().size() == 1) {
                writeProcess(json, diagnosis.processes().get(0));
            } else {
                writeProcesses(json, diagnosis.processes());
            }
            json.writeEndObject();
            json.writeRaw('\n');
        }
    }

    private static DefaultPrettyPrinter layout() {
        DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter(Separators.createDefaultInstance()
                .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                .withObjectEmptySeparator("")
                .withArrayEmptySeparator(""));
        printer.indentObjectsWith(indenter);
        printer.indentArraysWith(indenter);
        return printer;
    }

    private static void writeHead(JsonGenerator json, Diagnosis diagnosis) throws IOException {
        json.writeStringField("schemaVersion", SCHEMA_VERSION);
        json.writeObjectFieldStart("tool");
        json.writeStringField("name", "whyhung");
        text(json, "version", diagnosis.version());
        json.writeEndObject();
        json.writeArrayFieldStart("inputs");
        for (InputReport input : diagnosis.inputs()) {
            writeInput(json, input);
        }
        json.writeEndArray();
    }

    private static void writeInput(JsonGenerator json, InputReport input) throws IOException {
        json.writeStartObject();
        text(json, "path", input.path());
        text(json, "format", input.format());
        text(json, "status", Wording.id(input.status()));
        json.writeNumberField("dumps", input.dumps());
        json.writeNumberField("threads", input.threads());
        json.writeNumberField("skippedLines", input.skippedLines());
        text(json, "message", input.message());
        json.writeNumberField("bytes", input.bytes());
        text(json, "sha256", input.sha256());
        json.writeEndObject();
    }

    private static void writeProcesses(JsonGenerator json, List<ProcessDiagnosis> processes) throws IOException {
        json.writeArrayFieldStart("processes");
        for (ProcessDiagnosis process : processes) {
            json.writeStartObject();
            writeProcess(json, process);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeProcess(JsonGenerator json, ProcessDiagnosis process) throws IOException {
        writeProcessFacts(json, process);
        writeVerdict(json, process);
        json.writeArrayFieldStart("findings");
        for (RankedFinding finding : process.findings()) {
            writeFinding(json, process, finding);
        }
        json.writeEndArray();
        writeThreads(json, "unexplained", process, process.unexplained());
        json.writeArrayFieldStart("checks");
        for (Check check : process.checks()) {
            json.writeStartObject();
            text(json, "rule", check.rule().id());
            text(json, "outcome", Wording.id(check.outcome()));
            texts(json, "missing", check.missing());
            json.writeEndObject();
        }
        json.writeEndArray();
        writeContainers(json, process);
        ChronicleJson.write(json, process.chronicle());
    }

    /** Executors and scopes, each before what it contains; those of a million scopes are left to the dump itself. */
    private static void writeContainers(JsonGenerator json, ProcessDiagnosis process) throws IOException {
        List<ContainerRow> containers = process.inventory().containers();
        json.writeArrayFieldStart("containers");
        for (ContainerRow row : Caps.head(containers, MOST_CONTAINERS)) {
            ThreadId owner = row.owner();
            json.writeStartObject();
            text(json, "name", row.name());
            json.writeNumberField("depth", row.depth());
            text(json, "owner", owner == null ? null : process.nameOf(owner));
            json.writeNumberField("threads", row.size());
            json.writeNumberField("stuck", row.of(ThreadRow.Activity.STUCK));
            json.writeNumberField("scheduled", row.of(ThreadRow.Activity.SCHEDULED));
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static final int MOST_CONTAINERS = 1000;

    private static void writeProcessFacts(JsonGenerator json, ProcessDiagnosis process) throws IOException {
        List<DumpInfo> dumps = process.dumps();
        Chronicle chronicle = process.chronicle();
        json.writeObjectFieldStart("process");
        text(json, "jvm", process.jvm());
        if (process.pid() == null) {
            json.writeNullField("pid");
        } else {
            json.writeNumberField("pid", process.pid());
        }
        text(json, "from", dumps.isEmpty() ? begin(chronicle) : Wording.iso(dumps.get(0)));
        text(json, "to", dumps.isEmpty() ? end(chronicle) : Wording.iso(dumps.get(dumps.size() - 1)));
        json.writeNumberField("dumps", dumps.size());
        json.writeNumberField("recordings", chronicle == null ? 0 : chronicle.recordings());
        json.writeNumberField("threads", process.threadCount());
        json.writeNumberField("virtualThreads", process.virtualThreads());
        json.writeNumberField("stuck", process.stuck());
        text(json, "program", process.identity().program());
        text(json, "tool", process.identity().tool());
        LocalDateTime started = process.identity().started();
        text(json, "started", started == null ? null : DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(started));
        texts(
                json,
                "sources",
                process.dumps().stream().map(DumpInfo::source).distinct().toList());
        json.writeEndObject();
    }

    private static @Nullable String begin(@Nullable Chronicle chronicle) {
        return chronicle == null ? null : ChronicleJson.time(chronicle.from());
    }

    private static @Nullable String end(@Nullable Chronicle chronicle) {
        return chronicle == null ? null : ChronicleJson.time(chronicle.to());
    }

    private static void writeVerdict(JsonGenerator json, ProcessDiagnosis process) throws IOException {
        Verdict verdict = process.verdict();
        Chronicle chronicle = process.chronicle();
        Instant onset = chronicle == null ? null : chronicle.onset();
        json.writeObjectFieldStart("verdict");
        text(json, "status", Wording.id(verdict.status()));
        text(json, "headline", verdict.headline());
        factor(json, "confidence", verdict.confidence());
        json.writeStringField("onset", onset == null ? null : ChronicleJson.time(onset));
        json.writeEndObject();
    }

    private static void writeFinding(JsonGenerator json, ProcessDiagnosis process, RankedFinding ranked)
            throws IOException {
        Finding finding = ranked.finding();
        json.writeStartObject();
        text(json, "id", ranked.id());
        text(json, "fingerprint", ranked.fingerprint());
        text(json, "rule", finding.rule().id());
        text(json, "kind", finding.kind());
        json.writeNumberField("rank", ranked.rank());
        text(json, "severity", Wording.id(ranked.severity()));
        text(json, "headline", finding.headline());
        writeScore(json, ranked);
        writeCulprits(json, finding.culprits());
        writeResources(json, finding);
        writeThreads(json, "victims", process, ranked.victims());
        texts(json, "chain", finding.chain());
        texts(json, "consequences", ranked.consequences());
        text(json, "foldedUnder", ranked.foldedUnder());
        writeAdvice(json, finding);
        json.writeEndObject();
    }

    private static void writeScore(JsonGenerator json, RankedFinding ranked) throws IOException {
        Score score = ranked.score();
        json.writeFieldName("score");
        json.writeNumber(Wording.rounded(score.value(), 1));
        factor(json, "explains", score.explains());
        factor(json, "confidence", score.confidence());
        factor(json, "rootness", score.rootness());
        factor(json, "permanence", score.permanence());
        text(json, "tier", Wording.id(ranked.tier()));
        text(json, "persistence", Wording.id(ranked.finding().persistence().kind()));
        factor(json, "impact", ranked.impact());
    }

    private static void writeCulprits(JsonGenerator json, List<Culprit> culprits) throws IOException {
        json.writeArrayFieldStart("culprits");
        for (Culprit culprit : culprits) {
            json.writeStartObject();
            text(json, "thread", culprit.thread());
            text(json, "threadId", culprit.id().text());
            json.writeBooleanField("virtual", culprit.virtual());
            json.writeBooleanField("alive", culprit.alive());
            text(json, "at", culprit.at());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeResources(JsonGenerator json, Finding finding) throws IOException {
        json.writeArrayFieldStart("resources");
        for (var resource : finding.resources()) {
            json.writeStartObject();
            text(json, "kind", resource.kind().id());
            textOrNull(json, "class", resource.className());
            textOrNull(json, "identity", resource.identity());
            textOrNull(json, "name", resource.name());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeThreads(JsonGenerator json, String field, ProcessDiagnosis process, Crowd crowd)
            throws IOException {
        json.writeObjectFieldStart(field);
        json.writeNumberField("count", crowd.size());
        texts(json, "threads", crowd.first().stream().map(process::nameOf).toList());
        json.writeEndObject();
    }

    private static void writeAdvice(JsonGenerator json, Finding finding) throws IOException {
        json.writeArrayFieldStart("evidence");
        for (Exhibit exhibit : finding.evidence()) {
            json.writeStartObject();
            text(json, "source", exhibit.source());
            json.writeNumberField("line", exhibit.line());
            text(json, "text", exhibit.text());
            json.writeEndObject();
        }
        json.writeEndArray();
        text(json, "explanation", finding.explanation());
        json.writeArrayFieldStart("fix");
        for (Fix fix : finding.fixes()) {
            json.writeStartObject();
            text(json, "text", fix.text());
            code(json, "before", fix.before());
            code(json, "after", fix.after());
            json.writeEndObject();
        }
        json.writeEndArray();
        texts(json, "captureNext", finding.captureNext());
    }

    private static void factor(JsonGenerator json, String field, double value) throws IOException {
        json.writeFieldName(field);
        json.writeNumber(Wording.rounded(value, 3));
    }

    private static void text(JsonGenerator json, String field, @Nullable String value) throws IOException {
        json.writeStringField(field, value == null ? null : Legible.line(value));
    }

    private static void textOrNull(JsonGenerator json, String field, String value) throws IOException {
        text(json, field, value.isEmpty() ? null : value);
    }

    private static void code(JsonGenerator json, String field, @Nullable String value) throws IOException {
        json.writeStringField(field, value == null ? null : Legible.block(value));
    }

    private static void texts(JsonGenerator json, String field, List<String> values) throws IOException {
        json.writeArrayFieldStart(field);
        for (String value : values) {
            json.writeString(Legible.line(value));
        }
        json.writeEndArray();
    }
}
