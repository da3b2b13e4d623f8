package dev.rollcall.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A service in a JVM of its own, with this one's classes. It ends when this JVM does, however that ends. */
final class Child implements AutoCloseable {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();

    private final String service;
    private final int port;
    private final String healthPath;
    private final Path log;
    private final Process process;

    private Child(String service, int port, String healthPath, Path log, Process process) {
        this.service = service;
        this.port = port;
        this.healthPath = healthPath;
        this.log = log;
        this.process = process;
    }

    static Child start(Class<?> main, String service, int port, String healthPath, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-classpath",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(arguments);
        try {
            Path log = Files.createDirectories(Path.of(System.getProperty("bench.logs")))
                    .resolve(service + "-" + port + ".log");
            // its standard input stays open as long as this JVM lives
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            return new Child(service, port, healthPath, log, process);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends this JVM, which is a child, as soon as its parent is gone; to be called first in its main. */
    static void followParent() {
        Thread.ofPlatform().daemon().name("parent").start(() -> {
            try {
                while (System.in.read() >= 0) {
                    // nothing is ever said: only the end counts
                }
            } catch (IOException e) {
                // as good as the end
            }
            Runtime.getRuntime().halt(1);
        });
    }

    /** Name of its service in Consul. */
    String service() {
        return service;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Whether it answers its callers. */
    boolean serves() {
        return status("/") == 200;
    }

    /** Status of its own health endpoint; 0 if it doesn't answer. */
    int health() {
        return status(healthPath);
    }

    /** Whether its own health endpoint says that it is up. */
    boolean isWell() {
        return health() / 100 == 2;
    }

    /** Lines it has logged. */
    List<String> log() {
        try {
            return Files.readAllLines(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** SIGTERM. */
    void terminate() {
        // Process.destroy() would also close its standard input, by which it sees its parent go
        process.toHandle().destroy();
    }

    /** SIGKILL. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        kill();
    }

    private int status(String path) {
        return status(URI.create("http://127.0.0.1:" + port + path));
    }

    /** Status of an answer; 0 if there is none. */
    static int status(URI address) {
        HttpRequest request =
                HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(10)).build();
        try {
            return CLIENT.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }
}
