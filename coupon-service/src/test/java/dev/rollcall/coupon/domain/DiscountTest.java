package dev.rollcall.coupon.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DiscountTest {
    @ParameterizedTest
    @CsvSource({
        "15, 1000, 150",
        "15, 10, 2", // 1.5
        "15, 9, 1", // 1.35
        "50, 1, 1", // 0.5
        "33, 1, 0", // 0.33
        "1, 49, 0", // 0.49
        "1, 50, 1", // 0.50
        "100, 999, 999",
        "7, 0, 0"
    })
    void roundsAShareHalfUpToMinorUnits(long percent, long subtotal, long discount) {
        assertThat(new Discount.PercentOff(percent).on(subtotal)).isEqualTo(discount);
    }

    @Test
    void neverTakesOffMoreThanTheSubtotal() {
        assertThat(new Discount.AmountOff(500).on(499)).isEqualTo(499);
        assertThat(new Discount.AmountOff(500).on(500)).isEqualTo(500);
        assertThat(new Discount.AmountOff(500).on(501)).isEqualTo(500);
    }

    @Test
    void takesItsShareOfTheLargestAmount() {
        assertThat(new Discount.PercentOff(100).on(Coupon.MAX_AMOUNT)).isEqualTo(Coupon.MAX_AMOUNT);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 0, 101})
    void refusesAShareThatIsNone(long percent) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Discount.PercentOff(percent))
                .withMessage("percentOff: " + percent + " (expected: 1 to 100)");
    }
}
