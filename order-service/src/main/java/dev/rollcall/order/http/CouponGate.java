package dev.rollcall.order.http;

import dev.rollcall.discovery.http.Problem;
import dev.rollcall.order.domain.Cart;
import dev.rollcall.order.domain.CouponRedemptions.Answer;
import dev.rollcall.order.domain.Placement;
import dev.rollcall.order.domain.RefusedCodes;
import io.helidon.config.Config;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Refuses orders with a coupon from a customer or source address that had too many different codes refused. */
public final class CouponGate {
    private final RefusedCodes byCustomer;
    private final RefusedCodes byAddress;
    private final SourceAddress source;

    /**
     * A gate as configured.
     *
     * @param config {@code per-customer}, {@code per-address}, {@code window} and {@code trusted-proxies}, separated by
     *     commas
     * @param clock the time
     */
    public CouponGate(Config config, Clock clock) {
        Duration window = config.get("window").as(Duration.class).get();
        byCustomer = new RefusedCodes(config.get("per-customer").asInt().get(), window, clock);
        byAddress = new RefusedCodes(config.get("per-address").asInt().get(), window, clock);
        source = new SourceAddress(config.get("trusted-proxies").asString().stream()
                .flatMap(addresses -> Arrays.stream(addresses.split(",")))
                .map(String::strip)
                .filter(address -> !address.isEmpty())
                .toList());
    }

    Placement pass(ServerRequest request, Cart cart, Supplier<Placement> order) {
        Optional<String> coupon = cart.coupon();
        if (coupon.isEmpty()) {
            return order.get();
        }
        return attempt(
                byAddress,
                source.of(request),
                coupon.get(),
                () -> attempt(byCustomer, cart.customerId(), coupon.get(), order));
    }

    private static Placement attempt(RefusedCodes codes, String client, String code, Supplier<Placement> order) {
        return switch (codes.enter(client, code)) {
            case RefusedCodes.TooMany(Duration retryAfter) -> throw tooMany(retryAfter);
            case RefusedCodes.Attempt attempt -> {
                CompletionStage<Boolean> refused = CompletableFuture.completedFuture(false);
                try {
                    Placement placement = order.get();
                    refused = isRefusal(placement);
                    yield placement;
                } finally {
                    refused.whenComplete((is, e) -> attempt.end(Boolean.TRUE.equals(is)));
                }
            }
        };
    }

    private static CompletionStage<Boolean> isRefusal(Placement placement) {
        return switch (placement) {
            case Placement.CouponRefused refused -> CompletableFuture.completedFuture(true);
            case Placement.Replayed(Placement.Settled earlier) -> isRefusal(earlier);
            // a client that doesn't wait for the answer still tried the code
            case Placement.TooLate(CompletionStage<Answer> verdict) ->
                verdict.thenApply(answer -> answer instanceof Answer.Refused);
            case Placement.Confirmed confirmed -> CompletableFuture.completedFuture(false);
            case Placement.InFlight inFlight -> CompletableFuture.completedFuture(false);
            case Placement.KeyReused reused -> CompletableFuture.completedFuture(false);
            case Placement.CouponsAway away -> CompletableFuture.completedFuture(false);
        };
    }

    private static Problem tooMany(Duration retryAfter) {
        return Problem.of(
                        Status.TOO_MANY_REQUESTS_429,
                        "too-many-refused-codes",
                        "too many different coupon codes were refused; nothing was ordered")
                .with(HeaderValues.create(HeaderNames.RETRY_AFTER, retryAfter.toSeconds() + 1));
    }
}
