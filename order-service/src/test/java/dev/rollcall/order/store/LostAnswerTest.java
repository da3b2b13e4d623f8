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
import java.util.List;
import java.util.UUID;
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
        driver.loseNext("select count(*) from orders");

        assertThat(store.open(order(null), key)).isEmpty();
    }

    @Test
    void findsAnOrderThatItHasConfirmed() {
        Order order = order("SPRING");
        Attempt attempt = store.open(order, null).orElseThrow();
        driver.loseNext("update orders");

        assertThat(store.settle(attempt, order.confirm(150))).isTrue();
        assertThat(store.get(order.id())).contains(order.confirm(150));
    }

    @Test
    void takesAnOrderForOvertakenThatAnotherAttemptHasConfirmed() {
        Order order = order("SPRING");
        Attempt attempt = store.open(order, null).orElseThrow();
        Attempt next = store.takeOver(attempt).orElseThrow();
        assertThat(store.settle(next, order.confirm(150))).isTrue();
        driver.loseNext("update orders");

        assertThat(store.settle(attempt, order.confirm(150))).isFalse();
    }

    @Test
    void leavesToRecoveryWhatIsPending() {
        driver.loseNext("insert into orders");

        assertThatThrownBy(() -> store.open(order("SPRING"), null)).isInstanceOf(StoreUnavailable.class);

        assertThat(store.backlog().pending()).isEqualTo(1);
        assertThat(store.unsettled(Instant.now().plusSeconds(60), 10)).hasSize(1);
    }
}
