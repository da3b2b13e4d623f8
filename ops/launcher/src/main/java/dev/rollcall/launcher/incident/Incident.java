package dev.rollcall.launcher.incident;

import dev.rollcall.launcher.parts.Databases;
import dev.rollcall.launcher.parts.PrometheusServer;
import dev.rollcall.launcher.platform.CommandFailure;
import dev.rollcall.launcher.platform.Service;
import dev.rollcall.launcher.process.PartProcess;
import dev.rollcall.launcher.traffic.BackgroundOrders;
import dev.rollcall.launcher.traffic.Coupons;
import dev.rollcall.launcher.traffic.OrderMix;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The incidents that can be replayed. Each injects a fault that platforms do have. */
public enum Incident {
    /** An instance dies without deregistering. */
    INSTANCE_KILLED("kills an instance of coupon-service (SIGKILL)"),

    /** Coupon-service answers slowly, because another transaction locks its rows. */
    COUPON_SERVICE_SLOW("locks the coupons in the database for most of the time"),

    /** A client guesses coupon codes. */
    COUPON_ABUSE("tries coupon codes that do not exist, a dozen a second"),

    /** Consul is down: no instance can be looked up, and clients continue with the instances they know. */
    CONSUL_AWAY("kills Consul (SIGKILL)"),

    /** Orders arrive and none succeeds, because the database is down. */
    ORDERS_STALLED("kills the database (SIGKILL) while customers go on ordering");

    private static final double ORDERS_PER_SECOND = 4;
    private static final double GUESSES_PER_SECOND = 12;
    private static final String CONSUL = "consul";

    private final String story;

    Incident(String story) {
        this.story = story;
    }

    /** The name on the command line. */
    public String commandName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What it does, for the list of incidents. */
    public String story() {
        return story;
    }

    /** Injects the fault; closing the result removes it. */
    Fault begin(IncidentContext context) {
        return switch (this) {
            case INSTANCE_KILLED -> killInstance(context);
            case COUPON_SERVICE_SLOW -> lockCoupons(context);
            case COUPON_ABUSE -> guessCoupons(context);
            case CONSUL_AWAY -> killConsul(context);
            case ORDERS_STALLED -> killStore(context);
        };
    }

    private static Fault killInstance(IncidentContext context) {
        String service = Service.COUPON.serviceName();
        PartProcess instance = context.platform().instances(service).stream()
                .filter(PartProcess::isAlive)
                .reduce((earlier, later) -> later)
                .orElseThrow(() -> new CommandFailure("no coupon-service is running: ops/rollcall up starts it"));
        Instant now = Instant.now();
        instance.process().kill();
        return new Fault(
                "SIGKILL to " + instance.name(),
                now,
                new ExpectedAlert("TargetDown", service, Optional.of(instance.name())),
                context.engine()::revive);
    }

    private static Fault lockCoupons(IncidentContext context) {
        OrderMix mix = new OrderMix(new SplittableRandom());
        Instant now = Instant.now();
        RowLock lock =
                RowLock.on(Databases.of(context.workspace(), context.platform().ports()));
        BackgroundOrders orders =
                BackgroundOrders.of(context.platform(), ORDERS_PER_SECOND, () -> mix.withCoupon(Coupons.WELCOME));
        return new Fault(
                "coupons locked for 1.6 of every 1.7 s",
                now,
                ExpectedAlert.of("HighRequestLatency", Service.COUPON.serviceName()),
                () -> {
                    orders.close();
                    lock.close();
                });
    }

    private static Fault guessCoupons(IncidentContext context) {
        RandomGenerator random = new SplittableRandom();
        OrderMix mix = new OrderMix(random);
        Instant now = Instant.now();
        BackgroundOrders orders = BackgroundOrders.of(
                context.platform(), GUESSES_PER_SECOND, () -> mix.withCoupon("GUESS-" + random.nextInt(1_000_000)));
        return new Fault(
                "%.0f orders a second with codes that do not exist".formatted(GUESSES_PER_SECOND),
                now,
                ExpectedAlert.of("CouponAbuse", Service.COUPON.serviceName()),
                orders::close);
    }

    private static Fault killConsul(IncidentContext context) {
        PartProcess consul = context.platform().find(CONSUL);
        Instant now = Instant.now();
        consul.process().kill();
        return new Fault(
                "SIGKILL to Consul",
                now,
                new ExpectedAlert("ConsulDiscoveryFailing", CONSUL, Optional.of(PrometheusServer.NAME)),
                context.engine()::revive);
    }

    private static Fault killStore(IncidentContext context) {
        PartProcess store = context.platform().find("store");
        OrderMix mix = new OrderMix(new SplittableRandom());
        Instant now = Instant.now();
        store.process().kill();
        BackgroundOrders orders = BackgroundOrders.of(
                context.platform(), ORDERS_PER_SECOND, () -> mix.next().body());
        return new Fault(
                "SIGKILL to the database", now, ExpectedAlert.of("OrdersStalled", Service.ORDER.serviceName()), () -> {
                    orders.close();
                    context.engine().revive();
                });
    }

    /** Finds an incident by its name. */
    public static final class Parser implements ITypeConverter<Incident> {
        @Override
        public Incident convert(String text) {
            return Arrays.stream(values())
                    .filter(incident -> incident.commandName().equals(text))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException("'%s' (expected: one of %s)"
                            .formatted(
                                    text,
                                    Arrays.stream(values())
                                            .map(Incident::commandName)
                                            .collect(Collectors.joining(", ")))));
        }
    }
}
