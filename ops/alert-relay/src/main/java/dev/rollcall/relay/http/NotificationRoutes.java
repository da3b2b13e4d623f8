package dev.rollcall.relay.http;

import dev.rollcall.chassis.JsonBody;
import dev.rollcall.chassis.ProblemFeature;
import dev.rollcall.discovery.http.BearerTokens;
import dev.rollcall.discovery.http.Problem;
import dev.rollcall.relay.alertmanager.Parsed;
import dev.rollcall.relay.alertmanager.Webhook;
import dev.rollcall.relay.delivery.Receiver;
import dev.rollcall.relay.domain.Channel;
import dev.rollcall.relay.domain.Notification;
import dev.rollcall.relay.domain.Result;
import dev.rollcall.relay.metrics.RelayMeters;
import dev.rollcall.relay.queue.NotStoredException;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpFeature;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Receives notifications.
 *
 * <pre>{@code
 * POST /notifications/{channel}   relay token   200 {"accepted": 3} once it is on disk
 * }</pre>
 *
 * <p>Channels are {@code dingtalk} and {@code phone}. Alertmanager repeats after 503 but not after 4xx, so the latter are
 * counted as refused and logged. Its own problem type: {@code channel-unknown}.
 */
public final class NotificationRoutes implements HttpFeature {
    /** The largest notification: far more alerts than anybody reads. */
    static final int MAX_BYTES = 4 << 20;

    private static final Duration MAX_TIME = Duration.ofMinutes(1);

    private static final System.Logger LOGGER = System.getLogger(NotificationRoutes.class.getName());
    private static final String PATH = "/notifications/{channel}";
    private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

    private final Receiver receiver;
    private final RelayMeters meters;
    private final BearerTokens tokens;

    /**
     * The routes.
     *
     * @param receiver accepts notifications
     * @param meters count refused ones
     * @param tokens guard the routes
     */
    public NotificationRoutes(Receiver receiver, RelayMeters meters, BearerTokens tokens) {
        this.receiver = receiver;
        this.meters = meters;
        this.tokens = tokens;
    }

    @Override
    public void setup(HttpRouting.Builder routing) {
        routing.post(PATH, tokens.service(this::accept))
                .any(PATH, ProblemFeature.methodNotAllowed("POST"))
                .error(NotStoredException.class, (request, response, e) -> {
                    LOGGER.log(
                            Level.WARNING,
                            "a notification was not stored, Alertmanager will repeat it: {0}",
                            e.getMessage());
                    Problem.unavailable("the notification can't be stored now; send it again", RETRY_AFTER)
                            .send(request, response);
                });
    }

    private void accept(ServerRequest request, ServerResponse response) {
        Channel channel = channel(request.path().pathParameters().get("channel"));
        Notification notification;
        try {
            notification = read(request);
        } catch (Problem problem) {
            meters.of(channel).count(Result.REFUSED);
            LOGGER.log(
                    Level.WARNING,
                    "a notification for {0} was refused and is lost: {1}",
                    channel.text(),
                    problem.getMessage());
            throw problem;
        }
        receiver.accept(channel, notification);
        JsonBody.send(response, Map.of("accepted", notification.alerts().size()));
    }

    private Channel channel(String name) {
        return Channel.of(name)
                .filter(receiver::serves)
                .orElseThrow(() -> Problem.of(
                        Status.NOT_FOUND_404,
                        "channel-unknown",
                        "there is no channel " + name + " here (expected: dingtalk or phone, if configured)"));
    }

    private static Notification read(ServerRequest request) {
        return switch (Webhook.parse(body(request))) {
            case Parsed.Valid(Notification notification) -> notification;
            case Parsed.NoJson(String detail) -> throw Problem.of(Status.BAD_REQUEST_400, "malformed-json", detail);
            case Parsed.Invalid(Map<String, String> errors) -> {
                List<Map<String, String>> list = errors.entrySet().stream()
                        .map(error -> Map.of("pointer", error.getKey(), "detail", error.getValue()))
                        .toList();
                throw Problem.of(
                                Status.UNPROCESSABLE_CONTENT_422,
                                "invalid-fields",
                                "not a notification of Alertmanager: " + errors)
                        .with("errors", list);
            }
        };
    }

    private static byte[] body(ServerRequest request) {
        try {
            return JsonBody.bytes(request, MAX_BYTES, MAX_TIME);
        } catch (Problem problem) {
            throw problem.status().equals(Status.REQUEST_ENTITY_TOO_LARGE_413)
                    ? Problem.of(
                            problem.status(),
                            "body-too-large",
                            "a notification may have " + MAX_BYTES
                                    + " bytes at the most; set max_alerts in Alertmanager")
                    : problem;
        }
    }
}
