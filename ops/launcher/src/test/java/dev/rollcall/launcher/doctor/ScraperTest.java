package dev.rollcall.launcher.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.discovery.testing.BadPeer;
import dev.rollcall.discovery.testing.BadPeer.Behaviour;
import dev.rollcall.rollcall.NoAnswer;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ScraperTest {
    @ParameterizedTest
    @EnumSource
    @Timeout(20)
    void everyScrapeEndsWithOneLine(Behaviour behaviour) {
        try (BadPeer peer = new BadPeer(behaviour)) {
            long start = System.nanoTime();

            assertThatThrownBy(() -> new Scraper()
                            .scrape(peer.url().resolve("/metrics"), Optional.empty(), Duration.ofSeconds(1)))
                    .isInstanceOf(NoAnswer.class)
                    .hasMessageMatching(peer.url()
                            + switch (behaviour) {
                                case SILENT, TRICKLED_HEADERS, TRICKLED_BODY -> " does not answer within 1 s";
                                // whichever comes first
                                case ENDLESS_BODY -> " (does not answer within 1 s|answers more than \\d+ bytes)";
                                case ENDLESS_HEADERS, RESET_IN_BODY, GARBAGE ->
                                    " (does not answer within 1 s|answers no HTTP: .+)";
                            });

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
        }
    }
}
