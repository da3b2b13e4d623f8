package dev.rollcall.launcher.incident;

import dev.rollcall.launcher.platform.Service;
import dev.rollcall.launcher.process.PartProcess;
import dev.rollcall.launcher.traffic.Customers;
import dev.rollcall.launcher.traffic.OrderMix;
import java.time.Instant;
import java.util.SplittableRandom;

/** Orders arrive and none succeeds, because the database is down. */
final class OrdersStalled implements Incident {

    private static final double ORDERS_PER_SECOND = 4;

    @Override
    public String story() {
        return "kills the database (SIGKILL) while customers go on ordering";
    }

    @Override
    public Fault begin(IncidentContext context) {
        PartProcess store = context.platform().find("store");
        OrderMix mix = new OrderMix(new SplittableRandom());
        Instant now = Instant.now();
        store.process().kill();
        Customers customers = Customers.of(
                context.platform(), ORDERS_PER_SECOND, () -> mix.next().body());
        return new Fault(
                "SIGKILL to the database", now, ExpectedAlert.of("OrdersStalled", Service.ORDER.serviceName()), () -> {
                    customers.close();
                    context.engine().revive();
                });
    }
}
