package dev.rollcall.relay.alertmanager;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.relay.Webhooks;
import dev.rollcall.relay.domain.Alert;
import dev.rollcall.relay.domain.Notification;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookTest {
    private static Parsed parse(String body) {
        return Webhook.parse(body.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void readsAgainWhatItWrote() {
        Notification notification = Webhooks.parse(Webhooks.group("Zoë's 告警", 3));

        assertThat(Webhook.parse(Webhook.write(notification))).isEqualTo(new Parsed.Valid(notification));
        assertThat(notification.alerts().getFirst().startsAt()).isEqualTo(Instant.parse("2026-01-31T08:00:00.123Z"));
        assertThat(notification.alerts()).extracting(Alert::name).containsOnly("Zoë's 告警");
    }

    @Test
    void takesTimesWithAnOffset() {
        String body = Webhooks.body("firing", "A", "a").replace("08:00:00.123Z", "16:00:00.123456789+08:00");

        assertThat(Webhooks.parse(body).alerts().getFirst().startsAt())
                .isEqualTo(Instant.parse("2026-01-31T08:00:00.123456789Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "1", "null", "{} {}", "\"a\"", "{\"a\": NaN}"})
    void knowsWhatIsNoJsonObject(String body) {
        assertThat(parse(body)).isInstanceOf(Parsed.NoJson.class);
    }

    @Test
    void knowsWhatIsNestedWithoutEnd() {
        assertThat(parse("{\"alerts\": " + "[".repeat(100_000))).isInstanceOf(Parsed.NoJson.class);
    }

    @Test
    void namesEverythingThatIsMissing() {
        assertThat(parse("{\"alerts\": [{\"labels\": {\"a\": 1}, \"annotations\": []}]}"))
                .isInstanceOfSatisfying(
                        Parsed.Invalid.class,
                        invalid -> assertThat(invalid.errors())
                                .containsOnlyKeys(
                                        "#/version",
                                        "#/receiver",
                                        "#/groupKey",
                                        "#/status",
                                        "#/alerts/0/status",
                                        "#/alerts/0/labels",
                                        "#/alerts/0/annotations",
                                        "#/alerts/0/startsAt",
                                        "#/alerts/0/fingerprint"));
        assertThat(parse(Webhooks.ofAlerts("firing", "A", ""))).isInstanceOf(Parsed.Invalid.class);
    }
}
