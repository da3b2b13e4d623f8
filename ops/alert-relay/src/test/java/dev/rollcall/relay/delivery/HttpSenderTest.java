package dev.rollcall.relay.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.discovery.testing.BadPeer;
import dev.rollcall.discovery.testing.BadPeer.Behaviour;
import java.time.Duration;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HttpSenderTest {
    @ParameterizedTest
    @EnumSource
    @Timeout(20)
    void everyExchangeEndsAndTellsNothingOfTheUrl(Behaviour behaviour) {
        try (BadPeer peer = new BadPeer(behaviour);
                HttpSender sender = new HttpSender(Duration.ofMillis(700))) {
            long start = System.nanoTime();

            assertThat(sender.post(peer.url().resolve("/?access_token=secret"), "", new byte[] {'{', '}'}))
                    .isInstanceOfSatisfying(HttpSender.Lost.class, lost -> {
                        assertThat(lost.reason()).doesNotContain("secret");
                        switch (behaviour) {
                            case SILENT, TRICKLED_HEADERS, TRICKLED_BODY ->
                                assertThat(lost.reason()).isEqualTo("no answer within PT0.7S");
                            // whichever comes first
                            case ENDLESS_BODY ->
                                assertThat(lost.reason())
                                        .matches("no answer within PT0.7S|it answers more than 1048576 bytes");
                            case ENDLESS_HEADERS, RESET_IN_BODY, GARBAGE ->
                                assertThat(lost.reason()).isNotEmpty();
                        }
                    });

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
        }
    }
}
