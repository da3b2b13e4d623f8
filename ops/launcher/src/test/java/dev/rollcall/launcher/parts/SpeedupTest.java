package dev.rollcall.launcher.parts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpeedupTest {

    private static final String RULES = """
            groups:
              - name: a
                interval: 1m
                rules:
                  # for: 5m is what it says here too
                  - alert: Gone
                    expr: count(up) < 0.5 * max_over_time(count(up)[30m:1m])
                    for: 1m
                  - alert: Tried
                    expr: |
                      sum by (job) (rate(a_total{b=~"[5m]x"}[2m])) > 5 * sum by (job) (rate(a_total[1h] offset 2m))
                    for: 20s
            """;

    @Test
    void shortensWhatRulesLookBackAndWait() {
        assertThat(new Speedup(12).rules(RULES))
                .contains(
                        "interval: 5s\n",
                        "max_over_time(count(up)[150s:5s])",
                        "for: 5s\n",
                        "[20s])) > 5 * sum by (job) (rate(a_total[300s] offset 10s))",
                        "for: 2s\n");
    }

    @Test
    void leavesRulesAsTheyAreWhereTimeGoesAsTheClockDoes() {
        assertThat(Speedup.NONE.rules(RULES)).isEqualTo(RULES);
    }

    @ParameterizedTest
    @CsvSource({"10s, 1s", "1m, 5s", "4h, 1200s", "3d, 21600s", "13s, 2s", "soon, soon"})
    void shortensToWholeSeconds(String time, String shortened) {
        assertThat(new Speedup(12).shorten(time)).isEqualTo(shortened);
    }
}
