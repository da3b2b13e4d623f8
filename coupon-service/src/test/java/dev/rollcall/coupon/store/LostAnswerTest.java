package dev.rollcall.coupon.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.chassis.store.Database;
import dev.rollcall.chassis.testing.LossyDriver;
import dev.rollcall.coupon.domain.Coupon;
import dev.rollcall.coupon.domain.Discount;
import dev.rollcall.coupon.domain.Purchase;
import dev.rollcall.coupon.domain.Redemption;
import dev.rollcall.coupon.domain.Release;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A commit may have taken effect although its confirmation was lost: the attempt finds and counts its own result. */
class LostAnswerTest {
    private static final Purchase PURCHASE = new Purchase("order-1", "ann", 1_000, "EUR");

    private final LossyDriver driver = LossyDriver.register();
    private final Database database = new Database(
            "jdbc:lossy:h2:mem:" + UUID.randomUUID()
                    + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;DB_CLOSE_DELAY=-1",
            "sa",
            "",
            "db/migration/coupon");
    private final CouponStore store = new CouponStore(database, Clock.systemUTC());

    @BeforeEach
    void start() {
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(database::isReady);
        assertThat(store.add(new Coupon(
                        "SPRING",
                        new Discount.PercentOff(15),
                        "EUR",
                        0,
                        10,
                        10,
                        Instant.EPOCH,
                        Instant.parse("2999-01-01T00:00:00Z"),
                        0)))
                .isTrue();
    }

    @AfterEach
    void stop() {
        database.close();
        driver.close();
    }

    private long redeemed() {
        return store.find("SPRING").orElseThrow().redeemed();
    }

    @Test
    void tellsWhoTookAUseThatItDid() {
        driver.loseNext("insert into redemptions");

        assertThat(store.redeem("SPRING", PURCHASE, Instant.MAX)).isEqualTo(new Redemption.Redeemed(150));
        assertThat(redeemed()).isEqualTo(1);
        assertThat(store.redeem("SPRING", PURCHASE, Instant.MAX)).isEqualTo(new Redemption.Replayed(150));
    }

    @Test
    void tellsWhoGaveAUseBackThatItDid() {
        store.redeem("SPRING", PURCHASE, Instant.MAX);
        driver.loseNext("update redemptions");

        assertThat(store.release("SPRING", "order-1")).isEqualTo(new Release.GivenBack(150, "EUR"));
        assertThat(redeemed()).isZero();
        assertThat(store.release("SPRING", "order-1")).isEqualTo(new Release.NothingTaken());
    }
}
