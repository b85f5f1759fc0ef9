package dev.whyhung.report;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * The machine's Chromium under Playwright. A machine without it skips the tests that need it, with a line that says so; where
 * {@code WHYHUNG_BROWSER} is {@code required} they fail instead.
 */
final class Chromium implements AutoCloseable {

    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");
    private static final List<String> QUIET = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Path executable) {
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(executable)
                        .setArgs(QUIET));
    }

    static Chromium start() {
        Optional<Path> executable = find();
        if (executable.isEmpty()) {
            skip("no Chromium on the PATH");
        }
        if (!hasDriver()) {
            skip("Playwright's driver is only there with -Pbrowser or WHYHUNG_BROWSER=required");
        }
        return new Chromium(executable.orElseThrow());
    }

    private static void skip(String reason) {
        if ("required".equals(System.getenv("WHYHUNG_BROWSER"))) {
            Assertions.fail("WHYHUNG_BROWSER=required, but " + reason);
        }
        System.out.println("Browser tests are skipped: " + reason + ".");
        Assumptions.abort(reason);
    }

    private static Optional<Path> find() {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return NAMES.stream()
                .flatMap(name -> Stream.of(path.split(":")).map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static boolean hasDriver() {
        return Chromium.class.getResource("/driver/linux") != null
                || Chromium.class.getResource("/driver/mac") != null
                || Chromium.class.getResource("/driver/win32_x64") != null;
    }

    Browser browser() {
        return browser;
    }

    @Override
    public void close() {
        playwright.close();
    }
}
