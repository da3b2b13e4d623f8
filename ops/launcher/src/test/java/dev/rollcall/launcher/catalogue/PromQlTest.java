package dev.rollcall.launcher.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.launcher.catalogue.PromQl.Selector;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PromQlTest {

    @Test
    void findsTheSeriesThatAnExpressionReads() {
        assertThat(PromQl.selectors("""
                        histogram_quantile(0.99, sum by (job, le) (rate(latency_seconds_bucket[5m] offset 1d)))
                        / on (job) group_left (team) job:owner:info unless on () (absent(up) == bool 1) or -Inf + 1e3
                        """))
                .extracting(Selector::series)
                .containsExactly("latency_seconds_bucket", "job:owner:info", "up");
    }

    @Test
    void tellsByWhichLabelsTheyArePicked() {
        assertThat(
                        PromQl.selectors(
                                "a{x=\"1\", y=~'2|3',} + b{x!=\"1\", z=~\"$z\", \"odd\"} - c{path=\"/orders/{id}\", job=\"}\"}"))
                .contains(new Selector("a", Set.of("x", "y")), new Selector("c", Set.of("path", "job")));
        assertThat(PromQl.selectors("b{x!=\"1\",y!~\"2\",z=~\"$z\"}")).containsExactly(new Selector("b", Set.of()));
    }

    @Test
    void takesTextAndVariablesOfDashboardsForNoSeries() {
        assertThat(PromQl.selectors(
                        "label_replace(rate(a{job=~\"$job\"}[$__rate_interval]), \"to\", \"$1\", \"from\", \"(b) c\")"))
                .containsExactly(new Selector("a", Set.of()));
        assertThat(PromQl.selectors("topk($n, sum(a) by (x)) > 2m"))
                .extracting(Selector::series)
                .containsExactly("a");
    }
}
