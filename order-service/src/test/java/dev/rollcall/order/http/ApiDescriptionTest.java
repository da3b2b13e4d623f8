package dev.rollcall.order.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.chassis.ApiDescription;
import dev.rollcall.chassis.RunningService;
import dev.rollcall.chassis.testing.Description;
import dev.rollcall.chassis.testing.Description.Operation;
import dev.rollcall.coupon.testing.CouponServices;
import dev.rollcall.discovery.http.BearerTokens;
import dev.rollcall.discovery.http.testing.Api;
import dev.rollcall.order.OrderServices;
import io.helidon.config.Config;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compares openapi.yaml with the running service. */
class ApiDescriptionTest {
    @TempDir
    private static Path folder;

    private static OrderServices services;
    private static Api admin;
    private static Api nobody;
    private static Description description;

    @BeforeAll
    static void start() {
        services = new OrderServices(folder);
        services.store().start();
        RunningService coupon = services.startCoupons();
        RunningService service = services.start(Map.of());
        services.awaitReady(service, coupon);
        nobody = Api.on(service.port());
        admin = nobody.withToken(CouponServices.ADMIN);
        description = Description.of(nobody);
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
                assertThat(description.complaints(operation, answer))
                        .as("%s", operation)
                        .isEmpty();
            }
        }
    }

    @Test
    void showsWhatWasPlacedAndRefusesAsDescribed() {
        Operation place = operation("placeOrder");
        Operation show = operation("showOrder");
        var placed = place.call(nobody, place.bodies().getFirst());
        var refused = nobody.post("/orders", OrderServices.order("NOBODYS"));

        assertThat(placed.status()).isEqualTo(201);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(description.complaints(place, refused)).isEmpty();
        String confirmed = placed.header("Location").orElseThrow();
        String rejected = "/orders/" + refused.json().path("orderId").asText();
        assertThat(description.complaints(show, nobody.get(confirmed))).isEmpty();
        assertThat(description.complaints(show, nobody.get(rejected))).isEmpty();
    }

    private static Operation operation(String id) {
        return description.operations().stream()
                .filter(operation ->
                        operation.about().path("operationId").asText().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void refusesAsDescribed() {
        description.assertRefusals(nobody, admin);
    }

    @Test
    @SuppressWarnings("NullAway") // routes are asked for, and never called
    void describesEveryRoute() {
        var tokens = BearerTokens.fromFiles(folder.resolve("admin"), folder.resolve("service"));
        var routes = new OrderRoutes(null, null, null, null, tokens, List.of(), null, Config.empty());

        assertThat(description.operations())
                .extracting(Operation::toString)
                .containsExactlyInAnyOrderElementsOf(Description.routes(new ApiDescription(), routes));
    }
}
