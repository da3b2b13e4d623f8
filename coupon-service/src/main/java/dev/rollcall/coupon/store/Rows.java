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
import java.util.Optional;
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

    static void insert(Handle handle, Use.Taken use, String attempt, Instant now) {
        handle.createUpdate("""
                        insert into redemptions (order_id, code, released, customer_id, subtotal, currency, discount,
                                                 redeemed_by, changed_at)
                        values (:order, :code, false, :customer, :subtotal, :currency, :discount, :attempt, :now)
                        """)
                .bind("order", use.purchase().orderId())
                .bind("code", use.code())
                .bind("customer", use.purchase().customerId())
                .bind("subtotal", use.purchase().subtotal())
                .bind("currency", use.purchase().currency())
                .bind("discount", use.discount())
                .bind("attempt", attempt)
                .bind("now", Instants.argument(now))
                .execute();
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

    static boolean isRedeemedBy(Handle handle, String orderId, String attempt) {
        return handle.createQuery("""
                                select count(*) from redemptions where order_id = :order and redeemed_by = :attempt
                                """)
                        .bind("order", orderId)
                        .bind("attempt", attempt)
                        .mapTo(Integer.class)
                        .one()
                == 1;
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
