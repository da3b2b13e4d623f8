package dev.rollcall.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rollcall.chassis.ProblemFeature;
import dev.rollcall.discovery.http.Problem;
import dev.rollcall.rollcall.HttpApi;
import dev.rollcall.rollcall.NoAnswer;
import io.helidon.common.media.type.MediaTypes;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpFeature;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Forwards Prometheus's query API for the pages, which may only call the console. Only these calls, only GET, only
 * these parameters.
 *
 * <pre>{@code
 * GET /api/v1/query?query&time
 * GET /api/v1/query_range?query&start&end&step
 * GET /api/v1/series?match[]&start&end
 * GET /api/v1/label/{name}/values?match[]&start&end
 * }</pre>
 *
 * <p>Returns Prometheus's answers. If it does not answer: 503 {@code prometheus-away}. If it refuses the query: 422
 * {@code query-refused} with its error.
 */
final class PrometheusRoutes implements HttpFeature {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Pattern LABEL = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);
    private static final Header JSON =
            HeaderValues.createCached(HeaderNames.CONTENT_TYPE, MediaTypes.APPLICATION_JSON.text());

    private final HttpApi prometheus;

    PrometheusRoutes(HttpApi prometheus) {
        this.prometheus = prometheus;
    }

    @Override
    public void setup(HttpRouting.Builder routing) {
        pass(routing, "/api/v1/query", "query", "time");
        pass(routing, "/api/v1/query_range", "query", "start", "end", "step");
        pass(routing, "/api/v1/series", "match[]", "start", "end");
        pass(routing, "/api/v1/label/{name}/values", "match[]", "start", "end");
    }

    private void pass(HttpRouting.Builder routing, String path, String... parameters) {
        List<String> allowed = List.of(parameters);
        routing.get(path, (request, response) -> answer(path(request, path) + query(request, allowed), response))
                .any(path, ProblemFeature.methodNotAllowed("GET"));
    }

    private void answer(String call, ServerResponse response) {
        HttpApi.Answer answer;
        try {
            answer = prometheus.get(call);
        } catch (NoAnswer e) {
            throw Problem.of(Status.SERVICE_UNAVAILABLE_503, "prometheus-away", "Prometheus: " + e.reason())
                    .with(HeaderValues.create(HeaderNames.RETRY_AFTER, RETRY_AFTER.toSeconds()));
        }
        if (answer.status() / 100 == 5) {
            throw Problem.of(
                    Status.SERVICE_UNAVAILABLE_503, "prometheus-away", "Prometheus answers " + answer.status());
        }
        if (answer.status() != 200) {
            throw Problem.of(Status.UNPROCESSABLE_CONTENT_422, "query-refused", error(answer));
        }
        response.header(JSON).send(answer.body().getBytes(StandardCharsets.UTF_8));
    }

    private static String error(HttpApi.Answer answer) {
        String status = "Prometheus answers " + answer.status();
        try {
            return MAPPER.readTree(answer.body()).path("error").asText(status);
        } catch (JsonProcessingException e) {
            return status;
        }
    }

    private static String path(ServerRequest request, String pattern) {
        if (!pattern.contains("{name}")) {
            return pattern;
        }
        String name = request.path().pathParameters().get("name");
        if (!LABEL.matcher(name).matches()) {
            throw Problem.invalidParameter("name", "must be a label's name");
        }
        return pattern.replace("{name}", name);
    }

    private static String query(ServerRequest request, List<String> allowed) {
        return allowed.stream()
                .flatMap(name ->
                        request.query().all(name, List::of).stream().map(value -> encoded(name) + "=" + encoded(value)))
                .collect(Collectors.joining("&", "?", ""));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
