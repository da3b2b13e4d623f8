package dev.rollcall.standins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.rollcall.chassis.RunningService;
import dev.rollcall.discovery.http.testing.Api;
import dev.rollcall.discovery.http.testing.Api.Answer;
import dev.rollcall.discovery.testing.Ports;
import io.helidon.config.Config;
import io.helidon.config.ConfigSources;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The running stand-ins, as senders and readers of the pages meet them. */
class StandInsTest {
    private static final Queue<String> ACKNOWLEDGED = new ConcurrentLinkedQueue<>();

    @TempDir
    private static Path folder;

    private static HttpServer relay;
    private static RunningService standIns;
    private static int smtpPort = Ports.free();
    private static Api api;

    @BeforeAll
    static void start() throws IOException {
        relay = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        relay.createContext("/calls/", exchange -> {
            ACKNOWLEDGED.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Authorization"));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        relay.start();
        standIns = start(Map.of("mail.port", String.valueOf(smtpPort)));
        api = Api.on(standIns.port());
    }

    @AfterAll
    static void stop() {
        standIns.close();
        relay.stop(0);
    }

    private static RunningService start(Map<String, String> more) throws IOException {
        var settings = new HashMap<String, String>();
        settings.put("server.port", "0");
        settings.put("mail.port", "0");
        settings.put("phone.answer-after", "PT0.05S");
        settings.put("phone.relay-url", "http://127.0.0.1:" + relay.getAddress().getPort());
        settings.put("robot.access-token-file", file("robot-token"));
        settings.put("robot.secret-file", file("robot-secret"));
        settings.put("phone.token-file", file("phone"));
        settings.put("phone.relay-token-file", file("relay"));
        settings.putAll(more);
        return StandIns.start(Config.builder()
                .sources(ConfigSources.create(settings), ConfigSources.classpath("application.yaml"))
                .disableEnvironmentVariablesSource()
                .disableSystemPropertiesSource()
                .build());
    }

    private static String file(String name) throws IOException {
        return Files.writeString(folder.resolve(name), "secret-of-" + name + "\n")
                .toString();
    }

    private static void send(String title, String text, String... mobiles) throws IOException {
        long now = System.currentTimeMillis();
        String body = new ObjectMapper()
                .writeValueAsString(Map.of(
                        "msgtype", "markdown",
                        "markdown", Map.of("title", title, "text", text),
                        "at", Map.of("atMobiles", List.of(mobiles))));
        Answer answer = api.post(
                "/robot/send?access_token=secret-of-robot-token&timestamp=" + now + "&sign="
                        + URLEncoder.encode(Signatures.of(now, "secret-of-robot-secret"), StandardCharsets.UTF_8),
                body);
        assertThat(answer.text()).isEqualTo("{\"errcode\":0,\"errmsg\":\"ok\"}");
    }

    private static void call(String callee, String text) throws IOException {
        assertThat(api.withToken("secret-of-phone")
                        .post(
                                "/calls",
                                new ObjectMapper()
                                        .writeValueAsString(
                                                Map.of("id", "call-to-" + callee, "callee", callee, "text", text)))
                        .status())
                .isEqualTo(202);
    }

    private static void mail(String subject, String content, String type) throws Exception {
        var properties = new Properties();
        properties.setProperty("mail.smtp.host", "127.0.0.1");
        properties.setProperty("mail.smtp.port", String.valueOf(smtpPort));
        var message = new MimeMessage(Session.getInstance(properties));
        message.setFrom("alertmanager@example.com");
        message.addRecipients(RecipientType.TO, "duty@example.com, second@example.com");
        message.setSubject(subject, "UTF-8");
        message.setContent(content, type);
        Transport.send(message);
    }

    private static JsonNode latest(String inbox, String text) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> api.get("/" + inbox + ".json").text().contains(text));
        return api.get("/" + inbox + ".json").json().path("items").path(0);
    }

    @Test
    void showsWhatWasSentToTheRobotWithItsTime() throws IOException {
        Instant before = Instant.now().minusSeconds(1);
        send("[firing] TargetDown", "### TargetDown firing (1)\n\n- **shown-by-robot**");

        JsonNode message = latest("dingtalk", "shown-by-robot");

        assertThat(message.path("text").asText()).contains("TargetDown firing", "shown-by-robot");
        assertThat(message.path("title").asText()).isEqualTo("[firing] TargetDown");
        assertThat(Instant.parse(message.path("received").asText()))
                .isBetween(before, Instant.now().plusSeconds(1));
        assertThat(api.get("/dingtalk").text()).contains("shown-by-robot", "[firing] TargetDown");
    }

    @Test
    void drawsTheRobotsMarkdown() throws IOException {
        send(
                "Drawn",
                "### Drawn\n\n> quoted\n\n- **bold** [Runbook](https://example.com/TargetDown.md)\n\n@13800000000 @139",
                "13800000000");

        assertThat(api.get("/dingtalk").text())
                .contains(
                        "<h3>Drawn</h3>",
                        "<blockquote>\n<p>quoted</p>",
                        "<li><strong>bold</strong>",
                        "href=\"https://example.com/TargetDown.md\"",
                        "rel=\"noopener noreferrer nofollow\"",
                        "<span class=\"mention\">@13800000000</span> @139");
    }

    @Test
    void showsCallsAndThatTheyWereAcknowledged() throws IOException {
        call("duty-1", "OrdersStalled firing: phoned");
        call("nobody", "unheard");

        await().atMost(Duration.ofSeconds(60))
                .until(() -> api.get("/phone.json").text().contains("acknowledged"));

        assertThat(api.get("/phone.json").json().path("items"))
                .anySatisfy(call -> {
                    assertThat(call.path("text").asText()).isEqualTo("OrdersStalled firing: phoned");
                    assertThat(Instant.parse(call.path("acknowledged").asText()))
                            .isBeforeOrEqualTo(Instant.now());
                })
                .anySatisfy(call -> {
                    assertThat(call.path("text").asText()).isEqualTo("unheard");
                    assertThat(call.has("acknowledged")).isFalse();
                });
        assertThat(ACKNOWLEDGED)
                .contains("POST /calls/call-to-duty-1/acknowledgement Bearer secret-of-relay")
                .noneMatch(request -> request.contains("nobody"));
        assertThat(api.get("/phone").text()).contains("duty-1", "acknowledged");
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
        assertThat(api.get("/mailbox").text()).contains("1 alert &lt;resolved&gt;", "order-service-b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mailbox", "dingtalk", "phone"})
    void runsNothingOfWhatWasSent(String page) throws Exception {
        String attack = "<script>alert(1)</script><img src=x onerror='alert(2)'>\\\"";
        int sharedSmtpPort = smtpPort;
        smtpPort = Ports.free();
        try (RunningService own = start(Map.of("mail.port", String.valueOf(smtpPort)))) {
            RunningService shared = standIns;
            standIns = own;
            api = Api.on(own.port());
            try {
                mail(attack, "<b>" + attack, "text/plain; charset=utf-8");
                send(attack, attack + " @" + attack, attack, "a\" onclick=\"b");
                send(
                        "Links",
                        "a " + attack + " [a](javascript:alert(3)) ![b](x:y) @a\" onclick=\"b",
                        "a\" onclick=\"b");
                call(attack.substring(0, 50), attack);
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> api.get("/" + page).text().contains("alert(1)"));

                Answer answer = api.get("/" + page);

                assertThat(answer.text())
                        .contains("&lt;script&gt;")
                        .doesNotContain("<script", "<img", "onerror='", "onclick=\"", "javascript:", "x:y")
                        .doesNotContain("https://", "http://");
                assertThat(answer.header("Content-Security-Policy").orElseThrow())
                        .startsWith("default-src 'none'; style-src 'sha256-")
                        .doesNotContain("unsafe");
                assertThat(answer.header("X-Content-Type-Options")).contains("nosniff");
                assertThat(answer.header("Content-Type")).contains("text/html; charset=utf-8");
            } finally {
                standIns = shared;
                smtpPort = sharedSmtpPort;
                api = Api.on(shared.port());
            }
        }
    }

    @Test
    void rejectsMessagesOfStrangers() {
        assertThat(api.post(DingTalkRobot.PATH + "?access_token=guess", "{}").text())
                .contains("300005");
        assertThat(api.post(PhoneProvider.PATH, "{}").status()).isEqualTo(401);
    }

    @Test
    void rejectsACallWithoutAText() {
        assertThat(api.withToken("secret-of-phone")
                        .post(PhoneProvider.PATH, "{\"id\": \"1\", \"callee\": \"duty-1\"}")
                        .status())
                .isEqualTo(422);
    }

    @ParameterizedTest
    @CsvSource({"/, 303", "/mailbox, 200", "/dingtalk, 200", "/phone, 200", "/phone.json, 200", "/nowhere, 404"})
    void leadsToItsPages(String path, int status) {
        assertThat(api.get(path).status()).isEqualTo(status);
    }

    @Test
    void isReadyWhileItRuns() {
        assertThat(Api.on(standIns.adminPort()).get("/observe/health/ready").status())
                .isEqualTo(200);
    }

    @Test
    void namesThePortOfTheMailServerIfItIsTaken() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();

            assertThatThrownBy(() -> start(Map.of("mail.port", String.valueOf(port))))
                    .hasMessageContaining("mail.port: 127.0.0.1:" + port + " can't be listened on");
        }
    }
}
