package dev.rollcall.launcher.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.launcher.platform.CommandFailure;
import dev.rollcall.launcher.platform.Exec;
import dev.rollcall.launcher.platform.Port;
import dev.rollcall.launcher.platform.Ports;
import dev.rollcall.launcher.platform.Tokens;
import dev.rollcall.launcher.platform.Workspace;
import dev.rollcall.launcher.testing.Checkout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrometheusConfigTest {

    private static final String OLD = "2.24.1+ds";

    @TempDir
    Path folder = Path.of("");

    private Path source = folder;

    @BeforeEach
    void place() {
        source = folder.resolve("prometheus.yml");
    }

    @Test
    void makesOfOurOwnFileOneThatTheInstalledPrometheusTakes() throws Exception {
        Workspace workspace = new Checkout(folder).workspace();
        String version = Exec.run(workspace.tool("prometheus"), "--version")
                .output()
                .replaceFirst("(?s).*?version (\\S+).*", "$1");
        Path derived = folder.resolve("derived.yml");
        new Tokens(workspace).create();

        Files.writeString(
                derived,
                new PrometheusConfig(
                                workspace.ops("prometheus/prometheus.yml"),
                                new Ports(Map.of(Port.CONSUL, 18500)),
                                version,
                                Optional.empty())
                        .derive());

        Exec check = Exec.run(workspace.tool("promtool"), "check", "config", derived);
        assertThat(check.code()).as(check.output()).isZero();
        assertThat(derived)
                .content()
                .contains("server: 127.0.0.1:18500", "scrape_interval: 5s", "refresh_interval: 1s");
    }

    @Test
    void changesWhatIsLocalAndNothingElse() throws Exception {
        Files.writeString(source, """
                global: {scrape_interval: 5s, scrape_timeout: 4s}
                storage: {tsdb: {retention: {time: 15d}}}
                rule_files: [rules/*.yml]
                alerting: {alertmanagers: [{static_configs: [{targets: ['alertmanager:9093']}]}]}
                scrape_configs:
                  - job_name: consul
                    fallback_scrape_protocol: PrometheusText0.0.4
                    authorization: {credentials_file: tokens/prometheus}
                    consul_sd_configs: [{server: 'consul:8500', refresh_interval: 5s, tags: [a]}]
                  - job_name: self
                    static_configs: [{targets: ['localhost:9090', 'elsewhere:80']}]
                """);

        assertThat(new PrometheusConfig(source, new Ports(Map.of(Port.CONSUL, 18500)), OLD, Optional.empty()).derive())
                .isEqualTo("""
                global:
                  scrape_interval: 5s
                  scrape_timeout: 4s
                rule_files:
                - %s/rules/*.yml
                alerting:
                  alertmanagers:
                  - static_configs:
                    - targets:
                      - 127.0.0.1:9093
                scrape_configs:
                - job_name: consul
                  consul_sd_configs:
                  - server: 127.0.0.1:18500
                    refresh_interval: 5s
                    tags:
                    - a
                  bearer_token_file: tokens/prometheus
                - job_name: self
                  static_configs:
                  - targets:
                    - 127.0.0.1:9090
                    - elsewhere:80
                """.formatted(folder));
    }

    @Test
    void asksTheOneConsulOfThisMachineWithoutAToken() throws Exception {
        Files.writeString(source, """
                scrape_configs:
                  - job_name: consul
                    authorization: {credentials_file: tokens/consul}
                    dns_sd_configs: [{names: [consul-servers], type: A, port: 8500}]
                  - job_name: a
                    consul_sd_configs: [{server: 'consul:8500', authorization: {credentials_file: tokens/consul}}]
                """);

        assertThat(new PrometheusConfig(source, new Ports(Map.of(Port.CONSUL, 18500)), "3.5.0", Optional.empty())
                        .derive())
                .isEqualTo("""
                        scrape_configs:
                        - job_name: consul
                          static_configs:
                          - targets:
                            - 127.0.0.1:18500
                            labels:
                              instance: consul
                        - job_name: a
                          consul_sd_configs:
                          - server: 127.0.0.1:18500
                        """);
    }

    @Test
    void leavesToACurrentPrometheusWhatItKnows() throws Exception {
        Files.writeString(source, """
                scrape_configs:
                  - job_name: a
                    fallback_scrape_protocol: PrometheusText0.0.4
                    authorization: {credentials_file: tokens/prometheus}
                """);

        assertThat(new PrometheusConfig(source, new Ports(Map.of(Port.CONSUL, 18500)), "3.5.0", Optional.empty())
                        .derive())
                .contains("fallback_scrape_protocol: PrometheusText0.0.4", "credentials_file: tokens/prometheus");
    }

    @Test
    void scrapesAndDiscoversAtTheGivenInterval() throws Exception {
        Files.writeString(source, """
                global: {scrape_interval: 5s}
                scrape_configs: [{job_name: a, consul_sd_configs: [{server: a, refresh_interval: 5s}]}]
                """);

        assertThat(new PrometheusConfig(
                                source, new Ports(Map.of(Port.CONSUL, 18500)), OLD, Optional.of(Duration.ofSeconds(1)))
                        .derive())
                .contains("scrape_interval: 1s", "refresh_interval: 1s")
                .doesNotContain("5s");
    }

    @Test
    void evaluatesMoreOftenAndScrapesAsBeforeWhenTimeIsShort() throws Exception {
        Files.writeString(source, """
                global: {scrape_interval: 5s, evaluation_interval: 5s}
                rule_files: [rules/*.yml]
                """);
        Path fastRules = folder.resolve("fast-rules");

        assertThat(new PrometheusConfig(source, Ports.DEFAULTS, OLD, Optional.empty())
                        .derive(fastRules, new Speedup(12)))
                .contains("scrape_interval: 5s", "evaluation_interval: 1s", "- " + fastRules.resolve("rules/*.yml"));
    }

    @Test
    void namesFileAndLineOfBrokenYaml() throws Exception {
        Files.writeString(source, "global:\n  scrape_interval: 5s\nrule_files: [a\nscrape_configs: []\n");

        assertThatThrownBy(() -> new PrometheusConfig(
                                source, new Ports(Map.of(Port.CONSUL, 18500)), OLD, Optional.empty())
                        .derive())
                .isInstanceOf(CommandFailure.class)
                .hasMessage(source + " line 4: expected ',' or ']', but got :");
    }

    @Test
    void refusesWhatIsNoMapping() throws Exception {
        Files.writeString(source, "");

        assertThatThrownBy(() -> new PrometheusConfig(
                                source, new Ports(Map.of(Port.CONSUL, 18500)), OLD, Optional.empty())
                        .derive())
                .isInstanceOf(CommandFailure.class)
                .hasMessage(source + " is not a YAML mapping: restore it");
    }

    @Test
    void leavesStrangeShapesToPromtool() throws Exception {
        Files.writeString(source, "global: 5\nrule_files: x\nscrape_configs: [1, {consul_sd_configs: 7}]\n");

        assertThat(new PrometheusConfig(
                                source, new Ports(Map.of(Port.CONSUL, 18500)), OLD, Optional.of(Duration.ofSeconds(1)))
                        .derive())
                .contains("global: 5", "consul_sd_configs: 7");
    }
}
