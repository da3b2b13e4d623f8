package dev.rollcall.launcher.incident;

import dev.rollcall.launcher.parts.Databases;
import dev.rollcall.launcher.traffic.Coupons;
import dev.rollcall.launcher.traffic.Customers;
import dev.rollcall.launcher.traffic.OrderMix;
import java.time.Instant;
import java.util.SplittableRandom;

/** Coupon-service answers slowly, because another transaction locks its rows. */
final class CouponServiceSlow implements Incident {

    private static final double ORDERS_PER_SECOND = 4;

    @Override
    public String story() {
        return "locks the coupons in the database for most of the time";
    }

    @Override
    public Fault begin(IncidentContext context) {
        OrderMix mix = new OrderMix(new SplittableRandom());
        Instant now = Instant.now();
        RowLock lock =
                RowLock.on(Databases.of(context.workspace(), context.platform().ports()));
        Customers customers =
                Customers.of(context.platform(), ORDERS_PER_SECOND, () -> mix.withCoupon(Coupons.WELCOME));
        return new Fault(
                "coupons locked for 1.6 of every 1.7 s",
                now,
                ExpectedAlert.of("HighRequestLatency", "coupon-service"),
                () -> {
                    customers.close();
                    lock.close();
                });
    }
}
