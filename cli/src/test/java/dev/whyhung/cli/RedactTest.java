package dev.whyhung.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whyhung.fixtures.Cases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What must not get out, planted into a real dump, and looked for in everything that a run writes. */
class RedactTest {

    private static final List<String> NAMES = List.of(
            "http-nio-10.20.30.40-8080-exec-1",
            "RMI TCP Connection(12)-192.168.7.9",
            "GET https://jkowalski:pw@shop.acme-corp.com:8443/account/jane.roe/orders?card=4711 for user=jroe",
            "pool db01.prod.acme-corp.internal:5432 [mmustermann]",
            "db01 flusher of jroe",
            "watch /home/alice/secret-project/conf.yml",
            "mail to bob.builder@acme-corp.com",
            "session-nowak-3",
            "peer fe80::1ff:fe23:4567:890a and ip-10-0-0-5.eu-1.compute.internal",
            "C:\\Users\\carol\\dumps\\x",
            "User 'Dvořák' at Alice's",
            "queue for tenant: bigbank");

    private static final List<String> SECRETS = List.of(
            "10.20.30.40",
            "192.168.7.9",
            "acme-corp",
            "jkowalski",
            "pw@",
            "/account/",
            "jane",
            "roe/",
            "4711",
            "jroe",
            "db01",
            "mmustermann",
            "alice",
            "secret-project",
            "conf.yml",
            "bob.builder",
            "nowak",
            "fe80",
            "890a",
            "10-0-0-5",
            "compute.internal",
            "carol",
            "Dvořák",
            "bigbank",
            "customer-dumps",
            "prod-host");

    @TempDir
    private Path folder;

    private Path dump;

    @BeforeEach
    void plant() throws IOException {
        String text = Files.readString(Cases.directory().resolve("case-study/17/jstack-l-2.txt"));
        List<String> lines = new ArrayList<>(text.lines().toList());
        int planted = 0;
        for (int i = 0; i < lines.size() && planted < NAMES.size(); i++) {
            if (lines.get(i).startsWith("\"http-nio-8080-exec-")) {
                String rest = lines.get(i).substring(lines.get(i).indexOf('"', 1));
                lines.set(i, '"' + NAMES.get(planted++) + rest);
            }
        }
        lines.add(3, "\tat broken in /home/alice/secret-project by bob.builder@acme-corp.com");
        dump = Files.createDirectories(folder.resolve("customer-dumps")).resolve("prod-host-jstack.txt");
        Files.write(dump, lines);
    }

    @Test
    void nothingHiddenGetsOut() throws IOException {
        Path missing = folder.resolve("customer-dumps").resolve("alice-missing.txt");
        Path map = folder.resolve("map.tsv");
        Call call = run(map, missing);
        assertEquals(4, call.exit(), call.err());
        String kept = Files.readString(map);
        for (String secret : SECRETS) {
            assertHidden(secret, "standard output", call.out());
            assertHidden(secret, "standard error", call.err());
            for (String file : List.of("page.html", "result.json", "message.md")) {
                assertHidden(secret, file, Files.readString(folder.resolve(file)));
            }
            assertTrue(lower(kept).contains(lower(secret)), "the map has no " + secret + ":\n" + kept);
        }
        assertTrue(Files.readString(folder.resolve("result.json")).contains("orphaned-lock-idle-owner"));
        assertTrue(call.out().contains("order-pool-1"), "names of pools stay");
        assertTrue(
                Files.readString(folder.resolve("page.html")).contains("java.util.concurrent.locks.LockSupport.park"));
    }

    @Test
    void theSameNameHasTheSamePseudonymEverywhere() throws IOException {
        run(folder.resolve("map.tsv"), dump);
        String first = Files.readString(folder.resolve("page.html"));
        run(folder.resolve("map.tsv"), dump);
        assertEquals(first, Files.readString(folder.resolve("page.html")));
        String user = Files.readAllLines(folder.resolve("map.tsv")).stream()
                .filter(line -> line.endsWith("\tjroe"))
                .map(line -> line.substring(0, line.indexOf('\t')))
                .findFirst()
                .orElseThrow();
        assertTrue(first.contains("flusher of " + user), first);
        assertTrue(first.contains("for user=" + user), first);
    }

    @Test
    void changesNothingUnasked() {
        Call call = Call.of("--no-html", "--json", "-", dump);
        assertTrue(call.out().contains(dump.getFileName().toString()), call.out());
        assertFalse(Call.of("--no-html", "--json", "-", "--redact", dump).out().contains("prod-host"));
    }

    private Call run(Path map, Path second) {
        return Call.of(
                "--redact-map",
                map,
                "--full",
                "-o",
                folder.resolve("page.html"),
                "--json",
                folder.resolve("result.json"),
                "--markdown",
                folder.resolve("message.md"),
                dump,
                second);
    }

    private static void assertHidden(String secret, String where, String text) {
        int at = lower(text).indexOf(lower(secret));
        assertTrue(
                at < 0,
                () -> secret + " in " + where + ": "
                        + text.substring(Math.max(0, at - 80), Math.min(text.length(), at + 80)));
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
