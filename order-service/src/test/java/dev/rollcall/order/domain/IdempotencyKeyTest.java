package dev.rollcall.order.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class IdempotencyKeyTest {
    private static Cart cart(String customerId, String currency, String coupon, Line... lines) {
        return new Cart(customerId, currency, List.of(lines), coupon);
    }

    private static String fingerprint(Cart cart) {
        return IdempotencyKey.of("key", cart).fingerprint();
    }

    @Test
    void isTheSameForTheSameCart() {
        assertThat(fingerprint(cart("c", "EUR", "spring", new Line("a", 1, 2))))
                .isEqualTo(fingerprint(cart("c", "EUR", "SPRING", new Line("a", 1, 2))))
                .hasSize(64);
    }

    @Test
    void differsForAnyDifference() {
        var carts = Stream.of(
                cart("c", "EUR", "S", new Line("a", 1, 2)),
                cart("d", "EUR", "S", new Line("a", 1, 2)),
                cart("c", "USD", "S", new Line("a", 1, 2)),
                cart("c", "EUR", "T", new Line("a", 1, 2)),
                cart("c", "EUR", "S", new Line("b", 1, 2)),
                cart("c", "EUR", "S", new Line("a", 2, 2)),
                cart("c", "EUR", "S", new Line("a", 1, 3)),
                cart("c", "EUR", "S", new Line("a", 2, 1)),
                cart("c", "EUR", "S", new Line("a", 1, 2), new Line("a", 1, 2)),
                cart("cE", "UR", "S", new Line("a", 1, 2)));

        assertThat(carts.map(IdempotencyKeyTest::fingerprint)).doesNotHaveDuplicates();
    }

    @Test
    void isVisibleAscii() {
        var cart = cart("c", "EUR", "S", new Line("a", 1, 2));

        assertThatIllegalArgumentException().isThrownBy(() -> IdempotencyKey.of("", cart));
        assertThatIllegalArgumentException().isThrownBy(() -> IdempotencyKey.of("a b", cart));
        assertThatIllegalArgumentException().isThrownBy(() -> IdempotencyKey.of("k".repeat(256), cart));
    }
}
