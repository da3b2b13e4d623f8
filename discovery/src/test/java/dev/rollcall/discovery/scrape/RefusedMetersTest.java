package dev.rollcall.discovery.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RefusedMetersTest {
    private final PrometheusMeterRegistry registry =
            ScrapeFeature.create(it -> it.enabled(false)).registry();
    private final Logger logger = Logger.getLogger(RefusedMeters.class.getName());
    private final Queue<String> warnings = new ConcurrentLinkedQueue<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            warnings.add(new SimpleFormatter().formatMessage(entry));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        logger.addHandler(handler);
    }

    @AfterEach
    void stopListening() {
        logger.removeHandler(handler);
    }

    @Test
    void servesMetersOfOneNameWithOtherLabels() {
        registry.counter("payments", "status", "paid").increment();
        registry.counter("payments", "status", "refused", "reason", "limit").increment(2);
        registry.counter("payments").increment(3);
        registry.timer("wait", "a", "1").record(Duration.ofMillis(5));
        registry.timer("wait", "b", "1").record(Duration.ofMillis(5));

        assertThat(series("payments_total"))
                .containsExactlyInAnyOrder(
                        "payments_total{status=\"paid\"} 1.0",
                        "payments_total{reason=\"limit\",status=\"refused\"} 2.0",
                        "payments_total 3.0");
        assertThat(series("wait_seconds_count"))
                .containsExactlyInAnyOrder("wait_seconds_count{a=\"1\"} 1", "wait_seconds_count{b=\"1\"} 1");
        assertThat(warnings).isEmpty();
    }

    @Test
    void namesEachMeterWhosePrometheusNameIsTaken() {
        registry.counter("jobs.done").increment();
        registry.counter("jobs_done").increment();
        registry.counter("jobs_done").increment();
        registry.counter("jobs_done", "kind", "a").increment();
        registry.gauge("jobs.done.total", 1);

        assertThat(series("jobs_done_total")).containsExactly("jobs_done_total 1.0");
        assertThat(warnings)
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("meter jobs_done with labels [] is not scraped: "),
                        second -> assertThat(second).startsWith("meter jobs_done with labels [kind] is not scraped: "),
                        third -> assertThat(third).startsWith("meter jobs.done.total with labels [] is not scraped: "));
    }

    @Test
    void servesAllOthersWhenTheLabelsOfOneAreImpossible() {
        registry.counter("good").increment();
        registry.gauge("clash", Tags.of("a.b", "1", "a_b", "2"), 1);
        registry.timer("reserved", "le", "1").record(Duration.ofMillis(5));
        registry.summary("reserved.too", "quantile", "1").record(5);
        registry.timer("reserved", "le", "2").record(Duration.ofMillis(5));

        assertThat(series("good_total")).containsExactly("good_total 1.0");
        assertThat(warnings)
                .containsExactly(
                        "meter clash with labels [a.b, a_b] is not scraped: two of its labels are both called a_b",
                        "meter reserved with labels [le] is not scraped: the label le is reserved in histograms and summaries",
                        "meter reserved.too with labels [quantile] is not scraped: the label quantile is reserved in histograms and summaries");
    }

    private List<String> series(String name) {
        return registry.scrape()
                .lines()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .toList();
    }
}
