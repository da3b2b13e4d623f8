package dev.rollcall.coupon;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rollcall.coupon.testing.CouponServices;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The service as a process of its own. */
class MainTest {
    @TempDir
    private Path folder;

    private Map<String, String> settings;

    @BeforeEach
    void prepare() {
        try (var services = new CouponServices(folder)) {
            settings = services.settings("coupon-service");
        }
    }

    @Test
    void runsUntilItIsToldToStop() throws Exception {
        int port = Ports.free();
        Process process = run(Map.of("server.port", String.valueOf(port)));
        try {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .ignoreExceptions()
                    .until(() -> Api.on(port).get("/coupons").status() == 401);
        } finally {
            process.destroy();
        }

        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(log()).contains("coupon-service listens on " + port).doesNotContain("SEVERE", "Exception");
    }

    @Test
    void logsForProgramsWhenToldTo() throws Exception {
        int port = Ports.free();
        Process process = run(Map.of("server.port", String.valueOf(port), "log.format", "json"));
        try {
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> log().contains("listens on " + port));
        } finally {
            process.destroy();
        }
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();

        assertThat(log().lines()).isNotEmpty().allSatisfy(line -> {
            JsonNode logged = new ObjectMapper().readTree(line);
            assertThat(logged.path("service").asText()).isEqualTo("coupon-service");
            assertThat(logged.path("time").asText()).startsWith("20");
            assertThat(logged.path("message").asText()).isNotEmpty();
        });
    }

    @Test
    void exitsWithOneLineIfItsPortIsTaken() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = String.valueOf(taken.getLocalPort());

            assertFails(Map.of("server.port", port), "127.0.0.1:" + port + " can't be listened on");
            assertFails(Map.of("server.sockets.0.port", port), "127.0.0.1:" + port + " can't be listened on");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "tokens.admin-file,     /nowhere/admin,  token file /nowhere/admin can't be used",
        "tokens.service-file,   /dev/null,       token file /dev/null can't be used",
        "database.password-file,/nowhere/secret, database.password-file: /nowhere/secret can't be read",
        "database.url,          jdbc:nothing:,   jdbc:nothing:",
        "currencies,            'EUR,XYZ',       currencies: XYZ (expected: ISO 4217 codes such as EUR)",
        "server.port,           many,            server.port",
        "log.format,            xml,             log.format: 'xml' (expected: text or json)"
    })
    void exitsWithOneLineThatNamesTheWrongValue(String key, String value, String line) throws Exception {
        assertFails(Map.of(key, value), line);
    }

    private void assertFails(Map<String, String> wrong, String line) throws Exception {
        Process process = run(wrong);

        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(log()).isEqualTo(1);
        assertThat(log().lines()).singleElement().asString().contains("coupon-service can't start: ", line);
    }

    private Process run(Map<String, String> more) throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        settings.forEach((key, value) -> command.add("-D" + key + "=" + value));
        more.forEach((key, value) -> command.add("-D" + key + "=" + value));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
    }

    private String log() throws IOException {
        return Files.readString(folder.resolve("log"));
    }
}
