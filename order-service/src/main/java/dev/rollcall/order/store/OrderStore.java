package dev.rollcall.order.store;

import dev.rollcall.order.domain.IdempotencyKey;
import dev.rollcall.order.domain.Order;
import dev.rollcall.order.domain.OrderBook;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jspecify.annotations.Nullable;

/**
 * The orders. Each change is one statement, so it needs no transaction around it; a pending order changes only for the
 * attempt that holds it. Every method throws {@link StoreUnavailable} while the database is away.
 */
public final class OrderStore implements OrderBook {
    private static final String UNIQUE_VIOLATION = "23505";

    private final Database database;
    private final Clock clock;

    /**
     * A store of orders.
     *
     * @param database where they are kept
     * @param clock dates the attempts
     */
    public OrderStore(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public Optional<Attempt> open(Order order, @Nullable IdempotencyKey key) {
        var attempt = new Attempt(order, 1);
        try {
            database.run(handle -> handle.createUpdate("""
                            insert into orders (id, customer_id, currency, lines, coupon_code, subtotal, discount, status,
                                                idempotency_key, fingerprint, attempt, attempted_at, created_at)
                            values (:id, :customer, :currency, :lines, :coupon, :subtotal, :discount, :status,
                                    :key, :fingerprint, :attempt, :now, :createdAt)
                            """)
                    .bind("id", order.id())
                    .bind("customer", order.cart().customerId())
                    .bind("currency", order.cart().currency())
                    .bind("lines", Rows.json(order.cart().lines()))
                    .bind("coupon", order.cart().couponCode())
                    .bind("subtotal", order.cart().subtotal())
                    .bind("discount", order.discount())
                    .bind("status", order.status().name())
                    .bind("key", key == null ? null : key.value())
                    .bind("fingerprint", key == null ? null : key.fingerprint())
                    .bind("attempt", attempt.number())
                    .bind("now", Rows.time(clock.instant()))
                    .bind("createdAt", Rows.time(order.createdAt()))
                    .execute());
            return Optional.of(attempt);
        } catch (UnableToExecuteStatementException e) {
            if (e.getCause() instanceof SQLException cause && UNIQUE_VIOLATION.equals(cause.getSQLState())) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public Optional<Entry> find(String key) {
        return database.run(handle -> handle.createQuery("select * from orders where idempotency_key = :key")
                .bind("key", key)
                .map(Rows::entry)
                .findOne());
    }

    @Override
    public Optional<Attempt> takeOver(Attempt abandoned) {
        int next = abandoned.number() + 1;
        int taken = database.run(handle -> handle.createUpdate("""
                        update orders set attempt = :next, attempted_at = :now
                         where id = :id and status = 'PENDING' and attempt = :attempt
                        """)
                .bind("next", next)
                .bind("now", Rows.time(clock.instant()))
                .bind("id", abandoned.order().id())
                .bind("attempt", abandoned.number())
                .execute());
        return taken == 1 ? Optional.of(new Attempt(abandoned.order(), next)) : Optional.empty();
    }

    @Override
    public boolean settle(Attempt attempt, Order settled) {
        boolean cancelled = settled.status() == Order.Status.CANCELLED;
        return database.run(handle -> handle.createUpdate("""
                                update orders set status = :status, discount = :discount, refusal = :refusal,
                                       idempotency_key = case when :cancelled then null else idempotency_key end,
                                       release_due = :cancelled
                                 where id = :id and status = 'PENDING' and attempt = :attempt
                                """)
                        .bind("status", settled.status().name())
                        .bind("discount", settled.discount())
                        .bind("refusal", settled.refusal())
                        .bind("cancelled", cancelled)
                        .bind("id", settled.id())
                        .bind("attempt", attempt.number())
                        .execute())
                == 1;
    }

    @Override
    public void released(String orderId) {
        database.run(handle -> handle.createUpdate("update orders set release_due = false where id = :id")
                .bind("id", orderId)
                .execute());
    }

    /**
     * Looks an order up.
     *
     * @param id its id
     * @return the order as it stands
     */
    public Optional<Order> get(String id) {
        return database.run(handle -> handle.createQuery("select * from orders where id = :id")
                .bind("id", id)
                .map(Rows::order)
                .findOne());
    }

    /**
     * Lists orders, the latest first.
     *
     * @param customerId whose orders; null for all
     * @param before only orders that were written before this position
     * @param limit how many at the most
     * @return the orders as they stand, with their positions
     */
    public List<Listed> list(@Nullable String customerId, long before, int limit) {
        return database.run(handle -> handle.createQuery("""
                        select * from orders
                         where seq < :before and (cast(:customer as varchar) is null or customer_id = :customer)
                         order by seq desc limit :limit
                        """)
                .bind("before", before)
                .bind("customer", customerId)
                .bind("limit", limit)
                .map((row, context) -> new Listed(Rows.order(row, context), row.getLong("seq")))
                .list());
    }

    /**
     * An order in a list.
     *
     * @param order the order
     * @param position where it stands among all orders
     */
    public record Listed(Order order, long position) {}
}
