package dev.rollcall.order;

import dev.rollcall.chassis.testing.ServiceProcess;
import dev.rollcall.coupon.testing.CouponServices;
import java.nio.file.Path;
import java.util.Map;
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
            Map<String, String> settings = services.settings("order-service");
            settings.put("coupon-service.token-file", settings.get("tokens.service-file"));
            service = new ServiceProcess("order-service", Main.class.getName(), folder.resolve("log"), settings);
        }
    }

    @Test
    void runsUntilItIsStopped() throws Exception {
        service.assertRunsUntilStopped("/orders");
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
        "coupon-service.token-file,/dev/null,    token file /dev/null can't be used",
        "coupon-service.timeout,soon,            coupon-service.timeout",
        "server.port,           many,            server.port"
    })
    void exitsWithOneLineThatNamesTheWrongValue(String key, String value, String line) throws Exception {
        service.assertFails(Map.of(key, value), line);
    }
}
