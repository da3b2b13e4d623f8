package dev.rollcall.launcher.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.launcher.AuditCommand;
import dev.rollcall.launcher.catalogue.Exposition;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The audit of the services' tables, each with one injected error. */
class AuditTest {
    private static final String SIGNATURE = "42@host/1767225600123";
    private static final Instant NOW = Instant.parse("2026-01-01T00:10:00Z");

    private Connection orders = open();
    private Connection coupons = open();

    private static Connection open() {
        try {
            return DriverManager.getConnection(
                    "jdbc:h2:mem:;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    void migrate() throws Exception {
        migrate(orders, "order");
        migrate(coupons, "coupon");
        execute(coupons, """
                insert into coupons values ('SPRING', 15, null, 'EUR', 0, 10, 2, '2020-01-01 00:00:00Z',
                                            '2120-01-01 00:00:00Z', 1)
                """);
        order("a", "CONFIRMED", "SPRING", 150);
        redemption("a", false, 150);
        order("b", "CONFIRMED", null, 0);
        order("c", "REJECTED", "SPRING", 0);
        order("d", "CANCELLED", "SPRING", 0);
        redemption("d", true, 150);
    }

    @AfterEach
    void close() throws SQLException {
        orders.close();
        coupons.close();
    }

    private static void migrate(Connection connection, String name) throws Exception {
        Path folder = Path.of("../../%s-service/src/main/resources/db/migration/%s".formatted(name, name));
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                execute(connection, Files.readString(file));
            }
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void order(String id, String status, @Nullable String coupon, long discount) throws SQLException {
        execute(orders, """
                insert into orders (id, customer_id, currency, lines, coupon_code, subtotal, discount, status, attempt,
                                    attempted_at, created_at, settled_by, settled_at)
                values ('%s', 'customer', 'EUR', '[{"sku":"tea","quantity":2,"unitPrice":500}]', %s, 1000, %d, '%s', 1,
                        '2026-01-01 00:00:00Z', '2026-01-01 00:00:00Z', '%s', '2026-01-01 00:00:00Z')
                """.formatted(id, coupon == null ? "null" : "'" + coupon + "'", discount, status, SIGNATURE));
    }

    private void redemption(String id, boolean released, long discount) throws SQLException {
        execute(coupons, """
                insert into redemptions values ('%s', 'SPRING', %s, 'customer', 1000, 'EUR', %d, '2026-01-01 00:00:00Z',
                                                '%s#1', %s)
                """.formatted(id, released, discount, SIGNATURE, released ? "'" + SIGNATURE + "#2'" : "null"));
    }

    private StoreAudit audit() throws SQLException {
        return StoreAudit.read(orders, coupons, NOW);
    }

    private void assertBroken(Invariant invariant, String... offenders) throws SQLException {
        Findings findings = audit().findings();
        assertThat(findings.broken(invariant)).containsExactly(offenders);
        assertThat(Stream.of(Invariant.values()).filter(it -> it != invariant))
                .allSatisfy(it -> assertThat(findings.broken(it)).isEmpty());
    }

    @Test
    void findsNothingWhereEverythingAgrees() throws Exception {
        StoreAudit audit = audit();

        assertThat(audit.findings().isClean()).isTrue();
        assertThat(List.of(audit.orders(), audit.redemptions())).containsExactly(4L, 2L);
        assertThat(audit.findings().checked(Invariant.REDEEMED)).isEqualTo(1);
        assertThat(audit.findings().checked(Invariant.MONEY)).isEqualTo(4);
    }

    @Test
    void missesTheRedemptionOfAConfirmedOrder() throws Exception {
        order("e", "CONFIRMED", "SPRING", 150);

        assertBroken(Invariant.REDEEMED, "e: there is no redemption");
    }

    @Test
    void comparesARedemptionWithItsOrder() throws Exception {
        execute(coupons, "update redemptions set discount = 149 where order_id = 'a'");

        assertBroken(Invariant.REDEEMED, "a: the redemption is for another coupon, customer, subtotal or discount");
    }

    @Test
    void findsARedemptionThatACancelledOrderKeeps() throws Exception {
        execute(coupons, "update redemptions set released = false where order_id = 'd'");
        execute(coupons, "update coupons set redeemed = 2");

        assertBroken(Invariant.NOT_KEPT, "d: the order is CANCELLED, yet it holds SPRING");
    }

    @Test
    void findsARedemptionWithoutAnOrder() throws Exception {
        redemption("z", false, 150);
        execute(coupons, "update coupons set redeemed = 2");

        assertBroken(Invariant.NOT_KEPT, "z: there is no order, yet it holds SPRING");
    }

    @Test
    void countsTheRedemptionsOfACoupon() throws Exception {
        execute(coupons, "update coupons set redeemed = 3");

        assertBroken(Invariant.USES, "SPRING: redeemed is 3 of 10, redemptions are 1");
    }

    @Test
    void countsTheRedemptionsOfACustomer() throws Exception {
        execute(coupons, "update coupons set per_customer_limit = 0");

        assertBroken(Invariant.USES, "SPRING: customer customer has 1 redemptions, more than one may have");
    }

    @Test
    void allowsAnOrderToBeUnderWayForAMinute() throws Exception {
        order("e", "PENDING", "SPRING", 0);
        redemption("e", false, 150);
        execute(coupons, "update coupons set redeemed = 2");
        execute(orders, "update orders set created_at = '2026-01-01 00:09:01Z' where id = 'e'");
        assertThat(audit().findings().isClean()).isTrue();

        execute(orders, "update orders set created_at = '2026-01-01 00:09:00Z' where id = 'e'");

        assertBroken(Invariant.SETTLED, "e: is still pending");
    }

    @Test
    void missesAReleaseThatIsOverdue() throws Exception {
        execute(orders, "update orders set release_due = true where id = 'd'");

        assertBroken(Invariant.SETTLED, "d: is cancelled, its coupon not released");
    }

    @Test
    void addsUpWhatAnOrderCosts() throws Exception {
        execute(orders, "update orders set subtotal = 999 where id = 'b'");

        assertBroken(Invariant.MONEY, "b: lines cost 1000, subtotal is 999, discount 0");
    }

    @Test
    void sumsUpWhatAProcessWrote() throws Exception {
        execute(
                orders,
                "update orders set settled_at = '%s' where id = 'b'".formatted(NOW.minus(Duration.ofSeconds(4))));
        Ledger ledger = audit().ledger();

        assertThat(ledger.sum(new Ledger.Writer("order-service", 1767225600123L), Counters.revenue("EUR")))
                .isEqualTo(new Ledger.Sum(850, 1850));
        assertThat(ledger.sum(new Ledger.Writer("order-service", 1767225600123L), Counters.SUCCESS))
                .isEqualTo(new Ledger.Sum(1, 2));
        assertThat(ledger.sum(new Ledger.Writer("coupon-service", 1767225600123L), Counters.discount("EUR")))
                .isEqualTo(new Ledger.Sum(300, 300));
        assertThat(ledger.sum(new Ledger.Writer("coupon-service", 1767225600123L), Counters.givenBack("EUR")))
                .isEqualTo(new Ledger.Sum(150, 150));
    }

    @Test
    void readsWhatAProcessCounted() throws Exception {
        assertThat(Counters.of(Exposition.parse("""
                # TYPE order_revenue_total counter
                order_revenue_total{currency="EUR"} 18.5
                order_revenue_total{currency="JPY"} 7000.0
                orders_processed_total{result="error"} 1.0
                orders_processed_total{result="success"} 2.0
                process_start_time_seconds 1.767225600123E9
                """))).hasValueSatisfying(counters -> {
            assertThat(counters.start()).isEqualTo(1767225600123L);
            assertThat(counters.values())
                    .containsEntry(Counters.revenue("EUR"), 1850L)
                    .containsEntry(Counters.revenue("JPY"), 7000L)
                    .containsEntry(Counters.SUCCESS, 2L)
                    .hasSize(3);
        });
    }

    @Test
    void namesWhatIsBroken() throws Exception {
        order("e", "CONFIRMED", "SPRING", 150);

        assertThat(AuditCommand.text(new Audit.Result(audit().findings(), 5, 2, 1, List.of(), true)))
                .isEqualTo("""
                INVARIANT                                                               CHECKED  BROKEN
                a confirmed order with a coupon holds the redemption of it              2        1
                a redemption is held for a confirmed order, or one about to be settled  1        0
                a coupon's redeemed equals its redemptions, within its limits           1        0
                no order stays unsettled for longer than a minute                       0        0
                lines, subtotal, discount and total of an order add up                  5        0
                a living instance has counted what it wrote, exactly                    0        0
                an ended instance had counted no more than it wrote                     0        0

                e: there is no redemption
                audit failed: 5 orders, 2 redemptions, 1 processes""");
    }
}
