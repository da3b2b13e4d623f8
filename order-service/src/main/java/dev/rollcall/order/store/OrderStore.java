package dev.rollcall.order.store;

import dev.rollcall.chassis.store.Database;
import dev.rollcall.chassis.store.GroupCommit;
import dev.rollcall.chassis.store.Instants;
import dev.rollcall.chassis.store.StoreUnavailable;
import dev.rollcall.order.domain.IdempotencyKey;
import dev.rollcall.order.domain.Order;
import dev.rollcall.order.domain.OrderBook;
import dev.rollcall.order.store.Rows.NewOrder;
import dev.rollcall.order.store.Rows.Settlement;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.argument.Argument;
import org.jspecify.annotations.Nullable;

/**
 * Stores orders. Each change is one statement and needs no transaction; concurrent changes of one kind share it. Only the
 * attempt that holds a pending order can change it. Every method throws {@link StoreUnavailable} while the database is unavailable.
 */
public final class OrderStore implements OrderBook {
    private final Database database;
    private final Clock clock;
    private final GroupCommit<Order.Status, NewOrder, Boolean> openings = new GroupCommit<>(this::insert);
    private final GroupCommit<Order.Status, Settlement, Boolean> settlements = new GroupCommit<>(this::settle);

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
        boolean opened = await(openings.submit(order.status(), new NewOrder(order, key), Database.LOCK_TIMEOUT));
        return opened ? Optional.of(new Attempt(order, 1)) : Optional.empty();
    }

    private List<Supplier<Boolean>> insert(Order.Status status, List<NewOrder> orders) {
        // in one order everywhere: batches of two instances can hold the same keys
        List<NewOrder> sorted = orders.stream()
                .sorted(Comparator.comparing(NewOrder::keyValue, Comparator.nullsFirst(Comparator.naturalOrder())))
                .toList();
        return write(
                status,
                handle -> Rows.insert(handle, status, sorted, clock.instant()),
                orders.stream().map(it -> new Settlement(it.order(), 1)).toList());
    }

    @Override
    public boolean settle(Attempt attempt, Order settled) {
        return await(
                settlements.submit(settled.status(), new Settlement(settled, attempt.number()), Database.LOCK_TIMEOUT));
    }

    private List<Supplier<Boolean>> settle(Order.Status status, List<Settlement> settled) {
        return write(status, handle -> Rows.settle(handle, status, settled, clock.instant()), settled);
    }

    /** Writes orders and tells for each whether it was written, by asking for them if some were not. */
    private List<Supplier<Boolean>> write(
            Order.Status status, HandleCallback<Integer, RuntimeException> statement, List<Settlement> orders) {
        Supplier<List<Boolean>> write = () -> {
            if (database.run(statement) == orders.size()) {
                return orders.stream().map(order -> true).toList();
            }
            Map<String, Integer> attempts = database.run(handle -> Rows.attempts(
                    handle, status, orders.stream().map(it -> it.order().id()).toList()));
            return orders.stream()
                    .map(it -> Objects.equals(attempts.get(it.order().id()), it.attempt()))
                    .toList();
        };
        // what isn't confirmed is reported to nobody, and recovery finds it: only a confirmation must be certain
        List<Boolean> written = status == Order.Status.CONFIRMED ? database.untilKnown(write) : write.get();
        return written.stream().<Supplier<Boolean>>map(it -> () -> it).toList();
    }

    private static boolean await(Optional<Boolean> written) {
        return written.orElseThrow(() -> new StoreUnavailable("earlier orders wait for the store"));
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
