package dev.rollcall.rollcall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.discovery.http.BoundedHttpClient;
import dev.rollcall.discovery.testing.BadPeer;
import dev.rollcall.discovery.testing.BadPeer.Behaviour;
import java.time.Duration;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HttpApiTest {
    @ParameterizedTest
    @EnumSource
    @Timeout(20)
    void everyQuestionEndsWithOneLine(Behaviour behaviour) {
        Duration timeout = switch (behaviour) {
            case SILENT, TRICKLED_HEADERS, TRICKLED_BODY -> Duration.ofMillis(700);
            // these end by themselves, on a busy machine later
            case ENDLESS_BODY, ENDLESS_HEADERS, RESET_IN_BODY, GARBAGE -> Duration.ofSeconds(8);
        };
        try (BadPeer peer = new BadPeer(behaviour);
                BoundedHttpClient client = new BoundedHttpClient(timeout, 1000)) {
            HttpApi api = new HttpApi(client, peer.url());
            long start = System.nanoTime();

            assertThatThrownBy(() -> api.json("/v1/agent/self"))
                    .isInstanceOf(NoAnswer.class)
                    .hasMessageMatching(peer.url()
                            + switch (behaviour) {
                                case SILENT, TRICKLED_HEADERS, TRICKLED_BODY -> " does not answer within 700 ms";
                                case ENDLESS_BODY -> " answers more than 1000 bytes";
                                case ENDLESS_HEADERS, RESET_IN_BODY, GARBAGE -> " answers no HTTP: .+";
                            });

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
        }
    }
}
