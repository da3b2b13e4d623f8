package dev.rollcall.discovery.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rollcall.discovery.testing.BadPeer;
import dev.rollcall.discovery.testing.BadPeer.Behaviour;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReadinessTest {
    private static final Duration TIMEOUT = Duration.ofMillis(700);

    @ParameterizedTest
    @EnumSource
    @Timeout(20)
    void anInstanceThatAnswersWithoutAnEndIsCritical(Behaviour behaviour) throws InterruptedException {
        try (BadPeer peer = new BadPeer(behaviour)) {
            URI path = peer.url().resolve("/observe/health");
            long start = System.nanoTime();
            try (Readiness readiness = new Readiness(path, TIMEOUT)) {
                Readiness.Answer answer = readiness.ask();

                assertThat(answer.status()).isEqualTo(CheckStatus.CRITICAL);
                assertThat(answer.output()).startsWith("GET " + path + ": ");
                if (behaviour == Behaviour.TRICKLED_BODY) {
                    assertThat(answer.output()).contains("does not answer within 700 ms");
                }
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(TIMEOUT.plusSeconds(8));
            }
            await().atMost(Duration.ofSeconds(5)).until(peer::isAlone);
        }
    }
}
