package dev.rollcall.coupon.store;

import dev.rollcall.chassis.store.ThisProcess;
import dev.rollcall.coupon.domain.Purchase;
import dev.rollcall.coupon.domain.Redemption;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Supplier;

/** One request's attempt to redeem a coupon. */
final class Attempt {
    private final Purchase purchase;
    private final Instant deadline;
    private final String signature = newSignature();
    private volatile boolean written;

    Attempt(Purchase purchase, Instant deadline) {
        this.purchase = purchase;
        this.deadline = deadline;
    }

    /** A signature by which an attempt recognises its own row after a lost confirmation. */
    static String newSignature() {
        return ThisProcess.NAME + "#" + UUID.randomUUID();
    }

    Purchase purchase() {
        return purchase;
    }

    String signature() {
        return signature;
    }

    /** Notes that its use may be written. It is finished then, however late. */
    void write() {
        written = true;
    }

    /** Notes that nothing of it was written. */
    void rollBack() {
        written = false;
    }

    /** Decides, if its client still waits. */
    Supplier<Redemption> ifInTime(Instant now, Supplier<Redemption> decision) {
        if (!written && !now.isBefore(deadline)) {
            return () -> {
                throw new DeadlinePassed(deadline);
            };
        }
        Redemption decided = decision.get();
        return () -> decided;
    }
}
