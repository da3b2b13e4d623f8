package dev.rollcall.relay.http;

import dev.rollcall.chassis.ProblemFeature;
import dev.rollcall.discovery.http.BearerTokens;
import dev.rollcall.discovery.http.Problem;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpFeature;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.function.Predicate;

/**
 * Receives acknowledgements of calls, from the provider or from a person.
 *
 * <pre>{@code
 * POST /calls/{id}/acknowledgement   relay or admin token   204, also when repeated; 404 for an unknown call
 * }</pre>
 *
 * <p>Its own problem type: {@code call-unknown}.
 */
public final class CallRoutes implements HttpFeature {
    private static final String PATH = "/calls/{id}/acknowledgement";

    private final Predicate<String> acknowledge;
    private final BearerTokens tokens;

    /**
     * The routes.
     *
     * @param acknowledge acknowledges the call with an id, and returns false if there is none
     * @param tokens guard the routes
     */
    public CallRoutes(Predicate<String> acknowledge, BearerTokens tokens) {
        this.acknowledge = acknowledge;
        this.tokens = tokens;
    }

    @Override
    public void setup(HttpRouting.Builder routing) {
        routing.post(PATH, tokens.service(this::acknowledge)).any(PATH, ProblemFeature.methodNotAllowed("POST"));
    }

    private void acknowledge(ServerRequest request, ServerResponse response) {
        String id = request.path().pathParameters().get("id");
        if (!acknowledge.test(id)) {
            throw Problem.of(
                    Status.NOT_FOUND_404,
                    "call-unknown",
                    "there is no call " + id + "; after a restart the relay calls again, with new ids");
        }
        response.status(Status.NO_CONTENT_204).send();
    }
}
