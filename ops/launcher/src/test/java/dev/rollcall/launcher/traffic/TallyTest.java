package dev.rollcall.launcher.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TallyTest {

    @Test
    void sumsUpByStatus() {
        Tally tally = new Tally();
        for (int i = 0; i < 18; i++) {
            tally.answered(201);
        }
        tally.answered(422);
        tally.answered(400);

        assertThat(tally.after(Duration.ofSeconds(10)))
                .isEqualTo("20 orders in 10 s (2.0/s), answered 201: 18, 400: 1, 422: 1; 0 sent again, 0 failed");
        assertThat(tally.isClean()).isTrue();
    }

    @Test
    void tellsAfterWhichAnswersOrdersWereSentAgain() {
        Tally tally = new Tally();

        assertThat(tally.sentAgain(503)).isTrue();
        assertThat(tally.sentAgain(503)).isFalse();
        assertThat(tally.sentAgain(0)).isTrue();

        assertThat(tally.after(Duration.ofSeconds(1)))
                .endsWith("; 3 sent again (after no answer: 1, 503: 2), 0 failed");
        assertThat(tally.isClean()).isTrue();
    }

    @Test
    void isNotCleanAfterAFailure() {
        Tally tally = new Tally();
        tally.failed();

        assertThat(tally.isClean()).isFalse();
        assertThat(tally.after(Duration.ofSeconds(1))).isEqualTo("0 orders in 1 s (0.0/s); 0 sent again, 1 failed");
    }
}
