package dev.rollcall.coupon.http;

import dev.rollcall.chassis.Deadline;
import dev.rollcall.chassis.JsonBody;
import dev.rollcall.chassis.JsonFields;
import dev.rollcall.chassis.Page;
import dev.rollcall.chassis.ProblemFeature;
import dev.rollcall.chassis.RequestLimit;
import dev.rollcall.chassis.ResponseTimeout;
import dev.rollcall.chassis.store.StoreUnavailable;
import dev.rollcall.coupon.domain.Coupon;
import dev.rollcall.coupon.domain.Purchase;
import dev.rollcall.coupon.domain.Redemption;
import dev.rollcall.coupon.domain.Redemption.Reason;
import dev.rollcall.coupon.domain.Release;
import dev.rollcall.coupon.metrics.CouponMeters;
import dev.rollcall.coupon.store.CouponStore;
import dev.rollcall.coupon.store.DeadlinePassed;
import dev.rollcall.discovery.http.BearerTokens;
import dev.rollcall.discovery.http.Problem;
import io.helidon.config.Config;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpFeature;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The coupon service's calls.
 *
 * <pre>{@code
 * POST   /coupons                               admin    201, 409 if the code exists
 * GET    /coupons?limit&after                   admin    200
 * GET    /coupons/{code}                        service  200, 404
 * POST   /coupons/{code}/redemptions            service  201, 200 if repeated, 422 with a reason, 404, 409
 * DELETE /coupons/{code}/redemptions/{orderId}  service  204, 404, 409 if the order holds another coupon
 * }</pre>
 *
 * <p>Problem types of its own: {@code coupon-exists}, {@code coupon-unknown} and {@code coupon-refused} (both with {@code
 * reason}), {@code order-conflict} (the order was released, or holds another coupon or one for another purchase).
 */
public final class CouponRoutes implements HttpFeature {
    private static final Duration RESPONSE_TIMEOUT = Duration.ofSeconds(15);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final CouponStore coupons;
    private final CouponMeters meters;
    private final BearerTokens tokens;
    private final List<String> currencies;
    private final Clock clock;
    private final RequestLimit redeem;
    private final RequestLimit show;
    private final RequestLimit administer;

    /**
     * The calls.
     *
     * @param coupons stored coupons
     * @param meters count results
     * @param tokens guard the calls
     * @param currencies configured ISO 4217 currencies
     * @param clock the time
     * @param limits a {@link RequestLimit} each for {@code redeem}, {@code show} and {@code administer}
     */
    public CouponRoutes(
            CouponStore coupons,
            CouponMeters meters,
            BearerTokens tokens,
            Collection<String> currencies,
            Clock clock,
            Config limits) {
        this.coupons = coupons;
        this.meters = meters;
        this.tokens = tokens;
        this.currencies = List.copyOf(currencies);
        this.clock = clock;
        this.redeem = RequestLimit.create(limits.get("redeem"));
        this.show = RequestLimit.create(limits.get("show"));
        this.administer = RequestLimit.create(limits.get("administer"));
    }

    @Override
    public void setup(HttpRouting.Builder routing) {
        routing.post("/coupons", tokens.admin(administer.around(this::issue)))
                .get("/coupons", tokens.admin(administer.around(this::list)))
                .any("/coupons", ProblemFeature.methodNotAllowed("GET", "POST"))
                .get("/coupons/{code}", tokens.service(show.around(this::show)))
                .any("/coupons/{code}", ProblemFeature.methodNotAllowed("GET"))
                .post("/coupons/{code}/redemptions", tokens.service(redeem.around(this::redeem)))
                .any("/coupons/{code}/redemptions", ProblemFeature.methodNotAllowed("POST"))
                .delete("/coupons/{code}/redemptions/{orderId}", tokens.service(redeem.around(this::release)))
                .any("/coupons/{code}/redemptions/{orderId}", ProblemFeature.methodNotAllowed("DELETE"))
                .error(
                        StoreUnavailable.class,
                        (request, response, e) -> Problem.unavailable("the coupon store is away", RETRY_AFTER)
                                .send(request, response))
                .error(
                        DeadlinePassed.class,
                        (request, response, e) -> Problem.unavailable("the request's time is over", RETRY_AFTER)
                                .send(request, response));
    }

    private void issue(ServerRequest request, ServerResponse response) {
        Coupon coupon = JsonFields.read(request, body -> CouponJson.parse(body, currencies, clock.instant()));
        if (!coupons.add(coupon)) {
            throw Problem.of(Status.CONFLICT_409, "coupon-exists", "coupon " + coupon.code() + " exists already");
        }
        response.status(Status.CREATED_201).header(HeaderNames.LOCATION, "/coupons/" + coupon.code());
        JsonBody.send(response, CouponJson.of(coupon));
    }

    private void list(ServerRequest request, ServerResponse response) {
        Page page = Page.of(request);
        if (!page.after().isEmpty() && !Coupon.CODE.matcher(page.after()).matches()) {
            throw Page.unknownPosition();
        }
        List<Coupon> found = coupons.list(page.after(), page.limit() + 1);
        JsonBody.send(response, page.answer(found, Coupon::code, CouponJson::of));
    }

    private void show(ServerRequest request, ServerResponse response) {
        Coupon coupon = code(request).flatMap(coupons::find).orElseThrow(() -> unknown(request));
        JsonBody.send(response, CouponJson.of(coupon));
    }

    private void redeem(ServerRequest request, ServerResponse response) {
        Instant deadline = Deadline.of(request, clock, RESPONSE_TIMEOUT);
        Purchase purchase = JsonFields.read(request, this::purchase);
        Optional<String> code = code(request);
        Redemption redemption = counting(() -> {
            Redemption end = code.map(it -> coupons.redeem(it, purchase, deadline))
                    .orElse(new Redemption.Refused(Reason.UNKNOWN));
            meters.count(end, purchase.currency());
            return end;
        });
        switch (redemption) {
            case Redemption.Redeemed(long discount) ->
                JsonBody.send(response.status(Status.CREATED_201), Map.of("discount", discount));
            case Redemption.Replayed(long discount) -> JsonBody.send(response, Map.of("discount", discount));
            case Redemption.Refused(Reason reason) when reason == Reason.UNKNOWN -> throw unknown(request);
            case Redemption.Refused(Reason reason) ->
                throw Problem.of(
                                Status.UNPROCESSABLE_CONTENT_422,
                                "coupon-refused",
                                "the coupon doesn't apply: " + reason.label())
                        .with("reason", reason.label());
            case Redemption.Conflict(String cause) -> throw Problem.of(Status.CONFLICT_409, "order-conflict", cause);
        }
    }

    private Supplier<Purchase> purchase(JsonFields body) {
        String orderId = body.text("orderId", Purchase.ORDER_ID, "must be 1 to 64 letters, digits or any of . _ ~ -");
        String customerId = body.text("customerId", 64);
        long subtotal = body.integer("subtotal", 0, Coupon.MAX_AMOUNT);
        String currency = body.oneOf("currency", currencies);
        return () -> new Purchase(orderId, customerId, subtotal, currency);
    }

    private void release(ServerRequest request, ServerResponse response) {
        String code = code(request).orElseThrow(() -> unknown(request));
        String orderId = request.path().pathParameters().get("orderId");
        if (!Purchase.ORDER_ID.matcher(orderId).matches()) {
            throw Problem.of(Status.NOT_FOUND_404, "not-found", "no order has such an id");
        }
        Release release = counting(() -> {
            Release end = coupons.release(code, orderId);
            meters.count(end);
            return end;
        });
        switch (release) {
            case Release.GivenBack given ->
                response.status(Status.NO_CONTENT_204).send();
            case Release.NothingTaken nothing ->
                response.status(Status.NO_CONTENT_204).send();
            case Release.OtherCoupon other ->
                throw Problem.of(
                        Status.CONFLICT_409, "order-conflict", "order " + orderId + " has redeemed another coupon");
            case Release.UnknownCoupon unknown -> throw unknown(request);
        }
    }

    private <T> T counting(Supplier<T> attempt) {
        return ResponseTimeout.await(RESPONSE_TIMEOUT, () -> {
            try {
                return attempt.get();
            } catch (RuntimeException e) {
                meters.countError();
                throw e;
            }
        });
    }

    private static Optional<String> code(ServerRequest request) {
        String code = request.path().pathParameters().get("code");
        return Coupon.CODE.matcher(code).matches() ? Optional.of(Coupon.canonical(code)) : Optional.empty();
    }

    private static Problem unknown(ServerRequest request) {
        return Problem.of(
                        Status.NOT_FOUND_404,
                        "coupon-unknown",
                        "there is no coupon " + request.path().pathParameters().get("code"))
                .with("reason", Reason.UNKNOWN.label());
    }
}
