package dev.rollcall.coupon.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.coupon.domain.Purchase;
import dev.rollcall.coupon.domain.Redemption;
import dev.rollcall.coupon.domain.Use;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class StoredUseTest {
    private static final String CODE = "WELCOME";

    private final Purchase purchase = new Purchase("order-1", "ann", 1_000, "EUR");
    private final Attempt attempt = new Attempt(purchase, Instant.MAX);

    /** Its row is counted, so its answer must be counted too. */
    @Test
    void anAttemptWhoseOrderWasReleasedBeforeItsConfirmationHasRedeemed() {
        var stored = new StoredUse(new Use.Released(), attempt.signature(), 200);

        assertThat(stored.repeat(attempt, CODE)).isEqualTo(new Redemption.Redeemed(200));
    }

    @Test
    void anotherAttemptOfAReleasedOrderHasNot() {
        var stored = new StoredUse(new Use.Released(), Attempt.newSignature(), 200);

        assertThat(stored.repeat(attempt, CODE)).isNotInstanceOf(Redemption.Redeemed.class);
    }

    @Test
    void anotherAttemptOfTheSamePurchaseIsARepeat() {
        var stored = new StoredUse(new Use.Taken(CODE, purchase, 200), Attempt.newSignature(), 200);

        assertThat(stored.repeat(attempt, CODE)).isEqualTo(new Redemption.Replayed(200));
    }
}
