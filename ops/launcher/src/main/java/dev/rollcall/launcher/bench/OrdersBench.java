package dev.rollcall.launcher.bench;

import dev.rollcall.launcher.engine.LocalEngine;
import dev.rollcall.launcher.parts.Store;
import dev.rollcall.launcher.platform.CommandFailure;
import dev.rollcall.launcher.platform.Exec;
import dev.rollcall.launcher.platform.Port;
import dev.rollcall.launcher.platform.Ports;
import dev.rollcall.launcher.platform.Service;
import dev.rollcall.launcher.platform.Table;
import dev.rollcall.launcher.platform.Terminal;
import dev.rollcall.launcher.platform.Tokens;
import dev.rollcall.launcher.platform.Workspace;
import dev.rollcall.launcher.process.PortPlan;
import dev.rollcall.launcher.traffic.Coupons;
import dev.rollcall.launcher.traffic.RequestLoad;
import dev.rollcall.rollcall.Line;
import io.helidon.common.media.type.MediaTypes;
import io.helidon.http.HeaderNames;
import io.helidon.webclient.api.HttpClientResponse;
import io.helidon.webclient.http1.Http1Client;
import io.helidon.webclient.http1.Http1ClientRequest;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Measures orders and redemptions of one coupon on a separate platform. Closing it removes the platform. */
public final class OrdersBench implements AutoCloseable {

    private static final int[] CLIENTS = {1, 8, 64};
    private static final int COUPON_INSTANCES = 3;
    static final String PLAIN = """
            {"customerId": "CUSTOMER", "currency": "%s", "lines": [{"sku": "tea", "quantity": 2, "unitPrice": 999}]}""".formatted(Coupons.CURRENCY);
    private static final Pattern FDATASYNC = Pattern.compile("fdatasync +([\\d.]+) ops/sec");
    static final String WITH_COUPON =
            PLAIN.replace("\"lines\"", "\"couponCode\": \"%s\", \"lines\"".formatted(Coupons.WELCOME));

    private final Workspace workspace;
    private final Terminal terminal;
    private final Duration each;
    /** Of customers and orders; each request has new ones. */
    private final AtomicLong count = new AtomicLong();

    public OrdersBench(Workspace workspace, Terminal terminal, Duration each) {
        this.workspace = workspace.withState(workspace.createFolder("bench"));
        this.terminal = terminal;
        this.each = each;
    }

    /** Runs the benchmark and returns its table. */
    public String measure() {
        Table figures =
                new Table("STORE", "REQUEST", "CLIENTS", "PER SECOND", "PER CPU SECOND", "P50", "P99", "FAILED");
        for (Store.Kind kind : Store.Kind.values()) {
            measure(kind, figures);
            close();
        }
        say("syncs of the disk");
        return """
                %s

                Orders through one order-service and two coupon-services; redemptions at %d coupon-services; all with the
                same coupon. %s for each line. CPU seconds are those of our services.
                This disk syncs %.0f times a second: PostgreSQL waits for it before it acknowledges, H2 doesn't.
                %d processors, shared by clients, services and stores; Java %s""".formatted(
                        figures,
                        COUPON_INSTANCES,
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
        measure(engine, kind, "order", client -> order(client, orders, PLAIN), figures);
        measure(engine, kind, "order with the coupon", client -> order(client, orders, WITH_COUPON), figures);
        engine.scale(Service.COUPON, COUPON_INSTANCES);
        List<URI> redemptions = engine.running().instances(Service.COUPON.serviceName()).stream()
                .map(instance -> URI.create(
                        "http://%s:%d/coupons/%s/redemptions".formatted(Ports.HOST, instance.port(), Coupons.WELCOME)))
                .toList();
        String token = new Tokens(workspace).read(Tokens.SERVICE);
        measure(engine, kind, "redemption of the coupon", client -> redemption(client, redemptions, token), figures);
    }

    private void measure(
            LocalEngine engine,
            Store.Kind kind,
            String what,
            Function<Http1Client, HttpClientResponse> next,
            Table figures) {
        say("warm-up, not counted");
        RequestLoad.of(8, each, next);
        for (int clients : CLIENTS) {
            say("%s, %s, %d clients".formatted(kind, what, clients));
            double before = cpuSeconds(engine);
            RequestLoad load = RequestLoad.of(clients, each, next);
            double used = cpuSeconds(engine) - before;
            figures.row(
                    kind.toString(),
                    what,
                    String.valueOf(clients),
                    "%.0f".formatted(load.perSecond()),
                    "%.0f".formatted(load.latencies().size() / used),
                    millis(load.percentile(50)),
                    millis(load.percentile(99)),
                    String.valueOf(load.others()));
        }
    }

    private static double cpuSeconds(LocalEngine engine) {
        return Service.stored().stream()
                .flatMap(service -> engine.running().instances(service.serviceName()).stream())
                .flatMap(instance -> ProcessHandle.of(instance.process().pid()).stream())
                .flatMap(process -> process.info().totalCpuDuration().stream())
                .mapToDouble(cpu -> cpu.toNanos() / 1e9)
                .sum();
    }

    private HttpClientResponse order(Http1Client client, URI orders, String body) {
        return post(client, orders).submit(body.replace("CUSTOMER", "bench-" + count.incrementAndGet()));
    }

    /** A redemption for a new order, at one instance after the other. */
    private HttpClientResponse redemption(Http1Client client, List<URI> instances, String token) {
        long number = count.incrementAndGet();
        return post(client, instances.get((int) (number % instances.size())))
                .header(HeaderNames.AUTHORIZATION, "Bearer " + token)
                .submit("""
                {"orderId": "bench-%1$d", "customerId": "bench-%1$d", "subtotal": 1998, "currency": "%2$s"}""".formatted(number, Coupons.CURRENCY));
    }

    private static Http1ClientRequest post(Http1Client client, URI uri) {
        return client.post().uri(uri).contentType(MediaTypes.APPLICATION_JSON);
    }

    private void say(String what) {
        terminal.say("bench: " + what);
    }

    private static String millis(Duration duration) {
        return String.format(Locale.ROOT, "%.1f ms", duration.toNanos() / 1e6);
    }
}
