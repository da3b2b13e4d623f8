package dev.rollcall.order.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.rollcall.chassis.JsonFields;
import dev.rollcall.order.domain.Cart;
import dev.rollcall.order.domain.Line;
import dev.rollcall.order.domain.Order;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An order as JSON, with {@code reason} if its coupon was refused. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record OrderJson(
        String id,
        String status,
        String customerId,
        String currency,
        List<Line> lines,
        @Nullable String couponCode,
        long subtotal,
        long discount,
        long total,
        @Nullable String reason,
        String createdAt) {
    static OrderJson of(Order order) {
        return new OrderJson(
                order.id(),
                order.status().name(),
                order.cart().customerId(),
                order.cart().currency(),
                order.cart().lines(),
                order.cart().couponCode(),
                order.cart().subtotal(),
                order.discount(),
                order.total(),
                order.refusal(),
                order.createdAt().toString());
    }

    static Supplier<Cart> parse(JsonFields body, Collection<String> currencies) {
        String customerId = body.text("customerId", 64);
        String currency = body.oneOf("currency", currencies);
        List<Line> lines = body.list("lines", Cart.MAX_LINES, OrderJson::parseLine);
        if (Cart.cost(lines).isEmpty()) {
            body.invalid("lines", "must not cost more than " + Cart.MAX_AMOUNT + " in all");
        }
        String couponCode = body.has("couponCode")
                ? body.text("couponCode", Cart.COUPON_CODE, "must be 1 to 32 letters, digits, _ or -")
                : null;
        return () -> new Cart(customerId, currency, lines, couponCode);
    }

    private static Supplier<Line> parseLine(JsonFields line) {
        String sku = line.text("sku", 64);
        long quantity = line.integer("quantity", 1, Line.MAX_QUANTITY);
        long unitPrice = line.integer("unitPrice", 0, Cart.MAX_AMOUNT);
        return () -> new Line(sku, quantity, unitPrice);
    }
}
