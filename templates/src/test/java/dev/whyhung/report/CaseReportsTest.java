package dev.whyhung.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whyhung.diagnose.Diagnosis;
import dev.whyhung.diagnose.Examiner;
import dev.whyhung.fixtures.Case;
import dev.whyhung.fixtures.Cases;
import dev.whyhung.fixtures.Run;
import dev.whyhung.knowledge.Knowledge;
import dev.whyhung.read.Intake;
import dev.whyhung.read.Source;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every renderer over every case: valid, within its budget, and the same twice. */
class CaseReportsTest {

    private static final Knowledge KNOWLEDGE = Knowledge.standard();
    private static final int PAGE_BUDGET = 1_000_000;
    private static final int LINES = 24;
    private static final int COLUMNS = 100;

    @TestFactory
    Stream<DynamicTest> cases() {
        return Cases.all().stream()
                .map(each -> DynamicTest.dynamicTest(each.id(), () -> {
                    for (Run run : each.expectation().runs()) {
                        check(each, run);
                    }
                }));
    }

    private static void check(Case each, Run run) throws IOException {
        Diagnosis diagnosis = diagnose(each, run);
        String json = json(diagnosis);
        assertEquals(List.of(), JsonReportTest.errors(json));
        assertEquals(json, json(diagnose(each, run)), "the same input gives the same bytes");

        StringWriter page = new StringWriter();
        new HtmlReport(false).write(diagnosis, page);
        assertTrue(
                page.getBuffer().length() < PAGE_BUDGET,
                "page of " + page.getBuffer().length() + " characters");

        StringBuilder text = new StringBuilder();
        new TextReport(false, COLUMNS).write(diagnosis, "whyhung-report.html", text);
        List<String> lines = text.toString().lines().toList();
        assertTrue(lines.size() <= LINES, lines.size() + " lines:\n" + text);
        assertTrue(lines.stream().allMatch(line -> line.length() <= COLUMNS), text.toString());

        StringBuilder markdown = new StringBuilder();
        new MarkdownReport().write(diagnosis, markdown);
        assertTrue(markdown.length() <= 3_000, markdown.length() + " characters of Markdown");
    }

    private static Diagnosis diagnose(Case each, Run run) {
        List<Source> sources = new ArrayList<>();
        for (String name : run.files()) {
            Path file = each.file(name);
            sources.add(Source.file(name, file, true));
        }
        Intake.Result intake = Intake.read(sources);
        return new Examiner(KNOWLEDGE, List.of()).examine("test", intake.inputs(), intake.processes());
    }

    private static String json(Diagnosis diagnosis) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new JsonReport().write(diagnosis, out);
        return out.toString(StandardCharsets.UTF_8);
    }
}
