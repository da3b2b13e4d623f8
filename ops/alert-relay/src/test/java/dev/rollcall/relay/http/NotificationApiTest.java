package dev.rollcall.relay.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rollcall.chassis.RunningService;
import dev.rollcall.discovery.http.testing.Api;
import dev.rollcall.discovery.http.testing.Api.Answer;
import dev.rollcall.relay.Relays;
import dev.rollcall.relay.Webhooks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NotificationApiTest {
    @TempDir
    private static Path folder;

    private static Relays relays;
    private static RunningService relay;
    private static Api api;

    @BeforeAll
    static void start() {
        relays = new Relays(folder);
        relay = relays.start(relays.settings());
        api = Relays.alertmanager(relay);
    }

    @AfterAll
    static void stop() {
        relays.close();
    }

    @Test
    void takesWhatAlertmanagerSends() {
        Answer answer = api.post("/notifications/dingtalk", Webhooks.body("firing", "TargetDown", "taken-1"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo("{\"accepted\":1}");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> relays.received("dingtalk").toString().contains("taken-1"));
    }

    @Test
    void takesWhatAlertmanagerAddsLater() {
        String body = Webhooks.body("firing", "TargetDown", "later-1")
                .replaceFirst("\\{", "{\"notificationReason\": \"new\", ");

        assertThat(api.post("/notifications/dingtalk", body).status()).isEqualTo(200);
    }

    @Test
    void takesManyMoreAlertsThanAnyOtherBodyMayHave() {
        assertThat(api.post("/notifications/dingtalk", Webhooks.group("Many", 500))
                        .text())
                .isEqualTo("{\"accepted\":500}");
    }

    @Test
    void asksForATokenThatItKnows() {
        String body = Webhooks.body("firing", "TargetDown", "a");

        assertThat(Api.on(relay.port()).post("/notifications/dingtalk", body).problem())
                .isEqualTo("token-missing");
        assertThat(Api.on(relay.port())
                        .withToken("another")
                        .post("/notifications/dingtalk", body)
                        .problem())
                .isEqualTo("token-unknown");
        assertThat(Api.on(relay.port()).post("/calls/1/acknowledgement", "{}").status())
                .isEqualTo(401);
        assertThat(Api.on(relay.port())
                        .withToken(Relays.ADMIN)
                        .post("/calls/1/acknowledgement", "{}")
                        .problem())
                .isEqualTo("call-unknown");
    }

    @Test
    void refusesWhatIsNoNotificationAndCountsIt() {
        double refused = Relays.notifications(relay, "phone", "refused");

        assertThat(api.post("/notifications/phone", "{").problem()).isEqualTo("malformed-json");
        assertThat(api.post("/notifications/phone", "[]").status()).isEqualTo(400);
        assertThat(api.send("POST", "/notifications/phone").status()).isEqualTo(400);
        assertThat(api.post("/notifications/phone", "text/plain", "{}").status())
                .isEqualTo(415);
        assertThat(api.post("/notifications/phone", " ".repeat(NotificationRoutes.MAX_BYTES + 1))
                        .problem())
                .isEqualTo("body-too-large");
        Answer invalid = api.post("/notifications/phone", "{\"version\": \"3\", \"alerts\": [{}]}");

        assertThat(invalid.status()).isEqualTo(422);
        assertThat(invalid.problem()).isEqualTo("invalid-fields");
        assertThat(invalid.json().path("errors").findValuesAsText("pointer"))
                .contains("#/version", "#/receiver", "#/groupKey", "#/status", "#/alerts/0/fingerprint");
        assertThat(Relays.notifications(relay, "phone", "refused") - refused).isEqualTo(6);
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /notifications/fax, 404",
        "POST, /notifications/DINGTALK, 404",
        "GET, /notifications/phone, 405",
        "GET, /calls/1/acknowledgement, 405",
        "GET, /mailbox, 404",
        "POST, /robot/send, 404",
        "POST, /calls, 404",
        "GET, /metrics, 404"
    })
    void answersWhatItDoesNotServe(String method, String path, int status) {
        Answer answer = api.send(method, path);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.problem()).isNotEmpty();
    }

    @Test
    void answers503WhenTheDiskRefusesAndTakesItAgainAfterwards() throws Exception {
        try (var broken = new Relays(Files.createDirectory(folder.resolve("broken")))) {
            RunningService one = broken.start(broken.settings());
            Path waiting = broken.queue().resolve("phone/waiting");
            Files.delete(waiting);
            String body = Webhooks.body("firing", "TargetDown", "a");

            Answer refused = Relays.alertmanager(one).post("/notifications/phone", body);

            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.header("Retry-After")).isPresent();
            assertThat(refused.problem()).isEqualTo("unavailable");
            assertThat(Relays.notifications(one, "phone", "not_stored")).isEqualTo(1);

            Files.createDirectory(waiting);

            assertThat(Relays.alertmanager(one)
                            .post("/notifications/phone", body)
                            .status())
                    .isEqualTo(200);
            assertThat(Relays.notifications(one, "phone", "accepted")).isEqualTo(1);
        }
    }

    @Test
    void showsNothingOnItsAdminSocketThatWasSent() {
        assertThat(Api.on(relay.adminPort()).get("/mailbox").status()).isEqualTo(404);
        assertThat(Api.on(relay.adminPort()).post("/calls", "{}").status()).isEqualTo(404);
    }

    @Test
    void isReadyAsLongAsItsQueueCanBeWritten() {
        assertThat(Api.on(relay.adminPort()).get("/observe/health/ready").status())
                .isEqualTo(200);
    }
}
