package dev.rollcall.discovery.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An agent as a local process. */
final class LocalConsul extends ConsulAgent {
    private final Path binary;
    private final String hcl;
    private @Nullable Process process;

    LocalConsul(Path binary, int port, String hcl) {
        super(port);
        this.binary = binary;
        this.hcl = hcl;
    }

    static Optional<Path> binary() {
        Stream<Path> tools = Stream.ofNullable(System.getProperty("rollcall.tools"))
                .map(Path::of)
                .map(it -> it.resolve("bin"));
        Stream<Path> path =
                Stream.of(System.getenv("PATH").split(File.pathSeparator)).map(Path::of);
        return Stream.concat(tools, path)
                .map(folder -> folder.resolve("consul"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    @Override
    void launch() {
        List<Integer> inner = Ports.beside(port, 2);
        String ports = "ports { http = %d, dns = -1, grpc = -1, serf_lan = %d, serf_wan = -1, server = %d }"
                .formatted(port, inner.get(0), inner.get(1));
        try {
            process = new ProcessBuilder(
                            binary.toString(),
                            "agent",
                            "-dev",
                            "-bind=127.0.0.1",
                            "-client=127.0.0.1",
                            "-hcl",
                            ports,
                            "-hcl",
                            hcl)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void pause() {
        signal("-STOP");
    }

    @Override
    public void resume() {
        signal("-CONT");
    }

    private void signal(String signal) {
        long pid = Objects.requireNonNull(process, "the agent doesn't run").pid();
        try {
            new ProcessBuilder("kill", signal, String.valueOf(pid))
                    .start()
                    .onExit()
                    .join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void kill() {
        Process running = process;
        if (running != null) {
            running.destroyForcibly().onExit().join();
            process = null;
        }
    }
}
