package dev.rollcall.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.discovery.http.BoundedHttpClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;

/** The real Prometheus with a configuration of the test's own. */
final class TestPrometheus implements AutoCloseable {

    private final BoundedHttpClient client = HttpJson.client();
    private final Process process;
    private final int port = dev.rollcall.discovery.testing.Ports.free();

    /** Starts it, and waits until it is ready. */
    TestPrometheus(Workspace workspace, Path folder, String config) {
        try {
            Path file = Files.writeString(folder.resolve("prometheus.yml"), config);
            process = new ProcessBuilder(
                            workspace.tool("prometheus").toString(),
                            "--config.file=" + file,
                            "--storage.tsdb.path=" + folder.resolve("data"),
                            "--web.listen-address=127.0.0.1:" + port)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("prometheus.log").toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Awaitility.await("Prometheus")
                .atMost(Duration.ofMinutes(1))
                .ignoreExceptions()
                .until(() -> !new HttpJson(client, url()).text("/-/ready").isEmpty());
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Its targets, with those that were dropped. */
    JsonNode targets() throws HttpJson.Unanswered {
        return new HttpJson(client, url()).get("/api/v1/targets").path("data");
    }

    @Override
    public void close() {
        client.close();
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
