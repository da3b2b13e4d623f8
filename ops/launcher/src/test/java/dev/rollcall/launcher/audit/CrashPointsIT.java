package dev.rollcall.launcher.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rollcall.chassis.testing.CrashDriver;
import dev.rollcall.launcher.parts.App;
import dev.rollcall.launcher.parts.Store;
import dev.rollcall.launcher.platform.Port;
import dev.rollcall.launcher.platform.Ports;
import dev.rollcall.launcher.platform.Service;
import dev.rollcall.launcher.platform.Tokens;
import dev.rollcall.launcher.platform.Workspace;
import dev.rollcall.launcher.process.PartProcess;
import dev.rollcall.launcher.process.Pid;
import dev.rollcall.launcher.process.PlatformState;
import dev.rollcall.launcher.process.PortPlan;
import dev.rollcall.launcher.testing.Checkout;
import dev.rollcall.launcher.testing.Shoppers;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each service dies under load at every step of an order with a coupon: before and after each write and around each
 * commit. This includes the calls between the services: the redemption right before an order is settled, and the
 * release right after it is cancelled. Each process must repair what the previous death left before it dies itself.
 */
@Tag("full")
class CrashPointsIT {
    private static final String UNTIL_SETTLED = "before merge into orders";

    private static final List<String> IN_ORDERS =
            List.of("before insert into orders", "after insert into orders", UNTIL_SETTLED, "after merge into orders");

    private static final List<String> IN_RECOVERY = List.of(
            "before update orders set attempt",
            "after update orders set attempt",
            "before update orders set release_due",
            "after update orders set release_due");

    private static final List<String> IN_COUPONS = List.of(
            "before insert into redemptions",
            "after insert into redemptions",
            "after update coupons set redeemed",
            "before commit of insert into redemptions",
            "after commit of insert into redemptions");

    private static final List<String> IN_RELEASES = List.of(
            "before update redemptions set released",
            "after update redemptions set released",
            "before commit of update redemptions set released",
            "after commit of update redemptions set released");

    @TempDir
    private Path state = Path.of("");

    private final PortPlan plan = new PortPlan(PlatformState.NONE);
    private final int orderPort = plan.reserve();
    private final int couponPort = plan.reserve();
    private final int storePort = plan.reserve();
    private final Map<Service, Process> processes = new HashMap<>();
    private Workspace workspace = new Checkout(state).workspace();
    private Store store = Store.of(workspace, new Ports(Map.of(Port.STORE, storePort)));
    private PartProcess server = new PartProcess("store", "", 0, Pid.NONE);

    @BeforeEach
    void start() throws Exception {
        workspace = new Checkout(state).workspace();
        store = Store.of(workspace, new Ports(Map.of(Port.STORE, storePort)));
        new Tokens(workspace).create();
        store.prepare();
        server = store.program().start(workspace);
        await().until(() -> !Ports.isFree(storePort));
        run(Service.COUPON, "never");
        run(Service.ORDER, "never");
        createCoupon();
    }

    @AfterEach
    void stop() {
        processes.values().forEach(process -> process.destroyForcibly().onExit().join());
        server.process().kill();
        assertThat(server.process().awaitEnd(Duration.ofSeconds(10))).isTrue();
    }

    @Test
    void ordersAndRedemptionsAgreeWhereverAServiceDies() throws Exception {
        try (Shoppers customers = Shoppers.start(3, () -> List.of(orderPort), "CRASH")) {
            for (String point : IN_ORDERS) {
                dieAt(Service.ORDER, point);
            }
            for (String point : IN_RECOVERY) {
                dieAt(Service.ORDER, UNTIL_SETTLED);
                // no retry of a key resumes the order, so that recovery must find it
                dieAt(Service.ORDER, point, "-Dattempt-timeout=PT1H");
            }
            run(Service.ORDER, "never");
            for (String point : IN_COUPONS) {
                dieAt(Service.COUPON, point);
            }
            // times out at once, so that it must release redemptions whose answers it missed
            run(Service.ORDER, "never", "-Dcoupon-service.timeout=PT0.001S");
            for (String point : IN_RELEASES) {
                dieAt(Service.COUPON, point);
            }
            run(Service.COUPON, "never");
            run(Service.ORDER, "never");
            int then = customers.acknowledged();
            await().atMost(Duration.ofMinutes(1)).until(() -> customers.acknowledged() > then + 10);
            customers.finish();
            await("everything is settled").atMost(Duration.ofMinutes(4)).until(() -> unsettled() == 0);

            System.out.println("crash points: " + customers.summary());
            customers.assertToldTheTruth(() -> connect("order-service"));
        }
        Findings findings = audit();
        assertThat(Invariant.values())
                .allSatisfy(
                        it -> assertThat(findings.broken(it)).as(it.sentence()).isEmpty());
        assertThat(findings.checked(Invariant.REDEEMED)).isGreaterThan(10);
    }

    private Findings audit() throws SQLException {
        try (Connection orders = connect("order-service");
                Connection coupons = connect("coupon-service")) {
            return StoreAudit.read(orders, coupons, Instant.now()).findings();
        }
    }

    private void dieAt(Service service, String point, String... options) throws Exception {
        run(service, point, options);
        Process process = process(service);
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).as(point).isTrue();
        assertThat(process.exitValue()).as("%s: %s", point, log(service)).isEqualTo(CrashDriver.EXIT);
    }

    private Process process(Service service) {
        return Objects.requireNonNull(processes.get(service));
    }

    private String log(Service service) throws IOException {
        return Files.readString(state.resolve(service.serviceName() + ".log"));
    }

    /** Replaces a service's process by one that dies at a point. */
    private void run(Service service, String point, String... options) throws IOException {
        Process before = processes.get(service);
        if (before != null) {
            before.destroyForcibly().onExit().join();
        }
        Path target = workspace.home().resolve(service.module()).resolve("target");
        Path testClasses = workspace.ops("chassis/target/test-classes");
        List<String> command = new ArrayList<>(List.of(
                App.JAVA,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx96m",
                "-Dcrash.at=" + point,
                "-Dserver.port=" + (service == Service.ORDER ? orderPort : couponPort),
                "-Dserver.features.consul.enabled=false",
                "-Ddatabase.url=" + store.url(service.serviceName()).replaceFirst("jdbc:", "jdbc:crash:"),
                "-Ddatabase.user=" + Store.USER,
                "-Ddatabase.password-file=" + workspace.token(Tokens.DATABASE),
                "-Dtokens.admin-file=" + workspace.token(Tokens.ADMIN),
                "-Dtokens.service-file=" + workspace.token(Tokens.SERVICE)));
        if (service == Service.ORDER) {
            command.addAll(List.of(
                    "-Dcoupon-service.url=http://127.0.0.1:" + couponPort,
                    "-Dcoupon-service.token-file=" + workspace.token(Tokens.SERVICE),
                    "-Dattempt-timeout=PT1S",
                    "-Drecovery.after=PT2S",
                    "-Drecovery.interval=PT0.5S"));
        }
        command.addAll(List.of(options));
        command.addAll(List.of(
                "-cp",
                target.resolve(service.serviceName() + ".jar") + ":" + testClasses,
                service == Service.ORDER ? "dev.rollcall.order.Main" : "dev.rollcall.coupon.Main"));
        processes.put(
                service,
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(
                                state.resolve(service.serviceName() + ".log").toFile())
                        .start());
    }

    private void createCoupon() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + couponPort + "/coupons"))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + new Tokens(workspace).read(Tokens.ADMIN))
                .POST(HttpRequest.BodyPublishers.ofString("""
                {"code": "CRASH", "percentOff": 15, "currency": "EUR", "maxRedemptions": 1000000,
                 "validUntil": "2120-01-01T00:00:00Z"}"""))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            await().atMost(Duration.ofMinutes(1))
                    .ignoreExceptions()
                    .until(() -> client.send(request, BodyHandlers.ofString()).statusCode() == 201);
        }
    }

    private Connection connect(String service) throws SQLException {
        return DriverManager.getConnection(store.url(service), Store.USER, new Tokens(workspace).read(Tokens.DATABASE));
    }

    private long unsettled() throws SQLException {
        try (Connection connection = connect("order-service");
                ResultSet row = connection
                        .createStatement()
                        .executeQuery("select count(*) from orders where status = 'PENDING' or release_due")) {
            row.next();
            return row.getLong(1);
        }
    }
}
