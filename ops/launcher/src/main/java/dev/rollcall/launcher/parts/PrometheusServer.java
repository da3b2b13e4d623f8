package dev.rollcall.launcher.parts;

import dev.rollcall.launcher.platform.CommandFailure;
import dev.rollcall.launcher.platform.Exec;
import dev.rollcall.launcher.platform.Port;
import dev.rollcall.launcher.platform.Ports;
import dev.rollcall.launcher.platform.Workspace;
import dev.rollcall.launcher.process.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Prometheus with the configuration and rules in {@code ops/prometheus}.
 *
 * @param scrapeInterval the interval for scrapes and Consul discovery; empty for the configured ones
 */
public record PrometheusServer(Workspace workspace, Ports ports, Optional<Duration> scrapeInterval)
        implements LocalPart {

    public static final String NAME = "prometheus";

    /** The state folder of the rules with shortened times. */
    public static final String FAST_RULES = "fast-rules";

    private static final String CONFIG = "prometheus.yml";

    @Override
    public void prepare() {
        configure(Speedup.NONE);
    }

    /** Writes the configuration, which Prometheus reads at start and on reload; fails if it is invalid. */
    public void configure(Speedup speedup) {
        Path source = workspace.ops("prometheus/prometheus.yml");
        String version =
                Exec.run(workspace.tool(NAME), "--version").output().replaceFirst("(?s).*?version (\\S+).*", "$1");
        PrometheusConfig config = new PrometheusConfig(source, ports, version, scrapeInterval);
        Path derived = workspace.write(
                CONFIG,
                speedup.equals(Speedup.NONE) ? config.derive() : config.derive(writeFastRules(speedup), speedup));
        LocalYaml.check(source, workspace.tool("promtool"), "check", "config", derived);
    }

    /** Copies the rules with shortened times and returns the folder of the copy. */
    private Path writeFastRules(Speedup speedup) {
        Path rules = workspace.ops("prometheus/rules");
        workspace.delete(FAST_RULES);
        try (Stream<Path> files = Files.list(rules)) {
            for (Path file : files.toList()) {
                workspace.write(FAST_RULES + "/rules/" + file.getFileName(), speedup.rules(Files.readString(file)));
            }
        } catch (IOException e) {
            throw new CommandFailure("cannot copy " + rules + ": " + e.getMessage(), e);
        }
        return workspace.state().resolve(FAST_RULES);
    }

    @Override
    public Program program() {
        return new Program(
                NAME,
                Port.PROMETHEUS,
                ports,
                List.of(
                        workspace.tool(NAME).toString(),
                        "--config.file=" + workspace.state().resolve(CONFIG),
                        "--storage.tsdb.path=" + workspace.state().resolve(NAME),
                        "--web.listen-address=" + ports.address(Port.PROMETHEUS),
                        "--web.external-url=" + ports.uri(Port.PROMETHEUS) + "/"));
    }
}
