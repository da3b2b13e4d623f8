package dev.rollcall.launcher.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Route;
import dev.rollcall.launcher.parts.App;
import dev.rollcall.launcher.platform.Workspace;
import dev.rollcall.launcher.testing.Checkout;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The console with Prometheus only, in a real browser, with foreign input: dashboard files of all versions of Grafana
 * and arbitrary entries in Consul. It shows what it can, reports each problem in its place, and never fails as a whole.
 */
@Tag("full")
class StandaloneConsoleIT {
    private static final Duration SOON = Duration.ofMinutes(1);
    private static final Path FILES = Path.of("src/test/resources/dashboards").toAbsolutePath();

    /** Chromium's expected console message when a query is answered with 422. */
    private static final Pattern REFUSED = Pattern.compile(".*status of 422.*");

    @TempDir
    private static Path state = Path.of("");

    private static final List<Process> PROCESSES = new ArrayList<>();
    private static URI home = URI.create("http://127.0.0.1");
    private static URI prometheus = home;
    private static Playwright playwright;
    private static Browser browser;

    @BeforeAll
    static void bringUp() throws IOException {
        Workspace workspace = new Checkout(state).workspace();
        prometheus = URI.create("http://127.0.0.1:" + dev.rollcall.discovery.testing.Ports.free());
        Path config = Files.writeString(state.resolve("prometheus.yml"), """
                global: {scrape_interval: 1s}
                scrape_configs:
                - job_name: prometheus
                  static_configs: [{targets: ['%s']}]
                """.formatted(prometheus.getAuthority()));
        start(
                workspace.tool("prometheus").toString(),
                "--config.file=" + config,
                "--storage.tsdb.path=" + state.resolve("data"),
                "--web.listen-address=" + prometheus.getAuthority());
        home = URI.create("http://127.0.0.1:" + dev.rollcall.discovery.testing.Ports.free());
        start(
                App.JAVA,
                "-Dserver.port=" + home.getPort(),
                "-Dprometheus.url=" + prometheus,
                "-Ddashboards=" + FILES,
                "-Dserver.features.consul.enabled=false",
                "-jar",
                workspace.ops("console/target/console.jar").toString());
        playwright = ConsolePage.playwright();
        browser = ConsolePage.browser(playwright, workspace.tool("chromium"));
        // a rate needs two scrapes
        awaitAnswer(prometheus.resolve("/api/v1/query?query=rate(up%5B5s%5D)"), "\"value\"");
        awaitAnswer(home.resolve("/api/dashboards"), "items");
    }

    @AfterAll
    static void takeDown() {
        browser.close();
        playwright.close();
        PROCESSES.forEach(process -> process.destroyForcibly().onExit().join());
    }

    @Test
    void drawsWhatItCanAndSaysInPlaceWhatItCannot() {
        try (ConsolePage page = open("/d/every.shape")) {
            ConsolePage.await(SOON)
                    .untilAsserted(() -> assertThat(said(page))
                            .containsOnly(
                                    entry("Markdown", "drawn"),
                                    entry("HTML", "drawn"),
                                    entry("Gauge", "drawn"),
                                    entry("Bar gauge", "drawn"),
                                    entry("Mapped", "drawn"),
                                    entry("Same id", "empty: No series"),
                                    entry("Heatmap", "drawn"),
                                    entry("Plain table", "drawn"),
                                    entry("No place, no fields", "drawn"),
                                    entry(
                                            "Graph of nodes",
                                            "refused: This console does not draw panels of type nodeGraph"),
                                    entry(
                                            "No type at all",
                                            "refused: This console does not draw panels of type constructor"),
                                    entry("Library", "refused: Library panel Shared one: the file does not contain it"),
                                    entry("Logs", "refused: This console queries only Prometheus, not loki"),
                                    entry("Mixed", "drawn"),
                                    entry("Of another panel", "drawn"),
                                    entry("No query", "refused: This panel has no PromQL query"),
                                    entry("Refused", "failed: 1:7: parse error: unclosed left parenthesis"),
                                    entry("Reworked", "drawn"),
                                    entry("Odd bounds", "drawn"),
                                    entry("Within", "loading"),
                                    entry("", "refused: This console does not draw panels of type ?")));

            assertThat(page.find(".panel:has-text('Gauge') .gauge .big").first().textContent())
                    .isEqualTo("1\u202fvelocitykmh");
            assertThat(page.find(".panel:has-text('Bar gauge') .bars li").count())
                    .isPositive();
            assertThat(page.find(".panel:has-text('Mapped') .big").textContent())
                    .isEqualTo("Up and well");
            assertThat(page.find(".heat tbody tr").count()).isGreaterThan(5);
            assertThat(page.find(".heat tbody th").first().textContent()).isEqualTo("> 120");
            assertThat(page.find(".panel:has-text('Plain table') th").allTextContents())
                    .containsExactly("instance", "job", "Value", prometheus.getAuthority());
            assertThat(page.find(".panel:has-text('Reworked') thead th").allTextContents())
                    .containsExactly("instance", "Is up");
            assertThat(page.find(".panel:has-text('Reworked') .remark").textContent())
                    .isEqualTo("Not applied: calculateField");
            assertThat(page.find(".panel:has-text('Mixed') .remark").textContent())
                    .isEqualTo("This console queries only Prometheus, not influxdb");
            assertThat(page.find(".panel:has-text('No place, no fields') .remark")
                            .textContent())
                    .endsWith("parse error: unclosed left parenthesis");
            assertThat(page.find(".dashboard > .remark").textContent())
                    .startsWith("Annotation Broken: ")
                    .endsWith("parse error: unclosed left parenthesis");
            assertThat(page.find("#notice").isHidden()).isTrue();
            assertThat(page.complaints()).allMatch(REFUSED.asMatchPredicate());
        }
    }

    @Test
    void buildsTextsOfNothingThatCouldDoHarm() {
        try (ConsolePage page = open("/d/every.shape")) {
            page.await(".text-panel[data-state=drawn] h4");
            assertThat(page.find(".text-panel").first().innerText())
                    .contains(
                            "Read me",
                            "one two",
                            "<script>window.harm = 1</script><img src=x onerror='window.harm = 1'>",
                            "<b>code</b>",
                            "a picture");
            assertThat(page.find(".text-panel").nth(1).innerText())
                    .contains("Loud", "a picture", "go")
                    .doesNotContain("window.harm");
            assertThat(page.find(".text-panel a").all().stream().map(it -> it.getAttribute("href")))
                    .containsExactly("/d/every.shape", "https://example.org/x");
            assertThat(page.find(".text-panel :is(script, img, iframe, svg, [onclick], [style], [onload])")
                            .count())
                    .isZero();
            assertThat(page.page().evaluate("window.harm")).isNull();
            assertThat(page.complaints()).allMatch(REFUSED.asMatchPredicate());
        }
    }

    @Test
    void opensTheRowsThatAreFolded() {
        try (ConsolePage page = open("/d/every.shape")) {
            page.await("h2.row:has-text('Folded') .count:has-text('1 panel')");
            assertThat(page.find(".panel:has-text('Within')").isVisible()).isFalse();

            page.find("h2.row button:has-text('Folded')").click();

            page.await(".panel:has-text('Within')[data-state=drawn]");
        }
    }

    @Test
    void readsWhatGrafanaWroteBeforeVersionFive() {
        try (ConsolePage page = open("/d/old")) {
            page.await("h1:has-text('Of long ago')");
            page.find("h2.row button:has-text('Second')").click();
            ConsolePage.await(SOON)
                    .untilAsserted(() -> assertThat(said(page))
                            .containsOnly(
                                    entry("Mapped", "drawn"),
                                    entry("Dial", "drawn"),
                                    entry("Note", "drawn"),
                                    entry("Graph", "drawn"),
                                    entry("Table", "drawn")));

            assertThat(page.find(".panel:has-text('Mapped') .big").textContent())
                    .isEqualTo("Fine");
            assertThat(page.find(".panel:has-text('Mapped') .figure").getAttribute("data-level"))
                    .isEqualTo("green");
            assertThat(page.find(".panel:has-text('Dial') .gauge .big").textContent())
                    .isEqualTo("1.0\u202f%");
            assertThat(page.find(".panel:has-text('Note') strong").textContent())
                    .isEqualTo("note");
            assertThat(page.find(".panel:has-text('Graph') canvas").count()).isEqualTo(1);
            assertThat(page.find(".panel:has-text('Table') thead th").allTextContents())
                    .containsExactly("instance", "Memory");
            assertThat(page.find(".panel:has-text('Table') td.number").textContent())
                    .endsWith("MiB");
            assertThat(page.complaints()).isEmpty();
        }
    }

    @Test
    void repeatsRowsAndPanelsForEachValue() {
        try (ConsolePage page = open("/d/repeats?var-constructor=x")) {
            ConsolePage.await(SOON)
                    .untilAsserted(() -> assertThat(said(page))
                            .containsOnly(
                                    entry("Part 0.5 of 200 on 127.0.0.1", "drawn"),
                                    entry("Part 0.9 of 200 on 127.0.0.1", "drawn")));
            assertThat(page.find("h2.row > button > span").first().textContent())
                    .isEqualTo("Code 200");
            assertThat(page.find(".variables label > span").allTextContents())
                    .containsExactly("job", "code", "host", "part", "window", "limit");
            assertThat(page.find("#var-job").inputValue()).isEqualTo("prometheus");
            assertThat(page.find("#range").inputValue()).isEqualTo("now-1h");
            assertThat(page.find(".dashboard > .remark").textContent())
                    .isEqualTo("filters: this console has no filter of type adhoc · "
                            + "Variable shell: exec(rm) (expected: label_values, query_result or metrics)");

            page.find("#var-part").selectOption("0.9");
            ConsolePage.await(SOON)
                    .untilAsserted(
                            () -> assertThat(said(page)).containsOnly(entry("Part 0.9 of 200 on 127.0.0.1", "drawn")));
            page.find("#var-limit").fill("1000000");
            page.find("#var-limit").blur();
            page.await(".stat .big:text-is('0')");
            assertThat(page.page().url()).contains("var-part=0.9", "var-limit=1000000");
            assertThat(page.complaints()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rows=This dashboard has no panels",
                "second=This file is in Grafana's schema v2. Export it in the classic format"
            })
    void saysThatThereIsNothingToDraw(String uidAndRemark) {
        String[] parts = uidAndRemark.split("=", 2);
        try (ConsolePage page = open("/d/" + parts[0])) {
            page.await(".dashboard > .remark");
            assertThat(page.find(".dashboard > .remark").textContent()).isEqualTo(parts[1]);
            assertThat(page.complaints()).isEmpty();
        }
    }

    /** Replaces each value of the files by each odd value, one at a time. */
    @Test
    void readsAFileWhateverStandsInIt() {
        try (ConsolePage page = open("/d/bare")) {
            assertThat(page.page().evaluate("""
                    async () => {
                      const {dashboard} = await import('/js/model/dashboard.js');
                      const {sections} = await import('/js/model/layout.js');
                      const odd = [null, 0, -1, 1e308, '', 'x', '/(/', [], {}, [null], true];
                      const failures = [];
                      const read = (file) => sections(dashboard(file).rows, () => ['a', 'b']);
                      const spoil = (node, file) => {
                        for (const [key, was] of Object.entries(node)) {
                          for (const value of odd) {
                            node[key] = value;
                            try {
                              read(file);
                            } catch (e) {
                              failures.push(`${key}: ${JSON.stringify(value)}: ${e}`);
                            }
                          }
                          node[key] = was;
                          if (was !== null && typeof was === 'object') {
                            spoil(was, file);
                          }
                        }
                      };
                      odd.forEach(read);
                      for (const uid of ['every.shape', 'old', 'repeats']) {
                        const file = await (await fetch(`/api/dashboards/${uid}`)).json();
                        spoil(file, file);
                      }
                      return failures;
                    }""")).isEqualTo(List.of());
        }
    }

    @Test
    void namesAFileThatIsNoDashboardAndKeepsTheOthers() {
        try (ConsolePage page = open("/d/bare")) {
            page.await(".panel[data-state=drawn]");
            assertThat(page.find("nav a").allTextContents())
                    .containsExactly(
                            "Roll call",
                            "Every shape",
                            "Of long ago",
                            "Repeats",
                            "Bare",
                            "⚠ broken",
                            "Rows only",
                            "Schema 2");
            assertThat(page.complaints()).isEmpty();

            page.find("nav .bad").click();
            page.await(".note:has-text('broken.json is not JSON (line 2: Unexpected end-of-input')");

            page.find("nav >> text=Bare").click();
            page.await(".panel[data-state=drawn]");
        }
    }

    /** Must not depend on scripts: here they never learn that the window shrank. */
    @Test
    void fitsTheWindowBeforeAnyScriptKnowsOfIt() {
        try (ConsolePage page = open("/d/every.shape")) {
            page.page().addInitScript("window.ResizeObserver = class { observe() {} disconnect() {} }");
            page.page().reload();
            page.await(".timeseries-panel[data-state=drawn] canvas");
            for (int width : new int[] {1024, 400}) {
                page.page().setViewportSize(width, 900);
                assertThat(page.page().evaluate("""
                        () => [...document.querySelectorAll('main .timeseries-panel *')]
                          .filter((it) => it.getBoundingClientRect().right > innerWidth + 1)
                          .map((it) => it.className)""")).isEqualTo(List.of());
            }
        }
    }

    @Test
    void drawsChartsAsWideAsTheyAre() {
        try (ConsolePage page = open("/d/bare")) {
            page.await(".timeseries-panel[data-state=drawn] canvas");
            for (int width : new int[] {400, 1440}) {
                page.page().setViewportSize(width, 900);
                ConsolePage.await(SOON).until(() -> page.page().evaluate("""
                                () => document.querySelector('.chart canvas').width / devicePixelRatio
                                  === document.querySelector('.chart').clientWidth""").equals(true));
            }
        }
    }

    @Test
    void drawsAThousandInstances() {
        List<Map<String, Object>> rows = IntStream.range(0, 1_000)
                .mapToObj(i -> row("service-" + i % 20, "service-" + i, "10.0.0.1:" + (10_000 + i)))
                .toList();
        try (ConsolePage page = open("/nowhere")) {
            page.page()
                    .route("**/api/roll-call", route -> route.fulfill(new Route.FulfillOptions().setBody(call(rows))));
            page.page().setViewportSize(1440, 900);
            page.page().navigate(home.toString());
            // not by waitForFunction, which evaluates a text in the page: its policy forbids that
            ConsolePage.await(SOON).until(() -> page.find(".card").count() == 1_000);
            System.out.printf(
                    "console: 1,000 instances drawn %.0f ms after the page was asked for%n",
                    ((Number) page.page().evaluate("performance.now()")).doubleValue());

            assertThat(page.find(".service").count()).isEqualTo(20);
            assertThat(page.find(".service .count").first().textContent()).startsWith("50 ");
            assertThat(page.find(".picture .node").count()).isEqualTo(20);
            // that nothing is at /nowhere
            assertThat(page.complaints()).hasSize(1);
        }
    }

    @Test
    void showsWhateverStrangersRegisterAsText() {
        String markup = "<img src=x onerror='window.harm = 1'>\"&amp;";
        String endless = "/service.v1".repeat(40);
        List<Map<String, Object>> rows = List.of(
                row("tea", "tea-1", "10.0.0.2:80"),
                row("tea", "tea-v6", "[2001:db8::1]:80"),
                // an id is not unique beyond its node
                row("tea", "same", "10.0.0.3:80"),
                row("tea", "same", "10.0.0.4:80"),
                row("coffee", "same", "10.0.0.3:80"),
                row(markup, markup, markup),
                row(endless, endless, endless),
                row("two words", "a b/c#1?d=e&f", ""),
                row("__proto__", "constructor", "::"));
        try (ConsolePage page = open("/nowhere")) {
            page.page()
                    .route("**/api/roll-call", route -> route.fulfill(new Route.FulfillOptions().setBody(call(rows))));
            page.page().navigate(home.toString());
            ConsolePage.await(SOON).until(() -> page.find(".card").count() == rows.size());

            assertThat(page.find(".card h3 a").allTextContents())
                    .containsExactlyInAnyOrder(
                            "10.0.0.2:80",
                            "[2001:db8::1]:80",
                            "10.0.0.3:80",
                            "10.0.0.4:80",
                            "10.0.0.3:80",
                            markup,
                            endless,
                            "a b/c#1?d=e&f",
                            "::");
            assertThat(page.page().evaluate("""
                    () => [...document.querySelectorAll('.card')].every((it) =>
                      new URL(it.querySelector('a').href).searchParams.get('var-instance') === it.dataset.instance)""")).isEqualTo(true);
            assertThat(page.find(".service h2 > span:first-child").allTextContents())
                    .containsExactlyInAnyOrder("tea", "coffee", markup, endless, "two words", "__proto__");
            assertThat(page.find(".picture .node").count()).isEqualTo(6);
            // each group is named by its own heading
            assertThat(page.page().evaluate("""
                    () => [...document.querySelectorAll('.service')].every((it) =>
                      document.getElementById(it.getAttribute('aria-labelledby')) === it.querySelector('h2'))""")).isEqualTo(true);
            for (int width : new int[] {1440, 400}) {
                page.page().setViewportSize(width, 900);
                assertThat(page.page().evaluate("""
                        () => [...document.querySelectorAll('main *:not(svg *)')]
                          .filter((it) => it.getBoundingClientRect().right > innerWidth + 1)
                          .map((it) => it.className)""")).isEqualTo(List.of());
            }
            assertThat(page.find("main :is(img, script)").count()).isZero();
            assertThat(page.page().evaluate("window.harm")).isNull();
            assertThat(page.complaints()).allMatch(it -> it.contains("status of 404"));
        }
    }

    private static Map<String, Object> row(String service, String id, String address) {
        return Map.ofEntries(
                entry("service", service),
                entry("id", id),
                entry("address", address),
                entry("version", service),
                entry("check", "critical"),
                entry("target", "down"),
                entry("lastScrape", "2026-01-01T00:00:03Z"),
                entry("scrapeSeconds", 0.004),
                entry("accountedFor", false),
                entry("detail", service),
                entry("alerts", List.of(alert(service))));
    }

    private static Map<String, Object> alert(String text) {
        return Map.of(
                "name",
                text,
                "severity",
                "critical",
                "state",
                "firing",
                "job",
                text,
                "instance",
                text,
                "summary",
                text,
                "since",
                "2026-01-01T00:00:00Z");
    }

    private static String call(List<Map<String, Object>> rows) {
        Map<String, Object> source = Map.of("at", "2026-01-01T00:00:05Z", "trouble", "");
        return new ObjectMapper()
                .valueToTree(Map.of(
                        "at",
                        "2026-01-01T00:00:05Z",
                        "complete",
                        false,
                        "sources",
                        Map.of("consul", source, "prometheus", source),
                        "instances",
                        rows,
                        "alerts",
                        List.of()))
                .toString();
    }

    /** By title, each panel's state and the text in place of its chart. */
    private static Map<String, String> said(ConsolePage page) {
        Map<String, String> said = new TreeMap<>();
        Object found = page.page().evaluate("""
                () => [...document.querySelectorAll('.panel')].map((it) =>
                  [it.querySelector('h3').textContent, it.dataset.state + (it.querySelector('.note').hidden ? '' : ': ' + it.querySelector('.note').textContent)])""");
        for (Object panel : (List<?>) found) {
            List<?> pair = (List<?>) panel;
            said.put(String.valueOf(pair.get(0)), String.valueOf(pair.get(1)));
        }
        return said;
    }

    private static void awaitAnswer(URI uri, String part) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            ConsolePage.await(SOON)
                    .ignoreExceptions()
                    .until(() -> client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                            .body()
                            .contains(part));
        }
    }

    private static void start(String... command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(state.resolve("log-" + PROCESSES.size()).toFile())
                .start();
        PROCESSES.add(process);
    }

    private static ConsolePage open(String path) {
        return ConsolePage.open(browser, home, path);
    }
}
