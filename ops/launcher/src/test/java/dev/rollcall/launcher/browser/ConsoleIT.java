package dev.rollcall.launcher.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Playwright;
import dev.rollcall.launcher.platform.Port;
import dev.rollcall.launcher.testing.Checkout;
import dev.rollcall.launcher.testing.UserPlatform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The dashboards on a running platform, and the console in a real browser. Each test leaves the roll call complete. */
@Tag("full")
class ConsoleIT {
    private static final Duration SOON = Duration.ofMinutes(2);
    private static final Pattern STRING = Pattern.compile("\"[^\"]*\"");
    private static final Pattern LABELS = Pattern.compile("\\{[^}]*}|(?:by|on) \\([^)]*\\)|\\[[^]]*]");
    private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][\\w:]*+(?!\\s*\\()");
    private static final Set<String> WORDS = Set.of("or", "unless", "offset", "s", "by");
    private static final Map<String, String> VARIABLES = Map.of(
            "$__rate_interval", "20s",
            "$__range", "900s",
            "$job", ".+",
            "$endpoint", ".+",
            "$instance", ".+",
            "$currency", ".+");

    @TempDir
    private static Path state = Path.of("");

    private static UserPlatform platform;
    private static Playwright playwright;
    private static Browser browser;

    @BeforeAll
    static void bringUp() {
        platform = UserPlatform.up(state);
        playwright = ConsolePage.playwright();
        browser = ConsolePage.browser(playwright, platform.workspace().tool("chromium"));
    }

    @AfterAll
    static void takeDown() {
        browser.close();
        playwright.close();
        platform.close();
    }

    /** No panel may be empty: absent events must show 0. */
    @ParameterizedTest
    @MethodSource("dashboards")
    void everyQueryFindsSeries(JsonNode dashboard) {
        for (JsonNode panel : dashboard.path("panels")) {
            for (String query : queries(panel.path("targets"))) {
                ConsolePage.await(SOON)
                        .untilAsserted(() -> assertThat(platform.series(query))
                                .as(panel.path("title").asText() + ": " + query)
                                .anyMatch(series ->
                                        Double.isFinite(series.at("/value/1").asDouble())));
            }
        }
    }

    /** Annotations may find no events, but must be valid. */
    @ParameterizedTest
    @MethodSource("dashboards")
    void everyAnnotationCanBeAskedFor(JsonNode dashboard) {
        for (String query : queries(dashboard.at("/annotations/list"))) {
            assertThat(platform.answer(query).path("status").asText()).as(query).isEqualTo("success");
        }
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void everyMetricIsScraped(JsonNode dashboard) {
        Set<String> used = new TreeSet<>();
        Stream.concat(
                        StreamSupport.stream(dashboard.path("panels").spliterator(), false)
                                .flatMap(panel -> queries(panel.path("targets")).stream()),
                        queries(dashboard.at("/annotations/list")).stream())
                .forEach(query -> used.addAll(metrics(query)));

        // there from the first alert on; Watchdog always fires
        assertThat(used).hasSizeGreaterThan(4).contains("up", "ALERTS");
        ConsolePage.await(SOON).untilAsserted(() -> assertThat(used).isSubsetOf(platform.metrics()));
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void drawsEveryPanel(JsonNode dashboard) {
        long panels = StreamSupport.stream(dashboard.path("panels").spliterator(), false)
                .filter(panel -> panel.has("targets"))
                .count();
        try (ConsolePage page = open("/d/" + dashboard.path("uid").asText())) {
            page.await(".panel");
            ConsolePage.await(SOON).untilAsserted(() -> {
                assertThat(page.find(".panel").count()).isEqualTo((int) panels);
                assertThat(page.find(".panel[data-state=drawn]").count()).isEqualTo((int) panels);
            });

            for (String kind : List.of("timeseries", "stat", "bargauge", "table")) {
                long wanted = StreamSupport.stream(dashboard.path("panels").spliterator(), false)
                        .filter(panel -> panel.path("type").asText().equals(kind))
                        .count();
                assertThat(page.find("." + kind + "-panel").count()).isEqualTo((int) wanted);
            }
            // only series are colourful: axes and grid are grey
            assertThat(page.page().evaluate("""
                    () => [...document.querySelectorAll('canvas')].filter((canvas) => {
                      const {data} = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
                      for (let i = 0; i < data.length; i += 4) {
                        const pixel = data.slice(i, i + 3);
                        if (data[i + 3] > 128 && Math.max(...pixel) - Math.min(...pixel) > 40) {
                          return false;
                        }
                      }
                      return true;
                    }).length""")).isEqualTo(0);
            assertThat(page.find(".bars li").count())
                    .isGreaterThanOrEqualTo(page.find(".bars").count());
            assertThat(page.find(".figure .big:text-is('–')").count()).isZero();
            assertThat(page.complaints()).isEmpty();
        }
    }

    @Test
    void showsWhoComesWhoIsKilledAndWhoLeaves() throws Exception {
        try (ConsolePage page = open("/")) {
            page.await(".rollcall[data-complete=true]");
            int before = page.find(".card").count();
            assertThat(page.find(".picture .node[data-service=order-service] .dot.well")
                            .count())
                    .isEqualTo(2);

            long begun = System.nanoTime();
            Process scale = platform.start("scale", "order-service=3");
            ConsolePage.await(SOON)
                    .until(() -> page.find(".card[data-state=well]").count() == before + 1);
            System.out.printf(
                    "console: a scaled instance stood there passing and scraped after %.1f s%n", since(begun));
            platform.finish(scale);
            String newest = platform.newest("order-service");
            String card = ".card[data-instance='" + newest + "']";
            page.await(card);

            begun = System.nanoTime();
            platform.rollcall("kill", newest);
            page.await(card + "[data-state=bad]");
            System.out.printf("console: a killed one turned red after %.1f s%n", since(begun));
            page.await(card + " .pill[data-level=bad]");
            assertThat(page.find(".rollcall").getAttribute("data-complete")).isEqualTo("false");
            assertThat(page.find("#announcer").textContent()).startsWith("Roll call incomplete: " + before + " of ");
            page.await(card + " .detail:text-matches('^dial tcp .*: connect: connection refused')");
            page.await(card + " .alert >> text=TargetDown");
            assertThat(page.find(".picture .dot.bad").count()).isEqualTo(1);

            platform.rollcall("stop", newest);
            ConsolePage.await(SOON).until(() -> page.find(card).count() == 0);
            page.await(".rollcall[data-complete=true]");
            assertThat(page.complaints()).isEmpty();
        }
    }

    @Test
    void drawsWhoCallsWhomHowOften() {
        try (ConsolePage page = open("/")) {
            ConsolePage.await(SOON)
                    .untilAsserted(() -> assertThat(page.find(".picture").getAttribute("aria-label"))
                            .containsPattern("Clients to order-service: [1-9]\\d*\\.?\\d*.req/s; "
                                    + "order-service to coupon-service: \\d"));
            assertThat(page.find(".picture .edge.live").count()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1440, 1024, 400})
    void fitsTheWindow(int width) {
        try (ConsolePage rollCall = open("/");
                ConsolePage dashboard = open("/d/rollcall-business")) {
            rollCall.await(".rollcall[data-complete=true]");
            rollCall.await(".notifications .value");
            dashboard.await(".panel[data-state=drawn]");
            for (ConsolePage page : List.of(rollCall, dashboard)) {
                page.page().setViewportSize(width, 900);
                assertThat(page.page().evaluate("""
                        () => [...document.querySelectorAll('main *')]
                          .filter((it) => it.getBoundingClientRect().right > innerWidth + 1)
                          .map((it) => it.className)
                          .slice(0, 3)""")).isEqualTo(List.of());
            }
        }
    }

    @Test
    void keepsWhatItKnewWhilePrometheusIsAway() {
        try (ConsolePage dashboard = open("/d/rollcall-business");
                ConsolePage rollCall = open("/")) {
            dashboard.await(".timeseries-panel[data-state=drawn]");
            rollCall.await(".rollcall[data-complete=true]");

            platform.rollcall("kill", "prometheus");
            try {
                dashboard.await("#notice:has-text('Prometheus does not answer')");
                dashboard.await(".timeseries-panel[data-state=failed] canvas");
                rollCall.await(".sources .bad:has-text('Prometheus does not answer; last answer')");
                assertThat(rollCall.find(".card[data-state=well]").count()).isGreaterThan(4);
            } finally {
                platform.rollcall("up", "--detach");
            }
            dashboard.awaitHidden("#notice");
            rollCall.await(".rollcall[data-complete=true]");
        }
    }

    @Test
    void keepsViewTimeAndVariablesInTheAddress() {
        try (ConsolePage page = open("/d/rollcall-red?from=now-5m&to=now&var-job=order-service")) {
            page.await(".timeseries-panel[data-state=drawn]");
            assertThat(page.find("#range").inputValue()).isEqualTo("now-5m");
            assertThat(page.find("#var-job").inputValue()).isEqualTo("order-service");
            page.await(".legend .name");
            assertThat(page.find(".legend .name").allTextContents()).noneMatch(name -> name.contains("coupon-service"));

            page.find("#range").selectOption("now-15m");
            page.find("#var-job").selectOption("coupon-service");
            assertThat(page.page().url()).contains("from=now-15m", "var-job=coupon-service");
            page.await(".legend .name:has-text('coupon-service')");

            page.find("nav >> text=Business").click();
            page.await("[data-dashboard=rollcall-business] .panel[data-state=drawn]");
            page.page().goBack();
            page.await("[data-dashboard=rollcall-red] .panel[data-state=drawn]");
            assertThat(page.find("#var-job").inputValue()).isEqualTo("coupon-service");
            assertThat(page.complaints()).isEmpty();
        }
    }

    @Test
    void leadsFromBusinessToRequestsToTheInstance() {
        try (ConsolePage page = open("/d/rollcall-business?from=now-5m&to=now")) {
            page.await(".stat-panel[data-state=drawn] h3 a");
            page.find(".stat-panel h3 a").first().click();
            page.await("[data-dashboard=rollcall-red] .lead[aria-label*='JVM and host of this instance']");
            assertThat(page.page().url()).contains("var-job=order-service", "from=now-5m");
            page.find(".lead[aria-label*='JVM and host of this instance']")
                    .first()
                    .click();
            page.await("[data-dashboard=rollcall-runtime] .panel[data-state=drawn]");
            assertThat(page.page().url()).contains("var-instance=order-service-127.0.0.1-");
            assertThat(page.complaints()).isEmpty();
        }
    }

    @Test
    void isUsableByKeyboardInBothLanguagesAndInTheLight() {
        try (ConsolePage page = open("/d/rollcall-discovery")) {
            page.await(".panel[data-state=drawn]");
            page.page().keyboard().press("Tab");
            assertThat(page.page().evaluate("document.activeElement.className")).isEqualTo("skip");
            assertThat(page.page().evaluate("""
                    () => [...document.querySelectorAll('a, button, select')]
                      .filter((it) => !(it.textContent.trim() || it.getAttribute('aria-label') || it.labels?.[0]?.textContent.trim()))
                      .length""")).isEqualTo(0);
            assertThat(page.page().evaluate("""
                    () => ['header', 'nav[aria-label]', 'main', '[aria-live=polite]', 'h1'].filter((it) => !document.querySelector(it))""")).isEqualTo(List.of());

            page.find("#language").focus();
            page.page().keyboard().press("Enter");
            page.await("html[lang=zh-CN] h1:has-text('服务发现')");
            page.await(".panel[data-state=drawn] h3:has-text('已注册')");
            Object dark = page.page().evaluate("getComputedStyle(document.body).backgroundColor");
            page.find("#theme").click();
            assertThat(page.page().evaluate("getComputedStyle(document.body).backgroundColor"))
                    .isNotEqualTo(dark);
            page.page().reload();
            page.await("html[lang=zh-CN][data-theme=light] h1:has-text('服务发现')");
            assertThat(page.complaints()).isEmpty();
        }
    }

    static List<JsonNode> dashboards() throws IOException {
        Path folder = new Checkout(Path.of("")).workspace().ops("grafana/dashboards");
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .map(ConsoleIT::json)
                    .toList();
        }
    }

    private static JsonNode json(Path file) {
        try {
            return new ObjectMapper().readTree(file.toFile());
        } catch (IOException e) {
            throw new AssertionError(file + " is no JSON", e);
        }
    }

    private static List<String> queries(JsonNode targets) {
        return targets.findValuesAsText("expr").stream()
                .map(expr -> {
                    String query = expr;
                    for (Map.Entry<String, String> variable : VARIABLES.entrySet()) {
                        query = query.replace(variable.getKey(), variable.getValue());
                    }
                    return query;
                })
                .toList();
    }

    /** The names in a query that are neither strings, labels, functions nor words of the language. */
    private static Set<String> metrics(String query) {
        String bare = LABELS.matcher(STRING.matcher(query).replaceAll("''")).replaceAll(" ");
        Set<String> names = new TreeSet<>();
        NAME.matcher(bare).results().map(name -> name.group()).forEach(names::add);
        names.removeAll(WORDS);
        return names;
    }

    private static double since(long begun) {
        return (System.nanoTime() - begun) / 1e9;
    }

    private static ConsolePage open(String path) {
        return ConsolePage.open(browser, platform.url(Port.CONSOLE), path);
    }
}
