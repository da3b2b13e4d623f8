package dev.rollcall.launcher.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.launcher.catalogue.Catalogue;
import dev.rollcall.launcher.catalogue.Metric;
import dev.rollcall.launcher.catalogue.PromQl;
import dev.rollcall.launcher.catalogue.Usage;
import dev.rollcall.rollcall.Part;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a real Consul and Prometheus do not do on demand; MetricsPathIT has the rest. */
class DoctorTest {

    private FakePlatform platform;

    @BeforeEach
    void start() throws IOException {
        platform = new FakePlatform();
    }

    @AfterEach
    void stop() {
        platform.close();
    }

    @Test
    void findsNothingWhereNothingIsWrong() throws Exception {
        Diagnosis diagnosis = examine();

        assertThat(diagnosis.complaints()).isEmpty();
        assertThat(diagnosis.isHealthy()).isTrue();
        assertThat(diagnosis.instances()).extracting(Chart::subject).containsExactly("shop-1");
        assertThat(diagnosis.instances().getFirst().findings().get("readers"))
                .isEqualTo(new Finding.Passed("1 rules and dashboards read it"));
        assertThat(diagnosis.platform().findings().get("parts"))
                .isEqualTo(new Finding.Skipped("doctor does not know which parts should run"));
    }

    @Test
    void noticesThatConsulHasNoLeader() throws Exception {
        platform.answers("/v1/status/leader", "\"\"");
        platform.answers("/v1/catalog/services", "");

        assertThat(problems()).containsExactly("platform: Consul has no leader");
    }

    @Test
    void noticesThatPrometheusCannotAskConsul() throws Exception {
        platform.answers("/api/v1/query", """
                {"data": {"result": [{"metric": {"__name__": "orders_total", "instance": "shop-1"}, "value": [1, "2.5"]}]}}""");
        assertThat(problems()).isEmpty();

        platform.target("", "");
        assertThat(problems())
                .containsExactly(
                        "platform: 3 calls of Prometheus to Consul failed in the last 30 s, and it has not discovered shop-1",
                        "shop-1: Prometheus has not discovered it in Consul");

        platform.scrapes("");
        assertThat(problems())
                .contains("platform: Prometheus does not discover targets in Consul: its configuration has no"
                        + " consul_sd_configs");
    }

    @Test
    void noticesRulesThatFailOrAreNotLoaded() throws Exception {
        platform.rule("err", "many-to-many");
        assertThat(problems()).containsExactly("platform: rule Stalled fails: many-to-many");

        platform.answers("/api/v1/rules", "{\"data\": {\"groups\": []}}");
        assertThat(problems()).containsExactly("platform: Prometheus has not loaded 1 of the rules: Stalled");
    }

    @Test
    void tellsATargetThatWasDroppedFromOneThatWasNotFound() throws Exception {
        platform.target(
                "",
                "{\"discoveredLabels\": {\"__meta_consul_service\": \"shop\", \"__meta_consul_service_id\": \"shop-1\"}}");
        assertThat(problems()).containsExactly("shop-1: Prometheus has discovered it but its relabeling drops it");

        platform.target("", "");
        assertThat(problems()).containsExactly("shop-1: Prometheus has not discovered it in Consul");
    }

    @Test
    void tellsATargetThatIsNewFromOneThatIsForgotten() throws Exception {
        platform.target(target("unknown", "0001-01-01T00:00:00Z"), "");
        assertThat(problems()).containsExactly("shop-1: it has not been scraped yet");

        platform.target(target("up", "2026-01-01T11:59:00Z"), "");
        assertThat(problems()).containsExactly("shop-1: its last scrape was 60 s ago");
    }

    @Test
    void noticesThatNothingIsStored() throws Exception {
        platform.answers("/api/v1/query", "{\"data\": {\"result\": []}}");

        assertThat(problems()).containsExactly("shop-1: Prometheus has no series of it");
    }

    @Test
    void noticesThatAnInstanceThatShouldRunIsNotRegistered() throws Exception {
        assertThat(problems(new Part("shop-2", "shop", "", 0, true)))
                .containsExactly("shop-2: it is not registered in Consul");
        assertThat(problems(new Part("shop-2", "shop", "", 0, false)))
                .containsExactly("shop-2: its process is gone, killed or crashed");
    }

    @Test
    void noticesATargetThatConsulNoLongerHas() throws Exception {
        platform.answers("/v1/catalog/services", "{}");

        assertThat(problems()).containsExactly("shop-1: it is not registered in Consul");
    }

    @Test
    void asksConsulAndPrometheusAsOftenForManyInstancesAsForOne() throws Exception {
        examine();
        Map<String, Integer> forOne = platform.asked();
        instances(300, "up");

        assertThat(problems()).isEmpty();

        Map<String, Integer> forMany = new HashMap<>(platform.asked());
        forOne.forEach((path, times) -> forMany.merge(path, times, (all, first) -> all - first));
        assertThat(forMany.remove("/metrics")).isEqualTo(3);
        assertThat(forMany)
                .allSatisfy((path, times) -> assertThat(times).as(path).isEqualTo(forOne.get(path)));
    }

    @Test
    void scrapesEachOfManyInstancesThatPrometheusCannotScrape() throws Exception {
        instances(20, "down");

        assertThat(problems()).hasSize(20);

        assertThat(platform.asked()).containsEntry("/metrics", 20);
    }

    @Test
    void scrapesEachOfManyInstancesWhileTheFirstOnesAreUnreadable() throws Exception {
        platform.answers("/metrics", "orders total\n");
        instances(20, "up");

        assertThat(problems()).hasSize(20);

        assertThat(platform.asked()).containsEntry("/metrics", 20);
    }

    /** Instances {@code shop-0}, {@code shop-1}, … of one release at the same port. */
    private void instances(int count, String health) {
        platform.answers(
                "/v1/health/service/shop",
                each(count, """
                {"Service": {"Service": "shop", "ID": "shop-%%1$d", "Address": "127.0.0.1", "Port": %d, "Tags": ["metrics"]}}
                """.formatted(platform.url().getPort()), "[%s]"));
        platform.target(each(count, target(health, "2026-01-01T11:59:58Z").replace("shop-1", "shop-%1$d"), "%s"), "");
        platform.answers("/api/v1/query", each(count, """
                {"metric": {"__name__": "orders_total", "instance": "shop-%d"}, "value": [1, "0"]}
                """, "{\"data\": {\"result\": [%s]}}"));
    }

    /** JSON of as many objects. */
    private static String each(int count, String object, String within) {
        return within.formatted(
                IntStream.range(0, count).mapToObj(object::formatted).collect(Collectors.joining(", ")));
    }

    @Test
    void hasALineForAnExaminationThatBreaksOff() {
        Step<String> breaks = new Step<>("breaks", examined -> {
            throw new IllegalStateException("odd\nthing");
        });

        Chart chart = Chart.of(
                "shop-1",
                "shop",
                List.of(
                        new Step<>("first", examined -> new Finding.Passed("")),
                        breaks,
                        new Step<>("last", examined -> new Finding.Passed(""))),
                "");

        assertThat(chart.findings().values())
                .extracting(Finding.Problem.class::isInstance)
                .containsExactly(false, true, false);
        assertThat(chart.complaints())
                .singleElement()
                .satisfies(complaint -> assertThat(complaint.problem())
                        .isEqualTo("the examination failed: java.lang.IllegalStateException: odd"));
    }

    @Test
    void examinesAllOthersWhateverOneOfThemAnswers() throws Exception {
        platform.answers("/v1/catalog/services", """
                {"odd": ["metrics"], "shop": ["metrics"]}""");
        platform.answers("/v1/health/service/odd", """
                [{"Service": {"Service": "odd", "ID": "odd-1", "Address": "a_b.invalid", "Port": 1, "Tags": ["metrics"]}},
                 {"Service": {"Service": "odd", "ID": "shop-1", "Address": "127.0.0.1", "Port": -1, "Tags": ["metrics"]}}]""");

        assertThat(problems())
                .containsExactly(
                        "odd-1: no address is known for the name a_b.invalid",
                        "shop-1: 127.0.0.1:-1 can't be connected to (expected: host and port)");

        platform.answers(
                "/api/v1/targets",
                "{\"data\": {\"activeTargets\": [{\"discoveredLabels\": {\"__meta_consul_service_id\": \"shop-1\"}, \"lastScrape\": \"never\"}]}}");
        assertThat(problems())
                .first()
                .asString()
                .startsWith("platform: Prometheus does not answer: the answer cannot be parsed");
    }

    @Test
    void saysWhatToDoAboutEverything() throws Exception {
        platform.answers("/v1/status/leader", "");
        platform.answers("/api/v1/targets", "");

        assertThat(examine(new Part("store", "", "", 0, false)).complaints())
                .hasSize(3)
                .allSatisfy(complaint -> assertThat(complaint.remedy()).isNotBlank());
    }

    private static String target(String health, String lastScrape) {
        return """
                {"discoveredLabels": {"__meta_consul_service_id": "shop-1"},
                 "labels": {"job": "shop", "instance": "shop-1"}, "scrapePool": "discovered", "health": "%s",
                 "lastError": "", "lastScrape": "%s"}""".formatted(health, lastScrape);
    }

    private List<String> problems(Part... expected) throws InterruptedException {
        return examine(expected).complaints().stream()
                .map(complaint -> complaint.subject() + ": " + complaint.problem())
                .toList();
    }

    private Diagnosis examine(Part... expected) throws InterruptedException {
        Catalogue catalogue = new Catalogue(List.of(new Metric(
                "orders_total", "counter", "orders", "Orders", Map.of(), "shop", List.of("shop"), Optional.empty())));
        Usage usage = new Usage(List.of(
                new Usage.Reading(Usage.Kind.RULE, "Stalled", new PromQl.Selector("orders_total", Set.of("job")))));
        return new Doctor(
                        platform.url(),
                        platform.url(),
                        Path.of("nowhere"),
                        catalogue,
                        usage,
                        Set.of("shop"),
                        Clock.fixed(FakePlatform.NOW, ZoneOffset.UTC))
                .examine(List.of(expected));
    }
}
