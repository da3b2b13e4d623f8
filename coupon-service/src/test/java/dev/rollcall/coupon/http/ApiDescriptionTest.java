package dev.rollcall.coupon.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.chassis.ApiDescription;
import dev.rollcall.chassis.RunningService;
import dev.rollcall.chassis.testing.Description;
import dev.rollcall.chassis.testing.Description.Operation;
import dev.rollcall.coupon.testing.CouponServices;
import dev.rollcall.discovery.http.BearerTokens;
import dev.rollcall.discovery.http.testing.Api;
import io.helidon.config.Config;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compares openapi.yaml with the running service. */
class ApiDescriptionTest {
    @TempDir
    private static Path folder;

    private static CouponServices services;
    private static Api admin;
    private static Api nobody;
    private static Description description;

    @BeforeAll
    static void start() {
        services = new CouponServices(folder);
        services.store().start();
        RunningService service = services.start();
        admin = CouponServices.admin(service);
        nobody = Api.on(service.port());
        description = Description.of(nobody);
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> admin.get("/coupons").status() == 200);
    }

    @AfterAll
    static void stop() {
        services.close();
    }

    @Test
    void answersTheExamplesAsDescribed() {
        for (Operation operation : description.operations()) {
            assertThat(description.complaints(operation)).as("%s", operation).isEmpty();
            for (String body : operation.bodies()) {
                var answer = operation.call(admin, body);
                assertThat(answer.status())
                        .as("%s: %s", operation, answer.text())
                        .isBetween(200, 299);
                assertThat(description.complaints(operation, answer))
                        .as("%s", operation)
                        .isEmpty();
                if (!operation.method().equals("GET")) {
                    var again = operation.call(admin, body);
                    assertThat(description.complaints(operation, again))
                            .as("%s again", operation)
                            .isEmpty();
                }
            }
        }
    }

    @Test
    void refusesAsDescribed() {
        description.assertRefusals(nobody, admin);
    }

    @Test
    @SuppressWarnings("NullAway") // routes are asked for, and never called
    void describesEveryRoute() {
        var tokens = BearerTokens.fromFiles(folder.resolve("admin"), folder.resolve("service"));
        var routes = new CouponRoutes(null, null, tokens, List.of(), null, Config.empty());

        assertThat(description.operations())
                .extracting(Operation::toString)
                .containsExactlyInAnyOrderElementsOf(Description.routes(new ApiDescription(), routes));
    }
}
