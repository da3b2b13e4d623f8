package dev.rollcall.order.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.rollcall.chassis.RunningService;
import dev.rollcall.coupon.testing.CouponServices;
import dev.rollcall.discovery.http.testing.Api;
import dev.rollcall.discovery.http.testing.Api.Answer;
import dev.rollcall.discovery.testing.TestAuthority;
import dev.rollcall.order.OrderServices;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both services with certificates of an authority of their own, which find each other in a real Consul. */
@Tag("full")
class CouponsByTlsTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private TestAuthority authority;
    private OrderServices services;

    @BeforeEach
    void start() throws IOException {
        authority = TestAuthority.create(Files.createDirectory(folder.resolve("own")));
        services = new OrderServices(folder);
        services.store().start();
    }

    @AfterEach
    void stop() {
        services.close();
    }

    @Test
    void placesAnOrderWithACouponByTlsAlone() {
        RunningService coupon = services.startCoupons(certified("coupon-service"));
        RunningService order = services.start(trusting(authority));
        issueCoupon(coupon);

        await().atMost(LONG)
                .until(() -> Api.on(order.port())
                                .post("/orders", OrderServices.order("TLS"))
                                .status()
                        == 201);

        assertThat(secure(coupon).get("/coupons/TLS").json().path("redeemed").asLong())
                .isEqualTo(1);
        assertThat(meta("coupon-service")).containsExactly("true");
    }

    @Test
    void answers503AndSaysWhyWhereTheCertificateIsOfAnotherAuthority() throws IOException {
        TestAuthority stranger = TestAuthority.create(Files.createDirectory(folder.resolve("stranger")));
        RunningService secure = services.startCoupons(certified("coupon-service"));
        RunningService plain = services.startCoupons();
        issueCoupon(secure);
        RunningService order = services.start(trusting(stranger));
        awaitReady(order);

        try (Log log = new Log()) {
            await().atMost(LONG).untilAsserted(() -> {
                Answer answer = Api.on(order.port()).post("/orders", OrderServices.order("TLS"));
                assertThat(answer.status()).isEqualTo(503);
                assertThat(answer.problem()).isEqualTo("unavailable");
                assertThat(log.lines)
                        .anySatisfy(line -> assertThat(line)
                                .contains("coupon-service-127.0.0.1-" + secure.port() + " at 127.0.0.1:"
                                        + secure.port() + " can't be called over TLS: its certificate is not signed by"
                                        + " a trusted authority"));
            });
        }
        assertThat(Api.on(plain.adminPort()).get("/metrics").text())
                .doesNotContain("endpoint=\"/coupons/{code}/redemptions\"");
        assertThat(CouponServices.admin(plain)
                        .get("/coupons/TLS")
                        .json()
                        .path("redeemed")
                        .asLong())
                .isZero();
    }

    @Test
    void waitsNoLongerThanItsTimeoutForAHandshake() throws IOException {
        try (var silent = new ServerSocket(0)) {
            RunningService order = services.start(Map.of(
                    "coupon-service.url",
                    "https://127.0.0.1:" + silent.getLocalPort(),
                    "coupon-service.timeout",
                    "PT0.2S"));
            awaitReady(order);

            try (Log log = new Log()) {
                assertThat(Api.on(order.port())
                                .post("/orders", OrderServices.order("TLS"))
                                .status())
                        .isEqualTo(503);
                // not the client's deadline, which logs nothing
                assertThat(log.lines)
                        .anySatisfy(line -> assertThat(line).startsWith("coupon-service does not answer: "));
            }
        }
    }

    @Test
    void takesOrdersByTlsAndSaysSoInConsul() {
        RunningService order = services.start(certified("order-service"));
        awaitReady(order);

        assertThat(Api.on(order.port(), authority)
                        .post("/orders", OrderServices.order())
                        .status())
                .isEqualTo(201);
        assertThatThrownBy(() -> Api.on(order.port()).get("/orders")).hasRootCauseInstanceOf(IOException.class);
        await().atMost(LONG).until(() -> meta("order-service").equals(List.of("true")));
    }

    @Test
    void namesTheKeyWhoseAuthorityIsMissing() {
        assertThatThrownBy(() -> services.start(
                        Map.of("coupon-service.tls.trust.pem.certificates.resource.path", "/no/such/authority.pem")))
                .hasMessageStartingWith("coupon-service.tls: ")
                .hasMessageContaining("/no/such/authority.pem");
    }

    private Map<String, String> certified(String name) {
        TestAuthority.Issued issued = authority.issue(name, "EC", "-ext", "san=ip:127.0.0.1");
        return Map.of(
                "server.tls.private-key.pem.key.resource.path", issued.key().toString(),
                "server.tls.private-key.pem.cert-chain.resource.path",
                        issued.certificate().toString());
    }

    private static Map<String, String> trusting(TestAuthority trusted) {
        return Map.of(
                "coupon-service.url",
                "https://coupon-service",
                "coupon-service.tls.trust.pem.certificates.resource.path",
                trusted.certificate().toString());
    }

    private Api secure(RunningService coupon) {
        return Api.on(coupon.port(), authority).withToken(CouponServices.ADMIN);
    }

    private void issueCoupon(RunningService coupon) {
        await().atMost(LONG)
                .until(() -> secure(coupon)
                                .post("/coupons", OrderServices.coupon("TLS", 5))
                                .status()
                        == 201);
    }

    private static void awaitReady(RunningService service) {
        await().atMost(LONG)
                .until(() ->
                        Api.on(service.adminPort()).get("/observe/health/ready").status() == 200);
    }

    /** Whether the instances of a service say that they speak TLS. */
    private List<String> meta(String service) {
        return services.consul().get("/v1/catalog/service/" + service).findValuesAsText("secure");
    }

    private static final class Log extends Handler implements AutoCloseable {
        private static final Logger OURS = Logger.getLogger("dev.rollcall");

        private final Queue<String> lines = new ConcurrentLinkedQueue<>();

        private Log() {
            OURS.addHandler(this);
        }

        @Override
        public void publish(LogRecord entry) {
            lines.add(new SimpleFormatter().formatMessage(entry));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {
            OURS.removeHandler(this);
        }
    }
}
