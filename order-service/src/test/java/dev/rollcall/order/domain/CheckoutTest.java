package dev.rollcall.order.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.rollcall.chassis.testing.SettableClock;
import dev.rollcall.order.domain.CouponRedemptions.Answer;
import dev.rollcall.order.domain.Order.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class CheckoutTest {
    private static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(30);
    private static final Cart CART = new Cart("customer-1", "EUR", List.of(new Line("a", 2, 1000)), "SPRING");
    private static final Cart PLAIN = new Cart("customer-1", "EUR", List.of(new Line("a", 2, 1000)), null);
    private static final IdempotencyKey KEY = IdempotencyKey.of("key", CART);

    private final SettableClock clock = new SettableClock();
    private final FakeOrderBook orders = new FakeOrderBook(clock);
    private final ScriptedRedemptions coupons = new ScriptedRedemptions();
    private final Checkout checkout = new Checkout(orders, coupons, clock, ATTEMPT_TIMEOUT);

    @Test
    void confirmsAnOrderWithoutACouponAtOnce() {
        Placement placement = checkout.place(PLAIN, null, Instant.MAX);

        assertThat(placement).isInstanceOfSatisfying(Placement.Confirmed.class, confirmed -> {
            assertThat(confirmed.order().total()).isEqualTo(2000);
            assertThat(orders.status(confirmed.order().id())).isEqualTo(Status.CONFIRMED);
        });
        assertThat(coupons.calls).isEmpty();
    }

    @Test
    void writesAnOrderDownBeforeItRedeems() {
        coupons.answer = () -> {
            assertThat(orders.statuses()).containsExactly(Status.PENDING);
            return new Answer.Granted(300);
        };

        assertThat(checkout.place(CART, null, Instant.MAX))
                .isInstanceOfSatisfying(Placement.Confirmed.class, confirmed -> {
                    assertThat(confirmed.order().discount()).isEqualTo(300);
                    assertThat(confirmed.order().total()).isEqualTo(1700);
                    assertThat(coupons.calls)
                            .containsExactly("redeem " + confirmed.order().id() + " SPRING");
                });
        assertThat(orders.statuses()).containsExactly(Status.CONFIRMED);
    }

    @Test
    void rejectsAnOrderWhoseCouponIsRefused() {
        coupons.answer = () -> new Answer.Refused("exhausted");

        assertThat(checkout.place(CART, null, Instant.MAX))
                .isInstanceOfSatisfying(Placement.CouponRefused.class, refused -> {
                    assertThat(refused.reason()).isEqualTo("exhausted");
                    assertThat(refused.order().status()).isEqualTo(Status.REJECTED);
                });
        assertThat(orders.statuses()).containsExactly(Status.REJECTED);
    }

    @Test
    void givesTheSameAnswerToTheSameKey() {
        Placement first = checkout.place(CART, KEY, Instant.MAX);

        assertThat(checkout.place(CART, KEY, Instant.MAX)).isEqualTo(new Placement.Replayed((Placement.Settled) first));
        assertThat(orders.statuses()).containsExactly(Status.CONFIRMED);
        assertThat(coupons.calls).hasSize(1);
    }

    @Test
    void repeatsARefusalToTheSameKey() {
        coupons.answer = () -> new Answer.Refused("exhausted");
        Placement first = checkout.place(CART, KEY, Instant.MAX);
        coupons.answer = () -> new Answer.Granted(300);

        assertThat(checkout.place(CART, KEY, Instant.MAX)).isEqualTo(new Placement.Replayed((Placement.Settled) first));
    }

    @Test
    void takesAKeyForOneCartOnly() {
        checkout.place(CART, KEY, Instant.MAX);

        assertThat(checkout.place(PLAIN, IdempotencyKey.of("key", PLAIN), Instant.MAX))
                .isEqualTo(new Placement.KeyReused());
        assertThat(orders.statuses()).hasSize(1);
    }

    @Test
    void letsNobodyIntoAnAttemptThatIsUnderWay() {
        var second = new ArrayList<Placement>();
        coupons.answer = () -> {
            clock.advance(ATTEMPT_TIMEOUT);
            second.add(checkout.place(CART, KEY, Instant.MAX));
            return new Answer.Granted(300);
        };

        assertThat(checkout.place(CART, KEY, Instant.MAX)).isInstanceOf(Placement.Confirmed.class);
        assertThat(second).containsExactly(new Placement.InFlight());
        assertThat(coupons.calls).hasSize(1);
    }

    @Test
    void resumesAnAttemptThatBrokeOffUnderTheSameId() {
        coupons.answer = () -> {
            throw new IllegalStateException("killed");
        };
        assertThat(catchThrowable(() -> checkout.place(CART, KEY, Instant.MAX))).hasMessage("killed");
        coupons.answer = () -> new Answer.Granted(300);
        assertThat(checkout.place(CART, KEY, Instant.MAX)).isEqualTo(new Placement.InFlight());

        clock.advance(ATTEMPT_TIMEOUT.plusMillis(1));

        assertThat(checkout.place(CART, KEY, Instant.MAX)).isInstanceOf(Placement.Confirmed.class);
        assertThat(orders.statuses()).containsExactly(Status.CONFIRMED);
        assertThat(coupons.calls).hasSize(2).allMatch(coupons.calls.getFirst()::equals);
    }

    @Test
    void cancelsFirstAndReleasesAfterwardsIfThereIsNoAnswer() {
        coupons.answer = () -> new Answer.Missing("timeout");
        coupons.release = () -> {
            assertThat(orders.statuses()).containsExactly(Status.CANCELLED);
            return true;
        };

        assertThat(checkout.place(CART, KEY, Instant.MAX)).isEqualTo(new Placement.CouponsAway("timeout"));
        assertThat(coupons.calls).hasSize(2).last().asString().startsWith("release ");
        assertThat(orders.releasesDue()).isZero();
    }

    @Test
    void leavesAReleaseDueThatWasNotAcknowledged() {
        coupons.answer = () -> new Answer.Missing("timeout");
        coupons.release = () -> false;

        checkout.place(CART, null, Instant.MAX);

        assertThat(orders.statuses()).containsExactly(Status.CANCELLED);
        assertThat(orders.releasesDue()).isEqualTo(1);
    }

    @Test
    void startsAnewUnderAKeyThatACancelledOrderFreed() {
        coupons.answer = () -> new Answer.Missing("timeout");
        checkout.place(CART, KEY, Instant.MAX);
        coupons.answer = () -> new Answer.Granted(300);

        assertThat(checkout.place(CART, KEY, Instant.MAX)).isInstanceOf(Placement.Confirmed.class);
        assertThat(orders.statuses()).containsExactlyInAnyOrder(Status.CANCELLED, Status.CONFIRMED);
    }

    @Test
    void tellsWhoSentNoKeyThatARecoveryCancelledTheOrderMeanwhile() {
        var recovery = new Recovery(orders, coupons, clock, ATTEMPT_TIMEOUT);
        coupons.answer = () -> {
            clock.advance(ATTEMPT_TIMEOUT.plusMillis(1));
            assertThat(recovery.round()).isEqualTo(new Recovery.Round(1, 1, false, false));
            return new Answer.Granted(300);
        };

        assertThat(checkout.place(CART, null, Instant.MAX)).isInstanceOf(Placement.CouponsAway.class);
        assertThat(orders.statuses()).containsExactly(Status.CANCELLED);
    }

    @Test
    void leavesTheReleaseToRecoveryWhenTheClientsTimeIsOver() {
        Instant deadline = clock.instant().plusSeconds(1);
        coupons.answer = () -> {
            clock.advance(Duration.ofSeconds(1));
            return new Answer.Missing("timeout");
        };

        assertThat(checkout.place(CART, null, deadline)).isEqualTo(new Placement.CouponsAway("timeout"));

        assertThat(orders.statuses()).containsExactly(Status.CANCELLED);
        assertThat(coupons.calls).noneMatch(call -> call.startsWith("release"));
    }

    @Test
    void cancelsTheOrderOfAClientThatDoesNotWaitAndHandsTheVerdictOn() {
        var verdict = new CompletableFuture<Answer>();
        coupons.answer = () -> new Answer.TooLate(verdict);

        assertThat(checkout.place(CART, null, clock.instant().plusSeconds(1)))
                .isEqualTo(new Placement.TooLate(verdict));

        assertThat(orders.statuses()).containsExactly(Status.CANCELLED);
        assertThat(coupons.calls).noneMatch(call -> call.startsWith("release"));
    }

    @Test
    void redeemsNothingForAClientWhoseTimeIsOver() {
        coupons.answer = () -> {
            throw new AssertionError("redeemed");
        };

        assertThat(checkout.place(CART, null, clock.instant())).isInstanceOf(Placement.CouponsAway.class);
        assertThat(orders.statuses()).containsExactly(Status.CANCELLED);
    }

    @Test
    void neitherSettlesNorReleasesAnOrderThatAnotherAttemptTookOver() {
        var overtaking = new ArrayList<Placement>();
        coupons.answer = () -> {
            coupons.answer = () -> new Answer.Granted(300);
            clock.advance(ATTEMPT_TIMEOUT.plusMillis(1));
            overtaking.add(checkout.place(CART, KEY, Instant.MAX));
            return new Answer.Missing("timeout");
        };

        Placement overtaken = checkout.place(CART, KEY, Instant.MAX);

        assertThat(overtaking).hasOnlyElementsOfType(Placement.Confirmed.class);
        assertThat(overtaken).isEqualTo(new Placement.Replayed((Placement.Settled) overtaking.getFirst()));
        assertThat(orders.statuses()).containsExactly(Status.CONFIRMED);
        assertThat(coupons.calls).noneMatch(call -> call.startsWith("release"));
    }
}
