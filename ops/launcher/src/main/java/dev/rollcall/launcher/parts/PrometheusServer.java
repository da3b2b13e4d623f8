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

/** Prometheus on this machine: how it is configured and run. */
public final class PrometheusServer {

    public static final String NAME = "prometheus";

    /** Where the copy of the rules is that find trouble sooner. */
    public static final String HURRIED = "hurried";

    private final Workspace workspace;
    private final Ports ports;
    private final Optional<Duration> scrapeInterval;

    /** Scraping, and asking Consul, at another interval than configured if there is one. */
    public PrometheusServer(Workspace workspace, Ports ports, Optional<Duration> scrapeInterval) {
        this.workspace = workspace;
        this.ports = ports;
        this.scrapeInterval = scrapeInterval;
    }

    /** The program, with its configuration in place. */
    Program program() {
        return new Program(
                NAME,
                "",
                ports.of(Port.PROMETHEUS),
                Port.PROMETHEUS.option(),
                List.of(
                        workspace.tool(NAME).toString(),
                        "--config.file=" + configure(TimeLapse.NONE),
                        "--storage.tsdb.path=" + workspace.folder(NAME),
                        "--web.listen-address=" + Ports.HOST + ":" + ports.of(Port.PROMETHEUS),
                        "--web.external-url=http://" + Ports.HOST + ":" + ports.of(Port.PROMETHEUS) + "/"));
    }

    /** Writes its configuration, which it reads when it starts or is told to; fails if it would not take it. */
    public Path configure(TimeLapse lapse) {
        Path source = workspace.ops("prometheus/prometheus.yml");
        String version =
                Exec.run(workspace.tool(NAME), "--version").output().replaceFirst("(?s).*?version (\\S+).*", "$1");
        Path rules = source.resolveSibling("rules");
        PrometheusConfig config = new PrometheusConfig(
                source,
                lapse.equals(TimeLapse.NONE) ? source.resolveSibling("") : hurried(rules, lapse),
                ports,
                version,
                scrapeInterval,
                lapse);
        Path file = workspace.write("prometheus.yml", config.derive());
        Exec check = Exec.run(workspace.tool("promtool"), "check", "config", file);
        if (check.code() != 0) {
            throw new CommandFailure(source + ": "
                    + check.output().replaceFirst("(?s).*FAILED:", "").strip());
        }
        return file;
    }

    /** The folder of a copy of the rules that find trouble sooner. */
    private Path hurried(Path rules, TimeLapse lapse) {
        workspace.delete(HURRIED);
        Path folder = workspace.folder(HURRIED);
        try (Stream<Path> files = Files.list(rules)) {
            for (Path file : files.toList()) {
                workspace.write(HURRIED + "/rules/" + file.getFileName(), lapse.rules(Files.readString(file)));
            }
        } catch (IOException e) {
            throw new CommandFailure("cannot copy " + rules + ": " + e.getMessage(), e);
        }
        return folder;
    }
}
