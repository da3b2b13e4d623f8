package dev.rollcall.relay.phone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.chassis.RunningService;
import dev.rollcall.discovery.http.testing.Api;
import dev.rollcall.relay.Relays;
import dev.rollcall.relay.Webhooks;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the webhook to people who do or do not pick up. */
class PhoneTest {
    @TempDir
    private Path folder;

    private Relays relays;

    @SuppressWarnings("NullAway.Init") // each test starts its own
    private RunningService relay;

    @BeforeEach
    void prepare() {
        relays = new Relays(folder);
    }

    @AfterEach
    void stop() {
        relays.close();
    }

    private void start(Map<String, String> more) {
        start("duty-1,duty-2", more);
    }

    private void start(String answering, Map<String, String> more) {
        Map<String, String> settings = relays.settings(answering);
        settings.putAll(more);
        relay = relays.start(settings);
    }

    private void notify(String status, String alertname) {
        assertThat(Relays.alertmanager(relay)
                        .post("/notifications/phone", Webhooks.body(status, alertname, "order-service-a"))
                        .status())
                .isEqualTo(200);
    }

    /** The calls, the first first. */
    private List<JsonNode> calls() {
        JsonNode items = relays.received("phone");
        return StreamSupport.stream(items.spliterator(), false).toList().reversed();
    }

    private List<String> callees() {
        return calls().stream().map(call -> call.path("callee").asText()).toList();
    }

    private int acknowledge(int call, String token) {
        String id = calls().get(call).path("id").asText();
        return Api.on(relay.port())
                .withToken(token)
                .post("/calls/" + id + "/acknowledgement", "{}")
                .status();
    }

    private double count(String result) {
        return Relays.notifications(relay, "phone", result);
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(50));
    }

    @Test
    void callsTheFirstWhoAcknowledges() {
        start(Map.of());

        notify("firing", "OrdersStalled");

        soon().until(() -> count("delivered") == 1);
        soon().until(() -> calls().getFirst().has("acknowledged"));
        assertThat(calls()).singleElement().satisfies(call -> {
            assertThat(call.path("callee").asText()).isEqualTo("duty-1");
            assertThat(call.path("text").asText())
                    .isEqualTo("OrdersStalled firing: order-service-a: order-service-a cannot be scraped.");
        });
        assertThat(count("failed")).isZero();
    }

    @Test
    void callsTheNextOneWhenNobodyAcknowledgesAndBeginsAgainAfterTheLast() {
        start("nobody", Map.of("phone.acknowledge-within", "PT0.3S", "phone.round-pause", "PT0.1S"));

        notify("firing", "OrdersStalled");

        soon().until(() -> calls().size() >= 3);
        assertThat(callees().subList(0, 3)).containsExactly("duty-1", "duty-2", "duty-1");
        assertThat(count("failed")).isGreaterThanOrEqualTo(2);
        assertThat(count("delivered")).isZero();

        // late, for an earlier call, by a person
        assertThat(acknowledge(1, Relays.ADMIN)).isEqualTo(204);
        assertThat(acknowledge(1, Relays.RELAY)).isEqualTo(204);

        soon().until(() -> count("delivered") == 1);
        assertThat(Relays.metric(relay, "alert_queue_depth{channel=\"phone\"}")).isZero();
    }

    @Test
    void escalatesToWhoPicksUp() {
        start("duty-2", Map.of("phone.acknowledge-within", "PT0.5S"));

        notify("firing", "OrdersStalled");

        soon().until(() -> count("delivered") == 1);
        assertThat(callees()).startsWith("duty-1", "duty-2");
    }

    @Test
    void callsNobodyForWhatIsResolved() {
        start(Map.of());

        notify("resolved", "OrdersStalled");

        soon().until(() -> count("skipped") == 1);
        assertThat(calls()).isEmpty();
    }

    @Test
    void callsNobodyAnyMoreOnceItIsResolved() {
        start("nobody", Map.of("phone.acknowledge-within", "PT0.2S", "phone.round-pause", "PT0.1S"));
        notify("firing", "OrdersStalled");
        notify("firing", "InstancesVanished");
        soon().until(() -> !calls().isEmpty());

        notify("resolved", "OrdersStalled");

        soon().until(() -> count("skipped") == 2);
        int before = calls().size();
        soon().until(() -> calls().size() > before + 1);
        assertThat(calls().getLast().path("text").asText())
                .contains("InstancesVanished")
                .doesNotContain("OrdersStalled");
    }

    @Test
    void readsOutTheLatestNotificationOfAGroup() {
        start("nobody", Map.of("phone.acknowledge-within", "PT0.2S", "phone.round-pause", "PT0.1S"));
        assertThat(Relays.alertmanager(relay)
                        .post("/notifications/phone", Webhooks.group("InstancesVanished", 2))
                        .status())
                .isEqualTo(200);
        soon().until(() -> !calls().isEmpty());

        String one = Webhooks.alert("resolved", "InstancesVanished", "instance-0");
        String two = Webhooks.alert("firing", "InstancesVanished", "instance-1");
        Relays.alertmanager(relay)
                .post("/notifications/phone", Webhooks.ofAlerts("firing", "InstancesVanished", one + "," + two));

        soon().until(() -> count("skipped") == 1);
        int before = calls().size();
        soon().until(() -> calls().size() > before);
        assertThat(calls().getLast().path("text").asText())
                .contains("instance-1")
                .doesNotContain("instance-0");
    }

    @Test
    void readsSeveralAlertsOutInOneCall() {
        start(Map.of());
        assertThat(Relays.alertmanager(relay)
                        .post("/notifications/phone", Webhooks.group("InstancesVanished", 8))
                        .status())
                .isEqualTo(200);

        soon().until(() -> count("delivered") == 1);
        assertThat(calls())
                .singleElement()
                .satisfies(call -> assertThat(call.path("text").asText())
                        .contains("instance-0", "instance-4")
                        .endsWith("And 3 more."));
    }

    @Test
    void triesAgainWhenTheProviderIsAwayOrRefuses() {
        start(Map.of(
                "dingtalk.enabled", "false",
                "phone.url", "http://127.0.0.1:9/calls",
                "phone.misconfigured-pause", "PT0.1S"));

        notify("firing", "OrdersStalled");

        soon().until(() -> count("failed") >= 3);
        assertThat(Relays.metric(relay, "alert_queue_depth{channel=\"phone\"}")).isEqualTo(1);
        assertThat(Relays.alertmanager(relay)
                        .post("/notifications/dingtalk", Webhooks.body("firing", "A", "a"))
                        .problem())
                .isEqualTo("channel-unknown");
    }
}
