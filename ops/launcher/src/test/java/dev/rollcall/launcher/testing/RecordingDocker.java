package dev.rollcall.launcher.testing;

import com.sun.net.httpserver.HttpServer;
import dev.rollcall.launcher.Launcher;
import dev.rollcall.launcher.parts.App;
import dev.rollcall.launcher.platform.Exec;
import dev.rollcall.launcher.platform.Pause;
import dev.rollcall.launcher.platform.Workspace;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A fake {@code docker} on PATH with a running Consul and Prometheus. Records each call. Runs the commands of
 * containers on this machine, so that quoting errors take effect.
 */
public final class RecordingDocker implements AutoCloseable {

    private static final String PROGRAM = """
            #!/bin/bash
            here=$(dirname "$0")
            echo "$1 $2" >>"$here/calls"
            case "$1 $2" in
                'version '*) echo 28.5.2 ;;
                'compose version') echo 2.40.3 ;;
                'compose up') touch "$here/running" ;;
                'compose down') rm "$here/running" ;;
                'ps '*) [ ! -e "$here/running" ] || printf 'one\\ntwo\\n' ;;
                'inspect '*) cat "$here/containers.json" ;;
                'compose run')
                    until [ "$1" = --entrypoint ]; do shift; done
                    entrypoint=$2
                    shift 3
                    exec "$entrypoint" "$@"
                    ;;
            esac
            """;

    private static final String CONTAINER = """
            {"Id": "%1$s", "State": {"Status": "running"},
             "HostConfig": {"RestartPolicy": {"Name": "unless-stopped"},
                            "PortBindings": {"%2$d/tcp": [{"HostIp": "127.0.0.1", "HostPort": "%3$d"}]}},
             "Config": {"Hostname": "%1$s",
                        "Labels": {"com.docker.compose.service": "%1$s", "com.docker.compose.container-number": "1"}}}""";

    private final Path folder;
    private final Checkout checkout;
    private final URI consul;
    private final HttpServer prometheus;

    /** @param folder the folder of the fake and of the launcher's state */
    public RecordingDocker(Path folder, URI consul) throws IOException {
        this.folder = folder;
        this.checkout = new Checkout(folder.resolve("state"));
        this.consul = consul;
        this.prometheus = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        byte[] nothing = "{\"data\": {\"activeTargets\": [], \"result\": []}}".getBytes(StandardCharsets.UTF_8);
        prometheus.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, nothing.length);
            exchange.getResponseBody().write(nothing);
            exchange.close();
        });
        prometheus.start();
        Path program = Files.writeString(folder.resolve("docker"), PROGRAM);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(
                folder.resolve("containers.json"),
                "[%s, %s]"
                        .formatted(
                                CONTAINER.formatted("consul", 8500, consul.getPort()),
                                CONTAINER.formatted(
                                        "prometheus",
                                        9090,
                                        prometheus.getAddress().getPort())));
    }

    /** Runs a launcher command to its end. */
    public Exec rollcall(String... arguments) throws IOException {
        Path output = folder.resolve("output");
        Process process = start(output, false, arguments);
        try {
            return new Exec(process.waitFor(), Files.readString(output));
        } catch (InterruptedException e) {
            throw new Pause.Interrupted(e);
        }
    }

    /** Starts a launcher command as a separate process that prints to the file. */
    public Process start(Path output, boolean interactive, String... arguments) throws IOException {
        Workspace workspace = checkout.workspace();
        List<String> command = new ArrayList<>(List.of(
                App.JAVA,
                "-XX:TieredStopAtLevel=1",
                "-Drollcall.home=" + workspace.home(),
                "-Drollcall.state=" + workspace.state(),
                "-Drollcall.tools=" + workspace.tools(),
                "-Drollcall.interactive=" + interactive,
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Launcher.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment()
                .putAll(Map.of(
                        "PATH",
                        String.join(
                                ":",
                                folder.toString(),
                                workspace.tools().resolve("bin").toString(),
                                System.getenv("PATH")),
                        "CONSUL_HTTP_ADDR",
                        consul.toString(),
                        "ROLLCALL_ENGINE",
                        "docker"));
        return builder.start();
    }

    /** The commands since the last call of this method, each with its first two words. */
    public List<String> calls() throws IOException {
        Path calls = folder.resolve("calls");
        List<String> made = Files.exists(calls) ? Files.readAllLines(calls) : List.of();
        Files.deleteIfExists(calls);
        return made;
    }

    @Override
    public void close() {
        prometheus.stop(0);
    }
}
