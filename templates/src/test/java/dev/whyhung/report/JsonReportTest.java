package dev.whyhung.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.whyhung.diagnose.Diagnosis;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class JsonReportTest {

    private static final Schema SCHEMA = schema();

    @Test
    void obeysItsSchema() throws IOException {
        for (Diagnosis diagnosis : List.of(
                Samples.hung(),
                Samples.healthy(),
                Samples.inconclusive(),
                Samples.twoProcesses(),
                Samples.hostile(),
                Samples.nothing())) {
            assertEquals(List.of(), errors(json(diagnosis)));
        }
    }

    @Test
    void theSchemaRefusesWhatIsNoReport() throws IOException {
        String json = json(Samples.hung());
        for (String[] change : new String[][] {
            {"\"hung\"", "\"stuck\""},
            {"\"critical\"", "\"fatal\""},
            {"\"explains\": 0.976", "\"explains\": 97.6"},
            {"\"not-applicable\"", "\"notApplicable\""},
            {"\"from\": \"2026-11-22T10:15:00\"", "\"from\": \"22.11.2026\""},
            {"\"unexplained\"", "\"other\""},
            {"\"schemaVersion\": \"1\"", "\"schemaVersion\": \"2\""},
        }) {
            assertTrue(json.contains(change[0]), change[0]);
            assertFalse(errors(json.replace(change[0], change[1])).isEmpty(), change[1]);
        }
    }

    @Test
    void keepsTheOrderOfTheContract() throws IOException {
        JsonNode report = read(Samples.hung());
        assertEquals(
                "schemaVersion tool inputs process verdict findings unexplained checks containers timeline",
                String.join(" ", names(report)));
        assertEquals(
                "id fingerprint rule kind rank severity headline score explains confidence rootness permanence tier "
                        + "persistence impact culprits resources victims chain consequences foldedUnder evidence "
                        + "explanation fix captureNext",
                String.join(" ", names(report.at("/findings/0"))));
        assertEquals(
                "jvm pid from to dumps recordings threads virtualThreads stuck program tool started sources",
                String.join(" ", names(report.get("process"))));
        assertEquals("schemaVersion tool inputs processes", String.join(" ", names(read(Samples.twoProcesses()))));
    }

    @Test
    void roundsHalfUp() throws IOException {
        String json = json(Samples.hung());
        assertTrue(json.contains("\"score\": 95.6,"), json);
        assertTrue(json.contains("\"explains\": 0.025,"), "0.0245 is 0.025");
        assertTrue(json.contains("\"impact\": 0.966,"), "0.9662 is 0.966");
        assertTrue(json.contains("\"permanence\": 1.000,"), "three decimals");
    }

    @Test
    void saysWhatTheFindingSays() throws IOException {
        JsonNode finding = read(Samples.hung()).at("/findings/0");
        assertEquals("order-worker-1", finding.at("/culprits/0/thread").textValue());
        assertEquals("27", finding.at("/culprits/0/threadId").textValue());
        assertEquals("synchronizer", finding.at("/resources/0/kind").textValue());
        assertEquals("0x000000071a2b3c40", finding.at("/resources/0/identity").textValue());
        assertTrue(finding.at("/resources/0/name").isNull(), "an empty name is absent");
        assertTrue(finding.at("/kind").isNull() && finding.at("/foldedUnder").isNull(), "absent facts are null");
        assertEquals(200, finding.at("/victims/count").intValue());
        assertEquals(50, finding.at("/victims/threads").size());
        assertEquals("http-nio-8080-exec-1", finding.at("/victims/threads/0").textValue());
        assertEquals(
                "orphaned-lock-idle-owner-1",
                read(Samples.hung()).at("/findings/2/foldedUnder").textValue());
        assertEquals("measured", finding.get("persistence").textValue());
        assertTrue(finding.at("/fix/0/after").textValue().contains("try {\n    orders"), "code keeps its lines");
    }

    @Test
    void severalProcessesStandInAList() throws IOException {
        JsonNode report = read(Samples.twoProcesses());
        assertEquals("hung", report.at("/processes/0/verdict/status").textValue());
        assertEquals("healthy", report.at("/processes/1/verdict/status").textValue());
        assertEquals(0, read(Samples.nothing()).get("processes").size());
    }

    @Test
    void leavesTheStreamOpen() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream() {
            @Override
            public void close() {
                throw new AssertionError("closed");
            }
        };
        new JsonReport().write(Samples.healthy(), out);
        assertTrue(out.toString(StandardCharsets.UTF_8).endsWith("}\n"));
    }

    private static List<String> names(JsonNode node) {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static JsonNode read(Diagnosis diagnosis) throws IOException {
        return new ObjectMapper().readTree(json(diagnosis));
    }

    static List<Error> errors(String json) {
        return SCHEMA.validate(json, InputFormat.JSON);
    }

    private static String json(Diagnosis diagnosis) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new JsonReport().write(diagnosis, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static Schema schema() {
        InputStream text = Objects.requireNonNull(JsonReport.class.getResourceAsStream("report.schema.json"));
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(text, InputFormat.JSON);
    }
}
