package dev.rollcall.launcher.traffic;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Generates random orders: most are valid, some have a coupon, a used-up coupon or an expired one, some are malformed.
 */
public final class OrderMix {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> CURRENCIES = List.of("CNY", "CNY", "CNY", "USD", "EUR");

    /** Each kind as often as its share. */
    private static final List<Kind> KINDS = Arrays.stream(Kind.values())
            .flatMap(kind -> Collections.nCopies(kind.share, kind).stream())
            .toList();

    private final RandomGenerator random;

    public OrderMix(RandomGenerator random) {
        this.random = random;
    }

    /** The kinds of order, each with its share in percent. */
    enum Kind {
        PLAIN(55),
        COUPON(25),
        EXHAUSTED(8),
        EXPIRED(7),
        MALFORMED(5);

        private final int share;

        Kind(int share) {
            this.share = share;
        }

        /** Whether this status is expected for this kind. */
        boolean allows(int status) {
            return switch (this) {
                case PLAIN, COUPON -> status == 201;
                // the first order redeems the coupon
                case EXHAUSTED -> status == 422 || status == 201;
                case EXPIRED -> status == 422;
                case MALFORMED -> status == 400;
            };
        }
    }

    /** An order and its kind. */
    public record Order(Kind kind, String body) {}

    public Order next() {
        Kind kind = KINDS.get(random.nextInt(KINDS.size()));
        return new Order(kind, body(kind));
    }

    private String body(Kind kind) {
        return switch (kind) {
            case PLAIN ->
                order(CURRENCIES.get(random.nextInt(CURRENCIES.size()))).toString();
            case COUPON -> withCoupon(Coupons.WELCOME);
            case EXHAUSTED -> withCoupon(Coupons.FIRST_COME);
            case EXPIRED -> withCoupon(Coupons.OVER);
            case MALFORMED -> order(Coupons.CURRENCY).toString().replace(':', ',');
        };
    }

    /** The body of an order with this coupon code. */
    public String withCoupon(String code) {
        return order(Coupons.CURRENCY).put("couponCode", code).toString();
    }

    private ObjectNode order(String currency) {
        ObjectNode order = JSON.createObjectNode();
        order.put("customerId", "customer-" + random.nextInt(1, 1000));
        order.put("currency", currency);
        ArrayNode lines = order.putArray("lines");
        for (int line = random.nextInt(1, 4); line > 0; line--) {
            lines.addObject()
                    .put("sku", "sku-" + random.nextInt(1, 500))
                    .put("quantity", random.nextInt(1, 4))
                    // from 5.00 to 800.00, small amounts more often than large ones
                    .put("unitPrice", (long) (500 * Math.pow(160, random.nextDouble())));
        }
        return order;
    }
}
