package dev.rollcall.order.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rollcall.chassis.ConfigValues;
import dev.rollcall.chassis.Deadline;
import dev.rollcall.discovery.Discovery;
import dev.rollcall.discovery.http.TimeLimiter;
import dev.rollcall.discovery.http.TokenFile;
import dev.rollcall.order.domain.Cart;
import dev.rollcall.order.domain.CouponRedemptions;
import io.helidon.common.tls.Tls;
import io.helidon.config.Config;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webclient.api.HttpClientResponse;
import io.helidon.webclient.http1.Http1Client;
import io.helidon.webclient.spi.WebClientService;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * A client of the coupon service. Logs when the service stops answering and when it answers again, not each failure.
 */
public final class CouponClient implements CouponRedemptions, AutoCloseable {
    private static final System.Logger LOGGER = System.getLogger(CouponClient.class.getName());
    private static final HeaderName IDEMPOTENCY_KEY = HeaderNames.create("Idempotency-Key");
    private static final Pattern REASON = Pattern.compile("[a-z_]{1,32}");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MAX_BYTES = 64 * 1024;

    private final Http1Client http;
    private final TokenFile token;
    private final Duration timeout;
    private final Clock clock;
    private final AtomicBoolean answering = new AtomicBoolean(true);

    CouponClient(URI url, WebClientService discovery, Tls tls, TokenFile token, Duration timeout, Clock clock) {
        this.http = Http1Client.builder()
                .baseUri(Discovery.uri(url))
                .addService(discovery)
                .servicesDiscoverServices(false)
                .tls(tls)
                .dnsResolver(Discovery.dnsResolver())
                .connectTimeout(timeout)
                .readTimeout(timeout)
                .connectionListener(new HandshakeTimeout(timeout))
                // the shared connections close at SIGTERM, while orders in flight still need a coupon
                .shareConnectionCache(false)
                .followRedirects(false)
                .sendExpectContinue(false)
                .build();
        this.token = token;
        this.timeout = timeout;
        this.clock = clock;
    }

    /**
     * A client as configured.
     *
     * @param config {@code url} ({@code http://coupon-service}, or {@code https://coupon-service} for instances with TLS
     *     only), {@code tls}, {@code token-file}, and {@code timeout}: the limit of connecting, of the TLS handshake and of
     *     waiting for data, each
     * @param discovery finds the coupon service, balances and fails over; nothing else retries a call
     * @param clock the time
     * @return the client
     */
    public static CouponClient create(Config config, WebClientService discovery, Clock clock) {
        return new CouponClient(
                URI.create(config.get("url").asString().get()),
                discovery,
                tls(config.get("tls")),
                TokenFile.open(ConfigValues.path(config.get("token-file"))),
                config.get("timeout").as(Duration.class).get(),
                clock);
    }

    @Override
    public Answer redeem(String orderId, String code, Cart cart, Instant deadline) {
        Duration left = Duration.between(clock.instant(), deadline);
        if (!left.isPositive()) {
            return new Answer.Missing("the client's deadline passed before coupon-service was called");
        }
        var verdict = new CompletableFuture<Answer>();
        try {
            return noted(TimeLimiter.leaving(left, () -> {
                try {
                    Answer answer = limited(() -> sendRedemption(orderId, code, cart, deadline));
                    verdict.complete(answer);
                    return answer;
                } catch (Throwable e) {
                    verdict.completeExceptionally(e);
                    throw e;
                }
            }));
        } catch (TimeoutException e) {
            // a short deadline says nothing about coupon-service, neither here nor to the balancing
            return new Answer.TooLate(verdict);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return noted(new Answer.Missing("stopped while waiting"));
        } catch (RuntimeException e) {
            return noted(new Answer.Missing(String.valueOf(e.getMessage())));
        }
    }

    @Override
    public boolean release(String orderId, String code) {
        try {
            return limited(() -> sendRelease(orderId, code));
        } catch (RuntimeException e) {
            LOGGER.log(Level.DEBUG, () -> "order " + orderId + " can't be released yet", e);
            return false;
        }
    }

    /** Closes the connections. */
    @Override
    public void close() {
        http.closeResource();
    }

    private static Tls tls(Config config) {
        try {
            return Tls.create(config);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(config.key() + ": " + e.getMessage(), e);
        }
    }

    private Answer sendRedemption(String orderId, String code, Cart cart, Instant deadline) {
        // redemptions are idempotent per order: the key lets discovery retry an interrupted call at another instance
        try (var response = http.post("/coupons/{code}/redemptions")
                .pathParam("code", code)
                .header(HeaderNames.AUTHORIZATION, bearer())
                .header(IDEMPOTENCY_KEY, orderId)
                .header(Deadline.header(Duration.between(clock.instant(), deadline)))
                .submit(Map.of(
                        "orderId", orderId,
                        "customerId", cart.customerId(),
                        "subtotal", cart.subtotal(),
                        "currency", cart.currency()))) {
            return answer(response, cart.subtotal());
        }
    }

    private boolean sendRelease(String orderId, String code) {
        try (var response = http.delete("/coupons/{code}/redemptions/{orderId}")
                .pathParam("code", code)
                .pathParam("orderId", orderId)
                .header(HeaderNames.AUTHORIZATION, bearer())
                .request()) {
            // a coupon that doesn't exist can't be redeemed
            return response.status().equals(Status.NO_CONTENT_204) || isUnknownCoupon(response);
        }
    }

    /** Limits a whole call: the read timeout restarts with each byte. */
    private <T> T limited(Supplier<T> call) {
        Duration longest = timeout.multipliedBy(3);
        try {
            return TimeLimiter.interrupting(longest, call);
        } catch (TimeoutException e) {
            throw new IllegalStateException("coupon-service did not answer within " + longest, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped while waiting", e);
        }
    }

    private String bearer() {
        return "Bearer " + token.token();
    }

    private static Answer answer(HttpClientResponse response, long subtotal) {
        int status = response.status().code();
        JsonNode body = body(response);
        if (status == 200 || status == 201) {
            JsonNode discount = body.path("discount");
            return discount.canConvertToLong() && discount.longValue() >= 0 && discount.longValue() <= subtotal
                    ? new Answer.Granted(discount.longValue())
                    : new Answer.Missing("coupon-service granted " + discount + " of " + subtotal);
        }
        String reason = body.path("reason").asText("");
        if ((status == 422 || status == 404) && REASON.matcher(reason).matches()) {
            return new Answer.Refused(reason);
        }
        return new Answer.Missing(
                "coupon-service answered " + status + " " + body.path("detail").asText(""));
    }

    private static boolean isUnknownCoupon(HttpClientResponse response) {
        return response.status().equals(Status.NOT_FOUND_404)
                && "unknown".equals(body(response).path("reason").asText());
    }

    private static JsonNode body(HttpClientResponse response) {
        try {
            return JSON.readTree(response.entity().inputStream().readNBytes(MAX_BYTES));
        } catch (IOException e) {
            return JSON.missingNode();
        }
    }

    private Answer noted(Answer answer) {
        if (answer instanceof Answer.Missing(String cause)) {
            if (answering.getAndSet(false)) {
                LOGGER.log(Level.WARNING, "coupon-service does not answer: {0}", cause);
            }
        } else if (!answering.getAndSet(true)) {
            LOGGER.log(Level.INFO, "coupon-service answers again");
        }
        return answer;
    }
}
