package dev.rollcall.launcher.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.launcher.platform.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UsageTest {

    @TempDir
    private Path folder;

    private Path rules;
    private Path dashboards;

    @BeforeEach
    void place() throws IOException {
        rules = Files.createDirectories(folder.resolve("rules"));
        dashboards = Files.createDirectories(folder.resolve("dashboards/business"));
    }

    @Test
    void findsReadersByWayOfWhatRulesRecord() throws IOException {
        Files.writeString(rules.resolve("a.yml"), """
                groups:
                  - name: a
                    rules:
                      - record: job:orders:rate5m
                        expr: sum by (job) (rate(orders_total[5m]))
                      - alert: Stalled
                        expr: job:orders:rate5m == 0
                      - alert: Other
                        expr: visits > 1
                """);
        Files.writeString(dashboards.resolve("orders.json"), """
                {"title": "Orders", "panels": [{"targets": [{"expr": "job:orders:rate5m{job=~\\"$job\\"}"}]}],
                 "templating": {"list": [{"query": {"query": "label_values(orders_total, job)"}}]}}
                """);

        Usage usage = Usage.read(rules, folder.resolve("dashboards"));

        assertThat(usage.of("orders_total"::equals))
                .extracting(Usage.Reading::reader)
                .containsExactlyInAnyOrder("Orders", "job:orders:rate5m", "Stalled", "Orders");
        assertThat(usage.series()).containsExactly("job:orders:rate5m", "orders_total", "visits");
    }

    @Test
    void doesWithoutDashboards() {
        assertThat(Usage.read(rules, folder.resolve("nowhere")).readings()).isEmpty();
    }

    @Test
    void namesTheFileThatIsNone() throws IOException {
        Path file = Files.writeString(rules.resolve("b.yml"), "groups: 7\n");

        assertThatThrownBy(() -> Usage.read(rules, dashboards))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining(file + " is not a rule file");
    }
}
