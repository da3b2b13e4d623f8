package dev.rollcall.chassis;

import dev.rollcall.discovery.http.Problem;
import io.helidon.http.DirectHandler;
import io.helidon.http.DirectHandler.EventType;
import io.helidon.http.DirectHandler.TransportResponse;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.HttpException;
import io.helidon.http.Method;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpFeature;
import io.helidon.webserver.http.HttpRouting;
import java.lang.System.Logger.Level;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Answers every error as a {@link Problem}: what handlers throw, what the router refuses, and, with {@link
 * #directHandlers()} on the listener, what is refused before routing (bad framing, too large, too many at once).
 *
 * <p>An unexpected exception is logged with its stack trace and answered 500 without details.
 */
public final class ProblemFeature implements HttpFeature {
    private static final System.Logger LOGGER = System.getLogger(ProblemFeature.class.getName());
    private static final String HEAD = Method.HEAD_NAME;

    /** Creates the feature. */
    public ProblemFeature() {}

    @Override
    public void setup(HttpRouting.Builder routing) {
        routing.addFilter(new RequestIdFilter())
                .addFilter(new RequestGuard())
                .error(Problem.class, (request, response, problem) -> problem.send(request, response))
                .error(HttpException.class, (request, response, e) -> {
                    e.headers().forEach(response::header);
                    // 304 comes this way; a browser applies its headers to the cached page
                    if (e.status().code() < Status.BAD_REQUEST_400.code()) {
                        response.status(e.status()).send();
                        return;
                    }
                    of(e.status(), e.getMessage()).send(request, response);
                })
                .error(Throwable.class, (request, response, e) -> {
                    LOGGER.log(
                            Level.ERROR,
                            () -> request.prologue().method() + " "
                                    + request.matchingPattern().orElse("(no route)") + " failed",
                            e);
                    internalError().send(request, response);
                });
    }

    /**
     * The last route of a path, for the methods that no route before it accepts.
     *
     * @param allowed methods that the path's routes accept
     * @return a handler that answers 405 with {@code Allow}
     */
    public static Handler methodNotAllowed(String... allowed) {
        String methods = String.join(", ", allowed);
        Problem problem = Problem.of(
                        Status.METHOD_NOT_ALLOWED_405, "method-not-allowed", "this resource takes " + methods)
                .with(HeaderValues.create(HeaderNames.ALLOW, methods));
        return (request, response) -> problem.send(request, response);
    }

    /**
     * Handlers of what a listener refuses before routing.
     *
     * @return the handlers, for {@code WebServer.builder().directHandlers(…)}
     */
    public static DirectHandlers directHandlers() {
        DirectHandlers.Builder handlers = DirectHandlers.builder();
        for (EventType type : EventType.values()) {
            handlers.addHandler(type, new Direct());
        }
        return handlers.build();
    }

    private static Problem of(Status status, @Nullable String cause) {
        String message = cause == null ? status.reasonPhrase() : cause;
        return switch (status.code()) {
            case 400 -> Problem.of(status, "malformed-request", message);
            case 404 -> Problem.of(status, "not-found", "nothing is served under this path");
            case 413 -> JsonBody.tooLarge();
            case 415 -> Problem.of(status, "unsupported-media-type", message);
            case 500 -> internalError();
            case 503 -> Problem.unavailable("the server is saturated", Duration.ofSeconds(1));
            case 505 -> Problem.of(Status.BAD_REQUEST_400, "malformed-request", "only HTTP/1.1 is spoken here");
            default -> Problem.of(status, "http-" + status.code(), message);
        };
    }

    private static Problem internalError() {
        return Problem.of(
                Status.INTERNAL_SERVER_ERROR_500, "internal-error", "the request failed here; the log says why");
    }

    private static final class Direct implements DirectHandler {
        @Override
        public TransportResponse handle(
                TransportRequest request,
                EventType event,
                Status status,
                ServerResponseHeaders headers,
                @Nullable String message) {
            // no handler's failure comes here: the request itself couldn't be read
            Problem problem = event == EventType.INTERNAL_ERROR
                    ? Problem.of(Status.BAD_REQUEST_400, "malformed-request", "the request can't be read")
                    : of(status, message);
            SecurityHeaders.forApi(headers);
            problem.headers().forEach(headers::set);
            return TransportResponse.builder()
                    .status(problem.status())
                    .headers(headers)
                    .keepAlive(event.keepAlive())
                    .entity(HEAD.equals(request.method()) ? new byte[0] : problem.body())
                    .build();
        }
    }
}
