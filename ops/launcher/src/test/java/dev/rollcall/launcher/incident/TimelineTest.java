package dev.rollcall.launcher.incident;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class TimelineTest {

    private static final Instant DEED = Instant.parse("2026-01-01T12:00:00Z");

    private final Timeline timeline = new Timeline();

    @Test
    void tellsWhatFollowsAsItHappens() {
        timeline.add("SIGKILL", DEED);

        assertThat(timeline.add("pending", DEED.plusMillis(4_240)))
                .matches("\\d\\d:\\d\\d:04\\.240 {5}4\\.2 s  pending");
    }

    @Test
    void isInTheOrderInWhichThingsHappened() {
        timeline.add("SIGKILL", DEED);
        timeline.add("firing", DEED.plusSeconds(24));
        timeline.add("pending", DEED.plusSeconds(4));

        assertThat(timeline.toString().lines().map(line -> line.replaceFirst(".* s  ", "")))
                .containsExactly("AT            AFTER     WHAT", "SIGKILL", "pending", "firing");
    }
}
