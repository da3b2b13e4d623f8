package dev.rollcall.coupon.store;

import dev.rollcall.coupon.domain.Coupon;
import dev.rollcall.coupon.domain.Purchase;
import dev.rollcall.coupon.domain.Redemption;
import dev.rollcall.coupon.domain.Redemption.Reason;
import dev.rollcall.coupon.domain.Use;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Attempts to redeem one coupon: decided one after the other, as if each were alone, and written together. The coupon's row is
 * locked meanwhile.
 */
final class RedemptionBatch {
    private final Handle handle;
    private final List<Attempt> attempts;
    private final Instant now;
    private final Map<String, StoredUse> uses;
    private final List<Rows.NewUse> taken = new ArrayList<>();
    private Coupon coupon;
    /** Read when the first decision depends on it. */
    private @Nullable Map<String, Long> usesByCustomer;

    private RedemptionBatch(Handle handle, Coupon coupon, List<Attempt> attempts, Instant now) {
        this.handle = handle;
        this.coupon = coupon;
        this.attempts = attempts;
        this.now = now;
        this.uses = Rows.uses(
                handle,
                attempts.stream().map(attempt -> attempt.purchase().orderId()).toList());
    }

    /**
     * Commits attempts in a transaction of the caller's.
     *
     * @param code the coupon's canonical code
     * @return an outcome for each: its result, or {@link DeadlinePassed} if it was too late when the coupon was locked
     */
    static List<Supplier<Redemption>> commit(Handle handle, String code, List<Attempt> attempts, Clock clock) {
        Optional<Coupon> coupon = Rows.lockedCoupon(handle, code);
        Instant now = clock.instant();
        if (coupon.isEmpty()) {
            return attempts.stream()
                    .map(attempt -> attempt.ifInTime(now, () -> new Redemption.Refused(Reason.UNKNOWN)))
                    .toList();
        }
        var batch = new RedemptionBatch(handle, coupon.get(), attempts, now);
        List<Supplier<Redemption>> results = attempts.stream()
                .map(attempt -> attempt.ifInTime(now, () -> batch.decide(attempt)))
                .toList();
        batch.write();
        return results;
    }

    private Redemption decide(Attempt attempt) {
        Purchase purchase = attempt.purchase();
        StoredUse earlier = uses.get(purchase.orderId());
        if (earlier != null) {
            return earlier.repeat(attempt, coupon.code());
        }
        Redemption decided = coupon.redeem(purchase, () -> usesBy(purchase.customerId()), now);
        if (decided instanceof Redemption.Redeemed(long discount)) {
            take(attempt, discount);
        }
        return decided;
    }

    private void take(Attempt attempt, long discount) {
        Purchase purchase = attempt.purchase();
        attempt.write();
        taken.add(new Rows.NewUse(purchase, discount, attempt.signature()));
        uses.put(
                purchase.orderId(),
                new StoredUse(new Use.Taken(coupon.code(), purchase, discount), attempt.signature(), discount));
        coupon = coupon.withOneUseMore();
        if (usesByCustomer != null) {
            usesByCustomer.merge(purchase.customerId(), 1L, Long::sum);
        }
    }

    private long usesBy(String customerId) {
        Map<String, Long> counts = usesByCustomer;
        if (counts == null) {
            counts = Rows.usesByCustomer(
                    handle,
                    coupon,
                    attempts.stream()
                            .map(attempt -> attempt.purchase().customerId())
                            .distinct()
                            .toList());
            usesByCustomer = counts;
        }
        return counts.getOrDefault(customerId, 0L);
    }

    private void write() {
        if (!taken.isEmpty()) {
            // in one order everywhere: batches of two coupons can hold the same orders
            taken.sort(Comparator.comparing(use -> use.purchase().orderId()));
            Rows.insert(handle, coupon, taken, now);
            Rows.count(handle, coupon.code(), taken.size());
        }
    }
}
