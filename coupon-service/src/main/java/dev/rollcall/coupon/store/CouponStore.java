package dev.rollcall.coupon.store;

import dev.rollcall.chassis.store.Database;
import dev.rollcall.chassis.store.Instants;
import dev.rollcall.chassis.store.SqlFailures;
import dev.rollcall.chassis.store.StoreUnavailable;
import dev.rollcall.chassis.store.ThisProcess;
import dev.rollcall.coupon.domain.Coupon;
import dev.rollcall.coupon.domain.Purchase;
import dev.rollcall.coupon.domain.Redemption;
import dev.rollcall.coupon.domain.Redemption.Reason;
import dev.rollcall.coupon.domain.Release;
import dev.rollcall.coupon.domain.Use;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/**
 * Stores coupons and the uses that orders take of them.
 *
 * <p>The key of a use is its order, so an order has one over all coupons. The coupon's row is locked until the use is stored,
 * so no instance can oversell it. Every method throws {@link StoreUnavailable} while the database is unavailable.
 */
public final class CouponStore {
    private final Database database;
    private final Clock clock;

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
     * Redeems a coupon for an order. Idempotent.
     *
     * @param code the coupon's canonical code
     * @param purchase the order's purchase
     * @param deadline when the client stops waiting
     * @return the result
     * @throws DeadlinePassed if the deadline passed before the coupon was locked
     */
    public Redemption redeem(String code, Purchase purchase, Instant deadline) {
        String attempt = attempt();
        // what may have been written is finished, however late
        var written = new AtomicBoolean();
        requireTime(deadline);
        return database.untilKnown(() -> once(handle -> {
            Optional<Coupon> coupon = locked(handle, code);
            if (!written.get()) {
                requireTime(deadline);
            }
            if (coupon.isEmpty()) {
                return new Redemption.Refused(Reason.UNKNOWN);
            }
            Redemption redemption = use(handle, purchase.orderId())
                    .map(use -> use.repeat(code, purchase))
                    .orElseGet(() -> coupon.get()
                            .redeem(
                                    purchase,
                                    () -> usesByCustomer(handle, code, purchase.customerId()),
                                    clock.instant()));
            if (redemption instanceof Redemption.Redeemed(long discount)) {
                written.set(true);
                Rows.insert(handle, new Use.Taken(code, purchase, discount), attempt, clock.instant());
                count(handle, code, 1);
            }
            return redemption instanceof Redemption.Replayed(long discount)
                            && Rows.isRedeemedBy(handle, purchase.orderId(), attempt)
                    ? new Redemption.Redeemed(discount)
                    : redemption;
        }));
    }

    /**
     * Releases an order's use of a coupon for good: the order can't redeem again, even if it never had. Idempotent.
     *
     * @param code the coupon's canonical code
     * @param orderId the order
     * @return the result
     */
    public Release release(String code, String orderId) {
        String attempt = attempt();
        return database.untilKnown(() -> once(handle -> {
            if (locked(handle, code).isEmpty()) {
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
                    count(handle, code, -1);
                    yield new Release.GivenBack(
                            taken.discount(), taken.purchase().currency());
                }
            };
        }));
    }

    private void requireTime(Instant deadline) {
        if (!clock.instant().isBefore(deadline)) {
            throw new DeadlinePassed(deadline);
        }
    }

    /** The signature of an attempt, by which it recognises its own row after a lost confirmation. */
    private String attempt() {
        return ThisProcess.NAME + "#" + UUID.randomUUID();
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

    private static Optional<Coupon> locked(Handle handle, String code) {
        return handle.createQuery("select * from coupons where code = :code for update")
                .bind("code", code)
                .map(Rows::coupon)
                .findOne();
    }

    private static Optional<Use> use(Handle handle, String orderId) {
        return handle.createQuery("select * from redemptions where order_id = :order")
                .bind("order", orderId)
                .map(Rows::use)
                .findOne();
    }

    private static long usesByCustomer(Handle handle, String code, String customerId) {
        return handle.createQuery("""
                        select count(*) from redemptions
                         where code = :code and customer_id = :customer and not released
                        """)
                .bind("code", code)
                .bind("customer", customerId)
                .mapTo(Long.class)
                .one();
    }

    private static void count(Handle handle, String code, int uses) {
        handle.createUpdate("update coupons set redeemed = redeemed + :uses where code = :code")
                .bind("code", code)
                .bind("uses", uses)
                .execute();
    }
}
