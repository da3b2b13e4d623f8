package dev.rollcall.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Relays that cannot start, and what they say. KillTest starts one that can. */
class MainTest {
    @TempDir
    private Path folder;

    private Relays relays;
    private Map<String, String> settings;

    @BeforeEach
    void prepare() {
        relays = new Relays(folder);
        settings = relays.unanswered();
    }

    @AfterEach
    void stop() {
        relays.close();
    }

    @Test
    void exitsWithOneLineIfItsPortIsTaken() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            settings.put("server.port", String.valueOf(taken.getLocalPort()));

            RelayProcess relay = RelayProcess.start(settings, folder.resolve("log"));

            assertThat(relay.process().waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(relay.process().exitValue()).as(relay.log()).isEqualTo(1);
            assertThat(relay.log().lines())
                    .singleElement()
                    .asString()
                    .contains(
                            "alert-relay can't start: ", "127.0.0.1:" + taken.getLocalPort() + " can't be listened on");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "tokens.relay-file, /nowhere/relay, token file /nowhere/relay can't be used",
        "queue.directory, /dev/null/queue, queue.directory: /dev/null/queue can't be used",
        "dingtalk.time-zone, Mars, dingtalk.time-zone",
        "dingtalk.messages, 0, dingtalk.messages: 0 (expected: 1 or more)",
        "dingtalk.period, -PT1S, dingtalk.period: PT-1S (expected: not negative)",
        "delivery.longest-delay, PT0.001S, 'delivery: first-delay PT0.05S, longest-delay PT0.001S'",
        "phone.callees, '', phone.callees: none (expected: at least one)",
        "dingtalk.robots.0.language, fr, 'language: fr (expected: one of en, zh)'",
        "dingtalk.robots.0.name, A/B, 'dingtalk.robots.0.name: A/B (expected: 1 to 32 lower-case letters'",
        "server.port, many, server.port"
    })
    void namesTheWrongValue(String key, String value, String message) {
        settings.put(key, value);

        assertThatThrownBy(() -> relays.start(settings)).hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource({
        "dingtalk.robots: none",
        "phone.url is missing",
        "dingtalk.robots.url is missing (expected: the URL of robot duty)",
        "dingtalk.robots.secret-file is missing (expected: the secret of robot duty)"
    })
    void asksForUrlsAndSecrets(String message) {
        settings = relays.ownSettings();
        settings.put("phone.enabled", String.valueOf(message.startsWith("phone")));
        settings.put("dingtalk.enabled", String.valueOf(message.startsWith("dingtalk")));
        if (message.contains("duty")) {
            settings.put("dingtalk.robots.0.name", "duty");
        }
        if (message.contains("secret")) {
            settings.put("dingtalk.robots.0.url", "http://127.0.0.1:9/");
        }

        assertThatThrownBy(() -> relays.start(settings)).hasMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://example.com/send?access_token=sec ret", "ftp://example.com/secret", "secret"})
    void doesNotShowAUrlThatIsNone(String url) {
        settings = relays.ownSettings();
        settings.put("dingtalk.robots.0.name", "duty");
        settings.put("dingtalk.robots.0.url", url);

        assertThatThrownBy(() -> relays.start(settings))
                .hasMessage("dingtalk.robots.url is no URL (expected: the URL of robot duty, with http or https)")
                .hasNoCause();
    }

    @Test
    void leavesItsQueueToOneRelayAtATime() {
        relays.start(settings);

        assertThatThrownBy(() -> relays.start(settings)).hasMessageContaining("is in use");
    }
}
