package dev.rollcall.coupon.store;

import dev.rollcall.chassis.store.Instants;
import dev.rollcall.coupon.domain.Coupon;
import dev.rollcall.coupon.domain.Discount;
import dev.rollcall.coupon.domain.Purchase;
import dev.rollcall.coupon.domain.Release;
import dev.rollcall.coupon.domain.Use;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collector;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** Maps coupons and uses to rows and back. */
final class Rows {
    private Rows() {}

    static Coupon coupon(ResultSet row, StatementContext context) throws SQLException {
        long percent = row.getLong("percent_off");
        Discount discount =
                row.wasNull() ? new Discount.AmountOff(row.getLong("amount_off")) : new Discount.PercentOff(percent);
        return new Coupon(
                row.getString("code"),
                discount,
                row.getString("currency"),
                row.getLong("minimum_spend"),
                row.getLong("max_redemptions"),
                row.getLong("per_customer_limit"),
                Instants.get(row, "valid_from"),
                Instants.get(row, "valid_until"),
                row.getLong("redeemed"));
    }

    static Use use(ResultSet row, StatementContext context) throws SQLException {
        if (row.getBoolean("released")) {
            return new Use.Released();
        }
        var purchase = new Purchase(
                row.getString("order_id"),
                row.getString("customer_id"),
                row.getLong("subtotal"),
                row.getString("currency"));
        return new Use.Taken(row.getString("code"), purchase, row.getLong("discount"));
    }

    static int insert(Handle handle, Coupon coupon) {
        var insert = handle.createUpdate("""
                insert into coupons (code, percent_off, amount_off, currency, minimum_spend, max_redemptions,
                                     per_customer_limit, valid_from, valid_until, redeemed)
                values (:code, :percent, :amount, :currency, :minimumSpend, :maxRedemptions,
                        :perCustomerLimit, :validFrom, :validUntil, :redeemed)
                """);
        switch (coupon.discount()) {
            case Discount.PercentOff(long percent) ->
                insert.bind("percent", percent).bindNull("amount", Types.BIGINT);
            case Discount.AmountOff(long amount) ->
                insert.bindNull("percent", Types.INTEGER).bind("amount", amount);
        }
        return insert.bind("code", coupon.code())
                .bind("currency", coupon.currency())
                .bind("minimumSpend", coupon.minimumSpend())
                .bind("maxRedemptions", coupon.maxRedemptions())
                .bind("perCustomerLimit", coupon.perCustomerLimit())
                .bind("validFrom", Instants.argument(coupon.validFrom()))
                .bind("validUntil", Instants.argument(coupon.validUntil()))
                .bind("redeemed", coupon.redeemed())
                .execute();
    }

    /** Finds a coupon and locks its row until the transaction ends. */
    static Optional<Coupon> lockedCoupon(Handle handle, String code) {
        return handle.createQuery("select * from coupons where code = :code for update")
                .bind("code", code)
                .map(Rows::coupon)
                .findOne();
    }

    /** Adds uses of a coupon to its count, or takes them back. */
    static void count(Handle handle, String code, int uses) {
        handle.createUpdate("update coupons set redeemed = redeemed + :uses where code = :code")
                .bind("code", code)
                .bind("uses", uses)
                .execute();
    }

    /** The uses of these orders, by order; without those that have none. */
    static Map<String, StoredUse> uses(Handle handle, Collection<String> orderIds) {
        return handle.createQuery("select * from redemptions where order_id = any(:orders)")
                .bindArray("orders", String.class, orderIds)
                .map((row, context) -> Map.entry(
                        row.getString("order_id"),
                        new StoredUse(use(row, context), row.getString("redeemed_by"), row.getLong("discount"))))
                .collect(toMap());
    }

    /** How many uses of a coupon these customers have, by customer; without those that have none. */
    static Map<String, Long> usesByCustomer(Handle handle, Coupon coupon, Collection<String> customers) {
        return handle.createQuery("""
                        select customer_id, count(*) as uses from redemptions
                         where code = :code and customer_id = any(:customers) and not released
                         group by customer_id
                        """)
                .bind("code", coupon.code())
                .bindArray("customers", String.class, customers)
                .map((row, context) -> Map.entry(row.getString("customer_id"), row.getLong("uses")))
                .collect(toMap());
    }

    private static <V> Collector<Map.Entry<String, V>, ?, Map<String, V>> toMap() {
        return Collector.of(HashMap::new, (map, entry) -> map.put(entry.getKey(), entry.getValue()), (one, other) -> {
            one.putAll(other);
            return one;
        });
    }

    /**
     * A use to insert.
     *
     * @param discount minor units
     * @param signature the attempt that took it
     */
    record NewUse(Purchase purchase, long discount, String signature) {}

    /** Inserts uses of one coupon with one statement. */
    static void insert(Handle handle, Coupon coupon, List<NewUse> taken, Instant now) {
        handle.createUpdate("""
                        insert into redemptions (order_id, code, released, customer_id, subtotal, currency, discount,
                                                 redeemed_by, changed_at)
                        select order_id, cast(:code as varchar), false, customer_id, subtotal, cast(:currency as varchar), discount,
                               attempt, cast(:now as timestamp with time zone)
                          from unnest(cast(:orders as varchar array), cast(:customers as varchar array),
                                      cast(:subtotals as bigint array), cast(:discounts as bigint array),
                                      cast(:attempts as varchar array))
                               as taken (order_id, customer_id, subtotal, discount, attempt)
                        """)
                .bind("code", coupon.code())
                .bind("currency", coupon.currency())
                .bind("now", Instants.argument(now))
                .bindArray(
                        "orders",
                        String.class,
                        column(taken, it -> it.purchase().orderId()))
                .bindArray(
                        "customers",
                        String.class,
                        column(taken, it -> it.purchase().customerId()))
                .bindArray(
                        "subtotals",
                        Long.class,
                        column(taken, it -> it.purchase().subtotal()))
                .bindArray("discounts", Long.class, column(taken, NewUse::discount))
                .bindArray("attempts", String.class, column(taken, NewUse::signature))
                .execute();
    }

    private static <V> List<V> column(List<NewUse> rows, Function<NewUse, V> value) {
        return rows.stream().map(value).toList();
    }

    static void insertReleased(Handle handle, String code, String orderId, Instant now) {
        handle.createUpdate("""
                        insert into redemptions (order_id, code, released, changed_at) values (:order, :code, true, :now)
                        """)
                .bind("order", orderId)
                .bind("code", code)
                .bind("now", Instants.argument(now))
                .execute();
    }

    static void release(Handle handle, String orderId, String attempt, Instant now) {
        handle.createUpdate("""
                        update redemptions set released = true, released_by = :attempt, changed_at = :now
                         where order_id = :order
                        """)
                .bind("order", orderId)
                .bind("attempt", attempt)
                .bind("now", Instants.argument(now))
                .execute();
    }

    static Optional<Release.GivenBack> givenBackBy(Handle handle, String orderId, String attempt) {
        return handle.createQuery("""
                        select discount, currency from redemptions where order_id = :order and released_by = :attempt
                        """)
                .bind("order", orderId)
                .bind("attempt", attempt)
                .map((row, context) -> new Release.GivenBack(row.getLong("discount"), row.getString("currency")))
                .findOne();
    }
}
