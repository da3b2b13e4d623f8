package dev.rollcall.order.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.rollcall.chassis.testing.SettableClock;
import dev.rollcall.order.domain.CouponRedemptions.Answer;
import dev.rollcall.order.domain.Order.Status;
import dev.rollcall.order.domain.OrderBook.Attempt;
import dev.rollcall.order.domain.Recovery.Round;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecoveryTest {
    private static final Duration AFTER = Duration.ofSeconds(20);
    private static final Cart CART = new Cart("customer-1", "EUR", List.of(new Line("a", 2, 1000)), "SPRING");
    private static final IdempotencyKey KEY = IdempotencyKey.of("key", CART);

    private final SettableClock clock = new SettableClock();
    private final FakeOrderBook orders = new FakeOrderBook(clock);
    private final ScriptedRedemptions coupons = new ScriptedRedemptions();
    private final Checkout checkout = new Checkout(orders, coupons, clock, AFTER.dividedBy(2));
    private final Recovery recovery = new Recovery(orders, coupons, clock, AFTER);

    private void breakOff(@Nullable IdempotencyKey key) {
        coupons.answer = () -> {
            throw new IllegalStateException("killed");
        };
        assertThat(catchThrowable(() -> checkout.place(CART, key, Instant.MAX))).hasMessage("killed");
        coupons.calls.clear();
    }

    @Test
    void cancelsAnOrderThatWasLeftPendingAndReleasesItsCouponAfterThat() {
        breakOff(null);
        clock.advance(AFTER.plusMillis(1));
        coupons.release = () -> {
            assertThat(orders.statuses()).containsExactly(Status.CANCELLED);
            return true;
        };

        assertThat(recovery.round()).isEqualTo(new Round(1, 1, false, false));

        assertThat(coupons.calls).singleElement().asString().startsWith("release ");
        assertThat(orders.backlog().releasesDue()).isZero();
        assertThat(recovery.round()).isEqualTo(new Round(0, 0, false, false));
    }

    @Test
    void leavesAloneWhatMayStillBeUnderWay() {
        breakOff(null);
        clock.advance(AFTER);

        assertThat(recovery.round()).isEqualTo(new Round(0, 0, false, false));
        assertThat(orders.statuses()).containsExactly(Status.PENDING);
    }

    @Test
    void saysWhenThereIsMoreThanOneRoundCanDo() {
        for (int i = 0; i < 101; i++) {
            breakOff(null);
        }
        clock.advance(AFTER.plusMillis(1));

        assertThat(recovery.round()).isEqualTo(new Round(100, 100, false, true));
        assertThat(recovery.round()).isEqualTo(new Round(1, 1, false, false));
    }

    @Test
    void endsARoundInWhichTheCouponServiceIsAway() {
        for (int i = 0; i < 10; i++) {
            breakOff(null);
        }
        clock.advance(AFTER.plusMillis(1));
        coupons.release = () -> false;

        assertThat(recovery.round()).isEqualTo(new Round(3, 0, true, false));
    }

    @Test
    void freesTheKeyOfWhatItCancels() {
        breakOff(KEY);
        clock.advance(AFTER.plusMillis(1));
        recovery.round();
        coupons.answer = () -> new Answer.Granted(300);

        assertThat(checkout.place(CART, KEY, Instant.MAX)).isInstanceOf(Placement.Confirmed.class);
        assertThat(orders.statuses()).containsExactlyInAnyOrder(Status.CANCELLED, Status.CONFIRMED);
    }

    @Test
    void triesAReleaseAgainOnceTheLastTryIsOldEnough() {
        breakOff(null);
        clock.advance(AFTER.plusMillis(1));
        coupons.release = () -> false;
        assertThat(recovery.round()).isEqualTo(new Round(1, 0, false, false));
        coupons.release = () -> true;
        assertThat(recovery.round()).isEqualTo(new Round(0, 0, false, false));

        clock.advance(AFTER.plusMillis(1));

        assertThat(recovery.round()).isEqualTo(new Round(0, 1, false, false));
        assertThat(orders.releasesDue()).isZero();
    }

    @Test
    void leavesToAnotherInstanceWhatThatTookOverFirst() {
        breakOff(null);
        clock.advance(AFTER.plusMillis(1));
        Attempt seen = orders.unsettled(clock.instant(), 1).getFirst();
        assertThat(orders.takeOver(seen)).isPresent();

        assertThat(orders.takeOver(seen)).isEmpty();
        assertThat(recovery.round()).isEqualTo(new Round(0, 0, false, false));
        assertThat(coupons.calls).isEmpty();
    }
}
