package dev.rollcall.chassis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServiceMainTest {
    @Test
    void valuesOfTheEnvironmentMayEndWithALineEnd() throws IOException, InterruptedException {
        var builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-Dtest.number=42\r\n",
                        Values.class.getName())
                .redirectErrorStream(true);
        builder.environment().putAll(Map.of("TEST_ON", "true\n", "LOG_FORMAT", "text\n", "TEST_LINES", "a\nb\n"));

        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        process.waitFor();
        assertThat(output).contains("on true, number 42, lines [a\nb\n]");
    }

    /** A service that says what its configuration has, and ends. */
    static final class Values {
        private Values() {}

        public static void main(String[] args) {
            ServiceMain.run(Values.class, "values", config -> {
                throw new IllegalStateException("on %s, number %d, lines [%s]"
                        .formatted(
                                config.get("test.on").asBoolean().get(),
                                config.get("test.number").asInt().get(),
                                config.get("test.lines").asString().get()));
            });
        }
    }
}
