package dev.rollcall.console;

import dev.rollcall.chassis.JsonBody;
import dev.rollcall.chassis.ProblemFeature;
import dev.rollcall.discovery.http.Problem;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpFeature;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The runbooks of this platform's alerts, so that they can be read without a network.
 *
 * <pre>{@code
 * GET /api/runbooks/{alert}  {"alert": "TargetDown", "markdown": "# TargetDown\n…"}; 404 runbook-unknown
 * }</pre>
 */
final class RunbookRoutes implements HttpFeature {
    private static final Pattern ALERT = Pattern.compile("[A-Za-z0-9]+");

    private final Path runbooks;

    /** @param runbooks the folder with one Markdown file for each alert */
    RunbookRoutes(Path runbooks) {
        this.runbooks = runbooks;
    }

    @Override
    public void setup(HttpRouting.Builder routing) {
        routing.get("/api/runbooks/{alert}", this::show)
                .any("/api/runbooks/{alert}", ProblemFeature.methodNotAllowed("GET"));
    }

    private void show(ServerRequest request, ServerResponse response) {
        String alert = request.path().pathParameters().get("alert");
        try {
            if (ALERT.matcher(alert).matches()) {
                String markdown = Files.readString(runbooks.resolve(alert + ".md"));
                JsonBody.send(response, Map.of("alert", alert, "markdown", markdown));
                return;
            }
        } catch (IOException e) {
            throw unknown(alert);
        }
        throw unknown(alert);
    }

    private static Problem unknown(String alert) {
        return Problem.of(Status.NOT_FOUND_404, "runbook-unknown", "there is no runbook for " + alert);
    }
}
