package dev.rollcall.chassis.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.discovery.http.testing.Api;
import dev.rollcall.discovery.testing.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * A service as a process of its own.
 *
 * @param name the service's name
 * @param main its main class
 * @param log the file that has what the last start printed
 * @param settings system properties of every start
 */
public record ServiceProcess(String name, String main, Path log, Map<String, String> settings) {
    /** Starts it with settings of its own. */
    public Process start(Map<String, String> more) throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        settings.forEach((key, value) -> command.add("-D" + key + "=" + value));
        more.forEach((key, value) -> command.add("-D" + key + "=" + value));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    /** What the last start printed. */
    public String output() throws IOException {
        return Files.readString(log);
    }

    /** Checks that it serves a guarded path until SIGTERM, and logs no failure. */
    public void assertRunsUntilStopped(String guarded) throws IOException, InterruptedException {
        int port = Ports.free();
        Process process = start(Map.of("server.port", String.valueOf(port)));
        try {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .ignoreExceptions()
                    .until(() -> Api.on(port).get(guarded).status() == 401);
        } finally {
            process.destroy();
        }

        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(output()).contains(name + " listens on " + port).doesNotContain("SEVERE", "Exception");
    }

    /** Checks that a taken port of either socket ends it with one line. */
    public void assertFailsIfItsPortIsTaken() throws IOException, InterruptedException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = String.valueOf(taken.getLocalPort());

            assertFails(Map.of("server.port", port), "127.0.0.1:" + port + " can't be listened on");
            assertFails(Map.of("server.sockets.0.port", port), "127.0.0.1:" + port + " can't be listened on");
        }
    }

    /** Checks that wrong settings end it with one line. */
    public void assertFails(Map<String, String> wrong, String line) throws IOException, InterruptedException {
        Process process = start(wrong);

        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output()).isEqualTo(1);
        assertThat(output().lines()).singleElement().asString().contains(name + " can't start: ", line);
    }
}
