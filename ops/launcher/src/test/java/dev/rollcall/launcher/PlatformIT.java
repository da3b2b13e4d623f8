package dev.rollcall.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.launcher.engine.StateFile;
import dev.rollcall.launcher.platform.Service;
import dev.rollcall.launcher.process.PartProcess;
import dev.rollcall.launcher.testing.OrderBurst;
import dev.rollcall.launcher.testing.UserPlatform;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

/** The platform as a user runs it: real Consul, Prometheus and store, and the launcher as a process. */
@Tag("full")
class PlatformIT {
    @TempDir
    private static Path state = Path.of("");

    private static UserPlatform platform;

    @BeforeAll
    static void start() {
        platform = UserPlatform.up(state);
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    /** Repairs what the previous test killed or scaled. */
    @BeforeEach
    void complete() {
        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> platform.rollcall("up", "--detach"));
        for (String service : List.of("order-service", "coupon-service")) {
            platform.rollcall("scale", service + "=2");
        }
        // traffic would change what the tests count
        platform.rollcall("stop", "traffic");
    }

    /** The build trains them before these tests. */
    @Test
    @EnabledForJreRange(min = JRE.JAVA_25)
    void servicesStartFromTheirCaches() {
        for (Service service : Service.values()) {
            for (PartProcess instance :
                    new StateFile(platform.workspace()).read().instances(service.serviceName())) {
                assertThat(Path.of("/proc", Long.toString(instance.process().pid()), "maps"))
                        .content()
                        .contains("/target/" + service.serviceName() + "-" + Runtime.version() + ".aot");
            }
        }
    }

    @Test
    void businessMetricsCountExactlyWhatHappened() {
        platform.createCoupon("WELCOME", 20, 1_000);
        platform.createCoupon("LAST-ONE", 10, 1);
        platform.awaitScrapeOfAll();
        double success = platform.query("sum(orders_processed_total{result=\"success\"})");
        double rejected = platform.query("sum(orders_processed_total{result=\"rejected\"})");
        double redeemed = platform.query("sum(coupon_redemptions_total{result=\"redeemed\"})");
        double exhausted = platform.query("sum(coupon_redemptions_total{result=\"exhausted\"})");
        double revenue = platform.query("sum(order_revenue_total{currency=\"EUR\"})");
        double discount = platform.query("sum(coupon_discount_total{currency=\"EUR\"})");

        // 19.99 each; 20 % of it is 4.00, half up
        for (int i = 0; i < 7; i++) {
            assertThat(platform.order(1_999, null, null).statusCode()).isEqualTo(201);
        }
        for (int i = 0; i < 5; i++) {
            assertThat(platform.order(1_999, "welcome", null).statusCode()).isEqualTo(201);
        }
        assertThat(platform.order(1_000, "LAST-ONE", null).statusCode()).isEqualTo(201);
        assertThat(platform.order(1_000, "LAST-ONE", null).statusCode()).isEqualTo(422);
        // no order at all, and a replay, which is no second one
        assertThat(platform.order(-1, null, null).statusCode()).isEqualTo(422);
        String first = platform.order(500, null, "key-1").body();
        assertThat(platform.order(500, null, "key-1").body()).isEqualTo(first);

        platform.awaitQuery("sum(orders_processed_total{result=\"success\"})", success + 14);
        platform.awaitQuery("sum(orders_processed_total{result=\"rejected\"})", rejected + 1);
        platform.awaitQuery("sum(coupon_redemptions_total{result=\"redeemed\"})", redeemed + 6);
        platform.awaitQuery("sum(coupon_redemptions_total{result=\"exhausted\"})", exhausted + 1);
        platform.awaitQuery("sum(coupon_discount_total{currency=\"EUR\"})", discount + 5 * 4.00 + 1.00);
        platform.awaitQuery(
                "sum(order_revenue_total{currency=\"EUR\"})", revenue + 7 * 19.99 + 5 * 15.99 + 9.00 + 5.00);
    }

    @Test
    void targetsCarryTheAgreedLabels() {
        for (String service : List.of("order-service", "coupon-service", "node-exporter")) {
            List<JsonNode> series = platform.series("up{job=\"" + service + "\"}");

            assertThat(series).hasSize(service.equals("node-exporter") ? 1 : 2).allSatisfy(it -> {
                assertThat(it.at("/metric/instance").asText()).startsWith(service + "-127.0.0.1-");
                assertThat(it.at("/metric/env").asText()).isEqualTo("local");
                assertThat(it.at("/value/1").asText()).isEqualTo("1");
            });
        }
    }

    @Test
    void thirdInstanceIsFoundAndLeavesWithoutAFailedOrder() throws IOException {
        Process traffic = platform.start("traffic", "--rate", "50", "--duration", "60s");
        Set<String> before = Set.copyOf(platform.instances("order-service"));

        platform.rollcall("scale", "order-service=3");
        List<String> more = platform.instances("order-service").stream()
                .filter(id -> !before.contains(id))
                .toList();
        assertThat(more).hasSize(1);
        platform.awaitQuery("count(up{job=\"order-service\"} == 1)", 3);
        // it takes part before it leaves
        String processed = "sum(orders_processed_total{instance=\"%s\"})".formatted(more.getFirst());
        await().atMost(Duration.ofSeconds(30)).until(() -> platform.query(processed) > 20);

        platform.rollcall("scale", "coupon-service=1");
        platform.rollcall("stop", more.getFirst());
        assertThat(platform.instances("order-service")).isEqualTo(List.copyOf(new java.util.TreeSet<>(before)));
        platform.awaitQuery("count(up{job=\"order-service\"})", 2);

        assertThat(platform.finish(traffic))
                .as(platform.warnings())
                .endsWith("0 sent again, 0 failed")
                .doesNotContain("503");
    }

    @Test
    void rolledServicesKeepTheirInstancesAndFailNoOrder() {
        platform.rollcall("scale", "coupon-service=1");
        StateFile state = new StateFile(platform.workspace());
        List<PartProcess> orders = state.read().instances("order-service");
        List<PartProcess> coupons = state.read().instances("coupon-service");
        Process traffic = platform.start("traffic", "--rate", "20", "--duration", "60s");

        platform.rollcall("redeploy", "order-service");
        platform.rollcall("redeploy", "coupon-service");

        assertThat(state.read().instances("order-service"))
                .extracting(PartProcess::name)
                .containsExactlyInAnyOrderElementsOf(
                        orders.stream().map(PartProcess::name).toList());
        assertThat(state.read().instances("coupon-service"))
                .extracting(PartProcess::name)
                .containsExactlyElementsOf(
                        coupons.stream().map(PartProcess::name).toList());
        assertThat(orders).noneMatch(PartProcess::isAlive);
        assertThat(coupons).noneMatch(PartProcess::isAlive);
        assertThat(platform.finish(traffic))
                .as(platform.warnings())
                .endsWith("0 sent again, 0 failed")
                .doesNotContain("503");
    }

    @Test
    void killedInstanceLosesNoAcknowledgedOrder() {
        List<String> instances = platform.instances("order-service");
        try (OrderBurst burst = OrderBurst.start(platform, 4)) {
            await().until(() -> burst.acknowledged() > 100);
            platform.rollcall("kill", instances.getFirst());
            int then = burst.acknowledged();
            await().atMost(Duration.ofSeconds(20)).until(() -> burst.acknowledged() > then + 100);
            // what asks for the orders below knows nothing of a second try
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> !platform.instances("order-service").contains(instances.getFirst()));
            burst.finish();

            assertThat(burst.lost()).isEmpty();
            assertThat(burst.doubled()).isEmpty();
        }
        assertThat(platform.start("status")).satisfies(status -> {
            assertThat(status.waitFor()).isEqualTo(1);
            assertThat(new String(status.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
                    .contains(instances.getFirst() + ": process gone");
        });
    }

    @Test
    void killedStoreLosesNoAcknowledgedOrder() {
        try (OrderBurst burst = OrderBurst.start(platform, 4)) {
            await().until(() -> burst.acknowledged() > 100);
            platform.rollcall("kill", "store");
            await().until(() -> burst.refused() > 10);
            platform.rollcall("up", "--detach");
            int then = burst.acknowledged();
            await().atMost(Duration.ofSeconds(30)).until(() -> burst.acknowledged() > then + 100);
            burst.finish();

            assertThat(burst.lost()).isEmpty();
            assertThat(burst.doubled()).isEmpty();
        }
    }

    @Test
    void everyInstanceIsBackAfterConsulLostItsState() {
        platform.rollcall("kill", "consul");
        platform.workspace().delete("consul");
        long start = System.nanoTime();

        platform.rollcall("up", "--detach");

        assertThat(platform.rollcall("status")).contains(UserPlatform.complete(0));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
        assertThat(IntStream.range(0, 4)
                        .mapToObj(i -> platform.order(100, null, null).statusCode()))
                .containsOnly(201);
    }
}
