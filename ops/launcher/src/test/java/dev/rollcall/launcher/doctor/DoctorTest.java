package dev.rollcall.launcher.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.launcher.catalogue.Catalogue;
import dev.rollcall.launcher.catalogue.Metric;
import dev.rollcall.launcher.catalogue.PromQl;
import dev.rollcall.launcher.catalogue.Usage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a real Consul and Prometheus won't do on demand; the rest is in MetricsPathIT. */
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
                .isEqualTo(new Finding.Skipped("what should run isn't seen from here"));
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
                {"data": {"result": [{"metric": {"__name__": "orders_total"}, "value": [1, "2.5"]}]}}""");
        assertThat(problems()).isEmpty();

        platform.target("", "");
        assertThat(problems())
                .containsExactly(
                        "platform: 3 calls of Prometheus to Consul failed in the last 30 s, and it has not found shop-1",
                        "shop-1: Prometheus has not found it in Consul");

        platform.scrapes("");
        assertThat(problems())
                .contains("platform: Prometheus doesn't look for targets in Consul: its configuration has no"
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
        platform.target("", "{\"discoveredLabels\": {\"__meta_consul_service_id\": \"shop-1\"}}");
        assertThat(problems()).containsExactly("shop-1: Prometheus has found it, and its relabeling drops it");

        platform.target("", "");
        assertThat(problems()).containsExactly("shop-1: Prometheus has not found it in Consul");
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
        assertThat(problems(new Expected("shop-2", "shop", true))).containsExactly("shop-2: Consul does not have it");
        assertThat(problems(new Expected("shop-2", "shop", false)))
                .containsExactly("shop-2: its process is gone, killed or crashed");
    }

    @Test
    void noticesATargetThatConsulNoLongerHas() throws Exception {
        platform.answers("/v1/catalog/services", "{}");

        assertThat(problems()).containsExactly("shop-1: Consul does not have it");
    }

    @Test
    void saysWhatToDoAboutEverything() throws Exception {
        platform.answers("/v1/status/leader", "");
        platform.answers("/api/v1/targets", "");

        assertThat(examine(new Expected("store", "", false)).complaints())
                .hasSize(3)
                .allSatisfy(complaint -> assertThat(complaint.remedy()).isNotBlank());
    }

    private static String target(String health, String lastScrape) {
        return """
                {"discoveredLabels": {"__meta_consul_service_id": "shop-1"},
                 "labels": {"job": "shop", "instance": "shop-1"}, "scrapePool": "discovered", "health": "%s",
                 "lastError": "", "lastScrape": "%s"}""".formatted(health, lastScrape);
    }

    private List<String> problems(Expected... expected) throws InterruptedException {
        return examine(expected).complaints().stream()
                .map(complaint -> complaint.subject() + ": " + complaint.problem())
                .toList();
    }

    private Diagnosis examine(Expected... expected) throws InterruptedException {
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
