package dev.rollcall.coupon.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.rollcall.coupon.domain.Redemption.Reason;
import dev.rollcall.coupon.domain.Redemption.Refused;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CouponTest {
    private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant UNTIL = Instant.parse("2026-02-01T00:00:00Z");
    private static final Purchase PURCHASE = new Purchase("order-1", "customer-1", 2000, "EUR");

    private static Coupon coupon(long redeemed) {
        return new Coupon("SPRING", new Discount.AmountOff(300), "EUR", 1000, 10, 2, FROM, UNTIL, redeemed);
    }

    @Test
    void isRedeemedFromItsFirstInstantToItsLast() {
        assertThat(coupon(0).redeem(PURCHASE, () -> 0, FROM)).isEqualTo(new Redemption.Redeemed(300));
        assertThat(coupon(0).redeem(PURCHASE, () -> 0, UNTIL.minusNanos(1))).isEqualTo(new Redemption.Redeemed(300));
    }

    @Test
    void refusesWhatComesTooEarlyOrTooLate() {
        assertThat(coupon(0).redeem(PURCHASE, () -> 0, FROM.minusNanos(1))).isEqualTo(new Refused(Reason.NOT_STARTED));
        assertThat(coupon(0).redeem(PURCHASE, () -> 0, UNTIL)).isEqualTo(new Refused(Reason.EXPIRED));
    }

    @Test
    void refusesWhenEveryUseIsTaken() {
        assertThat(coupon(9).redeem(PURCHASE, () -> 0, FROM)).isEqualTo(new Redemption.Redeemed(300));
        assertThat(coupon(10).redeem(PURCHASE, () -> 0, FROM)).isEqualTo(new Refused(Reason.EXHAUSTED));
    }

    @Test
    void refusesAnotherCurrency() {
        var purchase = new Purchase("order-1", "customer-1", 2000, "USD");

        assertThat(coupon(0).redeem(purchase, () -> 0, FROM)).isEqualTo(new Refused(Reason.CURRENCY_MISMATCH));
    }

    @Test
    void refusesASubtotalBelowTheMinimum() {
        var enough = new Purchase("order-1", "customer-1", 1000, "EUR");
        var tooLittle = new Purchase("order-1", "customer-1", 999, "EUR");

        assertThat(coupon(0).redeem(enough, () -> 0, FROM)).isEqualTo(new Redemption.Redeemed(300));
        assertThat(coupon(0).redeem(tooLittle, () -> 0, FROM)).isEqualTo(new Refused(Reason.BELOW_MINIMUM));
    }

    @Test
    void refusesACustomerWhoHadAllOfTheirs() {
        assertThat(coupon(5).redeem(PURCHASE, () -> 1, FROM)).isEqualTo(new Redemption.Redeemed(300));
        assertThat(coupon(5).redeem(PURCHASE, () -> 2, FROM)).isEqualTo(new Refused(Reason.CUSTOMER_LIMIT));
    }

    @Test
    void asksForACustomersUsesOnlyIfTheyAreLimited() {
        var unlimited = new Coupon("SPRING", new Discount.AmountOff(300), "EUR", 0, 10, 10, FROM, UNTIL, 5);

        assertThat(unlimited.redeem(PURCHASE, () -> 10, FROM)).isEqualTo(new Redemption.Redeemed(300));
    }

    @Test
    void isNeverOversold() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> coupon(11))
                .withMessage("redeemed: 11 (expected: 0 to 10)");
    }

    @Test
    void endsAfterItStarts() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Coupon("SPRING", new Discount.AmountOff(1), "EUR", 0, 1, 1, FROM, FROM, 0))
                .withMessageStartingWith("validUntil: ");
    }
}
