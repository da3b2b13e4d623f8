package dev.rollcall.coupon.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.chassis.store.Database;
import dev.rollcall.chassis.testing.Engine;
import dev.rollcall.chassis.testing.Store;
import dev.rollcall.coupon.domain.Coupon;
import dev.rollcall.coupon.domain.Discount;
import dev.rollcall.coupon.domain.Purchase;
import dev.rollcall.coupon.domain.Redemption;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL keeps plans of prepared statements; those for a table with few rows scan all of it. */
class GrowingTableTest {
    private static final int ROWS = 20_000;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void redemptionsNeverScanAllOthers() throws SQLException {
        try (Store server = Engine.POSTGRESQL.in(folder).with("coupon-service").start();
                Connection admin =
                        DriverManager.getConnection(server.url("coupon-service"), Store.USER, Store.PASSWORD)) {
            try (var database =
                    new Database(server.url("coupon-service"), Store.USER, Store.PASSWORD, "db/migration/coupon")) {
                Awaitility.await().atMost(Duration.ofMinutes(1)).until(database::isReady);
                var store = new CouponStore(database, Clock.systemUTC());
                store.add(new Coupon(
                        "SALE",
                        new Discount.PercentOff(15),
                        "EUR",
                        0,
                        1_000_000,
                        10,
                        Instant.EPOCH,
                        Instant.parse("2999-01-01T00:00:00Z"),
                        0));
                redeem(store, "before", 20);
                admin.createStatement().execute("""
                        insert into redemptions (order_id, code, released, customer_id, subtotal, currency, discount,
                                                 changed_at)
                        select 'past-' || i, 'SALE', false, 'customer-' || i, 1000, 'EUR', 150, now()
                          from generate_series(1, %d) as i""".formatted(ROWS));
                redeem(store, "after", 20);
            }
            // a session's counts are complete once it has ended
            Awaitility.await()
                    .until(() ->
                            number(admin, "select count(*) from pg_stat_activity where datname = current_database()")
                                    == 1);
            assertThat(number(admin, "select seq_tup_read from pg_stat_user_tables where relname = 'redemptions'"))
                    .isLessThan(ROWS);
        }
    }

    private static void redeem(CouponStore store, String orders, int count) {
        for (int i = 0; i < count; i++) {
            var purchase = new Purchase(orders + "-" + i, orders + "-customer-" + i, 1_000, "EUR");
            assertThat(store.redeem("SALE", purchase, Instant.MAX)).isEqualTo(new Redemption.Redeemed(150));
        }
    }

    private static long number(Connection connection, String query) throws SQLException {
        try (ResultSet rows = connection.createStatement().executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
