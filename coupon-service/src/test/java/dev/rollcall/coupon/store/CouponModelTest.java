package dev.rollcall.coupon.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.chassis.store.Database;
import dev.rollcall.chassis.testing.SettableClock;
import dev.rollcall.coupon.domain.Coupon;
import dev.rollcall.coupon.domain.Discount;
import dev.rollcall.coupon.domain.Purchase;
import dev.rollcall.coupon.domain.Redemption;
import dev.rollcall.coupon.domain.Release;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.awaitility.Awaitility;

/** Random sequences of calls: the store and a simple model of the rules give the same results. */
class CouponModelTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final SettableClock CLOCK = new SettableClock();
    private static final Database DATABASE = new Database(
            "jdbc:h2:mem:model;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;DB_CLOSE_DELAY=-1",
            "rollcall",
            "",
            "db/migration/coupon");
    private static final CouponStore STORE = new CouponStore(DATABASE, CLOCK);

    private static int tries;

    @BeforeContainer
    static void awaitMigration() {
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(DATABASE::isReady);
    }

    @AfterContainer
    static void close() {
        DATABASE.close();
    }

    sealed interface Call {
        record Create(String code, CouponModel.Terms terms) implements Call {}

        record Redeem(String code, String order, String customer, long subtotal, String currency) implements Call {}

        record Free(String code, String order) implements Call {}

        record Pass(Duration time) implements Call {}
    }

    @Provide
    Arbitrary<List<Call>> calls() {
        Arbitrary<String> codes = Arbitraries.of("A", "B");
        Arbitrary<String> orders = Arbitraries.of("1", "2", "3", "4", "5", "6");
        Arbitrary<Long> amounts = Arbitraries.of(0L, 1L, 3L, 10L, 33L, 99L, 100L, 1_999L, Coupon.MAX_AMOUNT);
        Arbitrary<Integer> hours = Arbitraries.integers().between(0, 3);
        Arbitrary<Call> create = Combinators.combine(
                        codes,
                        Arbitraries.oneOf(
                                Arbitraries.just(0), Arbitraries.integers().between(1, 100)),
                        amounts,
                        amounts,
                        Arbitraries.longs().between(1, 4),
                        Arbitraries.longs().between(1, 4),
                        hours,
                        hours)
                .as((code, percent, amount, minimum, uses, each, from, length) -> new Call.Create(
                        code,
                        new CouponModel.Terms(
                                percent,
                                percent == 0 ? Math.max(1, amount) : 0,
                                minimum,
                                uses,
                                each,
                                START.plus(Duration.ofHours(from)),
                                START.plus(Duration.ofHours(from + length + 1L)))));
        Arbitrary<Call> redeem = Combinators.combine(
                        codes,
                        orders,
                        Arbitraries.of("ann", "bob"),
                        amounts,
                        Arbitraries.of("EUR", "EUR", "EUR", "USD"))
                .as(Call.Redeem::new);
        Arbitrary<Call> free = Combinators.combine(codes, orders).as(Call.Free::new);
        Arbitrary<Call> pass = Arbitraries.of(1, 30, 60).map(minutes -> new Call.Pass(Duration.ofMinutes(minutes)));
        return Arbitraries.frequencyOf(Tuple.of(2, create), Tuple.of(8, redeem), Tuple.of(2, free), Tuple.of(1, pass))
                .list()
                .ofMinSize(1)
                .ofMaxSize(40);
    }

    @Property(tries = 150)
    void theStoreSaysWhatTheRulesSay(@ForAll("calls") List<Call> calls) {
        var model = new CouponModel();
        // a prefix per run instead of an empty database
        String prefix = "T" + ++tries + "-";
        CLOCK.set(START);
        for (Call call : calls) {
            switch (call) {
                case Call.Create(String code, CouponModel.Terms terms) ->
                    assertThat(STORE.add(coupon(prefix + code, terms))).isEqualTo(model.create(prefix + code, terms));
                case Call.Redeem(String code, String order, String customer, long subtotal, String currency) ->
                    assertThat(words(STORE.redeem(
                                    prefix + code,
                                    new Purchase(prefix + order, customer, subtotal, currency),
                                    Instant.MAX)))
                            .isEqualTo(model.redeem(
                                    prefix + code, prefix + order, customer, subtotal, currency, CLOCK.instant()));
                case Call.Free(String code, String order) ->
                    assertThat(words(STORE.release(prefix + code, prefix + order)))
                            .isEqualTo(model.release(prefix + code, prefix + order));
                case Call.Pass(Duration time) -> CLOCK.advance(time);
            }
        }
        assertThat(model.codes())
                .allSatisfy(code -> assertThat(STORE.find(code))
                        .hasValueSatisfying(
                                coupon -> assertThat(coupon.redeemed()).isEqualTo(model.redeemed(code))));
    }

    private static Coupon coupon(String code, CouponModel.Terms terms) {
        Discount discount = terms.percentOff() > 0
                ? new Discount.PercentOff(terms.percentOff())
                : new Discount.AmountOff(terms.amountOff());
        return new Coupon(
                code,
                discount,
                "EUR",
                terms.minimumSpend(),
                terms.maxRedemptions(),
                terms.perCustomerLimit(),
                terms.validFrom(),
                terms.validUntil(),
                0);
    }

    private static String words(Redemption redemption) {
        return switch (redemption) {
            case Redemption.Redeemed(long discount) -> "redeemed " + discount;
            case Redemption.Replayed(long discount) -> "replayed " + discount;
            case Redemption.Refused(Redemption.Reason reason) -> reason.label();
            case Redemption.Conflict conflict -> "conflict";
        };
    }

    private static String words(Release release) {
        return switch (release) {
            case Release.GivenBack(long discount, String currency) -> "given back " + discount;
            case Release.NothingTaken nothing -> "nothing taken";
            case Release.OtherCoupon other -> "other coupon";
            case Release.UnknownCoupon unknown -> "unknown";
        };
    }
}
