package dev.rollcall.launcher.incident;

import dev.rollcall.launcher.platform.Service;
import dev.rollcall.launcher.traffic.Customers;
import dev.rollcall.launcher.traffic.OrderMix;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** A client guesses coupon codes. */
final class CouponAbuse implements Incident {

    private static final double ORDERS_PER_SECOND = 12;

    @Override
    public String story() {
        return "tries coupon codes that do not exist, a dozen a second";
    }

    @Override
    public Fault begin(IncidentContext context) {
        RandomGenerator random = new SplittableRandom();
        OrderMix mix = new OrderMix(random);
        Instant now = Instant.now();
        Customers customers = Customers.of(
                context.platform(), ORDERS_PER_SECOND, () -> mix.withCoupon("GUESS-" + random.nextInt(1_000_000)));
        return new Fault(
                "%.0f orders a second with codes that do not exist".formatted(ORDERS_PER_SECOND),
                now,
                ExpectedAlert.of("CouponAbuse", Service.COUPON.serviceName()),
                customers::close);
    }
}
