package dev.rollcall.launcher.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.launcher.platform.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogueTest {

    /** The metrics of the monitoring itself and of machines. */
    private static final Pattern NOT_OURS = Pattern.compile(
            "up|ALERTS(_FOR_STATE)?|(scrape|consul|prometheus|alertmanager|node|net_conntrack|go|process)_.+");

    private static final Path OPS = Path.of("..");

    private final Catalogue catalogue = Catalogue.read(OPS.resolve("metrics.yml"));
    private final Usage usage = Usage.read(OPS.resolve("prometheus/rules"), OPS.resolve("grafana/dashboards"));

    @TempDir
    private Path folder;

    @Test
    void isTheSourceOfItsPage() {
        assertThat(OPS.resolve("METRICS.md"))
                .as("written by ops/rollcall catalogue")
                .content()
                .isEqualTo(CataloguePage.of(catalogue, usage));
    }

    @Test
    void namesMetricsByTheirTypeAndUnit() {
        assertThat(catalogue.metrics()).hasSizeGreaterThan(40).allSatisfy(metric -> {
            assertThat(metric.name()).matches("[a-z][a-z0-9_]+");
            assertThat(metric.name().endsWith("_total"))
                    .as(metric.name())
                    .isEqualTo(metric.type().equals("counter"));
            if (metric.unit().equals("seconds") || metric.unit().equals("bytes")) {
                assertThat(metric.name()).matches(".*_" + metric.unit() + "(_total)?");
            }
        });
    }

    @Test
    void hasWhatRulesAndDashboardsRead() {
        assertThat(usage.series())
                .hasSizeGreaterThan(20)
                .allSatisfy(series -> assertThat(
                                series.contains(":")
                                        ? usage.readings().stream()
                                                .anyMatch(reading ->
                                                        reading.reader().equals(series))
                                        : catalogue.ofSeries(series).isPresent()
                                                || NOT_OURS.matcher(series).matches())
                        .as(series + " is neither recorded, nor in the catalogue, nor of the monitoring itself")
                        .isTrue());
    }

    @Test
    void namesTheEntryThatIsWrong() throws IOException {
        assertRefused("metrics: [a]", " has no metrics (expected: a mapping of names)");
        assertRefused("metrics: {a_total: 7}", ": a_total: 7 (expected: a mapping)");
        assertRefused(
                "metrics: {a_total: {type: number, unit: a, meaning: A, owner: me}}",
                ": a_total: type number (expected: of ");
        assertRefused(
                "metrics: {a_total: {type: counter, unit: a, owner: me}}",
                ": a_total: meaning is null (expected: a text)");
        assertRefused("metrics: {a_total: {kind: counter}}", ": a_total: [kind] (expected: of ");
        assertRefused(
                "metrics: {a_total: {type: counter, unit: a, meaning: A, owner: me, labels: {x: []}}}",
                ": a_total: a label without values (expected: a list of them, or a pattern)");
        assertRefused("metrics: {a_total: {}, a_total: {}}", "duplicate key a_total");
    }

    private void assertRefused(String yaml, String message) throws IOException {
        Path file = Files.writeString(folder.resolve("metrics.yml"), yaml + "\n");
        assertThatThrownBy(() -> Catalogue.read(file))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining(message);
    }
}
