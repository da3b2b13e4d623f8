package dev.rollcall.discovery.consul;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.rollcall.discovery.testing.BadPeer;
import dev.rollcall.discovery.testing.BadPeer.Behaviour;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Calls to faulty agents end within the time limit. */
@Timeout(60)
class ConsulTransportTest {
    private static final Duration TIMEOUT = Duration.ofMillis(700);

    @ParameterizedTest
    @EnumSource
    void everyCallEndsInTimeAndHangsUp(Behaviour behaviour) {
        try (BadPeer peer = new BadPeer(behaviour);
                ConsulTransport transport = new ConsulTransport(config(peer.url()))) {
            long start = System.nanoTime();

            assertThatThrownBy(() -> transport.get("/v1/agent/self", "agent:read", List.of(), Duration.ZERO))
                    .isInstanceOf(ConsulUnavailableException.class)
                    .hasMessageMatching("Consul at " + peer.url()
                            + switch (behaviour) {
                                case SILENT, TRICKLED_HEADERS, TRICKLED_BODY ->
                                    " does not answer: no answer within 700 ms";
                                // whichever comes first
                                case ENDLESS_BODY -> " (does not answer: .*|answers more than 33554432 bytes)";
                                case ENDLESS_HEADERS, RESET_IN_BODY, GARBAGE -> " does not answer: .+";
                            });

            assertThat(since(start)).isLessThan(TIMEOUT.plusSeconds(8));
            await().atMost(Duration.ofSeconds(5)).until(peer::isAlone);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Behaviour.class,
            names = {"SILENT", "TRICKLED_HEADERS", "TRICKLED_BODY"})
    void everyBlockingQueryEndsInTime(Behaviour behaviour) {
        try (BadPeer peer = new BadPeer(behaviour);
                ConsulTransport transport = new ConsulTransport(config(peer.url()))) {
            assertThatThrownBy(() ->
                            transport.get("/v1/health/service/x", "service:read", List.of(), Duration.ofSeconds(1)))
                    .hasMessage("Consul at " + peer.url() + " does not answer: no answer within 1762 ms");
        }
    }

    @Test
    void aSilentHandshakeEndsInTime() {
        try (BadPeer peer = new BadPeer(Behaviour.SILENT);
                ConsulTransport transport =
                        new ConsulTransport(config(URI.create("https://127.0.0.1:" + peer.port())))) {
            assertThatThrownBy(() -> transport.put("/v1/agent/service/register", "service:write", "{}", List.of()))
                    .isInstanceOf(ConsulUnavailableException.class)
                    .hasMessageContaining("does not answer: no answer within 700 ms");

            await().atMost(Duration.ofSeconds(5)).until(peer::isAlone);
        }
    }

    @Test
    void anAnswerWithoutEndDoesNotFillTheMemory() {
        AgentConfig patient =
                AgentConfig.builder().timeout(Duration.ofSeconds(30)).buildPrototype();
        try (BadPeer peer = new BadPeer(Behaviour.ENDLESS_BODY);
                ConsulTransport transport = new ConsulTransport(
                        AgentConfig.builder(patient).url(peer.url()).buildPrototype())) {
            assertThatThrownBy(() -> transport.get("/v1/catalog/services", "service:read", List.of(), Duration.ZERO))
                    .hasMessage("Consul at " + peer.url() + " answers more than 33554432 bytes");
        }
    }

    @Test
    void anInterruptEndsACall() {
        try (BadPeer peer = new BadPeer(Behaviour.TRICKLED_BODY);
                ConsulTransport transport = new ConsulTransport(config(peer.url()))) {
            Thread.currentThread().interrupt();

            assertThatThrownBy(() -> transport.get("/v1/agent/self", "agent:read", List.of(), Duration.ZERO))
                    .hasMessage("Consul at " + peer.url() + " does not answer: interrupted");

            assertThat(Thread.interrupted()).isTrue();
        }
    }

    private static AgentConfig config(URI url) {
        return AgentConfig.builder().url(url).timeout(TIMEOUT).buildPrototype();
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
