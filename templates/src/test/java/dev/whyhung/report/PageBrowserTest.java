package dev.whyhung.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import com.microsoft.playwright.options.WaitUntilState;
import dev.whyhung.diagnose.Diagnosis;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The page in a real browser; the screenshots are kept in {@code target/screenshots}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PageBrowserTest {

    private static final int WIDE = 1280;
    private static final int NARROW = 360;
    private static final Path FOLDER = Path.of("target", "screenshots");

    private Chromium chromium;

    @BeforeAll
    void start() throws IOException {
        chromium = Chromium.start();
        Files.createDirectories(FOLDER);
    }

    @AfterAll
    void stop() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @Test
    void axeFindsNothing() throws IOException {
        for (Map.Entry<String, Diagnosis> sample : samples().entrySet()) {
            Path file = write(sample.getKey(), sample.getValue(), false);
            for (Look look : Look.values()) {
                try (BrowserContext context = chromium.browser().newContext(look.options())) {
                    Page page = open(context, file);
                    shoot(page, sample.getKey() + "-" + look.id());
                    if (look.isExamined()) {
                        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)");
                        assertEquals("", violations(page), sample.getKey() + ", " + look.id());
                    }
                }
            }
        }
    }

    @Test
    void asksForNothingButItself() throws IOException {
        for (Map.Entry<String, Diagnosis> sample : samples().entrySet()) {
            Path file = write(sample.getKey(), sample.getValue(), false);
            try (BrowserContext context = chromium.browser().newContext()) {
                List<String> requests = new ArrayList<>();
                List<String> complaints = new ArrayList<>();
                context.onRequest(request -> requests.add(request.url()));
                context.onConsoleMessage(message -> complaints.add(message.text()));
                context.onDialog(dialog -> complaints.add("dialog " + dialog.message()));
                context.onWebError(error -> complaints.add(error.error()));
                open(context, file);
                assertEquals(List.of(file.toUri().toString()), requests);
                assertEquals(List.of(), complaints);
            }
        }
    }

    @Test
    void isWholeWithoutScripts() throws IOException {
        Path file = write("hung", Samples.hung(4), false);
        try (BrowserContext context =
                chromium.browser().newContext(Look.LIGHT.options().setJavaScriptEnabled(false))) {
            Page page = open(context, file);
            for (String text : List.of(
                    "4 request threads wait for a lock", "order-worker-1", "jstack-2.txt:1204", "lock.unlock();")) {
                assertTrue(page.getByText(text).first().isVisible(), text);
            }
            assertEquals(0, page.locator("button:visible, input:visible").count(), "controls that need the script");
            page.navigate(file.toUri() + "#thread-pool-exhausted-1");
            assertTrue(
                    page.getByText("A pool without an idle worker answers nobody.")
                            .first()
                            .isVisible(),
                    "a link into a closed part opens it");
            shoot(page, "hung-without-script");
        }
    }

    @Test
    void fitsANarrowScreen() throws IOException {
        for (Map.Entry<String, Diagnosis> sample : samples().entrySet()) {
            Path file = write(sample.getKey(), sample.getValue(), false);
            try (BrowserContext context = chromium.browser().newContext(Look.NARROW_LIGHT.options())) {
                Page page = open(context, file);
                page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)");
                Object width = page.evaluate("document.documentElement.scrollWidth");
                assertEquals(NARROW, width, sample.getKey());
            }
        }
    }

    @Test
    void printsItsFindingsOpen() throws IOException {
        Path file = write("hung", Samples.hung(4), false);
        try (BrowserContext context =
                chromium.browser().newContext(Look.LIGHT.options().setJavaScriptEnabled(false))) {
            Page page = open(context, file);
            Locator consequence =
                    page.getByText("The peer accepted the connection").first();
            assertTrue(consequence.isHidden(), "closed on the screen");
            page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
            assertTrue(consequence.isVisible(), "open on paper");
            page.pdf(new Page.PdfOptions().setPath(FOLDER.resolve("hung.pdf")));
            assertTrue(Files.size(FOLDER.resolve("hung.pdf")) > 10_000, "a document with text");
        }
    }

    /** As fast as the budget says, beside a bare page of the same size on the same machine. */
    @Test
    void paintsAHundredThousandThreadsAtOnce() throws IOException {
        Path file = write("full", Samples.large(100_000), true);
        Path bare = FOLDER.resolve("bare.html");
        Files.writeString(
                bare,
                "<!doctype html><title>bare</title><pre>" + "0123456789abcdef\n".repeat((int) (Files.size(file) / 17))
                        + "</pre>");
        double mine = median(file);
        double yardstick = median(bare);
        System.out.printf(
                "First contentful paint of 100,000 threads (%.1f MB): %.0f ms; a bare page of that size: %.0f ms%n",
                Files.size(file) / 1e6, mine, yardstick);
        assertTrue(mine < Math.max(1_500, yardstick), mine + " ms, bare page " + yardstick + " ms");
    }

    private double median(Path file) {
        return Stream.generate(() -> paint(file)).limit(5).sorted().toList().get(2);
    }

    private double paint(Path file) {
        try (BrowserContext context = chromium.browser().newContext(Look.LIGHT.options())) {
            Page page = context.newPage();
            page.navigate(file.toUri().toString(), new Page.NavigateOptions().setWaitUntil(WaitUntilState.COMMIT));
            Object millis = page.evaluate("new Promise(done => new PerformanceObserver(list => "
                    + "done(list.getEntriesByName('first-contentful-paint')[0].startTime))"
                    + ".observe({type: 'paint', buffered: true}))");
            return ((Number) millis).doubleValue();
        }
    }

    /** The ways in which a page is looked at. */
    private enum Look {
        LIGHT(WIDE, ColorScheme.LIGHT),
        DARK(WIDE, ColorScheme.DARK),
        NARROW_LIGHT(NARROW, ColorScheme.LIGHT),
        NARROW_DARK(NARROW, ColorScheme.DARK);

        private final int width;
        private final ColorScheme scheme;

        Look(int width, ColorScheme scheme) {
            this.width = width;
            this.scheme = scheme;
        }

        /** Two of the four are both widths and both schemes. */
        boolean isExamined() {
            return this == LIGHT || this == NARROW_DARK;
        }

        String id() {
            return (width == NARROW ? "narrow-" : "wide-") + (scheme == ColorScheme.DARK ? "dark" : "light");
        }

        Browser.NewContextOptions options() {
            return new Browser.NewContextOptions().setViewportSize(width, 800).setColorScheme(scheme);
        }
    }

    private static String violations(Page page) {
        List<String> violations = new ArrayList<>();
        new AxeBuilder(page)
                .analyze()
                .getViolations()
                .forEach(rule -> rule.getNodes()
                        .forEach(node -> violations.add(rule.getId() + ": " + node.getHtml() + "\n  "
                                + node.getFailureSummary().replace("\n", "\n  "))));
        return String.join("\n", violations);
    }

    private static void shoot(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(FOLDER.resolve(name + ".png"))
                .setFullPage(true));
    }

    private static Page open(BrowserContext context, Path file) {
        Page page = context.newPage();
        page.navigate(file.toUri().toString());
        return page;
    }

    private static Path write(String name, Diagnosis diagnosis, boolean full) throws IOException {
        Path file = FOLDER.resolve(name + ".html").toAbsolutePath();
        try (Writer out = Files.newBufferedWriter(file)) {
            new HtmlReport(full).write(diagnosis, out);
        }
        return file;
    }

    /** Small ones: axe looks at every element. */
    private static Map<String, Diagnosis> samples() {
        return new TreeMap<>(Map.of(
                "hung",
                Samples.hung(4),
                "hostile",
                Samples.hostile(),
                "healthy",
                Samples.healthy(),
                "inconclusive",
                Samples.inconclusive(),
                "nothing",
                Samples.nothing()));
    }
}
