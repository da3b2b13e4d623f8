package dev.rollcall.launcher.incident;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class ChainTest {

    private static final Instant DEED = Instant.parse("2026-01-01T12:00:00Z");

    private final Chain chain = new Chain();

    @Test
    void tellsWhatFollowsAsItHappens() {
        chain.add("SIGKILL", DEED);

        assertThat(chain.add("pending", DEED.plusMillis(4_240))).matches("\\d\\d:\\d\\d:04\\.240 {5}4\\.2 s  pending");
    }

    @Test
    void isInTheOrderInWhichThingsHappened() {
        chain.add("SIGKILL", DEED);
        chain.add("firing", DEED.plusSeconds(24));
        chain.add("pending", DEED.plusSeconds(4));

        assertThat(chain.toString().lines().map(line -> line.replaceFirst(".* s  ", "")))
                .containsExactly("AT            AFTER     WHAT", "SIGKILL", "pending", "firing");
    }
}
