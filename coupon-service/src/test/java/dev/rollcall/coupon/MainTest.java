package dev.rollcall.coupon;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rollcall.chassis.testing.ServiceProcess;
import dev.rollcall.coupon.testing.CouponServices;
import dev.rollcall.discovery.testing.Ports;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The service as a process of its own. */
@Tag("full")
class MainTest {
    @TempDir
    private Path folder;

    private ServiceProcess service;

    @BeforeEach
    void prepare() {
        try (var services = new CouponServices(folder)) {
            Map<String, String> settings = services.settings("coupon-service");
            service = new ServiceProcess("coupon-service", Main.class.getName(), folder.resolve("log"), settings);
        }
    }

    @Test
    void runsUntilItIsStopped() throws Exception {
        service.assertRunsUntilStopped("/coupons");
    }

    @Test
    void logsInJsonIfConfigured() throws Exception {
        int port = Ports.free();
        Process process = service.start(Map.of("server.port", String.valueOf(port), "log.format", "json"));
        try {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> service.output().contains("listens on " + port));
        } finally {
            process.destroy();
        }
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();

        assertThat(service.output().lines()).isNotEmpty().allSatisfy(line -> {
            JsonNode logged = new ObjectMapper().readTree(line);
            assertThat(logged.path("service").asText()).isEqualTo("coupon-service");
            assertThat(logged.path("time").asText()).startsWith("20");
            assertThat(logged.path("message").asText()).isNotEmpty();
        });
    }

    @Test
    void exitsWithOneLineIfItsPortIsTaken() throws Exception {
        service.assertFailsIfItsPortIsTaken();
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
        service.assertFails(Map.of(key, value), line);
    }
}
