package dev.rollcall.launcher.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rollcall.launcher.platform.Service;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * Merges the two stores in the order of order ids, so that only the coupons are held in memory. Orders and redemptions
 * change meanwhile: only what is found in two reads is wrong.
 */
final class StoreAudit {
    /** A running instance has counted everything older than this. */
    private static final Duration COUNTED_BY = Duration.ofSeconds(5);

    /** Rows per fetch. */
    private static final int FETCHED = 1_000;

    private final Findings findings = new Findings();
    private final Ledger ledger = new Ledger();
    private final ObjectMapper json = new ObjectMapper();
    private final Instant now;
    private long orders;
    private long redemptions;

    private StoreAudit(Instant now) {
        this.now = now;
    }

    static StoreAudit read(Connection orderStore, Connection couponStore, Instant now) throws SQLException {
        var audit = new StoreAudit(now);
        try (Statement orders = bitByBit(orderStore);
                Statement redemptions = bitByBit(couponStore);
                ResultSet order = orders.executeQuery("select * from orders order by id");
                ResultSet redemption = redemptions.executeQuery("select * from redemptions order by order_id")) {
            audit.merge(order, redemption);
        }
        try (Statement statement = couponStore.createStatement()) {
            audit.coupons(statement);
        }
        return audit;
    }

    /** PostgreSQL's driver loads the whole result unless a fetch size is set within a transaction. */
    private static Statement bitByBit(Connection store) throws SQLException {
        store.setAutoCommit(false);
        Statement statement = store.createStatement();
        statement.setFetchSize(FETCHED);
        return statement;
    }

    Findings findings() {
        return findings;
    }

    Ledger ledger() {
        return ledger;
    }

    long orders() {
        return orders;
    }

    long redemptions() {
        return redemptions;
    }

    private void merge(ResultSet order, ResultSet redemption) throws SQLException {
        boolean hasOrder = order.next();
        boolean hasRedemption = redemption.next();
        while (hasOrder || hasRedemption) {
            int difference = !hasOrder
                    ? 1
                    : !hasRedemption ? -1 : order.getString("id").compareTo(redemption.getString("order_id"));
            if (difference <= 0) {
                order(order);
                redeemed(order, difference == 0 ? redemption : null);
            }
            if (difference >= 0) {
                redemption(redemption);
                kept(difference == 0 ? order : null, redemption);
                hasRedemption = redemption.next();
            }
            if (difference <= 0) {
                hasOrder = order.next();
            }
        }
    }

    private void order(ResultSet order) throws SQLException {
        orders++;
        String id = order.getString("id");
        String status = order.getString("status");
        long discount = order.getLong("discount");
        boolean discounted = status.equals("CONFIRMED") && order.getString("coupon_code") != null;
        findings.check(
                Invariant.MONEY,
                cost(order.getString("lines")) == order.getLong("subtotal")
                        && discount >= 0
                        && discount <= (discounted ? order.getLong("subtotal") : 0),
                id,
                "lines cost %d, subtotal is %d, discount %d"
                        .formatted(cost(order.getString("lines")), order.getLong("subtotal"), discount));
        if (isUnsettled(order)) {
            Instant placed = order.getObject("created_at", OffsetDateTime.class).toInstant();
            findings.check(
                    Invariant.SETTLED,
                    placed.plus(Invariant.BOUND).isAfter(now),
                    id,
                    status.equals("PENDING") ? "is still pending" : "is cancelled, its coupon not released");
        }
        String signature = order.getString("settled_by");
        if (status.equals("CONFIRMED") && signature != null) {
            var process = Ledger.Writer.of(Service.ORDER.serviceName(), signature);
            boolean old = isOld(order, "settled_at");
            ledger.add(process, Counters.SUCCESS, 1, old);
            ledger.add(
                    process, Counters.revenue(order.getString("currency")), order.getLong("subtotal") - discount, old);
        }
    }

    private void redeemed(ResultSet order, @Nullable ResultSet redemption) throws SQLException {
        String code = order.getString("coupon_code");
        if (code == null || !order.getString("status").equals("CONFIRMED")) {
            return;
        }
        boolean same = redemption != null
                && !redemption.getBoolean("released")
                && code.equals(redemption.getString("code"))
                && order.getString("customer_id").equals(redemption.getString("customer_id"))
                && order.getString("currency").equals(redemption.getString("currency"))
                && order.getLong("subtotal") == redemption.getLong("subtotal")
                && order.getLong("discount") == redemption.getLong("discount");
        findings.check(
                Invariant.REDEEMED,
                same,
                order.getString("id"),
                redemption == null
                        ? "there is no redemption"
                        : redemption.getBoolean("released")
                                ? "the redemption is released"
                                : "the redemption is for another coupon, customer, subtotal or discount");
    }

    private void redemption(ResultSet redemption) throws SQLException {
        redemptions++;
        boolean old = isOld(redemption, "changed_at");
        String currency = redemption.getString("currency");
        long discount = redemption.getLong("discount");
        counted(redemption.getString("redeemed_by"), Counters.REDEEMED, Counters.discount(currency), discount, old);
        counted(redemption.getString("released_by"), Counters.RELEASED, Counters.givenBack(currency), discount, old);
    }

    private void counted(@Nullable String signature, String count, String amount, long discount, boolean old) {
        if (signature != null) {
            var process = Ledger.Writer.of(Service.COUPON.serviceName(), signature);
            ledger.add(process, count, 1, old);
            ledger.add(process, amount, discount, old);
        }
    }

    private void kept(@Nullable ResultSet order, ResultSet redemption) throws SQLException {
        if (redemption.getBoolean("released")) {
            return;
        }
        findings.check(
                Invariant.NOT_KEPT,
                order != null && (order.getString("status").equals("CONFIRMED") || isUnsettled(order)),
                redemption.getString("order_id"),
                (order == null ? "there is no order" : "the order is " + order.getString("status")) + ", yet it holds "
                        + redemption.getString("code"));
    }

    private void coupons(Statement statement) throws SQLException {
        try (ResultSet coupon = statement.executeQuery("""
                select c.code, c.redeemed, c.max_redemptions,
                       (select count(*) from redemptions r where r.code = c.code and not r.released) as held
                  from coupons c
                 order by c.code
                """)) {
            while (coupon.next()) {
                long held = coupon.getLong("held");
                findings.check(
                        Invariant.USES,
                        coupon.getLong("redeemed") == held && held <= coupon.getLong("max_redemptions"),
                        coupon.getString("code"),
                        "redeemed is %d of %d, redemptions are %d"
                                .formatted(coupon.getLong("redeemed"), coupon.getLong("max_redemptions"), held));
            }
        }
        try (ResultSet excess = statement.executeQuery("""
                select r.code, r.customer_id, count(*) as uses
                  from redemptions r join coupons c on c.code = r.code
                 where not r.released
                 group by r.code, r.customer_id, c.per_customer_limit
                having count(*) > c.per_customer_limit
                """)) {
            while (excess.next()) {
                findings.check(
                        Invariant.USES,
                        false,
                        excess.getString("code"),
                        "customer %s has %d redemptions, more than one may have"
                                .formatted(excess.getString("customer_id"), excess.getLong("uses")));
            }
        }
    }

    private boolean isOld(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null || time.toInstant().plus(COUNTED_BY).isBefore(now);
    }

    private static boolean isUnsettled(ResultSet order) throws SQLException {
        return order.getString("status").equals("PENDING") || order.getBoolean("release_due");
    }

    private long cost(String lines) {
        try {
            long cost = 0;
            for (JsonNode line : json.readTree(lines)) {
                cost += line.path("quantity").asLong() * line.path("unitPrice").asLong();
            }
            return cost;
        } catch (JsonProcessingException e) {
            return -1;
        }
    }
}
