package dev.rollcall.order.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.fail;

import dev.rollcall.order.domain.RefusedCodes.Attempt;
import dev.rollcall.order.domain.RefusedCodes.TooMany;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class RefusedCodesTest {
    private static final Duration WINDOW = Duration.ofMinutes(10);

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final InstantSource source = () -> now;
    private final Clock clock = source.withZone(ZoneOffset.UTC);
    private final RefusedCodes codes = new RefusedCodes(2, WINDOW, clock);

    private Attempt begin(String client, String code) {
        return codes.enter(client, code) instanceof Attempt attempt ? attempt : fail(client + " may not try " + code);
    }

    private void refuse(String client, String code) {
        begin(client, code).end(true);
    }

    private boolean mayTry(String client, String code) {
        return switch (codes.enter(client, code)) {
            case Attempt attempt -> {
                attempt.end(false);
                yield true;
            }
            case TooMany tooMany -> false;
        };
    }

    @Test
    void refusesTheCodeAfterTheLimitUntilTheWindowEnds() {
        refuse("zoe", "A");
        now = now.plusSeconds(60);
        refuse("zoe", "B");

        assertThat(codes.enter("zoe", "C")).isEqualTo(new TooMany(Duration.ofMinutes(9)));
        assertThat(mayTry("max", "C")).isTrue();

        now = now.plus(Duration.ofMinutes(9));
        assertThat(mayTry("zoe", "C")).isTrue();
    }

    @Test
    void countsARepeatedCodeOnce() {
        for (int i = 0; i < 100; i++) {
            refuse("zoe", "A");
        }

        refuse("zoe", "B");
        assertThat(mayTry("zoe", "C")).isFalse();
        assertThat(mayTry("zoe", "A")).isTrue();
    }

    @Test
    void forgivesGoodCodes() {
        for (int i = 0; i < 100; i++) {
            begin("zoe", "GOOD-" + i).end(false);
        }

        refuse("zoe", "A");
        refuse("zoe", "B");
        assertThat(mayTry("zoe", "C")).isFalse();
    }

    @Test
    void forgivesNoRefusalForALaterAttemptWithTheSameCode() {
        for (String code : List.of("A", "B")) {
            refuse("zoe", code);
            begin("zoe", code).end(false);
        }

        assertThat(mayTry("zoe", "C")).isFalse();
    }

    @Test
    void countsACodeAsLongAsAnyAttemptWithItIsOpen() {
        refuse("zoe", "A");
        Attempt first = begin("zoe", "B");
        Attempt second = begin("zoe", "B");

        first.end(false);
        first.end(false);
        assertThat(mayTry("zoe", "C")).isFalse();

        second.end(false);
        assertThat(mayTry("zoe", "C")).isTrue();
    }

    @Test
    void keepsARefusalWhenAnAttemptAtTheSameTimeEndsWithoutOne() {
        refuse("zoe", "A");
        Attempt refused = begin("zoe", "B");
        Attempt unknown = begin("zoe", "B");

        refused.end(true);
        unknown.end(false);

        assertThat(mayTry("zoe", "C")).isFalse();
    }

    @Test
    void leavesTheNextWindowAloneWhenAnAttemptOfTheLastOneEnds() {
        Attempt old = begin("zoe", "A");
        now = now.plus(WINDOW);
        refuse("zoe", "A");
        refuse("zoe", "B");

        old.end(false);

        assertThat(mayTry("zoe", "C")).isFalse();
    }

    @Test
    void forgetsWhoBeganTheLongestAgoFirst() {
        refuse("first", "A");
        refuse("first", "B");
        refuse("second", "A");
        refuse("second", "B");
        for (int i = 0; i < 9_999; i++) {
            refuse("client-" + i, "A");
        }

        assertThat(mayTry("second", "C")).isFalse();
        assertThat(mayTry("first", "C")).isTrue();
    }

    @Test
    void needsALimitAndAWindow() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RefusedCodes(0, WINDOW, clock))
                .withMessageContaining("limit: 0");
        assertThatIllegalArgumentException().isThrownBy(() -> new RefusedCodes(1, Duration.ZERO, clock));
    }
}
