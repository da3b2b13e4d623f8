package dev.rollcall.order.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.chassis.RunningService;
import dev.rollcall.chassis.testing.Engine;
import dev.rollcall.coupon.testing.CouponServices;
import dev.rollcall.discovery.http.testing.Api;
import dev.rollcall.discovery.http.testing.Api.Answer;
import dev.rollcall.order.OrderServices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** One key, sent by many threads to two instances at once. */
@ParameterizedClass
@EnumSource(Engine.class)
class IdempotencyTest {
    private static final int THREADS = 32;

    @TempDir
    private static Path folder;

    @SuppressWarnings("NullAway.Init")
    private static OrderServices services;

    @SuppressWarnings("NullAway.Init")
    private static List<Api> apis;

    @SuppressWarnings("NullAway.Init")
    private static Api coupons;

    @SuppressWarnings("unused") // says that the class has this parameter, which start needs
    IdempotencyTest(Engine engine) {}

    @BeforeParameterizedClassInvocation
    static void start(Engine engine) throws IOException {
        services = new OrderServices(Files.createDirectory(folder.resolve(engine.name())), engine);
        RunningService one = services.start(Map.of());
        RunningService two = services.start(Map.of());
        RunningService coupon = services.startCoupons();
        services.store().start();
        services.awaitReady(one, coupon);
        services.awaitReady(two, coupon);
        apis = List.of(Api.on(one.port()), Api.on(two.port()));
        coupons = CouponServices.admin(coupon);
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        services.close();
    }

    @Test
    void placesOneOrderWithItsCoupon() throws Exception {
        coupons.post("/coupons", OrderServices.coupon("RACED", 100));

        assertOneOrder("raced", OrderServices.order("RACED"));

        assertThat(coupons.get("/coupons/RACED").json().path("redeemed").asLong())
                .isEqualTo(1);
    }

    @Test
    void placesOneOrderWithoutACoupon() throws Exception {
        assertOneOrder("plain", OrderServices.order());
    }

    private static void assertOneOrder(String key, String order) throws Exception {
        String customer = "customer-" + key;
        String body = order.replace("customer-1", customer);

        List<Answer> answers = together(thread -> keyed(thread, key).post("/orders", body));

        List<Answer> placed =
                answers.stream().filter(answer -> answer.status() == 201).toList();
        List<Answer> others =
                answers.stream().filter(answer -> answer.status() != 201).toList();
        assertThat(placed).isNotEmpty();
        assertThat(placed.stream().map(Answer::text).distinct()).hasSize(1);
        assertThat(others).allSatisfy(answer -> {
            assertThat(answer.status()).isEqualTo(409);
            assertThat(answer.problem()).isEqualTo("key-in-flight");
        });
        assertThat(keyed(0, key).post("/orders", body).text())
                .isEqualTo(placed.getFirst().text());
        assertThat(apis.getFirst()
                        .withToken(CouponServices.ADMIN)
                        .get("/orders?customerId=" + customer)
                        .json()
                        .path("items"))
                .hasSize(1);
    }

    private static Api keyed(int thread, String key) {
        return apis.get(thread % apis.size()).with("Idempotency-Key", key);
    }

    private static List<Answer> together(IntFunction<Answer> task) throws Exception {
        var barrier = new CyclicBarrier(THREADS);
        var answers = new ConcurrentLinkedQueue<Answer>();
        var tasks = IntStream.range(0, THREADS)
                .<Callable<Void>>mapToObj(thread -> () -> {
                    barrier.await();
                    answers.add(task.apply(thread));
                    return null;
                })
                .toList();
        try (var threads = Executors.newFixedThreadPool(THREADS)) {
            for (Future<Void> done : threads.invokeAll(tasks)) {
                done.get();
            }
        }
        return List.copyOf(answers);
    }
}
