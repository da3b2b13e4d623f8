package dev.rollcall.order.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class CartTest {
    @Test
    void addsItsLinesUp() {
        var cart = new Cart("customer-1", "EUR", List.of(new Line("a", 3, 199), new Line("b", 1, 0)), null);

        assertThat(cart.subtotal()).isEqualTo(597);
    }

    @Test
    void costsUpToTheLargestExactAmount() {
        assertThat(Cart.cost(List.of(new Line("a", 1, Cart.MAX_AMOUNT)))).hasValue(Cart.MAX_AMOUNT);
        assertThat(Cart.cost(List.of(new Line("a", 1, Cart.MAX_AMOUNT), new Line("b", 1, 1))))
                .isEmpty();
    }

    @Test
    void overflowsIntoNoSumAtAll() {
        var expensive = new Line("a", Line.MAX_QUANTITY, Cart.MAX_AMOUNT);

        assertThat(Cart.cost(List.of(expensive))).isEmpty();
        assertThat(Cart.cost(Collections.nCopies(100, new Line("a", 1_000, Cart.MAX_AMOUNT))))
                .isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> new Cart("customer-1", "EUR", List.of(expensive), null));
    }

    @Test
    void takesACouponCodeInAnyCase() {
        var cart = new Cart("customer-1", "EUR", List.of(new Line("a", 1, 1)), "spring");

        assertThat(cart.coupon()).contains("SPRING");
    }
}
