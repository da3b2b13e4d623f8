package dev.rollcall.order.http;

import dev.rollcall.discovery.http.Problem;
import dev.rollcall.order.domain.Cart;
import dev.rollcall.order.domain.Placement;
import dev.rollcall.order.domain.RefusedCodes;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Lets orders with a coupon through, as long as their customer and their source don't try out codes. */
public final class CouponGate {
    private final RefusedCodes byCustomer;
    private final RefusedCodes byAddress;
    private final SourceAddress source;

    /**
     * A gate.
     *
     * @param byCustomer what customers have tried
     * @param byAddress what source addresses have tried
     * @param source tells where a request comes from
     */
    public CouponGate(RefusedCodes byCustomer, RefusedCodes byAddress, SourceAddress source) {
        this.byCustomer = byCustomer;
        this.byAddress = byAddress;
        this.source = source;
    }

    Placement pass(ServerRequest request, Cart cart, Supplier<Placement> order) {
        Optional<String> coupon = cart.coupon();
        if (coupon.isEmpty()) {
            return order.get();
        }
        String code = coupon.get();
        String address = source.of(request);
        byAddress.enter(address, code).ifPresent(CouponGate::refuse);
        byCustomer.enter(cart.customerId(), code).ifPresent(wait -> {
            byAddress.forgive(address, code);
            refuse(wait);
        });
        boolean refused = false;
        try {
            Placement placement = order.get();
            refused = isRefusal(placement);
            return placement;
        } finally {
            if (!refused) {
                byAddress.forgive(address, code);
                byCustomer.forgive(cart.customerId(), code);
            }
        }
    }

    private static boolean isRefusal(Placement placement) {
        return placement instanceof Placement.CouponRefused
                || placement instanceof Placement.Replayed(Placement.CouponRefused refused);
    }

    private static void refuse(Duration wait) {
        throw Problem.of(
                        Status.TOO_MANY_REQUESTS_429,
                        "too-many-refused-codes",
                        "too many different coupon codes were refused; nothing was ordered")
                .with(HeaderValues.create(HeaderNames.RETRY_AFTER, wait.toSeconds() + 1));
    }
}
