package dev.rollcall.rollcall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.rollcall.discovery.testing.ConsulAgent;
import dev.rollcall.discovery.testing.Ports;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.assertj.core.groups.Tuple;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class ConsulReaderTest {

    private static final ConsulAgent AGENT = ConsulAgent.start();

    private final ConsulReader view = new ConsulReader(new HttpApi(HttpApi.client(), AGENT.url()));

    @AfterAll
    static void stop() {
        AGENT.close();
    }

    @Test
    void seesEveryTaggedInstanceWhateverItsCheckSays() throws Exception {
        register("""
                {"Name": "gin", "ID": "gin-1", "Port": 1, "Tags": ["metrics"]}""");
        register("""
                {"Name": "gin", "ID": "gin 2/#", "Port": 2, "Tags": ["metrics"],
                 "Checks": [{"TTL": "60s", "Status": "passing"}, {"TTL": "60s", "Status": "critical", "Notes": "no word"}]}""");
        register("""
                {"Name": "quiet", "ID": "quiet-1", "Port": 3, "Tags": ["api"]}""");

        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(instances())
                        .containsExactlyInAnyOrder(
                                tuple("gin", "gin-1", CheckState.PASSING, ""),
                                tuple("gin", "gin 2/#", CheckState.CRITICAL, "no word")));

        AGENT.http().put("/v1/agent/service/maintenance/gin-1?enable=true&reason=moving", "");
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(() ->
                        assertThat(instances()).contains(tuple("gin", "gin-1", CheckState.MAINTENANCE, "moving")));

        view.deregister("gin 2/#");
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(view.scraped().entries())
                        .extracting(ServiceEntry::id)
                        .containsExactly("gin-1"));
    }

    @Test
    void saysWhereAServiceOfOursServesItsMetrics() throws Exception {
        register("""
                {"Name": "coupon-service", "ID": "coupon-1", "Address": "127.0.0.2", "Port": 4,
                 "Meta": {"metrics_scheme": "http", "metrics_port": "5", "metrics_path": "/metrics"}}""");
        register("""
                {"Name": "coupon-service", "ID": "coupon-2", "Address": "127.0.0.3", "Port": 6,
                 "Meta": {"metrics_scheme": "https", "metrics_port": "7", "metrics_path": "/m", "metrics_auth": "bearer"}}""");
        register("""
                {"Name": "coupon-service", "ID": "coupon-3", "Address": "::1", "Port": 8}""");
        register("""
                {"Name": "coupon-service", "ID": "coupon-4", "Port": 9}""");

        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(view.entries("coupon-service"))
                        .extracting(ServiceEntry::scrapeUri, ServiceEntry::wantsToken)
                        .containsExactlyInAnyOrder(
                                tuple(URI.create("http://127.0.0.2:5/metrics"), false),
                                tuple(URI.create("https://127.0.0.3:7/m"), true),
                                tuple(URI.create("http://[::1]:8/metrics"), false),
                                tuple(URI.create("http://127.0.0.1:9/metrics"), false)));
    }

    @Test
    void saysWhereNobodyAnswers() {
        int port = Ports.free();

        assertThatThrownBy(() -> new ConsulReader(new HttpApi(HttpApi.client(), URI.create("http://127.0.0.1:" + port)))
                        .scraped())
                .isInstanceOf(NoAnswer.class)
                .hasMessage("nothing listens at http://127.0.0.1:%d", port);
    }

    private List<Tuple> instances() throws NoAnswer {
        return view.scraped().entries().stream()
                .map(it -> tuple(it.service(), it.id(), it.state(), it.output()))
                .toList();
    }

    private static void register(String definition) {
        AGENT.http().put("/v1/agent/service/register", definition);
    }
}
