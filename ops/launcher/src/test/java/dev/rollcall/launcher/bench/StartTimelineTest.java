package dev.rollcall.launcher.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class StartTimelineTest {

    @Test
    void drawsWhatEachInstanceWaitedFor() {
        assertThat(StartTimeline.draw(List.of(
                        line("node-exporter", 1, 0, 0, 4),
                        line("order-service", 1, 2, 3, 6),
                        new StartTimeline(
                                "console", Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ofMillis(6_900)))))
                .isEqualTo("""
                        INSTANCE       SCRAPED  SECONDS SINCE UP
                                                0              5
                        node-exporter  4.0 s       =========#
                        order-service  6.0 s       ...---=========#
                        console        6.9 s    ====================#
                        . starts   - listens   = is registered, waits for Prometheus   # is scraped""");
    }

    private static StartTimeline line(String instance, int process, int listens, int registered, int scraped) {
        return new StartTimeline(
                instance,
                Duration.ofSeconds(process),
                Duration.ofSeconds(listens),
                Duration.ofSeconds(registered),
                Duration.ofSeconds(scraped));
    }
}
