package dev.rollcall.launcher.bench;

import dev.rollcall.launcher.engine.LocalEngine;
import dev.rollcall.launcher.parts.Store;
import dev.rollcall.launcher.platform.CommandFailure;
import dev.rollcall.launcher.platform.Exec;
import dev.rollcall.launcher.platform.Port;
import dev.rollcall.launcher.platform.Ports;
import dev.rollcall.launcher.platform.Table;
import dev.rollcall.launcher.platform.Terminal;
import dev.rollcall.launcher.platform.Tokens;
import dev.rollcall.launcher.platform.Workspace;
import dev.rollcall.launcher.process.PortPlan;
import dev.rollcall.launcher.traffic.Coupons;
import dev.rollcall.launcher.traffic.OrderLoad;
import dev.rollcall.rollcall.Line;
import io.helidon.webclient.http1.Http1Client;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Measures orders on a separate platform, through one instance of order-service. Closing it removes the platform. */
public final class OrdersBench implements AutoCloseable {

    private static final int[] CLIENTS = {1, 8, 64};
    private static final String PLAIN = """
            {"customerId": "CUSTOMER", "currency": "%s", "lines": [{"sku": "tea", "quantity": 2, "unitPrice": 999}]}""".formatted(Coupons.CURRENCY);
    private static final Pattern FDATASYNC = Pattern.compile("fdatasync +([\\d.]+) ops/sec");
    private static final String WITH_COUPON =
            PLAIN.replace("\"lines\"", "\"couponCode\": \"%s\", \"lines\"".formatted(Coupons.WELCOME));

    private final Workspace workspace;
    private final Terminal terminal;
    private final Duration each;
    private final AtomicLong customers = new AtomicLong();

    public OrdersBench(Workspace workspace, Terminal terminal, Duration each) {
        this.workspace = workspace.withState(workspace.createFolder("bench"));
        this.terminal = terminal;
        this.each = each;
    }

    /** Runs the benchmark and returns its table. */
    public String measure() {
        Table figures = new Table("STORE", "COUPON", "CLIENTS", "ORDERS/S", "P50", "P99", "NOT CONFIRMED");
        for (Store.Kind kind : Store.Kind.values()) {
            measure(kind, figures);
            close();
        }
        say("syncs of the disk");
        return """
                %s

                Through one order-service and two coupon-services, all with one and the same coupon; %s for each line.
                This disk syncs %.0f times a second: PostgreSQL waits for it before it acknowledges, H2 doesn't.
                %d processors, shared by clients, services and stores; Java %s""".formatted(
                        figures,
                        each.toSeconds() + " s",
                        syncsPerSecond(),
                        Runtime.getRuntime().availableProcessors(),
                        Runtime.version());
    }

    @Override
    public void close() {
        new LocalEngine(workspace, terminal).down();
        workspace.delete("");
    }

    /** Measured by PostgreSQL's own program, with the call that PostgreSQL makes on Linux. */
    private double syncsPerSecond() {
        if (Exec.show(workspace.ops("tools"), "pg_test_fsync") != 0) {
            throw new CommandFailure("ops/tools could not fetch pg_test_fsync (see above)");
        }
        String program = workspace.tool("pg_test_fsync").toString();
        String file = workspace.createFolder("").resolve("syncs").toString();
        Exec exec = Exec.run(Map.of("LC_ALL", "C"), List.of(program, "-s", "1", "-f", file));
        Matcher measured = FDATASYNC.matcher(exec.output());
        if (!measured.find()) {
            throw new CommandFailure("pg_test_fsync did not measure the disk: " + Line.first(exec.output()));
        }
        return Double.parseDouble(measured.group(1));
    }

    private void measure(Store.Kind kind, Table figures) {
        say("start of the platform on " + kind);
        Ports ports = PortPlan.anyFree();
        LocalEngine engine = new LocalEngine(workspace, terminal);
        engine.chooseStore(kind);
        engine.up(usual -> ports, false);
        new Coupons(
                        Http1Client.builder().baseUri(ports.uri(Port.COUPON)).build(),
                        new Tokens(workspace).read(Tokens.ADMIN))
                .create();
        URI orders = ports.uri(Port.ORDER).resolve("/orders");
        say("warm-up, not counted");
        OrderLoad.of(8, each, orders, next(PLAIN));
        OrderLoad.of(8, each, orders, next(WITH_COUPON));
        for (String body : new String[] {PLAIN, WITH_COUPON}) {
            String coupon = body.equals(PLAIN) ? "without" : "with";
            for (int clients : CLIENTS) {
                say("%s, %s coupon, %d clients".formatted(kind, coupon, clients));
                OrderLoad load = OrderLoad.of(clients, each, orders, next(body));
                figures.row(
                        kind.toString(),
                        coupon,
                        String.valueOf(clients),
                        "%.0f".formatted(load.perSecond()),
                        millis(load.percentile(50)),
                        millis(load.percentile(99)),
                        String.valueOf(load.others()));
            }
        }
    }

    /** Orders of a new customer each, because a redemption counts the customer's earlier ones. */
    private Supplier<String> next(String body) {
        return () -> body.replace("CUSTOMER", "bench-" + customers.incrementAndGet());
    }

    private void say(String what) {
        terminal.say("bench: " + what);
    }

    private static String millis(Duration duration) {
        return String.format(Locale.ROOT, "%.1f ms", duration.toNanos() / 1e6);
    }
}
