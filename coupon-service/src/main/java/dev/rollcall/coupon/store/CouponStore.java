package dev.rollcall.coupon.store;

import dev.rollcall.chassis.store.Database;
import dev.rollcall.chassis.store.GroupCommit;
import dev.rollcall.chassis.store.Instants;
import dev.rollcall.chassis.store.SqlFailures;
import dev.rollcall.chassis.store.StoreUnavailable;
import dev.rollcall.coupon.domain.Coupon;
import dev.rollcall.coupon.domain.Purchase;
import dev.rollcall.coupon.domain.Redemption;
import dev.rollcall.coupon.domain.Release;
import dev.rollcall.coupon.domain.Use;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/**
 * Stores coupons and the uses that orders take of them.
 *
 * <p>The key of a use is its order, so an order has one over all coupons. The coupon's row is locked until the uses are stored,
 * so no instance can oversell it. Every method throws {@link StoreUnavailable} while the database is unavailable.
 */
public final class CouponStore {
    private final Database database;
    private final Clock clock;
    private final GroupCommit<String, Attempt, Redemption> redemptions = new GroupCommit<>(this::commit);

    /**
     * A store of coupons.
     *
     * @param database the database
     * @param clock the time
     */
    public CouponStore(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Adds a coupon; returns false if its code is taken. */
    public boolean add(Coupon coupon) {
        try {
            database.run(handle -> Rows.insert(handle, coupon));
            return true;
        } catch (UnableToExecuteStatementException e) {
            if (SqlFailures.isUniqueViolation(e)) {
                return false;
            }
            throw e;
        }
    }

    /** Finds a coupon by its canonical code. */
    public Optional<Coupon> find(String code) {
        return database.run(handle -> handle.createQuery("select * from coupons where code = :code")
                .bind("code", code)
                .map(Rows::coupon)
                .findOne());
    }

    /**
     * Lists coupons by code.
     *
     * @param after only codes after this one; empty for all
     * @param limit the most to return
     * @return the coupons
     */
    public List<Coupon> list(String after, int limit) {
        return database.run(handle -> handle.createQuery("""
                        select * from coupons where code > :after order by code limit :limit
                        """)
                .bind("after", after)
                .bind("limit", limit)
                .map(Rows::coupon)
                .list());
    }

    /** Counts the coupons that have started, haven't ended and have uses left. */
    public long countActive() {
        return database.run(handle -> handle.createQuery("""
                        select count(*) from coupons
                         where valid_from <= :now and valid_until > :now and redeemed < max_redemptions
                        """)
                .bind("now", Instants.argument(clock.instant()))
                .mapTo(Long.class)
                .one());
    }

    /**
     * Redeems a coupon for an order. Idempotent. Concurrent redemptions of the same coupon share a transaction.
     *
     * @param code the coupon's canonical code
     * @param purchase the order's purchase
     * @param deadline when the client stops waiting
     * @return the result
     * @throws DeadlinePassed if the deadline passed before the coupon was locked
     */
    public Redemption redeem(String code, Purchase purchase, Instant deadline) {
        var attempt = new Attempt(purchase, deadline);
        Instant now = clock.instant();
        Instant latest = now.plus(Database.LOCK_TIMEOUT);
        Duration longest = Duration.between(now, deadline.isBefore(latest) ? deadline : latest);
        if (longest.isNegative() || longest.isZero()) {
            throw new DeadlinePassed(deadline);
        }
        return redemptions
                .submit(code, attempt, longest)
                .orElseThrow(() -> deadline.isAfter(latest)
                        ? new StoreUnavailable("earlier redemptions of the coupon wait for the store")
                        : new DeadlinePassed(deadline));
    }

    private List<Supplier<Redemption>> commit(String code, List<Attempt> attempts) {
        try {
            return database.untilKnown(
                    () -> database.inTransaction(handle -> RedemptionBatch.commit(handle, code, attempts, clock)));
        } catch (UnableToExecuteStatementException e) {
            if (!SqlFailures.isUniqueViolation(e)) {
                throw e;
            }
            // one of the orders has redeemed another coupon meanwhile: each again, on its own
            attempts.forEach(Attempt::rollBack);
            return attempts.stream().map(attempt -> alone(code, attempt)).toList();
        }
    }

    private Supplier<Redemption> alone(String code, Attempt attempt) {
        try {
            return database.untilKnown(
                    () -> once(handle -> RedemptionBatch.commit(handle, code, List.of(attempt), clock)
                            .getFirst()));
        } catch (RuntimeException e) {
            return () -> {
                throw e;
            };
        }
    }

    /**
     * Releases an order's use of a coupon for good: the order can't redeem again, even if it never had. Idempotent.
     *
     * @param code the coupon's canonical code
     * @param orderId the order
     * @return the result
     */
    public Release release(String code, String orderId) {
        String attempt = Attempt.newSignature();
        return database.untilKnown(() -> once(handle -> {
            if (Rows.lockedCoupon(handle, code).isEmpty()) {
                return new Release.UnknownCoupon();
            }
            Optional<Use> use = use(handle, orderId);
            if (use.isEmpty()) {
                Rows.insertReleased(handle, code, orderId, clock.instant());
                return new Release.NothingTaken();
            }
            return switch (use.get()) {
                case Use.Released() ->
                    Rows.givenBackBy(handle, orderId, attempt)
                            .<Release>map(given -> given)
                            .orElseGet(Release.NothingTaken::new);
                case Use.Taken taken when !taken.code().equals(code) -> new Release.OtherCoupon();
                case Use.Taken taken -> {
                    Rows.release(handle, orderId, attempt, clock.instant());
                    Rows.count(handle, code, -1);
                    yield new Release.GivenBack(
                            taken.discount(), taken.purchase().currency());
                }
            };
        }));
    }

    /** Attempts of one order with two coupons hold two locks; the second to write starts again and finds the first's row. */
    private <T> T once(HandleCallback<T, RuntimeException> work) {
        try {
            return database.inTransaction(work);
        } catch (UnableToExecuteStatementException e) {
            if (SqlFailures.isUniqueViolation(e)) {
                return database.inTransaction(work);
            }
            throw e;
        }
    }

    private static Optional<Use> use(Handle handle, String orderId) {
        return handle.createQuery("select * from redemptions where order_id = :order")
                .bind("order", orderId)
                .map(Rows::use)
                .findOne();
    }
}
