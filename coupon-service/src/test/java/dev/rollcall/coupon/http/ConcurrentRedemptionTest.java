package dev.rollcall.coupon.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.chassis.RunningService;
import dev.rollcall.chassis.testing.Engine;
import dev.rollcall.coupon.testing.CouponServices;
import dev.rollcall.discovery.http.testing.Api;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Three instances that start together on one empty database, and many orders at once. */
@Tag("full")
@ParameterizedClass
@EnumSource(Engine.class)
class ConcurrentRedemptionTest {
    private static final int THREADS = 64;

    @TempDir
    private static Path folder;

    @SuppressWarnings("NullAway.Init")
    private static CouponServices services;

    private static final List<Api> APIS = new ArrayList<>();

    @SuppressWarnings("unused") // says that the class has this parameter, which start needs
    ConcurrentRedemptionTest(Engine engine) {}

    @BeforeParameterizedClassInvocation
    static void start(Engine engine) throws IOException {
        services = new CouponServices(Files.createDirectory(folder.resolve(engine.name())), engine);
        APIS.clear();
        List<RunningService> started = List.of(services.start(), services.start(), services.start());
        services.store().start();
        started.forEach(service -> APIS.add(CouponServices.admin(service)));
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> APIS.stream().allMatch(api -> api.get("/coupons").status() == 200));
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        services.close();
    }

    private static void issue(String code, int uses, int perCustomer) {
        var issued = APIS.getFirst().post("/coupons", """
                {"code": "%s", "amountOff": 100, "currency": "EUR", "maxRedemptions": %d, "perCustomerLimit": %d,
                 "validUntil": "2999-01-01T00:00:00Z"}""".formatted(code, uses, perCustomer));
        assertThat(issued.status()).isEqualTo(201);
    }

    private static int redeem(int thread, String code, String orderId, String customerId) {
        return api(thread)
                .post("/coupons/" + code + "/redemptions", """
                        {"orderId": "%s", "customerId": "%s", "subtotal": 1000, "currency": "EUR"}""".formatted(orderId, customerId))
                .status();
    }

    private static Api api(int thread) {
        return APIS.get(thread % APIS.size());
    }

    private static long redeemed(String code) {
        return APIS.getFirst().get("/coupons/" + code).json().path("redeemed").asLong();
    }

    @Test
    void redeemsExactlyAsOftenAsThereAreUses() throws Exception {
        issue("HUNDRED", 100, 100);
        var orders = new AtomicInteger();

        Map<Integer, Long> answers =
                together(4, thread -> redeem(thread, "HUNDRED", "hundred-" + orders.incrementAndGet(), "customer"));

        assertThat(answers).isEqualTo(Map.of(201, 100L, 422, 156L));
        assertThat(redeemed("HUNDRED")).isEqualTo(100);
    }

    @Test
    void redeemsOnceForAnOrderThatAsksEverywhereAtOnce() throws Exception {
        issue("ONCE", 100, 100);

        Map<Integer, Long> answers = together(1, thread -> redeem(thread, "ONCE", "once", "customer"));

        assertThat(answers).isEqualTo(Map.of(201, 1L, 200, 63L));
        assertThat(redeemed("ONCE")).isEqualTo(1);
    }

    @Test
    void givesAnOrderOneOfTwoCoupons() throws Exception {
        issue("LEFT", 100, 100);
        issue("RIGHT", 100, 100);

        Map<Integer, Long> answers =
                together(1, thread -> redeem(thread, thread < THREADS / 2 ? "LEFT" : "RIGHT", "either", "customer"));

        assertThat(answers).isEqualTo(Map.of(201, 1L, 200, 31L, 409, 32L));
        assertThat(redeemed("LEFT") + redeemed("RIGHT")).isEqualTo(1);
    }

    @Test
    void keepsToACustomersLimit() throws Exception {
        issue("THREE", 100, 3);

        Map<Integer, Long> answers = together(1, thread -> redeem(thread, "THREE", "three-" + thread, "customer"));

        assertThat(answers).isEqualTo(Map.of(201, 3L, 422, 61L));
    }

    @Test
    void holdsNoUseForAnOrderOnceItWasReleased() throws Exception {
        issue("RACE", 100, 100);

        Map<Integer, Long> answers = together(
                4,
                thread -> thread < THREADS / 2
                        ? redeem(thread, "RACE", "race-" + thread, "customer")
                        : api(thread)
                                .send("DELETE", "/coupons/RACE/redemptions/race-" + (thread - THREADS / 2))
                                .status());

        assertThat(answers).containsEntry(204, 128L);
        // which of the others come depends on who is first
        assertThat(answers.keySet()).isSubsetOf(200, 201, 204, 409);
        assertThat(redeemed("RACE")).isZero();
    }

    /** On a busy machine a request may time out waiting for a connection: 503, and nothing changed. */
    private static int settled(IntUnaryOperator task, int thread) {
        int status = task.applyAsInt(thread);
        for (int again = 0; status == 503 && again < 30; again++) {
            status = task.applyAsInt(thread);
        }
        return status;
    }

    /** Counts the results of a task that 64 threads start together and repeat. */
    private static Map<Integer, Long> together(int times, IntUnaryOperator task) throws Exception {
        var barrier = new CyclicBarrier(THREADS);
        var answers = new ConcurrentHashMap<Integer, Long>();
        var tasks = IntStream.range(0, THREADS)
                .<Callable<Void>>mapToObj(thread -> () -> {
                    barrier.await();
                    for (int i = 0; i < times; i++) {
                        answers.merge(settled(task, thread), 1L, Long::sum);
                    }
                    return null;
                })
                .toList();
        try (var threads = Executors.newFixedThreadPool(THREADS)) {
            for (Future<Void> done : threads.invokeAll(tasks)) {
                done.get();
            }
        }
        return answers;
    }
}
