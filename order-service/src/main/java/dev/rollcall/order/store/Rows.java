package dev.rollcall.order.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rollcall.chassis.store.Instants;
import dev.rollcall.chassis.store.ThisProcess;
import dev.rollcall.order.domain.Cart;
import dev.rollcall.order.domain.IdempotencyKey;
import dev.rollcall.order.domain.Line;
import dev.rollcall.order.domain.Order;
import dev.rollcall.order.domain.OrderBook;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** Maps orders to rows and back. */
final class Rows {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<List<Line>> LINES = new TypeReference<>() {};

    private Rows() {}

    static Order order(ResultSet row, StatementContext context) throws SQLException {
        var cart = new Cart(
                row.getString("customer_id"),
                row.getString("currency"),
                lines(row.getString("lines")),
                row.getString("coupon_code"));
        return new Order(
                row.getString("id"),
                cart,
                Order.Status.valueOf(row.getString("status")),
                row.getLong("discount"),
                row.getString("refusal"),
                Instants.get(row, "created_at"));
    }

    static OrderBook.KeyedOrder keyedOrder(ResultSet row, StatementContext context) throws SQLException {
        return new OrderBook.KeyedOrder(
                attempt(row, context), row.getString("fingerprint"), Instants.get(row, "attempted_at"));
    }

    static OrderBook.Attempt attempt(ResultSet row, StatementContext context) throws SQLException {
        return new OrderBook.Attempt(order(row, context), row.getInt("attempt"));
    }

    static OrderBook.Backlog backlog(ResultSet row, Instant now) throws SQLException {
        OffsetDateTime oldest = row.getObject("oldest", OffsetDateTime.class);
        return new OrderBook.Backlog(
                row.getLong("pending"),
                row.getLong("releases_due"),
                oldest == null ? Duration.ZERO : Duration.between(oldest.toInstant(), now));
    }

    /**
     * An order to insert.
     *
     * @param key the client's key, if there is one
     */
    record NewOrder(Order order, @Nullable IdempotencyKey key) {
        @Nullable
        String keyValue() {
            return key == null ? null : key.value();
        }
    }

    /**
     * Inserts orders of one status, except those whose key is taken.
     *
     * @return the number of orders inserted
     */
    static int insert(Handle handle, Order.Status status, List<NewOrder> orders, Instant now) {
        boolean settled = status != Order.Status.PENDING;
        return handle.createUpdate("""
                        insert into orders (id, customer_id, currency, lines, coupon_code, subtotal, discount, status,
                                            idempotency_key, fingerprint, attempt, attempted_at, created_at,
                                            settled_by, settled_at)
                        select id, customer, currency, lines, coupon, subtotal, discount, cast(:status as varchar),
                               keyed, fingerprint, 1, cast(:now as timestamp with time zone), created_at,
                               cast(:settledBy as varchar), cast(:settledAt as timestamp with time zone)
                          from unnest(cast(:ids as varchar array), cast(:customers as varchar array),
                                      cast(:currencies as varchar array), cast(:lines as varchar array),
                                      cast(:coupons as varchar array), cast(:subtotals as bigint array),
                                      cast(:discounts as bigint array), cast(:keys as varchar array),
                                      cast(:fingerprints as varchar array),
                                      cast(:created as timestamp with time zone array))
                               as placed (id, customer, currency, lines, coupon, subtotal, discount, keyed, fingerprint,
                                          created_at)
                        on conflict do nothing
                        """)
                .bind("status", status.name())
                .bind("now", Instants.argument(now))
                .bind("settledBy", settled ? ThisProcess.NAME : null)
                .bind("settledAt", settled ? Instants.argument(now) : null)
                .bindArray("ids", String.class, column(orders, it -> it.order().id()))
                .bindArray(
                        "customers",
                        String.class,
                        column(orders, it -> it.order().cart().customerId()))
                .bindArray(
                        "currencies",
                        String.class,
                        column(orders, it -> it.order().cart().currency()))
                .bindArray(
                        "lines",
                        String.class,
                        column(orders, it -> json(it.order().cart().lines())))
                .bindArray(
                        "coupons",
                        String.class,
                        column(orders, it -> it.order().cart().couponCode()))
                .bindArray(
                        "subtotals",
                        Long.class,
                        column(orders, it -> it.order().cart().subtotal()))
                .bindArray(
                        "discounts", Long.class, column(orders, it -> it.order().discount()))
                .bindArray("keys", String.class, column(orders, NewOrder::keyValue))
                .bindArray(
                        "fingerprints",
                        String.class,
                        column(orders, it -> it.key() == null ? null : it.key().fingerprint()))
                .bindArray(
                        "created",
                        OffsetDateTime.class,
                        column(orders, it -> it.order().createdAt().atOffset(ZoneOffset.UTC)))
                .execute();
    }

    /**
     * A settled order.
     *
     * @param order the order as settled
     * @param attempt the number of the attempt that settled it
     */
    record Settlement(Order order, int attempt) {}

    /**
     * Updates orders of one status, except those that another attempt took over or settled.
     *
     * @return the number of orders updated
     */
    static int settle(Handle handle, Order.Status status, List<Settlement> settlements, Instant now) {
        return handle.createUpdate("""
                        merge into orders
                        using (select id, attempt, discount, refusal
                                 from unnest(cast(:ids as varchar array), cast(:attempts as bigint array),
                                             cast(:discounts as bigint array), cast(:refusals as varchar array))
                                      as settled (id, attempt, discount, refusal)) settled
                           on orders.id = settled.id
                         when matched and orders.status = 'PENDING' and orders.attempt = settled.attempt then update
                          set status = :status, discount = settled.discount, refusal = settled.refusal,
                              idempotency_key = case when :cancelled then null else orders.idempotency_key end,
                              release_due = :cancelled, settled_by = :process, settled_at = :now
                        """)
                .bind("status", status.name())
                .bind("cancelled", status == Order.Status.CANCELLED)
                .bind("process", ThisProcess.NAME)
                .bind("now", Instants.argument(now))
                .bindArray(
                        "ids",
                        String.class,
                        column(settlements, it -> it.order().id()))
                .bindArray("attempts", Long.class, column(settlements, it -> (long) it.attempt()))
                .bindArray(
                        "discounts",
                        Long.class,
                        column(settlements, it -> it.order().discount()))
                .bindArray(
                        "refusals",
                        String.class,
                        column(settlements, it -> it.order().refusal()))
                .execute();
    }

    /** The latest attempts of those orders that have a status, by order. */
    static Map<String, Integer> attempts(Handle handle, Order.Status status, List<String> ids) {
        return handle.createQuery("select id, attempt from orders where id = any(:ids) and status = :status")
                .bindArray("ids", String.class, ids)
                .bind("status", status.name())
                .map((row, context) -> Map.entry(row.getString("id"), row.getInt("attempt")))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static <T, V> List<@Nullable V> column(List<T> rows, Function<T, @Nullable V> value) {
        List<@Nullable V> column = new ArrayList<>(rows.size());
        rows.forEach(row -> column.add(value.apply(row)));
        return column;
    }

    private static String json(List<Line> lines) {
        try {
            return JSON.writeValueAsString(lines);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("lines can't be written as JSON: " + lines, e);
        }
    }

    private static List<Line> lines(String json) {
        try {
            return JSON.readValue(json, LINES);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("lines of an order are no JSON: " + json, e);
        }
    }
}
