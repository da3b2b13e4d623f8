package dev.rollcall.relay.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.relay.Webhooks;
import dev.rollcall.relay.domain.Channel;
import dev.rollcall.relay.domain.Result;
import dev.rollcall.relay.queue.QueueDirectory;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RelayMetersTest {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final RelayMeters meters = new RelayMeters(registry, Clock.systemUTC());

    private List<String> lines(String start) {
        return registry.scrape().lines().filter(line -> line.startsWith(start)).toList();
    }

    @Test
    void exposesEveryOutcomeFromTheStart() {
        assertThat(registry.scrape()
                        .lines()
                        .filter(line -> !line.contains("le=") && !line.contains("_max"))
                        .filter(line -> !line.contains("channel=\"phone\""))
                        .collect(Collectors.joining("\n", "", "\n")))
                .isEqualTo("""
                # HELP alert_delivery_seconds Time from the acceptance of a notification to its delivery
                # TYPE alert_delivery_seconds histogram
                alert_delivery_seconds_count{channel="dingtalk"} 0
                alert_delivery_seconds_sum{channel="dingtalk"} 0.0
                # HELP alert_notifications_total Notifications and attempts to deliver them, by what became of them
                # TYPE alert_notifications_total counter
                alert_notifications_total{channel="dingtalk",result="accepted"} 0.0
                alert_notifications_total{channel="dingtalk",result="corrupt"} 0.0
                alert_notifications_total{channel="dingtalk",result="dead"} 0.0
                alert_notifications_total{channel="dingtalk",result="delivered"} 0.0
                alert_notifications_total{channel="dingtalk",result="duplicate"} 0.0
                alert_notifications_total{channel="dingtalk",result="failed"} 0.0
                alert_notifications_total{channel="dingtalk",result="not_stored"} 0.0
                alert_notifications_total{channel="dingtalk",result="refused"} 0.0
                alert_notifications_total{channel="dingtalk",result="skipped"} 0.0
                alert_notifications_total{channel="dingtalk",result="throttled"} 0.0
                # HELP alert_queue_depth Notifications that wait to be delivered
                # TYPE alert_queue_depth gauge
                alert_queue_depth{channel="dingtalk"} 0.0
                # HELP alert_queue_oldest_seconds Time that the oldest notification has waited; 0 if none waits
                # TYPE alert_queue_oldest_seconds gauge
                alert_queue_oldest_seconds{channel="dingtalk"} 0.0
                """);
    }

    @Test
    void hasTheSameSeriesForThePhone() {
        assertThat(lines("alert_").stream()
                        .filter(line -> line.contains("phone"))
                        .count())
                .isEqualTo(lines("alert_").stream()
                        .filter(line -> line.contains("dingtalk"))
                        .count());
    }

    @Test
    void putsDeliveriesIntoBucketsUpToADay() {
        meters.of(Channel.PHONE).delivered(Duration.ofMinutes(3));
        meters.of(Channel.PHONE).count(Result.FAILED);

        assertThat(lines("alert_delivery_seconds_bucket{channel=\"phone\""))
                .hasSize(23)
                .contains(
                        "alert_delivery_seconds_bucket{channel=\"phone\",le=\"60.0\"} 0",
                        "alert_delivery_seconds_bucket{channel=\"phone\",le=\"300.0\"} 1",
                        "alert_delivery_seconds_bucket{channel=\"phone\",le=\"86400.0\"} 1");
        assertThat(lines("alert_notifications_total{channel=\"phone\",result=\"delivered\"}"))
                .containsExactly("alert_notifications_total{channel=\"phone\",result=\"delivered\"} 1.0");
    }

    @Test
    void addsUpTheQueuesOfAChannel(@TempDir Path folder) {
        try (QueueDirectory queue = QueueDirectory.open(folder, 1 << 20, Duration.ofHours(1), Clock.systemUTC())) {
            for (String robot : List.of("one", "two")) {
                var spool = queue.spool(robot);
                meters.of(Channel.DINGTALK).follow(spool);
                spool.accept(Webhooks.notification("firing", "TargetDown", robot));
            }

            assertThat(lines("alert_queue_depth{channel=\"dingtalk\"}"))
                    .containsExactly("alert_queue_depth{channel=\"dingtalk\"} 2.0");
        }
    }
}
