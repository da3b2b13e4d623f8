package dev.rollcall.launcher.parts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.launcher.platform.Exec;
import dev.rollcall.launcher.platform.Workspace;
import dev.rollcall.launcher.testing.Checkout;
import dev.rollcall.launcher.testing.Markdown;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The rules under promtool, of the oldest supported release and of the current one. */
class RulesTest {

    private static final Workspace WORKSPACE = new Checkout(Path.of("")).workspace();
    private static final Path RULES = WORKSPACE.ops("prometheus/rules");
    private static final Path TESTS = WORKSPACE.ops("prometheus/tests");
    private static final Path RUNBOOKS = WORKSPACE.ops("runbooks");

    @ParameterizedTest
    @MethodSource("tests")
    void doWhatTheirTestsSay(Path tests) {
        test("promtool", tests);
    }

    @ParameterizedTest
    @MethodSource("tests")
    @Tag("full")
    void doWhatTheirTestsSayInTheCurrentRelease(Path tests) {
        test("promtool3", tests);
    }

    private static List<Path> tests() throws IOException {
        return files(TESTS);
    }

    private static void test(String promtool, Path tests) {
        Exec run = Exec.run(WORKSPACE.tool(promtool), "test", "rules", tests);
        assertThat(run.code()).as(run.output()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"promtool", "promtool3"})
    void areValid(String promtool) throws IOException {
        for (Path rules : files(RULES)) {
            Exec check = Exec.run(WORKSPACE.tool(promtool), "check", "rules", rules);
            assertThat(check.code()).as(check.output()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"promtool", "promtool3"})
    void areValidWithShortenedTimes(String promtool, @TempDir Path folder) throws IOException {
        for (Path rules : files(RULES)) {
            Path fastRules = folder.resolve(rules.getFileName());
            Files.writeString(fastRules, new Speedup(12).rules(Files.readString(rules)));

            Exec check = Exec.run(WORKSPACE.tool(promtool), "check", "rules", fastRules);

            assertThat(check.code()).as(check.output()).isZero();
            assertThat(fastRules).content().doesNotContainPattern("\\[\\d+[mhd]|for: \\d+[mhd]");
        }
    }

    @Test
    void haveASummaryADescriptionAndARunbook() throws IOException {
        for (Map<?, ?> alert : alerts()) {
            String name = String.valueOf(alert.get("alert"));
            assertThat(map(alert.get("labels")).get("severity")).as(name).isIn("urgent", "critical", "warning");
            assertThat(map(alert.get("annotations")).get("summary")).as(name).isNotNull();
            assertThat(map(alert.get("annotations")).get("description"))
                    .as(name)
                    .isNotNull();
            assertThat(map(alert.get("annotations")).get("runbook_url"))
                    .as(name)
                    .isEqualTo(Markdown.repository() + "/blob/main/ops/runbooks/" + name + ".md");
            assertThat(RUNBOOKS.resolve(name + ".md"))
                    .content()
                    .startsWith("# " + name + "\n")
                    .containsSubsequence("## What it means", "## What to look at", "## What to do");
        }
    }

    @Test
    void haveNoRunbookWithoutAnAlert() throws IOException {
        assertThat(files(RUNBOOKS).stream()
                        .map(file -> file.getFileName().toString().replace(".md", "")))
                .containsExactlyInAnyOrderElementsOf(alerts().stream()
                        .map(alert -> String.valueOf(alert.get("alert")))
                        .toList());
    }

    @Test
    void areEachTestedFiringAndNotFiring() throws IOException {
        Set<String> firing = new TreeSet<>();
        Set<String> quiet = new TreeSet<>();
        for (Path file : files(TESTS)) {
            for (Object test : list(yaml(file).get("tests"))) {
                if (!map(test).containsKey("alert_rule_test")) {
                    continue;
                }
                for (Object expected : list(map(test).get("alert_rule_test"))) {
                    String name = String.valueOf(map(expected).get("alertname"));
                    (list(map(expected).get("exp_alerts")).isEmpty() ? quiet : firing).add(name);
                }
            }
        }
        List<String> names = alerts().stream()
                .map(alert -> String.valueOf(alert.get("alert")))
                .toList();
        assertThat(firing).containsExactlyInAnyOrderElementsOf(names);
        // this one always fires
        assertThat(quiet)
                .containsExactlyInAnyOrderElementsOf(
                        names.stream().filter(name -> !name.equals("Watchdog")).toList());
    }

    private static List<Map<?, ?>> alerts() throws IOException {
        List<Map<?, ?>> alerts = new ArrayList<>();
        for (Path file : files(RULES)) {
            for (Object group : list(yaml(file).get("groups"))) {
                for (Object rule : list(map(group).get("rules"))) {
                    if (map(rule).containsKey("alert")) {
                        alerts.add(map(rule));
                    }
                }
            }
        }
        return alerts;
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private static Map<?, ?> yaml(Path file) throws IOException {
        return map(new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(file)));
    }

    private static Map<?, ?> map(@Nullable Object value) {
        assertThat(value).isInstanceOf(Map.class);
        return (Map<?, ?>) Objects.requireNonNull(value);
    }

    private static List<?> list(@Nullable Object value) {
        assertThat(value).isInstanceOf(List.class);
        return (List<?>) Objects.requireNonNull(value);
    }
}
