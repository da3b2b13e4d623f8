package dev.rollcall.discovery.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * Three real Consul servers from the local binary, on their own loopback addresses; each can be killed and restarted.
 */
public final class ConsulCluster implements AutoCloseable {
    private static final int SERVERS = 3;

    private final Path binary;
    private final Path data;
    private final int http = Ports.free();
    private final List<Integer> inner = Ports.beside(http, 2);
    private final int serf = inner.get(0);
    private final int rpc = inner.get(1);
    private final List<Process> processes = new ArrayList<>();

    private ConsulCluster(Path binary, Path data) {
        this.binary = binary;
        this.data = data;
    }

    /**
     * Starts three servers and waits until they have a leader.
     *
     * @throws IllegalStateException if there is no consul binary
     */
    public static ConsulCluster start() {
        Path binary = LocalConsul.binary()
                .orElseThrow(() -> new IllegalStateException(
                        "No consul in -Drollcall.tools or on PATH for a cluster; ops/tools brings one"));
        try {
            ConsulCluster cluster = new ConsulCluster(binary, Files.createTempDirectory("consul-cluster"));
            for (int server = 0; server < SERVERS; server++) {
                cluster.processes.add(cluster.process(server));
            }
            cluster.awaitLeader();
            return cluster;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Address of a server's HTTP API, 0 to 2. */
    public URI url(int server) {
        return URI.create("http://" + host(server) + ":" + http);
    }

    /** Restarts a killed server with its data. */
    public void launch(int server) {
        processes.set(server, process(server));
    }

    /** Kills a server by SIGKILL. */
    public void kill(int server) {
        processes.get(server).destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        processes.forEach(process -> process.destroyForcibly().onExit().join());
        try (Stream<Path> tree = Files.walk(data)) {
            for (Path path : tree.toList().reversed()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitLeader() {
        Awaitility.await("a leader of three servers")
                .atMost(Duration.ofSeconds(60))
                .ignoreExceptions()
                .until(() -> new ConsulHttp(url(0)).get("/v1/catalog/nodes").size() == SERVERS);
    }

    private Process process(int server) {
        List<String> command = new ArrayList<>(List.of(
                binary.toString(),
                "agent",
                "-server",
                "-bootstrap-expect=" + SERVERS,
                "-node=server-" + server,
                "-bind=" + host(server),
                "-client=" + host(server),
                "-data-dir=" + data.resolve("server-" + server),
                "-http-port=" + http,
                "-serf-lan-port=" + serf,
                "-server-port=" + rpc,
                "-serf-wan-port=-1",
                "-dns-port=-1",
                "-hcl=performance { raft_multiplier = 1 }"));
        for (int other = 0; other < SERVERS; other++) {
            command.add("-retry-join=" + host(other) + ":" + serf);
        }
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String host(int server) {
        return "127.0.0." + (server + 1);
    }
}
