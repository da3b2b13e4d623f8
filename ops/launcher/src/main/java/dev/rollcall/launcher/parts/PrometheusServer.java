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

/** The configuration and command line of Prometheus on this machine. */
public final class PrometheusServer {

    public static final String NAME = "prometheus";

    /** The state folder of the rules with shortened times. */
    public static final String FAST_RULES = "fast-rules";

    private final Workspace workspace;
    private final Ports ports;
    private final Optional<Duration> scrapeInterval;

    /** @param scrapeInterval the interval for scrapes and Consul discovery; empty for the configured ones */
    public PrometheusServer(Workspace workspace, Ports ports, Optional<Duration> scrapeInterval) {
        this.workspace = workspace;
        this.ports = ports;
        this.scrapeInterval = scrapeInterval;
    }

    /** Writes the configuration and returns the program. */
    Program program() {
        return new Program(
                NAME,
                "",
                ports.of(Port.PROMETHEUS),
                Port.PROMETHEUS.option(),
                List.of(
                        workspace.tool(NAME).toString(),
                        "--config.file=" + configure(Speedup.NONE),
                        "--storage.tsdb.path=" + workspace.folder(NAME),
                        "--web.listen-address=" + Ports.HOST + ":" + ports.of(Port.PROMETHEUS),
                        "--web.external-url=http://" + Ports.HOST + ":" + ports.of(Port.PROMETHEUS) + "/"));
    }

    /** Writes the configuration, which Prometheus reads at start and on reload; fails if it is invalid. */
    public Path configure(Speedup speedup) {
        Path source = workspace.ops("prometheus/prometheus.yml");
        String version =
                Exec.run(workspace.tool(NAME), "--version").output().replaceFirst("(?s).*?version (\\S+).*", "$1");
        Path rules = source.resolveSibling("rules");
        PrometheusConfig config = new PrometheusConfig(
                source,
                speedup.equals(Speedup.NONE) ? source.resolveSibling("") : fastRules(rules, speedup),
                ports,
                version,
                scrapeInterval,
                speedup);
        Path file = workspace.write("prometheus.yml", config.derive());
        Exec check = Exec.run(workspace.tool("promtool"), "check", "config", file);
        if (check.code() != 0) {
            throw new CommandFailure(source + ": "
                    + check.output().replaceFirst("(?s).*FAILED:", "").strip());
        }
        return file;
    }

    /** Copies the rules with shortened times and returns the folder of the copy. */
    private Path fastRules(Path rules, Speedup speedup) {
        workspace.delete(FAST_RULES);
        Path folder = workspace.folder(FAST_RULES);
        try (Stream<Path> files = Files.list(rules)) {
            for (Path file : files.toList()) {
                workspace.write(FAST_RULES + "/rules/" + file.getFileName(), speedup.rules(Files.readString(file)));
            }
        } catch (IOException e) {
            throw new CommandFailure("cannot copy " + rules + ": " + e.getMessage(), e);
        }
        return folder;
    }
}
