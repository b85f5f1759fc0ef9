package dev.whyhung.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whyhung.diagnose.Diagnosis;
import dev.whyhung.diagnose.ProcessDiagnosis;
import dev.whyhung.diagnose.view.BlockerTree;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class HtmlReportTest {

    private static final Pattern TAG =
            Pattern.compile("<(/?)([a-zA-Z][a-zA-Z0-9]*)((?:\\s+[a-zA-Z-]+(?:=\"[^\"]*\")?)*)\\s*(/?)>");
    private static final Set<String> VOID = Set.of("meta", "br");

    @Test
    void showsWhatTheDiagnosisSays() throws IOException {
        String page = html(Samples.hung());
        for (String text : List.of(
                "<h1><span class=\"status\">HUNG</span> 200 request threads wait",
                "confidence <strong>98%</strong>",
                "<details class=\"card critical\" open>",
                "<div class=\"body\" id=\"orphaned-lock-idle-owner-1\">",
                "<details class=\"card medium\">",
                "<div class=\"body\" id=\"external-io-stall-1\">",
                "Explains <strong>200 of 205 stuck threads</strong>; unchanged for 10 s; it cannot end by itself.",
                "<dt>explains</dt><dd><span class=\"value\">0.98</span>",
                "<dt>score</dt><dd><span class=\"value\">95.6</span>",
                "at <code>com.acme.Orders.place(Orders.java:41)</code> <a href=\"#thread-27\">thread</a> "
                        + "<a href=\"#stack-2\">all with this stack</a>",
                "<li class=\"guilty\"><mark>com.acme.Feed.poll(Orders.java:41)</mark></li>",
                "since <strong>10:15:00</strong> at the latest",
                "<code>orphaned lock idle owner</code>, <code>java.util.concurrent.locks.ReentrantLock$NonfairSync</code>",
                "<pre data-copy=\"as Markdown\">### Lock ReentrantLock &amp;lt;0x",
                "<span class=\"key stuck\">200 stuck</span>",
                "<a href=\"#resource-1\">lock ReentrantLock$NonfairSync",
                "<div role=\"row\" id=\"resource-1\">",
                "<a href=\"#thread-101\">http-nio-8080-exec-1</a>",
                "<span class=\"cell sR moved\" title=\"runnable, moved\">R</span><span class=\"cpu\">1.2 s</span>",
                "&quot;schemaVersion&quot;: &quot;1&quot;",
                "<span class=\"source\">jstack-2.txt:1204</span> <code>- &lt;0x000000071a2b3c40&gt; (a java.util",
                "<pre><code>lock.lock();\ntry {\n    orders.place(order);",
                "<summary>200 victims</summary>",
                "<li class=\"rest\">and 150 more</li>",
                "<summary>All threads of the examined dump: 207</summary>",
                "<summary>Known to be idle: 2 stacks, 2 threads</summary>",
                "not shown by the dumps: ownable synchronizers",
                "IllegalStateException: no frame",
                "<code>jstack-2.txt:1</code> <span class=\"detail\">hotspot-text, 2026-11-22 10:15:10, 207 threads</span> "
                        + "<span class=\"badge read\">examined</span>",
                "<dt>Ownable synchronizer</dt>")) {
            assertTrue(page.contains(text), text);
        }
    }

    @Test
    void foldsConsequencesUnderTheirCause() throws IOException {
        String page = html(Samples.hung());
        int cause = page.indexOf("id=\"orphaned-lock-idle-owner-1\"");
        int consequence = page.indexOf("id=\"thread-pool-exhausted-1\"");
        int next = page.indexOf("id=\"external-io-stall-1\"");
        assertTrue(cause < consequence && consequence < next, cause + " " + consequence + " " + next);
    }

    @Test
    void everyElementIsClosedInOrder() throws IOException {
        for (Diagnosis diagnosis : everySample()) {
            List<String> open = new ArrayList<>();
            for (MatchResult tag : tags(html(diagnosis))) {
                String name = tag.group(2);
                if (!tag.group(1).isEmpty()) {
                    assertEquals(open.remove(open.size() - 1), name);
                } else if (!VOID.contains(name) && tag.group(4).isEmpty()) {
                    open.add(name);
                }
            }
            assertEquals(List.of(), open);
        }
    }

    @Test
    void hostileTextAddsNoElementAndNoAttribute() throws IOException {
        String page = body(html(Samples.hostile()));
        String markup = page.substring(0, page.indexOf("<script>"));
        assertEquals(tags(markup).size(), markup.chars().filter(c -> c == '<').count(), "every < begins a tag of ours");
        Set<String> attributes = new HashSet<>();
        for (MatchResult tag : tags(page)) {
            Pattern.compile("([a-zA-Z-]+)(=|\\s|$)")
                    .matcher(tag.group(3).replaceAll("\"[^\"]*\"", ""))
                    .results()
                    .forEach(name -> attributes.add(name.group(1)));
        }
        attributes.removeAll(
                Set.of("class", "id", "href", "style", "open", "role", "aria-label", "aria-labelledby", "aria-hidden"));
        attributes.removeAll(Set.of("tabindex", "scope", "title", "data-rows", "data-copy"));
        attributes.removeAll(Set.of("width", "height", "viewBox", "x", "y", "rx", "d"));
        assertEquals(Set.of(), attributes);
        assertTrue(page.contains(
                "&lt;script&gt;alert(1)&lt;/script&gt;&lt;/title&gt;]]&gt;\\u{1B}[31mred\\u{202E}gnp.exe"));
        assertTrue(page.contains("${1+1}&lt;#list&gt;"), "template syntax in a name stays text");
    }

    @Test
    void asksForNothing() throws IOException {
        for (Diagnosis diagnosis : everySample()) {
            String page = html(diagnosis);
            assertTrue(page.contains("content=\"default-src 'none'; script-src 'sha256-"));
            assertFalse(page.contains("@import") || page.contains("url("), "no import");
            for (MatchResult tag : tags(page)) {
                assertFalse(Set.of("link", "img", "iframe", "object", "form", "base")
                        .contains(tag.group(2)));
                assertFalse(
                        Pattern.compile("(src|href)=\"(?!#)")
                                .matcher(tag.group())
                                .find(),
                        tag.group());
                assertFalse(Pattern.compile("\\son[a-z]+=").matcher(tag.group()).find(), tag.group());
            }
        }
    }

    @Test
    void theScriptIsTheOneThatThePolicyAllows() throws IOException, GeneralSecurityException {
        String page = html(Samples.hung());
        List<String> scripts = Pattern.compile("(?s)<script>(.*?)</script>")
                .matcher(page)
                .results()
                .map(script -> script.group(1))
                .toList();
        assertEquals(1, scripts.size());
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(scripts.get(0).getBytes(StandardCharsets.UTF_8));
        String allowed = "script-src 'sha256-" + Base64.getEncoder().encodeToString(hash) + "'";
        assertTrue(page.contains(allowed), () -> "report.ftlh must say " + allowed);
        assertTrue(scripts.get(0).length() < 15_000, "it only adds comfort");
    }

    @Test
    void everyLinkHasItsTargetAndNoAnchorStandsTwice() throws IOException {
        for (Diagnosis diagnosis : everySample()) {
            String page = html(diagnosis);
            List<String> ids = values(page, "id");
            assertEquals(ids.size(), new HashSet<>(ids).size(), ids::toString);
            for (String target : values(page, "href")) {
                assertTrue(ids.contains(target.substring(1)), target);
            }
            for (String label : values(page, "aria-labelledby")) {
                assertTrue(ids.contains(label), label);
            }
        }
    }

    @Test
    void headingsSkipNoLevel() throws IOException {
        for (Diagnosis diagnosis : everySample()) {
            int before = 0;
            int first = 0;
            for (MatchResult heading : Pattern.compile("<h([1-7])[ >]")
                    .matcher(html(diagnosis))
                    .results()
                    .toList()) {
                int level = Integer.parseInt(heading.group(1));
                assertTrue(level <= before + 1 && level <= 6, () -> heading.group() + " is too deep");
                first += level == 1 ? 1 : 0;
                before = level;
            }
            assertEquals(1, first, "first headings");
        }
    }

    @Test
    void listsTwoThousandThreadsUnlessAllAreAskedFor() throws IOException {
        Diagnosis large = Samples.large(2_500);
        String page = html(large);
        assertTrue(page.contains("2000 of 2500 threads are listed; 500 are left out."), "says what is left out");
        assertEquals(2_000, count(page, "<div role=\"row\" id=\"thread-"));
        assertEquals(10 + 1, count(page, "class=\"chunk\""));
        StringWriter full = new StringWriter();
        new HtmlReport(true).write(large, full);
        assertEquals(2_500, count(full.toString(), "<div role=\"row\" id=\"thread-"));
        assertFalse(full.toString().contains("left out"));
    }

    @Test
    void showsEveryStackOnce() throws IOException {
        String page = html(Samples.large(2_500));
        assertEquals(2, count(page, "com.acme.Orders.place7("), "with all frames, and with those of libraries folded");
        assertEquals(300, count(page, "class=\"stack\""));
    }

    @Test
    void survivesAChainOfTenThousandBlockers() throws IOException {
        BlockerTree chain = new BlockerTree(BlockerTree.Kind.THREADS, "end", "", 1, 0, false, 0, List.of());
        for (int i = 0; i < 10_000; i++) {
            chain = new BlockerTree(BlockerTree.Kind.RESOURCE, "lock " + i, "", 0, 1, false, 0, List.of(chain));
        }
        StringWriter out = new StringWriter();
        new HtmlReport(true).write(withBlockers(Samples.hung(), List.of(chain)), out);
        assertTrue(out.toString().contains("+ 1 more, with 1 thread</li>"), "the cut is shown");
    }

    @Test
    void inputsHaveTheirChecksums() throws IOException {
        String page = html(Samples.hung());
        assertTrue(page.contains("hotspot-text, 123 kB, 1 dump, 207 threads"));
        assertTrue(page.contains("SHA-256 <code>" + "a".repeat(64) + "</code>"));
    }

    @Test
    void severalProcessesHaveAnOverview() throws IOException {
        String page = html(Samples.twoProcesses());
        int overview = page.indexOf("<ol class=\"overview\">");
        assertTrue(overview > 0 && overview < page.indexOf("<main"), "above everything else");
        assertTrue(page.contains(
                "<li><a href=\"#process\">hung</a> pid 4711, com.acme.Orders, started 2026-11-22 10:00:00: "
                        + "<strong>205</strong> of 207 threads stuck, 2 dumps over 10 s"));
        assertTrue(page.contains("<li><a href=\"#p2-process\">healthy</a> pid unknown: "));
        assertFalse(html(Samples.hung()).contains("overview"));
    }

    @Test
    void anOrdinaryIncidentIsSmall() throws IOException {
        assertTrue(html(Samples.hung()).length() < 200_000, () -> "200 threads");
        assertTrue(html(Samples.large(10_000)).length() < 2_000_000, () -> "10,000 threads");
    }

    private static Diagnosis withBlockers(Diagnosis diagnosis, List<BlockerTree> blockers) {
        ProcessDiagnosis process = diagnosis.processes().get(0);
        ProcessDiagnosis changed = new ProcessDiagnosis(
                process.identity(),
                process.dumps(),
                process.focus(),
                process.stuck(),
                process.virtualThreads(),
                process.verdict(),
                process.findings(),
                process.unexplained(),
                process.checks(),
                blockers,
                process.stacks(),
                process.threads(),
                process.inventory(),
                process.chronicle(),
                process.notes());
        return new Diagnosis(diagnosis.version(), diagnosis.inputs(), List.of(changed), List.of());
    }

    private static List<Diagnosis> everySample() {
        return List.of(
                Samples.hung(),
                Samples.healthy(),
                Samples.inconclusive(),
                Samples.twoProcesses(),
                Samples.hostile(),
                Samples.nothing());
    }

    private static String html(Diagnosis diagnosis) throws IOException {
        StringWriter out = new StringWriter();
        new HtmlReport(false).write(diagnosis, out);
        return out.toString();
    }

    private static String body(String page) {
        return page.substring(page.indexOf("<body>"));
    }

    /** The tags of the page; what stands in style and script is not markup. */
    private static List<MatchResult> tags(String page) {
        String markup = page.replaceAll("(?s)<(style|script)>.*?</\\1>", "<$1></$1>");
        return TAG.matcher(markup).results().toList();
    }

    private static List<String> values(String page, String attribute) {
        return Pattern.compile("\\s" + attribute + "=\"([^\"]*)\"")
                .matcher(page)
                .results()
                .map(m -> m.group(1))
                .toList();
    }

    private static long count(String page, String text) {
        return Pattern.compile(Pattern.quote(text)).matcher(page).results().count();
    }
}
