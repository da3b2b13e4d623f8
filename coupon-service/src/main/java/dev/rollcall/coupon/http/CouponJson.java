package dev.rollcall.coupon.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.rollcall.chassis.JsonFields;
import dev.rollcall.coupon.domain.Coupon;
import dev.rollcall.coupon.domain.Discount;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A coupon as JSON, with either {@code percentOff} or {@code amountOff}. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record CouponJson(
        String code,
        @Nullable Long percentOff,
        @Nullable Long amountOff,
        String currency,
        long minimumSpend,
        long maxRedemptions,
        long perCustomerLimit,
        String validFrom,
        String validUntil,
        long redeemed,
        long remaining) {
    static CouponJson of(Coupon coupon) {
        return new CouponJson(
                coupon.code(),
                coupon.discount() instanceof Discount.PercentOff(long percent) ? (Long) percent : null,
                coupon.discount() instanceof Discount.AmountOff(long amount) ? (Long) amount : null,
                coupon.currency(),
                coupon.minimumSpend(),
                coupon.maxRedemptions(),
                coupon.perCustomerLimit(),
                coupon.validFrom().toString(),
                coupon.validUntil().toString(),
                coupon.redeemed(),
                coupon.remaining());
    }

    /** Defaults: {@code minimumSpend} 0, {@code perCustomerLimit} all uses, {@code validFrom} now. */
    static Supplier<Coupon> parse(JsonFields body, Collection<String> currencies, Instant now) {
        String code = body.text("code", Coupon.CODE, "must be 1 to 32 letters, digits, _ or -");
        Supplier<Discount> discount = parseDiscount(body);
        String currency = body.oneOf("currency", currencies);
        long minimumSpend = body.has("minimumSpend") ? body.integer("minimumSpend", 0, Coupon.MAX_AMOUNT) : 0;
        long maxRedemptions = body.integer("maxRedemptions", 1, Coupon.MAX_REDEMPTIONS);
        long perCustomerLimit = body.has("perCustomerLimit")
                ? body.integer("perCustomerLimit", 1, Coupon.MAX_REDEMPTIONS)
                : maxRedemptions;
        Instant validFrom = body.has("validFrom") ? body.time("validFrom") : now.truncatedTo(ChronoUnit.MICROS);
        Instant validUntil = body.time("validUntil");
        if (body.has("validUntil") && !validUntil.isAfter(validFrom)) {
            body.invalid("validUntil", "must be after validFrom");
        }
        return () -> new Coupon(
                Coupon.canonical(code),
                discount.get(),
                currency,
                minimumSpend,
                maxRedemptions,
                perCustomerLimit,
                validFrom,
                validUntil,
                0);
    }

    private static Supplier<Discount> parseDiscount(JsonFields body) {
        boolean percentOff = body.has("percentOff");
        boolean amountOff = body.has("amountOff");
        if (percentOff == amountOff) {
            body.invalid("percentOff", "either percentOff or amountOff must be there");
        }
        if (percentOff) {
            long percent = body.integer("percentOff", 1, 100);
            return () -> new Discount.PercentOff(percent);
        }
        long amount = amountOff ? body.integer("amountOff", 1, Coupon.MAX_AMOUNT) : 0;
        return () -> new Discount.AmountOff(amount);
    }
}
