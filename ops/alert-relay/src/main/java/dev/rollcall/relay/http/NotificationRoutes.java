package dev.rollcall.relay.http;

import dev.rollcall.chassis.JsonBody;
import dev.rollcall.chassis.ProblemFeature;
import dev.rollcall.discovery.http.BearerTokens;
import dev.rollcall.discovery.http.Problem;
import dev.rollcall.relay.alertmanager.Parsed;
import dev.rollcall.relay.alertmanager.Webhook;
import dev.rollcall.relay.delivery.Desk;
import dev.rollcall.relay.domain.Channel;
import dev.rollcall.relay.domain.Notification;
import dev.rollcall.relay.domain.Result;
import dev.rollcall.relay.metrics.RelayMeters;
import dev.rollcall.relay.queue.NotStoredException;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.media.type.MediaTypes;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpFeature;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Takes notifications.
 *
 * <pre>{@code
 * POST /notifications/{channel}   relay token   200 {"accepted": 3} once all of it is on disk
 * }</pre>
 *
 * <p>Channels are {@code dingtalk} and {@code phone}. Alertmanager comes again after 503 and never after 4xx: those are
 * counted as refused, and logged. Problem types of its own: {@code channel-unknown}.
 */
public final class NotificationRoutes implements HttpFeature {
    /** The most bytes that a notification may have: far more alerts than anybody reads. */
    static final int MAX_BYTES = 4 << 20;

    private static final System.Logger LOGGER = System.getLogger(NotificationRoutes.class.getName());
    private static final String PATH = "/notifications/{channel}";
    private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

    private final Desk desk;
    private final RelayMeters meters;
    private final BearerTokens tokens;

    /**
     * The routes.
     *
     * @param desk takes notifications
     * @param meters count those refused
     * @param tokens who may send
     */
    public NotificationRoutes(Desk desk, RelayMeters meters, BearerTokens tokens) {
        this.desk = desk;
        this.meters = meters;
        this.tokens = tokens;
    }

    @Override
    public void setup(HttpRouting.Builder routing) {
        routing.post(PATH, tokens.service(this::accept))
                .any(PATH, ProblemFeature.methodNotAllowed("POST"))
                .error(NotStoredException.class, (request, response, e) -> {
                    LOGGER.log(Level.WARNING, "a notification can''t be stored: {0}", e.getMessage());
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
                    "a notification for {0} is refused, and lost: {1}",
                    channel.text(),
                    problem.getMessage());
            throw problem;
        }
        desk.accept(channel, notification);
        JsonBody.send(response, Map.of("accepted", notification.alerts().size()));
    }

    private Channel channel(String name) {
        return Channel.of(name)
                .filter(desk::serves)
                .orElseThrow(() -> Problem.of(
                        Status.NOT_FOUND_404,
                        "channel-unknown",
                        "there is no channel " + name + " here (expected: dingtalk or phone, if configured)"));
    }

    private static Notification read(ServerRequest request) {
        return switch (Webhook.parse(body(request))) {
            case Parsed.Valid(Notification notification) -> notification;
            case Parsed.NoJson(String detail) -> throw malformed(detail);
            case Parsed.Invalid(Map<String, String> errors) -> {
                List<Map<String, String>> list = errors.entrySet().stream()
                        .map(error -> Map.of("pointer", error.getKey(), "detail", error.getValue()))
                        .toList();
                throw Problem.of(
                                Status.UNPROCESSABLE_CONTENT_422,
                                "invalid-fields",
                                "no notification of Alertmanager: " + errors)
                        .with("errors", list);
            }
        };
    }

    private static byte[] body(ServerRequest request) {
        if (!request.content().hasEntity()) {
            throw malformed("the body is empty, a JSON object is expected");
        }
        if (request.headers()
                .contentType()
                .filter(type -> type.mediaType().equals(MediaTypes.APPLICATION_JSON))
                .isEmpty()) {
            throw Problem.of(
                    Status.UNSUPPORTED_MEDIA_TYPE_415,
                    "unsupported-media-type",
                    "the body must be sent as Content-Type: application/json");
        }
        byte[] body;
        try {
            body = request.content().inputStream().readNBytes(MAX_BYTES + 1);
        } catch (IOException | DataReader.InsufficientDataAvailableException e) {
            throw malformed("the body broke off");
        }
        if (body.length > MAX_BYTES) {
            throw Problem.of(
                    Status.REQUEST_ENTITY_TOO_LARGE_413,
                    "body-too-large",
                    "a notification may have " + MAX_BYTES + " bytes at the most; set max_alerts in Alertmanager");
        }
        return body;
    }

    private static Problem malformed(String detail) {
        return Problem.of(Status.BAD_REQUEST_400, "malformed-json", detail);
    }
}
