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
 * The coupon service, as orders see it. Logs when it stops and when it begins to answer, not each failure.
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

    /**
     * A client.
     *
     * @param url where the coupon service is: {@code http://coupon-service}, or, for instances that speak TLS and no
     *     others, {@code https://coupon-service}
     * @param discovery resolves that name, balances and fails over; the only place where a call is tried again
     * @param tls which certificates are trusted
     * @param token the token to send
     * @param timeout how long connecting, a TLS handshake and waiting for an answer may take, each; together a call's end
     * @param clock the time
     */
    public CouponClient(URI url, WebClientService discovery, Tls tls, TokenFile token, Duration timeout, Clock clock) {
        this.http = Http1Client.builder()
                .baseUri(Discovery.uri(url))
                .addService(discovery)
                .servicesDiscoverServices(false)
                .tls(tls)
                .dnsResolver(Discovery.dnsResolver())
                .connectTimeout(timeout)
                .readTimeout(timeout)
                .connectionListener(new HandshakeTimeout(timeout))
                // the shared connections are closed at SIGTERM, while orders in flight still need a coupon
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
     * @param config {@code url}, {@code tls}, {@code token-file} and {@code timeout}
     * @param discovery finds the coupon service, balances and fails over
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

    private static Tls tls(Config config) {
        try {
            return Tls.create(config);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(config.key() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public Answer redeem(String orderId, String code, Cart cart, Instant deadline) {
        Duration left = Duration.between(clock.instant(), deadline);
        if (!left.isPositive()) {
            return new Answer.Missing("the client's time was over before coupon-service was asked");
        }
        var verdict = new CompletableFuture<Answer>();
        try {
            return noted(TimeLimiter.leaving(left, () -> {
                try {
                    Answer answer = sendRedemption(orderId, code, cart, deadline);
                    verdict.complete(answer);
                    return answer;
                } catch (Throwable e) {
                    verdict.completeExceptionally(e);
                    throw e;
                }
            }));
        } catch (TimeoutException e) {
            // a client's haste says nothing about coupon-service: neither here nor where its instances are chosen
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
            return sendRelease(orderId, code);
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

    private Answer sendRedemption(String orderId, String code, Cart cart, Instant deadline) {
        return whole(() -> exchangeRedemption(orderId, code, cart, deadline));
    }

    private boolean sendRelease(String orderId, String code) {
        return whole(() -> exchangeRelease(orderId, code));
    }

    private Answer exchangeRedemption(String orderId, String code, Cart cart, Instant deadline) {
        // redemptions are idempotent by order: the key tells discovery that a call cut off midway may go elsewhere
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

    private boolean exchangeRelease(String orderId, String code) {
        try (var response = http.delete("/coupons/{code}/redemptions/{orderId}")
                .pathParam("code", code)
                .pathParam("orderId", orderId)
                .header(HeaderNames.AUTHORIZATION, bearer())
                .request()) {
            // no such coupon: nothing of it can be redeemed
            return response.status().equals(Status.NO_CONTENT_204) || isUnknownCoupon(response);
        }
    }

    /** Ends a call whole: the read timeout begins anew with each byte. */
    private <T> T whole(Supplier<T> call) {
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
                LOGGER.log(Level.WARNING, "coupon-service gives no answer: {0}", cause);
            }
        } else if (!answering.getAndSet(true)) {
            LOGGER.log(Level.INFO, "coupon-service answers again");
        }
        return answer;
    }
}
