package dev.rollcall.launcher.traffic;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.random.RandomGenerator;

/** What customers send: mostly good orders, some with a coupon, some with one that is used up or over, some broken. */
public final class OrderMix {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> CURRENCIES = List.of("CNY", "CNY", "CNY", "USD", "EUR");

    private final RandomGenerator random;

    public OrderMix(RandomGenerator random) {
        this.random = random;
    }

    /** A kind of order, and how many in a hundred there are of it. */
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

        /** Whether this is how it should be answered. */
        boolean allows(int status) {
            return switch (this) {
                case PLAIN, COUPON -> status == 201;
                // the first one is in time
                case EXHAUSTED -> status == 422 || status == 201;
                case EXPIRED -> status == 422;
                case MALFORMED -> status == 400;
            };
        }
    }

    /** An order as it is sent. */
    public record Order(Kind kind, String body) {}

    public Order next() {
        Kind kind = kind(random.nextInt(100));
        return new Order(kind, body(kind));
    }

    private static Kind kind(int percent) {
        int below = 0;
        for (Kind kind : Kind.values()) {
            below += kind.share;
            if (percent < below) {
                return kind;
            }
        }
        throw new IllegalStateException("shares add up to " + below + " (expected: 100)");
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

    /** An order with a coupon of this code. */
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
