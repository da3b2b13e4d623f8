package dev.rollcall.order.http;

import dev.rollcall.chassis.Deadline;
import dev.rollcall.chassis.JsonBody;
import dev.rollcall.chassis.JsonFields;
import dev.rollcall.chassis.Page;
import dev.rollcall.chassis.ProblemFeature;
import dev.rollcall.chassis.RequestLimit;
import dev.rollcall.chassis.ResponseTimeout;
import dev.rollcall.chassis.store.StoreUnavailable;
import dev.rollcall.discovery.http.BearerTokens;
import dev.rollcall.discovery.http.Problem;
import dev.rollcall.order.domain.Cart;
import dev.rollcall.order.domain.Checkout;
import dev.rollcall.order.domain.IdempotencyKey;
import dev.rollcall.order.domain.Order;
import dev.rollcall.order.domain.Placement;
import dev.rollcall.order.metrics.OrderMeters;
import dev.rollcall.order.store.OrderStore;
import dev.rollcall.order.store.OrderStore.Listed;
import io.helidon.config.Config;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
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
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The order service's calls.
 *
 * <pre>{@code
 * POST /orders                          open   201, 422 with a reason if the coupon is refused, 409 key in flight,
 *                                              429 too many codes refused
 * GET  /orders?customerId&limit&after   admin  200
 * GET  /orders/{id}                     open   200, 404
 * }</pre>
 *
 * <p>Problem types of its own: {@code coupon-refused} (with {@code reason}), {@code too-many-refused-codes}, {@code
 * key-in-flight}, {@code key-reused}, {@code order-unknown}.
 */
public final class OrderRoutes implements HttpFeature {
    private static final HeaderName IDEMPOTENCY_KEY = HeaderNames.create("Idempotency-Key");
    private static final Duration RESPONSE_TIMEOUT = Duration.ofSeconds(15);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final Checkout checkout;
    private final OrderStore orders;
    private final CouponGate gate;
    private final OrderMeters meters;
    private final BearerTokens tokens;
    private final List<String> currencies;
    private final Clock clock;
    private final RequestLimit place;
    private final RequestLimit show;
    private final RequestLimit list;

    /**
     * The calls.
     *
     * @param checkout places orders
     * @param orders stored orders
     * @param gate keeps clients from guessing codes
     * @param meters count results
     * @param tokens guard the list
     * @param currencies configured ISO 4217 currencies
     * @param clock the time
     * @param limits a {@link RequestLimit} each for {@code place}, {@code show} and {@code list}
     */
    public OrderRoutes(
            Checkout checkout,
            OrderStore orders,
            CouponGate gate,
            OrderMeters meters,
            BearerTokens tokens,
            Collection<String> currencies,
            Clock clock,
            Config limits) {
        this.checkout = checkout;
        this.orders = orders;
        this.gate = gate;
        this.meters = meters;
        this.tokens = tokens;
        this.currencies = List.copyOf(currencies);
        this.clock = clock;
        this.place = RequestLimit.create(limits.get("place"));
        this.show = RequestLimit.create(limits.get("show"));
        this.list = RequestLimit.create(limits.get("list"));
    }

    @Override
    public void setup(HttpRouting.Builder routing) {
        routing.post("/orders", place.around(this::place))
                .get("/orders", tokens.admin(list.around(this::list)))
                .any("/orders", ProblemFeature.methodNotAllowed("GET", "POST"))
                .get("/orders/{id}", show.around(this::show))
                .any("/orders/{id}", ProblemFeature.methodNotAllowed("GET"))
                .error(
                        StoreUnavailable.class,
                        (request, response, e) -> Problem.unavailable("the order store is away", RETRY_AFTER)
                                .send(request, response));
    }

    private void place(ServerRequest request, ServerResponse response) {
        long start = System.nanoTime();
        Instant deadline = Deadline.of(request, clock, RESPONSE_TIMEOUT);
        Cart cart = JsonFields.read(request, body -> OrderJson.parse(body, currencies));
        IdempotencyKey key = key(request, cart);
        Placement placement =
                ResponseTimeout.await(RESPONSE_TIMEOUT, () -> placeAndCount(request, cart, key, deadline, start));
        render(placement, response);
    }

    private Placement placeAndCount(
            ServerRequest request, Cart cart, @Nullable IdempotencyKey key, Instant deadline, long start) {
        try {
            Placement placement = gate.pass(request, cart, () -> checkout.place(cart, key, deadline));
            meters.count(placement, since(start));
            return placement;
        } catch (Problem refused) {
            throw refused;
        } catch (RuntimeException e) {
            meters.countError(since(start));
            throw e;
        }
    }

    private static void render(Placement placement, ServerResponse response) {
        switch (placement) {
            case Placement.Confirmed(Order order) -> {
                response.status(Status.CREATED_201).header(HeaderNames.LOCATION, "/orders/" + order.id());
                JsonBody.send(response, OrderJson.of(order));
            }
            case Placement.CouponRefused(Order order, String reason) ->
                throw Problem.of(
                                Status.UNPROCESSABLE_CONTENT_422,
                                "coupon-refused",
                                "the coupon doesn't apply: " + reason)
                        .with("reason", reason)
                        .with("orderId", order.id());
            case Placement.Replayed(Placement.Settled earlier) -> render(earlier, response);
            case Placement.InFlight inFlight ->
                throw Problem.of(
                                Status.CONFLICT_409,
                                "key-in-flight",
                                "an order with this Idempotency-Key is being placed right now")
                        .with(HeaderValues.create(HeaderNames.RETRY_AFTER, 1));
            case Placement.KeyReused reused ->
                throw Problem.of(
                        Status.UNPROCESSABLE_CONTENT_422,
                        "key-reused",
                        "this Idempotency-Key was used for another order");
            case Placement.CouponsAway away -> throw notRedeemed();
            case Placement.TooLate late -> throw notRedeemed();
        }
    }

    private static Problem notRedeemed() {
        return Problem.unavailable("the coupon can't be redeemed for now; nothing was ordered", RETRY_AFTER);
    }

    private void show(ServerRequest request, ServerResponse response) {
        String id = request.path().pathParameters().get("id");
        Order order = Optional.of(id)
                .filter(Order.ID.asMatchPredicate())
                .flatMap(orders::get)
                .orElseThrow(() -> Problem.of(Status.NOT_FOUND_404, "order-unknown", "there is no order " + id));
        JsonBody.send(response, OrderJson.of(order));
    }

    private void list(ServerRequest request, ServerResponse response) {
        Page page = Page.of(request);
        String customerId = request.query().first("customerId").orElse(null);
        if (customerId != null && customerId.indexOf('\0') >= 0) {
            // PostgreSQL refuses such a text
            throw Problem.invalidParameter("customerId", "must be a customer's id");
        }
        List<Listed> found = orders.list(customerId, position(page), page.limit() + 1);
        JsonBody.send(
                response,
                page.answer(
                        found, listed -> String.valueOf(listed.position()), listed -> OrderJson.of(listed.order())));
    }

    private static long position(Page page) {
        try {
            return page.after().isEmpty() ? Long.MAX_VALUE : Long.parseLong(page.after());
        } catch (NumberFormatException e) {
            throw Page.unknownPosition();
        }
    }

    private static @Nullable IdempotencyKey key(ServerRequest request, Cart cart) {
        String value = request.headers().first(IDEMPOTENCY_KEY).orElse(null);
        if (value != null && !IdempotencyKey.FORM.matcher(value).matches()) {
            throw Problem.invalidHeader("Idempotency-Key", "must be 1 to 255 visible ASCII characters");
        }
        return value == null ? null : IdempotencyKey.of(value, cart);
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
