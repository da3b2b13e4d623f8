package dev.rollcall.order.store;

import dev.rollcall.chassis.store.Database;
import dev.rollcall.chassis.store.Instants;
import dev.rollcall.chassis.store.SqlFailures;
import dev.rollcall.chassis.store.StoreUnavailable;
import dev.rollcall.chassis.store.ThisProcess;
import dev.rollcall.order.domain.IdempotencyKey;
import dev.rollcall.order.domain.Order;
import dev.rollcall.order.domain.OrderBook;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jspecify.annotations.Nullable;

/**
 * Stores orders. Each change is one statement and needs no transaction. Only the attempt that holds a pending order can
 * change it. Every method throws {@link StoreUnavailable} while the database is unavailable.
 */
public final class OrderStore implements OrderBook {
    private final Database database;
    private final Clock clock;

    /**
     * A store of orders.
     *
     * @param database the database
     * @param clock the time of attempts
     */
    public OrderStore(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public Optional<Attempt> open(Order order, @Nullable IdempotencyKey key) {
        // a pending order is reported to nobody, and recovery finds it: only a confirmation must be certain
        boolean opened = order.status() == Order.Status.CONFIRMED
                ? database.untilKnown(() -> insert(order, key) || stands(order, 1))
                : insert(order, key);
        return opened ? Optional.of(new Attempt(order, 1)) : Optional.empty();
    }

    private boolean insert(Order order, @Nullable IdempotencyKey key) {
        boolean settled = order.status() != Order.Status.PENDING;
        try {
            database.run(handle -> handle.createUpdate("""
                            insert into orders (id, customer_id, currency, lines, coupon_code, subtotal, discount, status,
                                                idempotency_key, fingerprint, attempt, attempted_at, created_at,
                                                settled_by, settled_at)
                            values (:id, :customer, :currency, :lines, :coupon, :subtotal, :discount, :status,
                                    :key, :fingerprint, 1, :now, :createdAt, :settledBy, :settledAt)
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
                    .bind("now", now())
                    .bind("createdAt", Instants.argument(order.createdAt()))
                    .bind("settledBy", settled ? ThisProcess.NAME : null)
                    .bind("settledAt", settled ? now() : null)
                    .execute());
            return true;
        } catch (UnableToExecuteStatementException e) {
            if (SqlFailures.isUniqueViolation(e)) {
                return false;
            }
            throw e;
        }
    }

    /** Whether this attempt settled the order with this status. */
    private boolean stands(Order settled, int attempt) {
        return database.run(handle -> handle.createQuery("""
                                select count(*) from orders where id = :id and status = :status and attempt = :attempt
                                """)
                        .bind("id", settled.id())
                        .bind("status", settled.status().name())
                        .bind("attempt", attempt)
                        .mapTo(Integer.class)
                        .one())
                == 1;
    }

    @Override
    public Optional<KeyedOrder> find(String key) {
        return database.run(handle -> handle.createQuery("select * from orders where idempotency_key = :key")
                .bind("key", key)
                .map(Rows::keyedOrder)
                .findOne());
    }

    @Override
    public Optional<Attempt> takeOver(Attempt abandoned) {
        int next = abandoned.number() + 1;
        int taken = database.run(handle -> handle.createUpdate("""
                        update orders set attempt = :next, attempted_at = :now
                         where id = :id and status = :status and (status = 'PENDING' or release_due)
                           and attempt = :attempt
                        """)
                .bind("next", next)
                .bind("now", now())
                .bind("id", abandoned.order().id())
                .bind("status", abandoned.order().status().name())
                .bind("attempt", abandoned.number())
                .execute());
        return taken == 1 ? Optional.of(new Attempt(abandoned.order(), next)) : Optional.empty();
    }

    @Override
    public boolean settle(Attempt attempt, Order settled) {
        return settled.status() == Order.Status.CONFIRMED
                ? database.untilKnown(() -> update(attempt, settled) || stands(settled, attempt.number()))
                : update(attempt, settled);
    }

    private boolean update(Attempt attempt, Order settled) {
        boolean cancelled = settled.status() == Order.Status.CANCELLED;
        return database.run(handle -> handle.createUpdate("""
                                update orders set status = :status, discount = :discount, refusal = :refusal,
                                       idempotency_key = case when :cancelled then null else idempotency_key end,
                                       release_due = :cancelled, settled_by = :process, settled_at = :now
                                 where id = :id and status = 'PENDING' and attempt = :attempt
                                """)
                        .bind("status", settled.status().name())
                        .bind("discount", settled.discount())
                        .bind("refusal", settled.refusal())
                        .bind("cancelled", cancelled)
                        .bind("process", ThisProcess.NAME)
                        .bind("now", now())
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

    @Override
    public List<Attempt> unsettled(Instant before, int limit) {
        return database.run(handle -> handle.createQuery("""
                        select * from (
                            select * from orders where status = 'PENDING' and attempted_at < :before
                            union all
                            select * from orders where release_due and attempted_at < :before) left_behind
                         order by attempted_at limit :limit
                        """)
                .bind("before", Instants.argument(before))
                .bind("limit", limit)
                .map(Rows::attempt)
                .list());
    }

    @Override
    public Backlog backlog() {
        return database.run(handle -> handle.createQuery("""
                        select count(case when status = 'PENDING' then 1 end) as pending,
                               count(case when release_due then 1 end) as releases_due,
                               min(created_at) as oldest
                          from (
                            select status, release_due, created_at from orders where status = 'PENDING'
                            union all
                            select status, release_due, created_at from orders where release_due) unsettled
                        """)
                .map((row, context) -> Rows.backlog(row, clock.instant()))
                .one());
    }

    private Argument now() {
        return Instants.argument(clock.instant());
    }

    /** Finds an order by its id. */
    public Optional<Order> get(String id) {
        return database.run(handle -> handle.createQuery("select * from orders where id = :id")
                .bind("id", id)
                .map(Rows::order)
                .findOne());
    }

    /**
     * Lists orders, the latest first.
     *
     * @param customerId the customer; null for all
     * @param before only orders before this position
     * @param limit the most to return
     * @return the orders and their positions
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

    /** An order in a list, with its position among all orders. */
    public record Listed(Order order, long position) {}
}
