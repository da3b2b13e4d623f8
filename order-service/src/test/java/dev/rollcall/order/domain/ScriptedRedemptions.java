package dev.rollcall.order.domain;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Coupon redemptions that answer as a test says, and record their calls. */
final class ScriptedRedemptions implements CouponRedemptions {
    final List<String> calls = new ArrayList<>();
    Supplier<Answer> answer = () -> new Answer.Granted(300);
    Supplier<Boolean> release = () -> true;

    @Override
    public Answer redeem(String orderId, String code, Cart cart, Instant deadline) {
        calls.add("redeem " + orderId + " " + code);
        return answer.get();
    }

    @Override
    public boolean release(String orderId, String code) {
        calls.add("release " + orderId + " " + code);
        return release.get();
    }
}
