package dev.rollcall.order.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class RefusedCodesTest {
    private static final Duration WINDOW = Duration.ofMinutes(10);

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final InstantSource source = () -> now;
    private final Clock clock = source.withZone(ZoneOffset.UTC);
    private final RefusedCodes codes = new RefusedCodes(2, WINDOW, clock);

    @Test
    void refusesTheCodeAfterTheLimitUntilTheWindowEnds() {
        assertThat(codes.enter("zoe", "A")).isEmpty();
        now = now.plusSeconds(60);
        assertThat(codes.enter("zoe", "B")).isEmpty();

        assertThat(codes.enter("zoe", "C")).contains(Duration.ofMinutes(9));
        assertThat(codes.enter("max", "C")).isEmpty();

        now = now.plus(Duration.ofMinutes(9));
        assertThat(codes.enter("zoe", "C")).isEmpty();
    }

    @Test
    void holdsARepeatedCodeAgainstNobody() {
        for (int i = 0; i < 100; i++) {
            assertThat(codes.enter("zoe", "A")).isEmpty();
        }

        assertThat(codes.enter("zoe", "B")).isEmpty();
        assertThat(codes.enter("zoe", "C")).isPresent();
        assertThat(codes.enter("zoe", "A")).isEmpty();
    }

    @Test
    void forgivesGoodCodes() {
        for (int i = 0; i < 100; i++) {
            assertThat(codes.enter("zoe", "GOOD-" + i)).isEmpty();
            codes.forgive("zoe", "GOOD-" + i);
        }
        codes.forgive("nobody", "A");

        assertThat(codes.enter("zoe", "A")).isEmpty();
        assertThat(codes.enter("zoe", "B")).isEmpty();
        assertThat(codes.enter("zoe", "C")).isPresent();
    }

    @Test
    void forgetsWhoBeganTheLongestAgoFirst() {
        codes.enter("first", "A");
        codes.enter("first", "B");
        codes.enter("second", "A");
        codes.enter("second", "B");
        for (int i = 0; i < 9_999; i++) {
            codes.enter("client-" + i, "A");
        }

        assertThat(codes.enter("second", "C")).isPresent();
        assertThat(codes.enter("first", "C")).isEmpty();
    }

    @Test
    void needsALimitAndAWindow() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RefusedCodes(0, WINDOW, clock))
                .withMessageContaining("limit: 0");
        assertThatIllegalArgumentException().isThrownBy(() -> new RefusedCodes(1, Duration.ZERO, clock));
    }
}
