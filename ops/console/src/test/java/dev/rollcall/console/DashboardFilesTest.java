package dev.rollcall.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rollcall.console.Dashboards.Dashboard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Finds errors in Grafana's dashboard files that would break Grafana or the console. */
class DashboardFilesTest {
    private static final Path GRAFANA = Path.of("../grafana");
    private static final Pattern LINK = Pattern.compile("/d/([\\w-]+)");
    /** Not $1: what label_replace found. */
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{?([A-Za-z_]\\w*)");

    private static final Set<String> BUILT_IN =
            Set.of("__rate_interval", "__range", "__url_time_range", "__field", "__data");

    static List<Dashboard> dashboards() {
        return new Dashboards(GRAFANA.resolve("dashboards")).all();
    }

    @Test
    void areFourInFoldersWithUidsOfTheirOwn() throws IOException {
        assertThat(dashboards())
                .extracting(Dashboard::folder)
                .containsExactly("Business", "Discovery", "Runtime", "Services");
        assertThat(dashboards())
                .extracting(Dashboard::uid)
                .doesNotHaveDuplicates()
                .allMatch(uid -> uid.matches("rollcall-[a-z]+"));
        try (Stream<Path> files = Files.walk(GRAFANA.resolve("dashboards"))) {
            assertThat(files.filter(Files::isRegularFile)).hasSameSizeAs(dashboards());
        }
    }

    @Test
    void areProvisionedAsTheyAreAndFindTheirDatasource() throws IOException {
        JsonNode provider = yaml("provisioning/dashboards/rollcall.yml").at("/providers/0");
        assertThat(provider.path("allowUiUpdates").asBoolean(true)).isFalse();
        assertThat(provider.at("/options/foldersFromFilesStructure").asBoolean())
                .isTrue();
        JsonNode source = yaml("provisioning/datasources/prometheus.yml").at("/datasources/0");
        assertThat(source.path("editable").asBoolean(true)).isFalse();
        JsonNode prometheus = yaml("../prometheus/prometheus.yml");
        assertThat(source.at("/jsonData/timeInterval").asText())
                .isEqualTo(prometheus.at("/global/scrape_interval").asText());

        for (Dashboard dashboard : dashboards()) {
            assertThat(dashboard.json().findValues("datasource")).isNotEmpty().allSatisfy(used -> {
                assertThat(used.path("uid")).isEqualTo(source.path("uid"));
                assertThat(used.path("type")).isEqualTo(source.path("type"));
            });
        }
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void haveNoTwoPanelsInOnePlace(Dashboard dashboard) {
        List<Integer> ids = new ArrayList<>();
        Set<String> cells = new HashSet<>();
        for (JsonNode panel : dashboard.json().path("panels")) {
            ids.add(panel.path("id").asInt());
            JsonNode place = panel.path("gridPos");
            int right = place.path("x").asInt() + place.path("w").asInt();
            assertThat(right).as(title(panel)).isLessThanOrEqualTo(24);
            for (int x = place.path("x").asInt(); x < right; x++) {
                for (int y = place.path("y").asInt();
                        y < place.path("y").asInt() + place.path("h").asInt();
                        y++) {
                    assertThat(cells.add(x + "," + y))
                            .as(title(panel) + " at " + x + "," + y)
                            .isTrue();
                }
            }
        }
        assertThat(ids).doesNotHaveDuplicates().doesNotContain(0);
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void haveOnlyPanelsThatTheConsoleDraws(Dashboard dashboard) {
        for (JsonNode panel : dashboard.json().path("panels")) {
            assertThat(panel.path("type").asText())
                    .isIn("row", "timeseries", "stat", "gauge", "bargauge", "table", "heatmap", "text");
            if (panel.path("type").asText().equals("row")) {
                continue;
            }
            assertThat(panel.path("description").asText()).as(title(panel)).isNotBlank();
            assertThat(panel.path("targets")).as(title(panel)).isNotEmpty();
            for (JsonNode unit : panel.findValues("unit")) {
                assertThat(unit.asText())
                        .as(title(panel))
                        .isIn("short", "s", "percentunit", "bytes", "Bps", "reqps", "bool_yes_no", "suffix: /s");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void leadOnlyToDashboardsAndVariablesThereAre(Dashboard dashboard) {
        String text = dashboard.json().toString();
        List<String> uids = dashboards().stream().map(Dashboard::uid).toList();
        assertThat(LINK.matcher(text).results().map(link -> link.group(1)))
                .isNotEmpty()
                .isSubsetOf(uids);

        Set<String> known = new HashSet<>(BUILT_IN);
        known.add("__all");
        dashboard
                .json()
                .at("/templating/list")
                .forEach(variable -> known.add(variable.path("name").asText()));
        assertThat(VARIABLE.matcher(text).results().map(use -> use.group(1))).isSubsetOf(known);
    }

    /** The console has Chinese translations for exactly the English texts of the dashboards. */
    @Test
    void areTranslated() throws IOException {
        Set<String> texts = new TreeSet<>();
        for (Dashboard dashboard : dashboards()) {
            for (String key : List.of("title", "description", "label")) {
                dashboard.json().findValues(key).forEach(value -> texts.add(value.asText()));
            }
            dashboard
                    .json()
                    .at("/annotations/list")
                    .forEach(it -> texts.add(it.path("name").asText()));
            dashboard
                    .json()
                    .findValues("renameByName")
                    .forEach(names -> names.forEach(name -> texts.add(name.asText())));
            dashboard.json().findValuesAsText("legendFormat").stream()
                    .filter(legend -> !legend.contains("{{"))
                    .forEach(texts::add);
        }

        assertThat(names(Words.file("dashboards.zh"))).containsExactlyElementsOf(texts);
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static String title(JsonNode panel) {
        return panel.path("title").asText();
    }

    private static JsonNode yaml(String file) throws IOException {
        Object root = new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(GRAFANA.resolve(file)));
        return new ObjectMapper().valueToTree(root);
    }
}
