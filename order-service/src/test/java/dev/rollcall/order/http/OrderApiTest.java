package dev.rollcall.order.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rollcall.chassis.RunningService;
import dev.rollcall.coupon.testing.CouponServices;
import dev.rollcall.discovery.http.testing.Api;
import dev.rollcall.discovery.http.testing.Api.Answer;
import dev.rollcall.order.OrderServices;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OrderApiTest {
    @TempDir
    private static Path folder;

    private static OrderServices services;
    private static RunningService service;
    private static Api api;
    private static Api coupons;

    @BeforeAll
    static void start() {
        services = new OrderServices(folder);
        services.store().start();
        RunningService coupon = services.startCoupons();
        service = services.start(Map.of());
        services.awaitReady(service, coupon);
        api = Api.on(service.port());
        coupons = CouponServices.admin(coupon);
    }

    @AfterAll
    static void stop() {
        services.close();
    }

    private static double metric(String series) {
        return Api.on(service.adminPort())
                .get("/metrics")
                .text()
                .lines()
                .filter(line -> line.startsWith(series + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
                .findFirst()
                .orElseThrow();
    }

    private static long redeemed(String code) {
        return coupons.get("/coupons/" + code).json().path("redeemed").asLong();
    }

    @Test
    void confirmsAnOrder() {
        Answer answer = api.post("/orders", OrderServices.order());

        assertThat(answer.status()).isEqualTo(201);
        var order = answer.json();
        assertThat(UUID.fromString(order.path("id").asText()).version()).isEqualTo(4);
        assertThat(answer.header("Location"))
                .contains("/orders/" + order.path("id").asText());
        assertThat(answer.text())
                .isEqualTo(
                        "{\"id\":\"%s\",\"status\":\"CONFIRMED\",\"customerId\":\"customer-1\",\"currency\":\"EUR\","
                                + "\"lines\":[{\"sku\":\"tea\",\"quantity\":2,\"unitPrice\":999}],"
                                + "\"subtotal\":1998,\"discount\":0,\"total\":1998,\"createdAt\":\"%s\"}",
                        order.path("id").asText(), order.path("createdAt").asText());
        assertThat(api.get("/orders/" + order.path("id").asText()).text()).isEqualTo(answer.text());
    }

    @Test
    void takesTheCouponsDiscountOff() {
        coupons.post("/coupons", OrderServices.coupon("FIVE", 10));
        double revenue = metric("order_revenue_total{currency=\"EUR\"}");
        double success = metric("orders_processed_total{result=\"success\"}");

        Answer answer = api.post("/orders", OrderServices.order("five"));

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.json().path("couponCode").asText()).isEqualTo("FIVE");
        assertThat(answer.json().path("discount").asLong()).isEqualTo(500);
        assertThat(answer.json().path("total").asLong()).isEqualTo(1498);
        assertThat(redeemed("FIVE")).isEqualTo(1);
        assertThat(metric("order_revenue_total{currency=\"EUR\"}") - revenue).isCloseTo(14.98, within(1e-9));
        assertThat(metric("orders_processed_total{result=\"success\"}") - success)
                .isEqualTo(1);
    }

    @Test
    void rejectsAnOrderWithTheCouponsReason() {
        coupons.post("/coupons", OrderServices.coupon("LAST", 1));
        api.post("/orders", OrderServices.order("LAST"));
        double rejected = metric("orders_processed_total{result=\"rejected\"}");

        Answer exhausted = api.post("/orders", OrderServices.order("LAST"));
        Answer unknown = api.post("/orders", OrderServices.order("NOBODYS"));

        assertThat(exhausted.status()).isEqualTo(422);
        assertThat(exhausted.problem()).isEqualTo("coupon-refused");
        assertThat(exhausted.json().path("reason").asText()).isEqualTo("exhausted");
        assertThat(unknown.json().path("reason").asText()).isEqualTo("unknown");
        var order =
                api.get("/orders/" + exhausted.json().path("orderId").asText()).json();
        assertThat(order.path("status").asText()).isEqualTo("REJECTED");
        assertThat(order.path("reason").asText()).isEqualTo("exhausted");
        assertThat(metric("orders_processed_total{result=\"rejected\"}") - rejected)
                .isEqualTo(2);
    }

    @Test
    void answersTheSameKeyWithTheSameOrderAndCountsItOnce() {
        coupons.post("/coupons", OrderServices.coupon("KEYED", 10));
        Api keyed = api.with("Idempotency-Key", UUID.randomUUID().toString());
        Answer first = keyed.post("/orders", OrderServices.order("KEYED"));
        double counted = metric("order_processing_seconds_count{result=\"success\"}");

        Answer again = keyed.post("/orders", OrderServices.order("keyed").replace("\n", ""));

        assertThat(again.status()).isEqualTo(201);
        assertThat(again.text()).isEqualTo(first.text());
        assertThat(again.header("Location")).isEqualTo(first.header("Location"));
        assertThat(redeemed("KEYED")).isEqualTo(1);
        assertThat(metric("order_processing_seconds_count{result=\"success\"}")).isEqualTo(counted);
    }

    @Test
    void answersTheSameKeyWithTheSameRefusal() {
        Api keyed = api.with("Idempotency-Key", UUID.randomUUID().toString());
        Answer first = keyed.post("/orders", OrderServices.order("LATER"));
        coupons.post("/coupons", OrderServices.coupon("LATER", 10));
        double counted = metric("orders_processed_total{result=\"rejected\"}");

        Answer again = keyed.post("/orders", OrderServices.order("LATER"));

        assertThat(first.status()).isEqualTo(422);
        assertThat(again.text()).isEqualTo(first.text());
        assertThat(metric("orders_processed_total{result=\"rejected\"}")).isEqualTo(counted);
    }

    @Test
    void refusesAKeyThatWasUsedForAnotherOrder() {
        Api keyed = api.with("Idempotency-Key", UUID.randomUUID().toString());
        keyed.post("/orders", OrderServices.order());

        Answer other = keyed.post("/orders", OrderServices.order().replace("999", "998"));

        assertThat(other.status()).isEqualTo(422);
        assertThat(other.problem()).isEqualTo("key-reused");
    }

    @Test
    void refusesAKeyThatIsNone() {
        Answer answer = api.with("Idempotency-Key", "two words").post("/orders", OrderServices.order());

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().path("errors").findValuesAsText("header")).containsExactly("Idempotency-Key");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    "quantity": 0, "unitPrice": 1                                    | #/lines/0/quantity
                    "quantity": 1000001, "unitPrice": 1                              | #/lines/0/quantity
                    "quantity": 1.5, "unitPrice": 1                                  | #/lines/0/quantity
                    "quantity": "1", "unitPrice": 1                                  | #/lines/0/quantity
                    "quantity": 1, "unitPrice": -1                                   | #/lines/0/unitPrice
                    "quantity": 1, "unitPrice": 9007199254740992                     | #/lines/0/unitPrice
                    "quantity": 1000000, "unitPrice": 9007199254740991               | #/lines
                    "quantity": 2, "unitPrice": 4503599627370496                     | #/lines
                    "quantity": 1, "unitPrice": 1, "price": 1                        | #/lines/0/price
                    """)
    void answers422ToALineThatIsNone(String line, String pointer) {
        Answer answer = api.post("/orders", """
                {"customerId": "c", "currency": "EUR", "lines": [{"sku": "a", %s}]}""".formatted(line));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().path("errors").findValuesAsText("pointer")).containsExactly(pointer);
    }

    @Test
    void namesEveryInvalidFieldAndCountsNoOrder() {
        double success = metric("orders_processed_total{result=\"success\"}");
        double rejected = metric("orders_processed_total{result=\"rejected\"}");
        double error = metric("orders_processed_total{result=\"error\"}");

        Answer answer = api.post("/orders", """
                {"customer": "c", "currency": "JPY", "lines": [], "couponCode": "no such code"}""");

        assertThat(answer.json().path("errors").findValuesAsText("pointer"))
                .containsExactly("#/customerId", "#/currency", "#/lines", "#/couponCode", "#/customer");
        assertThat(api.post("/orders", "{").status()).isEqualTo(400);
        assertThat(api.post("/orders", "text/plain", OrderServices.order()).status())
                .isEqualTo(415);
        assertThat(api.post("/orders", " ".repeat(70_000)).status()).isEqualTo(413);
        assertThat(metric("orders_processed_total{result=\"success\"}")).isEqualTo(success);
        assertThat(metric("orders_processed_total{result=\"rejected\"}")).isEqualTo(rejected);
        assertThat(metric("orders_processed_total{result=\"error\"}")).isEqualTo(error);
    }

    @Test
    void takesAnOrderOfAsManyLinesAsThereMayBe() {
        String line = "{\"sku\": \"" + "s".repeat(64) + "\", \"quantity\": 1000000, \"unitPrice\": 10000000}";
        String lines = String.join(",", Collections.nCopies(100, line));

        Answer answer =
                api.post("/orders", "{\"customerId\": \"🫖 Zoë\", \"currency\": \"EUR\", \"lines\": [" + lines + "]}");

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.json().path("total").asLong()).isEqualTo(1_000_000_000_000_000L);
        assertThat(api.get(answer.header("Location").orElseThrow()).text()).isEqualTo(answer.text());
        assertThat(api.post(
                                "/orders",
                                "{\"customerId\": \"c\", \"currency\": \"EUR\", \"lines\": [" + lines + "," + line
                                        + "]}")
                        .status())
                .isEqualTo(422);
    }

    @ParameterizedTest
    @ValueSource(strings = {"00000000-0000-4000-8000-000000000000", "x", "%27%20or%201=1", "%00"})
    void answers404ToAnOrderNobodyPlaced(String id) {
        Answer answer = api.get("/orders/" + id);

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.problem()).isEqualTo("order-unknown");
    }

    @Test
    void listsACustomersOrdersTheLatestFirst() {
        Api admin = api.withToken(CouponServices.ADMIN);
        var placed = new ArrayList<String>();
        for (int i = 0; i < 5; i++) {
            Answer answer = api.post("/orders", OrderServices.order().replace("customer-1", "Zoë & co"));
            placed.addFirst(answer.json().path("id").asText());
        }

        var listed = new ArrayList<String>();
        String after = "";
        while (true) {
            var page = admin.get("/orders?customerId=Zo%C3%AB%20%26%20co&limit=2" + after)
                    .json();
            listed.addAll(page.path("items").findValuesAsText("id"));
            if (!page.has("next")) {
                break;
            }
            after = "&after=" + page.path("next").asText();
        }
        assertThat(listed).isEqualTo(placed);
        assertThat(admin.get("/orders?customerId=nobody").text()).isEqualTo("{\"items\":[]}");
        assertThat(admin.get("/orders?limit=3").json().path("items")).hasSize(3);
    }

    @Test
    void asksForTheAdminsTokenToList() {
        assertThat(api.get("/orders").status()).isEqualTo(401);
        assertThat(api.withToken(CouponServices.SERVICE).get("/orders").status())
                .isEqualTo(403);
        assertThat(api.withToken(CouponServices.ADMIN).get("/orders").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=101", "after=eA", "after=%20", "customerId=%00"})
    void answers422ToAPageThatIsNone(String query) {
        assertThat(api.withToken(CouponServices.ADMIN).get("/orders?" + query).status())
                .isEqualTo(422);
    }

    @Test
    void answers405WithWhatIsAllowed() {
        assertThat(api.send("DELETE", "/orders").header("Allow")).contains("GET, POST");
        assertThat(api.post("/orders/1", "{}").header("Allow")).contains("GET");
        assertThat(api.get("/").status()).isEqualTo(404);
    }

    @Test
    void servesHealthAndMetricsOnTheAdminSocketOnly() {
        assertThat(Api.on(service.adminPort()).get("/observe/health/ready").status())
                .isEqualTo(200);
        assertThat(metric("discovery_instances{service=\"coupon-service\"}")).isEqualTo(1);
        assertThat(metric("hikaricp_connections_max{pool=\"store\"}")).isEqualTo(8);
        assertThat(api.get("/metrics").status()).isEqualTo(404);
        assertThat(api.get("/admin/discovery").status()).isEqualTo(404);
        assertThat(List.of(
                        api.get("/observe/health").status(),
                        api.get("/observe/health/ready").status()))
                .containsOnly(404);
    }
}
