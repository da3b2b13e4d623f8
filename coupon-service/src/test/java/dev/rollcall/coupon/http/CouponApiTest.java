package dev.rollcall.coupon.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.chassis.RunningService;
import dev.rollcall.coupon.testing.CouponServices;
import dev.rollcall.discovery.http.testing.Api;
import dev.rollcall.discovery.http.testing.Api.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CouponApiTest {
    @TempDir
    private static Path folder;

    private static CouponServices services;
    private static RunningService service;
    private static Api admin;
    private static Api caller;
    private static Api nobody;

    @BeforeAll
    static void start() {
        services = new CouponServices(folder);
        services.store().start();
        service = services.start();
        nobody = Api.on(service.port());
        admin = nobody.withToken(CouponServices.ADMIN);
        caller = nobody.withToken(CouponServices.SERVICE);
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> admin.get("/coupons").status() == 200);
    }

    @AfterAll
    static void stop() {
        services.close();
    }

    private static String terms(String code, String more) {
        return """
                {"code": "%s", "currency": "EUR", "maxRedemptions": 2, "validUntil": "2999-01-01T00:00:00Z", %s}""".formatted(code, more);
    }

    private static String issue(String more) {
        String code = "C-" + UUID.randomUUID().toString().substring(0, 8).toUpperCase(Locale.ROOT);
        assertThat(admin.post("/coupons", terms(code, more)).status()).isEqualTo(201);
        return code;
    }

    private static Answer redeem(String code, String orderId) {
        return redeem(code, orderId, "customer-1", 2000, "EUR");
    }

    private static Answer redeem(String code, String orderId, String customerId, long subtotal, String currency) {
        return caller.post("/coupons/" + code + "/redemptions", """
                {"orderId": "%s", "customerId": "%s", "subtotal": %d, "currency": "%s"}""".formatted(orderId, customerId, subtotal, currency));
    }

    private static Answer release(String code, String orderId) {
        return caller.send("DELETE", "/coupons/" + code + "/redemptions/" + orderId);
    }

    private static String order() {
        return UUID.randomUUID().toString();
    }

    @Test
    void issuesACouponWithAllItsTerms() {
        Answer answer = admin.post("/coupons", """
                {"code": "spring-26", "percentOff": 15, "currency": "CNY", "minimumSpend": 10000,
                 "maxRedemptions": 100, "perCustomerLimit": 1,
                 "validFrom": "2026-03-01T00:00:00+08:00", "validUntil": "2026-06-01T00:00:00+08:00"}""");

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.header("Location")).contains("/coupons/SPRING-26");
        assertThat(answer.text())
                .isEqualTo("{\"code\":\"SPRING-26\",\"percentOff\":15,\"currency\":\"CNY\",\"minimumSpend\":10000,"
                        + "\"maxRedemptions\":100,\"perCustomerLimit\":1,\"validFrom\":\"2026-02-28T16:00:00Z\","
                        + "\"validUntil\":\"2026-05-31T16:00:00Z\",\"redeemed\":0,\"remaining\":100}");
        assertThat(caller.get("/coupons/Spring-26").text()).isEqualTo(answer.text());
    }

    @Test
    void issuesACouponWithTheFewestTerms() {
        String code = issue("\"amountOff\": 500");

        var coupon = caller.get("/coupons/" + code).json();
        assertThat(coupon.path("amountOff").asLong()).isEqualTo(500);
        assertThat(coupon.has("percentOff")).isFalse();
        assertThat(coupon.path("minimumSpend").asLong()).isZero();
        assertThat(coupon.path("perCustomerLimit").asLong()).isEqualTo(2);
    }

    @Test
    void answers409ToACodeThatExistsInAnyCase() {
        String code = issue("\"amountOff\": 500");

        Answer again = admin.post("/coupons", terms(code.toLowerCase(Locale.ROOT), "\"amountOff\": 500"));
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.problem()).isEqualTo("coupon-exists");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    "percentOff": 10, "amountOff": 500                          | #/percentOff
                    "minimumSpend": 0                                           | #/percentOff
                    "percentOff": 0                                             | #/percentOff
                    "percentOff": 101                                           | #/percentOff
                    "percentOff": 10.0                                          | #/percentOff
                    "amountOff": "1"                                            | #/amountOff
                    "amountOff": 9007199254740992                               | #/amountOff
                    "percentOff": 10, "minimumSpend": -1                        | #/minimumSpend
                    "percentOff": 10, "perCustomerLimit": 0                     | #/perCustomerLimit
                    "percentOff": 10, "validFrom": "2999-01-01T00:00:00Z"       | #/validUntil
                    "percentOff": 10, "discount": 5                             | #/discount
                    """)
    void answers422ToTermsThatDontHold(String more, String pointer) {
        Answer answer = admin.post("/coupons", terms("BAD", more));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().path("errors").findValuesAsText("pointer")).containsExactly(pointer);
        assertThat(caller.get("/coupons/BAD").status()).isEqualTo(404);
    }

    @Test
    void namesEveryInvalidFieldOfACoupon() {
        Answer answer = admin.post("/coupons", "{\"code\": \"a b\", \"currency\": \"XYZ\"}");

        assertThat(answer.json().path("errors").findValuesAsText("pointer"))
                .containsExactly("#/code", "#/percentOff", "#/currency", "#/maxRedemptions", "#/validUntil");
    }

    @Test
    void redeemsOnceForAnOrderHoweverOftenItAsks() {
        String code = issue("\"percentOff\": 15");
        String order = order();

        Answer first = redeem(code, order);
        Answer again = redeem(code, order);

        assertThat(first.status()).isEqualTo(201);
        assertThat(first.text()).isEqualTo("{\"discount\":300}");
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.text()).isEqualTo(first.text());
        assertThat(caller.get("/coupons/" + code).json().path("redeemed").asLong())
                .isEqualTo(1);
        assertThat(caller.get("/coupons/" + code).json().path("remaining").asLong())
                .isEqualTo(1);
    }

    @Test
    void repeatsARedemptionThatWasTheLast() {
        String code = issue("\"percentOff\": 15");
        String order = order();
        redeem(code, order());
        redeem(code, order);

        assertThat(redeem(code, order()).json().path("reason").asText()).isEqualTo("exhausted");
        assertThat(redeem(code, order).status()).isEqualTo(200);
    }

    @Test
    void saysWhyItRefuses() {
        String plain = issue("\"percentOff\": 15, \"minimumSpend\": 1000, \"perCustomerLimit\": 1");
        String early = issue("\"percentOff\": 15, \"validFrom\": \"2998-01-01T00:00:00Z\"");
        assertThat(admin.post("/coupons", """
                        {"code": "LATE", "percentOff": 15, "currency": "EUR", "maxRedemptions": 1,
                         "validFrom": "2020-01-01T00:00:00Z", "validUntil": "2020-02-01T00:00:00Z"}""").status()).isEqualTo(201);

        assertRefused(redeem(early, order()), "not_started");
        assertRefused(redeem("LATE", order()), "expired");
        assertRefused(redeem(plain, order(), "customer-1", 2000, "USD"), "currency_mismatch");
        assertRefused(redeem(plain, order(), "customer-1", 999, "EUR"), "below_minimum");
        assertThat(redeem(plain, order()).status()).isEqualTo(201);
        assertRefused(redeem(plain, order()), "customer_limit");
        assertThat(redeem(plain, order(), "customer-2", 2000, "EUR").status()).isEqualTo(201);
        assertRefused(redeem(plain, order(), "customer-3", 2000, "EUR"), "exhausted");
    }

    private static void assertRefused(Answer answer, String reason) {
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.problem()).isEqualTo("coupon-refused");
        assertThat(answer.json().path("reason").asText()).isEqualTo(reason);
    }

    @Test
    void answers404WithTheReasonToACodeNobodyIssued() {
        for (String code : List.of("NOPE", "no%20pe", "N%C3%96PE")) {
            Answer answer = redeem(code, order());

            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.problem()).isEqualTo("coupon-unknown");
            assertThat(answer.json().path("reason").asText()).isEqualTo("unknown");
            assertThat(release(code, order()).status()).isEqualTo(404);
            assertThat(caller.get("/coupons/" + code).status()).isEqualTo(404);
        }
    }

    @Test
    void answers409ToAnOrderThatHoldsAnotherCoupon() {
        String code = issue("\"percentOff\": 15");
        String other = issue("\"percentOff\": 15");
        String order = order();
        redeem(code, order);

        assertThat(redeem(other, order).problem()).isEqualTo("order-conflict");
        assertThat(redeem(code, order, "customer-1", 1, "EUR").status()).isEqualTo(409);
        assertThat(release(other, order).status()).isEqualTo(409);
        assertThat(caller.get("/coupons/" + code).json().path("redeemed").asLong())
                .isEqualTo(1);
        assertThat(caller.get("/coupons/" + other).json().path("redeemed").asLong())
                .isZero();
    }

    @Test
    void givesAUseBackOnce() {
        String code = issue("\"percentOff\": 15");
        String order = order();
        redeem(code, order);

        for (int i = 0; i < 3; i++) {
            assertThat(release(code, order).status()).isEqualTo(204);
            assertThat(caller.get("/coupons/" + code).json().path("redeemed").asLong())
                    .isZero();
        }
        assertThat(redeem(code, order).status()).isEqualTo(409);
        assertThat(redeem(code, order()).status()).isEqualTo(201);
    }

    @Test
    void refusesALateRedemptionOfAnOrderReleasedBefore() {
        String code = issue("\"percentOff\": 15");
        String order = order();

        assertThat(release(code, order).status()).isEqualTo(204);
        assertThat(redeem(code, order).status()).isEqualTo(409);
        assertThat(redeem(issue("\"percentOff\": 15"), order).status()).isEqualTo(409);
        assertThat(release(code, order).status()).isEqualTo(204);
        assertThat(caller.get("/coupons/" + code).json().path("redeemed").asLong())
                .isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"orderId": "a/b", "customerId": "c", "subtotal": 1, "currency": "EUR"}       | #/orderId
                    {"orderId": "a", "customerId": "", "subtotal": 1, "currency": "EUR"}          | #/customerId
                    {"orderId": "a", "customerId": "c", "subtotal": 1.0, "currency": "EUR"}       | #/subtotal
                    {"orderId": "a", "customerId": "c", "subtotal": -1, "currency": "EUR"}        | #/subtotal
                    {"orderId": "a", "customerId": "c", "subtotal": 1, "currency": "JPY"}         | #/currency
                    {"orderId": "a", "customerId": "c", "subtotal": 1, "currency": "EUR", "x": 1} | #/x
                    """)
    void answers422ToARedemptionThatIsNone(String body, String pointer) {
        Answer answer = caller.post("/coupons/ANY/redemptions", body);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().path("errors").findValuesAsText("pointer")).containsExactly(pointer);
    }

    @Test
    void answers404ToTheReleaseOfWhatCanBeNoOrder() {
        assertThat(release(issue("\"percentOff\": 15"), "a%20b").status()).isEqualTo(404);
    }

    @Test
    void listsCouponsPageByPage() {
        for (int i = 0; i < 5; i++) {
            issue("\"percentOff\": 15");
        }

        List<String> all = admin.get("/coupons?limit=100").json().path("items").findValuesAsText("code");
        var paged = new ArrayList<String>();
        String after = "";
        while (true) {
            var page = admin.get("/coupons?limit=2" + after).json();
            paged.addAll(page.path("items").findValuesAsText("code"));
            if (!page.has("next")) {
                break;
            }
            after = "&after=" + page.path("next").asText();
        }
        assertThat(paged).hasSizeGreaterThanOrEqualTo(5).isSorted().isEqualTo(all);
    }

    @ParameterizedTest
    @CsvSource({
        "limit=0,limit",
        "limit=101,limit",
        "limit=x,limit",
        "limit=,limit",
        "after=%20,after",
        "after=a=b,after",
        "after=AA,after"
    })
    void answers422ToAPageThatIsNone(String query, String parameter) {
        Answer answer = admin.get("/coupons?" + query);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().path("errors").findValuesAsText("parameter")).containsExactly(parameter);
    }

    @Test
    void asksForTheTokenThatEachCallNeeds() {
        assertThat(nobody.post("/coupons", "{}").status()).isEqualTo(401);
        assertThat(nobody.get("/coupons").status()).isEqualTo(401);
        assertThat(nobody.get("/coupons/ANY").status()).isEqualTo(401);
        assertThat(nobody.post("/coupons/ANY/redemptions", "{}").status()).isEqualTo(401);
        assertThat(nobody.send("DELETE", "/coupons/ANY/redemptions/1").status()).isEqualTo(401);
        assertThat(nobody.withToken("wrong").get("/coupons/ANY").status()).isEqualTo(401);
        assertThat(caller.post("/coupons", "{}").status()).isEqualTo(403);
        assertThat(caller.get("/coupons").status()).isEqualTo(403);
        assertThat(admin.get("/coupons/ANY").status()).isEqualTo(404);
    }

    @Test
    void answers405WithWhatIsAllowed() {
        assertThat(admin.send("PUT", "/coupons").header("Allow")).contains("GET, POST");
        assertThat(admin.send("DELETE", "/coupons/ANY").header("Allow")).contains("GET");
        assertThat(admin.get("/coupons/ANY/redemptions").header("Allow")).contains("POST");
        assertThat(admin.get("/coupons/ANY/redemptions/1").status()).isEqualTo(405);
    }

    @Test
    void answersWhatIsNoJsonWithoutA500() {
        assertThat(admin.post("/coupons", "{").status()).isEqualTo(400);
        assertThat(admin.post("/coupons", "text/plain", "{}").status()).isEqualTo(415);
        assertThat(admin.post("/coupons", " ".repeat(70_000)).status()).isEqualTo(413);
    }

    @Test
    void servesHealthAndMetricsOnTheAdminSocketOnly() {
        Api adminSocket = Api.on(service.adminPort());

        assertThat(adminSocket.get("/observe/health/ready").status()).isEqualTo(200);
        assertThat(adminSocket.get("/metrics").text()).contains("coupon_redemptions_total{result=\"redeemed\"}");
        assertThat(admin.get("/metrics").status()).isEqualTo(404);
        assertThat(admin.get("/observe/health/ready").status()).isEqualTo(404);
    }
}
