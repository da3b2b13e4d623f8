package dev.rollcall.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.discovery.http.BoundedHttpClient;
import dev.rollcall.discovery.testing.BadPeer;
import dev.rollcall.discovery.testing.BadPeer.Behaviour;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HttpJsonTest {
    @ParameterizedTest
    @EnumSource
    @Timeout(20)
    void everyQuestionEndsWithOneLine(Behaviour behaviour) {
        try (BadPeer peer = new BadPeer(behaviour);
                BoundedHttpClient client = new BoundedHttpClient(Duration.ofMillis(700), 1000)) {
            HttpJson json = new HttpJson(client, peer.url(), Optional.empty());
            long start = System.nanoTime();

            assertThatThrownBy(() -> json.get("/v1/agent/self"))
                    .isInstanceOf(HttpJson.Unanswered.class)
                    .hasMessage(peer.url()
                            + switch (behaviour) {
                                case SILENT, TRICKLED_HEADERS, TRICKLED_BODY -> " does not answer within 700 ms";
                                case ENDLESS_BODY -> " answers more than 1000 bytes";
                                case ENDLESS_HEADERS, RESET_IN_BODY, GARBAGE -> " does not answer";
                            });

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
        }
    }
}
