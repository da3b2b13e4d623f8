package dev.rollcall.launcher.testing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.discovery.http.BoundedHttpClient;
import dev.rollcall.launcher.platform.Workspace;
import dev.rollcall.rollcall.HttpApi;
import dev.rollcall.rollcall.NoAnswer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;

/** A real Prometheus with a test's configuration. */
public final class TestPrometheus implements AutoCloseable {

    private final BoundedHttpClient client = HttpApi.client();
    private final Process process;
    private final int port = dev.rollcall.discovery.testing.Ports.free();

    /** Starts it and waits until it is ready. */
    public TestPrometheus(Workspace workspace, Path folder, String config) {
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
                .until(() -> !new HttpApi(client, url()).text("/-/ready").isEmpty());
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Its targets, including dropped ones. */
    public JsonNode targets() throws NoAnswer {
        return new HttpApi(client, url()).json("/api/v1/targets").path("data");
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
