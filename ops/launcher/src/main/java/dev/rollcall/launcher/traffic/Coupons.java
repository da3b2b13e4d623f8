package dev.rollcall.launcher.traffic;

import dev.rollcall.launcher.platform.CommandFailure;
import io.helidon.http.HeaderNames;
import io.helidon.webclient.api.ClientResponseTyped;
import io.helidon.webclient.http1.Http1Client;
import java.util.List;

/** The coupons that generated orders use. Missing ones are created through coupon-service. */
public final class Coupons {

    /** Valid for every order. */
    public static final String WELCOME = "WELCOME10";

    /** Used up after the first order. */
    static final String FIRST_COME = "FIRST-COME";

    /** Expired. */
    static final String OVER = "SPRING-2020";

    public static final String CURRENCY = "CNY";

    private static final List<String> ALL = List.of(
            coupon(WELCOME, 1_000_000_000, "2020-01-01T00:00:00Z", "2100-01-01T00:00:00Z"),
            coupon(FIRST_COME, 1, "2020-01-01T00:00:00Z", "2100-01-01T00:00:00Z"),
            coupon(OVER, 1_000_000, "2020-03-01T00:00:00Z", "2020-06-01T00:00:00Z"));

    private final Http1Client couponService;
    private final String adminToken;

    public Coupons(Http1Client couponService, String adminToken) {
        this.couponService = couponService;
        this.adminToken = adminToken;
    }

    /** Creates the missing coupons. */
    public void create() {
        for (String coupon : ALL) {
            ClientResponseTyped<String> response = couponService
                    .post("/coupons")
                    .header(HeaderNames.AUTHORIZATION, "Bearer " + adminToken)
                    .header(HeaderNames.CONTENT_TYPE, "application/json")
                    .submit(coupon, String.class);
            int status = response.status().code();
            // 409: it exists
            if (status != 201 && status != 409) {
                throw new CommandFailure("coupon-service answered %d to a new coupon: %s"
                        .formatted(status, response.entity().strip()));
            }
        }
    }

    private static String coupon(String code, long uses, String from, String until) {
        return """
                {"code": "%s", "percentOff": 10, "currency": "%s", "minimumSpend": 0, "maxRedemptions": %d,
                 "perCustomerLimit": %d, "validFrom": "%s", "validUntil": "%s"}""".formatted(code, CURRENCY, uses, uses, from, until);
    }
}
