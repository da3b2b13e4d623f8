package dev.rollcall.relay.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rollcall.chassis.RunningService;
import dev.rollcall.discovery.http.testing.Api;
import dev.rollcall.discovery.testing.ConsulAgent;
import dev.rollcall.relay.Relays;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The relay's word on who is registered, with a real Consul. */
class RegisteredInstancesTest {
    @TempDir
    private Path folder;

    private static List<String> series(RunningService relay) {
        return Api.on(relay.adminPort())
                .get("/metrics")
                .text()
                .lines()
                .filter(line -> line.startsWith("registered_instance_passing{"))
                .sorted()
                .toList();
    }

    private static String series(String service, String id, String value) {
        return "registered_instance_passing{id=\"" + id + "\",service=\"" + service + "\"} " + value;
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(100));
    }

    @Test
    void hasASeriesForEachInstanceAsLongAsConsulStandsBehindIt() {
        try (ConsulAgent consul = ConsulAgent.start();
                Relays relays = new Relays(folder)) {
            consul.http().put("/v1/agent/service/register", """
                    {"Name": "fruit", "ID": "fruit-1", "Tags": ["metrics"], "Port": 1,
                     "Check": {"TTL": "1h", "Status": "critical"}}""");
            consul.http().put("/v1/agent/service/register", """
                    {"Name": "fruit", "ID": "fruit-2", "Tags": ["metrics"], "Port": 1}""");
            Map<String, String> settings = relays.unanswered();
            settings.put("server.features.consul.enabled", "true");
            settings.put("server.features.consul.agent.url", consul.url().toString());
            settings.put("server.features.consul.drain", "PT0.1S");
            RunningService relay = relays.start(settings);
            String itself = series("alert-relay", "alert-relay-127.0.0.1-" + relay.port(), "1.0");

            soon().untilAsserted(() -> assertThat(series(relay))
                    .containsExactly(itself, series("fruit", "fruit-1", "0.0"), series("fruit", "fruit-2", "1.0")));

            consul.http().put("/v1/agent/service/maintenance/fruit-2?enable=true", "");
            consul.http().put("/v1/agent/service/deregister/fruit-1", "");
            soon().untilAsserted(() -> assertThat(series(relay)).containsExactly(itself));

            consul.kill();
            soon().untilAsserted(() -> assertThat(series(relay)).isEmpty());

            consul.restart();
            soon().untilAsserted(() -> assertThat(series(relay)).containsExactly(itself));
        }
    }

    @Test
    void keepsTheSeriesOfOthersWhileTheListOfAStrangerIsInDoubt() {
        try (ConsulAgent consul = ConsulAgent.start();
                Relays relays = new Relays(folder)) {
            consul.http().put("/v1/agent/service/register", """
                    {"Name": "stranger", "ID": "stranger-1", "Tags": ["metrics"], "Port": 1}""");
            Map<String, String> settings = relays.unanswered();
            settings.put("server.features.consul.enabled", "true");
            settings.put("server.features.consul.agent.url", consul.url().toString());
            settings.put("server.features.consul.drain", "PT0.1S");
            RunningService relay = relays.start(settings);
            String itself = series("alert-relay", "alert-relay-127.0.0.1-" + relay.port(), "1.0");
            soon().untilAsserted(() ->
                    assertThat(series(relay)).containsExactly(itself, series("stranger", "stranger-1", "1.0")));

            consul.http().put("/v1/agent/service/deregister/stranger-1", "");

            // its last instance is gone, which isn't believed at once
            soon().during(Duration.ofSeconds(4)).until(() -> series(relay).equals(List.of(itself)));
        }
    }
}
