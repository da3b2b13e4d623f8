package dev.rollcall.order;

import dev.rollcall.order.domain.RefusedCodes;
import dev.rollcall.order.http.CouponGate;
import dev.rollcall.order.http.SourceAddress;
import io.helidon.config.Config;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** What the configuration says, at {@code refused-codes}, about who tries out coupon codes. */
record RefusalSettings(int perCustomer, int perAddress, Duration window, List<String> trustedProxies) {
    static RefusalSettings of(Config config) {
        return new RefusalSettings(
                config.get("per-customer").asInt().get(),
                config.get("per-address").asInt().get(),
                config.get("window").as(Duration.class).get(),
                config.get("trusted-proxies").asString().stream()
                        .flatMap(addresses -> Arrays.stream(addresses.split(",")))
                        .map(String::strip)
                        .filter(address -> !address.isEmpty())
                        .toList());
    }

    CouponGate gate(Clock clock) {
        return new CouponGate(
                new RefusedCodes(perCustomer, window, clock),
                new RefusedCodes(perAddress, window, clock),
                new SourceAddress(trustedProxies));
    }
}
