package dev.rollcall.relay.dingtalk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TokenBucketTest {
    private long now = 1_000;
    private TokenBucket bucket = new TokenBucket(20, Duration.ofMinutes(1), () -> now);

    @Test
    void letsNoMoreThanItsLimitThroughInAnyMinute() {
        List<Long> sent = new ArrayList<>();
        for (int tick = 0; tick < 3_600; tick++) {
            // quiet for a while, then as much as it lets through, and killed once in between
            if (tick == 1_000) {
                bucket = new TokenBucket(20, Duration.ofMinutes(1), () -> now);
            }
            while (tick % 700 > 200 && bucket.available() > 0) {
                bucket.take();
                sent.add(now);
            }
            now += Duration.ofMillis(100).toNanos();
        }

        assertThat(sent).hasSizeGreaterThan(50);
        assertThat(sent)
                .allSatisfy(first -> assertThat(sent.stream()
                                .filter(time -> time >= first
                                        && time < first + Duration.ofMinutes(1).toNanos())
                                .count())
                        .isLessThanOrEqualTo(20));
    }

    @Test
    void beginsWithOneAndSavesAFew() {
        assertThat(bucket.available()).isEqualTo(1);

        now += Duration.ofHours(1).toNanos();

        assertThat(bucket.available()).isEqualTo(4);
    }

    @Test
    void refusesToGiveWhatItHasNot() {
        bucket.take();

        assertThatThrownBy(bucket::take).isInstanceOf(IllegalStateException.class);
    }
}
