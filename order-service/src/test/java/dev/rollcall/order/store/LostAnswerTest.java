package dev.rollcall.order.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.chassis.store.Database;
import dev.rollcall.chassis.store.StoreUnavailable;
import dev.rollcall.chassis.testing.LossyDriver;
import dev.rollcall.order.domain.Cart;
import dev.rollcall.order.domain.IdempotencyKey;
import dev.rollcall.order.domain.Line;
import dev.rollcall.order.domain.Order;
import dev.rollcall.order.domain.OrderBook.Attempt;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A write may have taken effect although its confirmation was lost: a stored order is never refused. */
class LostAnswerTest {
    private final LossyDriver driver = LossyDriver.register();
    private final Database database = new Database(
            "jdbc:lossy:h2:mem:" + UUID.randomUUID()
                    + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;DB_CLOSE_DELAY=-1",
            "sa",
            "",
            "db/migration/order");
    private final OrderStore store = new OrderStore(database, Clock.systemUTC());

    @BeforeEach
    void start() {
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(database::isReady);
    }

    @AfterEach
    void stop() {
        database.close();
        driver.close();
    }

    private static Order order(@Nullable String coupon) {
        var cart = new Cart("ann", "EUR", List.of(new Line("tea", 1, 1_000)), coupon);
        return Order.open(UUID.randomUUID().toString(), cart, Instant.parse("2026-01-01T00:00:00Z"));
    }

    @Test
    void findsAnOrderThatItHasWritten() {
        Order order = order(null);
        driver.loseNext("insert into orders");

        assertThat(store.open(order, null)).contains(new Attempt(order, 1));
        assertThat(store.list(null, Long.MAX_VALUE, 10)).hasSize(1);
    }

    @Test
    void stillTellsAKeyThatSomebodyElseHas() {
        var key = new IdempotencyKey("key", "fingerprint");
        store.open(order(null), key);
        driver.loseNext("select id, attempt from orders");

        assertThat(store.open(order(null), key)).isEmpty();
    }

    @Test
    void findsAnOrderThatItHasConfirmed() {
        Order order = order("SPRING");
        Attempt attempt = store.open(order, null).orElseThrow();
        driver.loseNext("merge into orders");

        assertThat(store.settle(attempt, order.confirm(150))).isTrue();
        assertThat(store.get(order.id())).contains(order.confirm(150));
    }

    @Test
    void takesAnOrderForOvertakenThatAnotherAttemptHasConfirmed() {
        Order order = order("SPRING");
        Attempt attempt = store.open(order, null).orElseThrow();
        Attempt next = store.takeOver(attempt).orElseThrow();
        assertThat(store.settle(next, order.confirm(150))).isTrue();
        driver.loseNext("merge into orders");

        assertThat(store.settle(attempt, order.confirm(150))).isFalse();
    }

    @Test
    void leavesToRecoveryWhatIsPending() {
        driver.loseNext("insert into orders");

        assertThatThrownBy(() -> store.open(order("SPRING"), null)).isInstanceOf(StoreUnavailable.class);

        assertThat(store.backlog().pending()).isEqualTo(1);
        assertThat(store.unsettled(Instant.now().plusSeconds(60), 10)).hasSize(1);
    }

    @Test
    void opensOneOrderForEachKeyOfConcurrentOnes() throws Exception {
        driver.loseNext("insert into orders");
        List<Callable<Boolean>> orders = IntStream.range(0, 300)
                .<Callable<Boolean>>mapToObj(i ->
                        () -> store.open(order(null), new IdempotencyKey("key-" + i % 20, "f"))
                                .isPresent())
                .toList();

        assertThat(concurrently(orders)).filteredOn(opened -> opened).hasSize(20);
        assertThat(store.list(null, Long.MAX_VALUE, 1_000)).hasSize(20);
    }

    @Test
    void confirmsConcurrentOrdersButThoseTakenOver() throws Exception {
        List<Attempt> attempts = IntStream.range(0, 100)
                .mapToObj(i -> store.open(order("SPRING"), null).orElseThrow())
                .toList();
        assertThat(attempts.subList(0, 30))
                .allMatch(attempt -> store.takeOver(attempt).isPresent());
        driver.loseNext("merge into orders");

        List<Boolean> settled = concurrently(attempts.stream()
                .<Callable<Boolean>>map(
                        attempt -> () -> store.settle(attempt, attempt.order().confirm(150)))
                .toList());

        assertThat(settled.subList(0, 30)).containsOnly(false);
        assertThat(settled.subList(30, 100)).containsOnly(true);
        assertThat(store.backlog().pending()).isEqualTo(30);
    }

    private static List<Boolean> concurrently(List<Callable<Boolean>> calls) throws Exception {
        List<Boolean> results = new ArrayList<>();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Boolean> result : callers.invokeAll(calls)) {
                results.add(result.get());
            }
        }
        return results;
    }
}
