package dev.rollcall.order.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.chassis.testing.SettableClock;
import dev.rollcall.order.domain.CouponRedemptions.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/**
 * Random sequences of orders, with and without a key, and of recoveries. At any call of the order book or the coupon service
 * the process may die before or after the effect, the coupon service may be unavailable, or its answer may be lost. After
 * recovery, confirmed orders, redeemed coupons and the given answers agree.
 */
class SagaTest {
    private static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration AFTER = Duration.ofSeconds(20);

    enum Step {
        PLACE,
        PLACE_UNDER_A,
        PLACE_UNDER_B,
        RECOVER,
        WAIT_A_SECOND,
        WAIT_FOR_A_RESUMPTION,
        WAIT_FOR_RECOVERY
    }

    enum Fault {
        NONE,
        DIES_BEFORE,
        DIES_AFTER,
        LOST_BEFORE,
        LOST_AFTER
    }

    private static final class Death extends Error {
        Death() {
            super("before it happened");
        }

        Death(Object happened) {
            super("after " + happened);
        }
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        return Arbitraries.of(Step.class).list().ofMinSize(1).ofMaxSize(25);
    }

    @Provide
    Arbitrary<List<Fault>> faults() {
        return Arbitraries.oneOf(Arbitraries.just(Fault.NONE), Arbitraries.of(Fault.class))
                .list()
                .ofMaxSize(60);
    }

    @Property(tries = 2_000)
    void whatIsConfirmedAndWhatIsRedeemedAgreeAfterAllThat(
            @ForAll("steps") List<Step> steps, @ForAll("faults") List<Fault> faults) {
        var clock = new SettableClock();
        var world = new World(clock, faults);
        var checkout = new Checkout(world, world, clock, ATTEMPT_TIMEOUT);
        var recovery = new Recovery(world, world, clock, AFTER);
        var confirmed = new HashSet<String>();
        for (Step step : steps) {
            try {
                switch (step) {
                    case PLACE -> place(checkout, world, null, confirmed);
                    case PLACE_UNDER_A -> place(checkout, world, "A", confirmed);
                    case PLACE_UNDER_B -> place(checkout, world, "B", confirmed);
                    case RECOVER -> recovery.round();
                    case WAIT_A_SECOND -> clock.advance(Duration.ofSeconds(1));
                    case WAIT_FOR_A_RESUMPTION -> clock.advance(ATTEMPT_TIMEOUT.plusMillis(1));
                    case WAIT_FOR_RECOVERY -> clock.advance(AFTER.plusMillis(1));
                }
            } catch (Death e) {
                // the next step runs in another process
            }
        }

        world.faults.clear();
        clock.advance(AFTER.plusMillis(1));
        recovery.round();

        assertThat(world.book.backlog()).isEqualTo(new OrderBook.Backlog(0, 0, Duration.ZERO));
        assertThat(world.redeemed).isEqualTo(world.confirmed()).containsAll(confirmed);
        assertThat(world.turnedAway).noneMatch(world.confirmed()::contains);
        assertThat(world.confirmedUnder("A")).hasSizeLessThanOrEqualTo(1);
        assertThat(world.confirmedUnder("B")).hasSizeLessThanOrEqualTo(1);
    }

    private static void place(Checkout checkout, World world, @Nullable String key, Set<String> confirmed) {
        var cart = new Cart("customer-" + key, "EUR", List.of(new Line("a", 2, 1000)), "SPRING");
        world.opened = null;
        switch (checkout.place(cart, key == null ? null : IdempotencyKey.of(key, cart), Instant.MAX)) {
            case Placement.Confirmed(Order order) -> confirmed.add(order.id());
            case Placement.Replayed(Placement.Settled earlier) -> {
                if (earlier instanceof Placement.Confirmed(Order order)) {
                    confirmed.add(order.id());
                }
            }
            case Placement.CouponsAway away -> {
                if (key == null && world.opened != null) {
                    world.turnedAway.add(world.opened);
                }
            }
            case Placement.CouponRefused refused -> {}
            case Placement.InFlight inFlight -> {}
            case Placement.KeyReused reused -> {}
            case Placement.TooLate late -> throw new AssertionError("these clients have no deadline");
        }
    }

    /** Order book and coupon service behind a connection that fails as scripted, call by call. */
    private static final class World implements OrderBook, CouponRedemptions {
        private final FakeOrderBook book;
        private final List<Fault> faults;
        private final Set<String> redeemed = new HashSet<>();
        private final Set<String> released = new HashSet<>();
        private final Set<String> turnedAway = new HashSet<>();
        private final Map<String, String> customers = new HashMap<>();
        private @Nullable String opened;

        World(SettableClock clock, List<Fault> faults) {
            this.book = new FakeOrderBook(clock);
            this.faults = new ArrayList<>(faults);
        }

        Set<String> confirmed() {
            Set<String> ids = new HashSet<>(customers.keySet());
            ids.removeIf(id -> book.status(id) != Order.Status.CONFIRMED);
            return ids;
        }

        Set<String> confirmedUnder(String key) {
            Set<String> ids = confirmed();
            ids.removeIf(id -> !("customer-" + key).equals(customers.get(id)));
            return ids;
        }

        private Fault next() {
            return faults.isEmpty() ? Fault.NONE : faults.removeFirst();
        }

        private <T> T write(Supplier<T> call) {
            return switch (next()) {
                case DIES_BEFORE, LOST_BEFORE -> throw new Death();
                case DIES_AFTER, LOST_AFTER -> throw new Death(call.get());
                case NONE -> call.get();
            };
        }

        @Override
        public Optional<Attempt> open(Order order, @Nullable IdempotencyKey key) {
            return write(() -> {
                Optional<Attempt> attempt = book.open(order, key);
                if (attempt.isPresent()) {
                    opened = order.id();
                    customers.put(order.id(), order.cart().customerId());
                }
                return attempt;
            });
        }

        @Override
        public Optional<KeyedOrder> find(String key) {
            return book.find(key);
        }

        @Override
        public Optional<Attempt> takeOver(Attempt abandoned) {
            return write(() -> book.takeOver(abandoned));
        }

        @Override
        public boolean settle(Attempt attempt, Order settled) {
            return write(() -> book.settle(attempt, settled));
        }

        @Override
        public void released(String orderId) {
            write(() -> {
                book.released(orderId);
                return true;
            });
        }

        @Override
        public List<Attempt> unsettled(Instant before, int limit) {
            return book.unsettled(before, limit);
        }

        @Override
        public Backlog backlog() {
            return book.backlog();
        }

        @Override
        public Answer redeem(String orderId, String code, Cart cart, Instant deadline) {
            return switch (next()) {
                case NONE -> redeem(orderId);
                case DIES_BEFORE -> throw new Death();
                case DIES_AFTER -> {
                    redeem(orderId);
                    throw new Death();
                }
                case LOST_BEFORE -> new Answer.Missing("away");
                case LOST_AFTER -> {
                    redeem(orderId);
                    yield new Answer.Missing("lost");
                }
            };
        }

        private Answer redeem(String orderId) {
            if (released.contains(orderId)) {
                return new Answer.Missing("conflict");
            }
            redeemed.add(orderId);
            return new Answer.Granted(300);
        }

        @Override
        public boolean release(String orderId, String code) {
            return switch (next()) {
                case NONE -> release(orderId);
                case DIES_BEFORE -> throw new Death();
                case DIES_AFTER -> {
                    release(orderId);
                    throw new Death();
                }
                case LOST_BEFORE -> false;
                case LOST_AFTER -> {
                    release(orderId);
                    yield false;
                }
            };
        }

        private boolean release(String orderId) {
            redeemed.remove(orderId);
            released.add(orderId);
            return true;
        }
    }
}
