package dev.rollcall.launcher.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rollcall.discovery.testing.ConsulAgent;
import dev.rollcall.launcher.platform.Exec;
import dev.rollcall.launcher.testing.RecordingDocker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DockerEngineTest {

    @TempDir
    private Path folder = Path.of("");

    private ConsulAgent agent;
    private RecordingDocker docker;

    @BeforeEach
    void start() throws Exception {
        agent = ConsulAgent.createLocal();
        agent.restart();
        docker = new RecordingDocker(folder, agent.url());
    }

    @AfterEach
    void stop() {
        docker.close();
        agent.close();
    }

    @Test
    void runsNothingThatAnIdInConsulSays() throws Exception {
        List<String> ids = List.of(
                "x'; touch pwned; '",
                "x\"; touch pwned; \"",
                "x; touch pwned",
                "x & touch pwned",
                "$(touch pwned)",
                "`touch pwned`",
                "-http-addr=x",
                "--",
                "a  b",
                "*",
                "${HOME}",
                "\\");
        ids.forEach(this::register);

        Exec up = docker.rollcall("up", "--detach");

        assertThat(up.code()).as(up.output()).isZero();
        assertThat(folder.resolve("pwned")).doesNotExist();
        assertThat(agent.http().get("/v1/agent/services")).isEmpty();
    }

    /** Consul registers this id but refuses to deregister it. */
    @Test
    void runsNothingThatAnIdOfSeveralLinesSays() throws Exception {
        register("x\ntouch pwned\n");
        Path output = folder.resolve("output");

        Process up = docker.start(output, false, "up", "--detach");
        try {
            Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> assertThat(output).content().contains("Unexpected response code: 400"));
        } finally {
            up.destroyForcibly().waitFor();
        }

        assertThat(folder.resolve("pwned")).doesNotExist();
    }

    @Test
    void asksDockerTwiceForAStatus() throws Exception {
        docker.rollcall("up", "--detach");
        docker.calls();

        Exec status = docker.rollcall("status");

        assertThat(status.code()).as(status.output()).isZero();
        assertThat(docker.calls()).containsExactly("ps --all", "inspect one");
    }

    @Test
    void asksDockerTwiceForEachScreen() throws Exception {
        Path output = folder.resolve("screens");
        Process up = docker.start(output, true, "up");
        try {
            Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> screens(output) > 0);
            docker.calls();
            int shown = screens(output);
            Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> screens(output) >= shown + 5);
            // the calls of a screen come before it, and those of the next one may have been made too
            int most = (screens(output) - shown + 1) * 2;

            assertThat(docker.calls()).hasSizeLessThanOrEqualTo(most).containsOnly("ps --all", "inspect one");
        } finally {
            // ends as at Ctrl-C, also where a job in the background ignores that
            up.destroy();
            assertThat(up.waitFor(1, TimeUnit.MINUTES)).isTrue();
        }
        assertThat(output).content().contains("stopped consul, prometheus");
    }

    private static int screens(Path output) throws IOException {
        return Files.readString(output).split("\033\\[H", -1).length - 1;
    }

    /** An instance of our service without a process: {@code up} deregisters it. */
    private void register(String id) {
        ObjectNode definition = new ObjectMapper().createObjectNode();
        definition.put("Name", "order-service").put("ID", id).put("Port", 1);
        definition.putArray("Tags").add("metrics");
        definition.putObject("Check").put("TTL", "60s");
        agent.http().put("/v1/agent/service/register", definition.toString());
    }
}
