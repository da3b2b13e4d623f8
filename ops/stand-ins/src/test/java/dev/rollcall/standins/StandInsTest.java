package dev.rollcall.relay.demonstration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.discovery.http.testing.Api;
import dev.rollcall.discovery.http.testing.Api.Answer;
import dev.rollcall.relay.AlertRelay;
import dev.rollcall.relay.Relays;
import dev.rollcall.relay.Webhooks;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a demonstration shows on the admin socket. */
class DemonstrationTest {
    @TempDir
    private static Path folder;

    private static Relays relays;
    private static AlertRelay relay;
    private static Api admin;

    @BeforeAll
    static void start() {
        relays = new Relays(folder);
        relay = relays.start(relays.settings());
        admin = Api.on(relay.adminPort());
    }

    @AfterAll
    static void stop() {
        relays.close();
    }

    private static JsonNode latest(String inbox, String text) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> admin.get("/" + inbox + ".json").text().contains(text));
        return admin.get("/" + inbox + ".json").json().path("items").path(0);
    }

    private static void mail(String subject, String content, String type) throws Exception {
        var properties = new Properties();
        properties.setProperty("mail.smtp.host", "127.0.0.1");
        properties.setProperty("mail.smtp.port", String.valueOf(relay.smtpPort()));
        var message = new MimeMessage(Session.getInstance(properties));
        message.setFrom("alertmanager@example.com");
        message.addRecipients(RecipientType.TO, "duty@example.com, second@example.com");
        message.setSubject(subject, "UTF-8");
        message.setContent(content, type);
        Transport.send(message);
    }

    @Test
    void showsWhatWasSentToTheRobotWithItsTime() {
        Instant before = Instant.now().minusSeconds(1);
        Relays.alertmanager(relay)
                .post("/notifications/dingtalk", Webhooks.body("firing", "TargetDown", "shown-by-robot"));

        JsonNode message = latest("dingtalk", "shown-by-robot");

        assertThat(message.path("text").asText()).contains("TargetDown firing", "shown-by-robot");
        assertThat(message.path("title").asText()).isEqualTo("[firing] TargetDown");
        assertThat(Instant.parse(message.path("received").asText()))
                .isBetween(before, Instant.now().plusSeconds(1));
        assertThat(admin.get("/dingtalk").text()).contains("shown-by-robot");
    }

    @Test
    void showsCallsAndThatTheyWereAcknowledged() {
        Relays.alertmanager(relay).post("/notifications/phone", Webhooks.body("firing", "OrdersStalled", "phoned"));

        assertThat(latest("phone", "acknowledged").path("text").asText()).contains("OrdersStalled firing", "phoned");
        assertThat(admin.get("/phone").text()).contains("duty-1", "acknowledged");
    }

    @Test
    void showsMailOfTextAndOfHtml() throws Exception {
        mail("[FIRING:1] 告警", "order-service-a cannot be scraped\n", "text/plain; charset=utf-8");
        JsonNode plain = latest("mailbox", "order-service-a");
        assertThat(plain.path("subject").asText()).isEqualTo("[FIRING:1] 告警");
        assertThat(plain.path("to").asText()).isEqualTo("duty@example.com, second@example.com");
        assertThat(plain.path("from").asText()).isEqualTo("alertmanager@example.com");
        assertThat(plain.path("text").asText()).isEqualTo("order-service-a cannot be scraped");
        assertThat(Instant.parse(plain.path("received").asText())).isBeforeOrEqualTo(Instant.now());

        mail("[RESOLVED] A", """
                <html><head><style>p { color: red }</style></head><body><p>1 alert &lt;resolved&gt;</p>
                <table><tr><td>instance</td><td>order-service-b</td></tr></table></body></html>""", "text/html; charset=utf-8");
        assertThat(latest("mailbox", "order-service-b").path("text").asText())
                .isEqualTo("1 alert <resolved>\ninstance order-service-b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mailbox", "dingtalk", "phone"})
    void runsNothingOfWhatWasSent(String page) throws Exception {
        String attack = "<script>alert(1)</script><img src=x onerror='alert(2)'>\\\"";
        mail(attack, "<b>" + attack, "text/plain; charset=utf-8");
        String body = Webhooks.body("firing", "TargetDown", "a-" + page).replace("No answer", attack);
        Relays.alertmanager(relay).post("/notifications/dingtalk", body);
        Relays.alertmanager(relay).post("/notifications/phone", body.replace("cannot be scraped", attack));
        await().atMost(Duration.ofSeconds(60))
                .until(() -> admin.get("/" + page).text().contains("alert(1)"));

        Answer answer = admin.get("/" + page);

        assertThat(answer.text())
                .contains("&lt;script&gt;")
                .doesNotContain("<script", "<img", "onerror='")
                .doesNotContain("https://", "http://");
        assertThat(answer.header("Content-Security-Policy").orElseThrow())
                .startsWith("default-src 'none'; style-src 'sha256-")
                .doesNotContain("unsafe");
        assertThat(answer.header("X-Content-Type-Options")).contains("nosniff");
        assertThat(answer.header("Content-Type")).contains("text/html; charset=utf-8");
    }

    @Test
    void takesNoMessageOfStrangers() {
        assertThat(admin.post(RobotSimulator.PATH + "?access_token=guess", "{}").text())
                .contains("300005");
        assertThat(admin.post(PhoneSimulator.PATH, "{}").status()).isEqualTo(401);
    }

    @Test
    void hasItsPagesOnlyIfItIsADemonstration() {
        try (Relays others = new Relays(folder)) {
            var settings = others.settings();
            settings.put("queue.directory", folder.resolve("other").toString());
            settings.put("demonstration.enabled", "false");
            settings.put("dingtalk.enabled", "false");
            settings.put("phone.url", "http://127.0.0.1:9/");
            AlertRelay real = others.start(settings);

            assertThat(Api.on(real.adminPort()).get("/mailbox").status()).isEqualTo(404);
            assertThat(Api.on(real.adminPort()).post(PhoneSimulator.PATH, "{}").status())
                    .isEqualTo(404);
        }
    }
}
