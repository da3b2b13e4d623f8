package dev.rollcall.coupon.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UseTest {
    private static final Purchase PURCHASE = new Purchase("order-1", "customer-1", 2000, "EUR");
    private static final Use TAKEN = new Use.Taken("SPRING", PURCHASE, 300);

    @Test
    void repeatsTheSameDiscountToTheSameOrder() {
        assertThat(TAKEN.repeat("SPRING", PURCHASE)).isEqualTo(new Redemption.Replayed(300));
    }

    @Test
    void givesAnOrderNoSecondCoupon() {
        assertThat(TAKEN.repeat("AUTUMN", PURCHASE)).isInstanceOf(Redemption.Conflict.class);
    }

    @Test
    void grantsNoDiscountForAnotherSubtotal() {
        var changed = new Purchase("order-1", "customer-1", 100, "EUR");

        assertThat(TAKEN.repeat("SPRING", changed)).isInstanceOf(Redemption.Conflict.class);
    }

    @Test
    void keepsAReleasedOrderFromEveryCoupon() {
        assertThat(new Use.Released().repeat("SPRING", PURCHASE)).isInstanceOf(Redemption.Conflict.class);
    }
}
