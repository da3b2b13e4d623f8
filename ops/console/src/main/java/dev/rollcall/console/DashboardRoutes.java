package dev.rollcall.console;

import dev.rollcall.console.Dashboards.Dashboard;
import dev.rollcall.discovery.http.JsonBody;
import dev.rollcall.discovery.http.Problem;
import dev.rollcall.discovery.http.ProblemFeature;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpFeature;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Map;

/**
 * The dashboards.
 *
 * <pre>{@code
 * GET /api/dashboards        {"items": [{"folder": "Business", "uid": "rollcall-business", "title": "Business"}]}
 * GET /api/dashboards/{uid}  Grafana's file; 404 dashboard-unknown
 * }</pre>
 */
final class DashboardRoutes implements HttpFeature {
    private final Dashboards dashboards;

    DashboardRoutes(Dashboards dashboards) {
        this.dashboards = dashboards;
    }

    @Override
    public void setup(HttpRouting.Builder routing) {
        routing.get("/api/dashboards", this::list)
                .any("/api/dashboards", ProblemFeature.methodNotAllowed("GET"))
                .get("/api/dashboards/{uid}", this::show)
                .any("/api/dashboards/{uid}", ProblemFeature.methodNotAllowed("GET"));
    }

    private void list(ServerRequest request, ServerResponse response) {
        JsonBody.send(
                response,
                Map.of(
                        "items",
                        dashboards.all().stream()
                                .map(it -> Map.of("folder", it.folder(), "uid", it.uid(), "title", it.title()))
                                .toList()));
    }

    private void show(ServerRequest request, ServerResponse response) {
        String uid = request.path().pathParameters().get("uid");
        Dashboard dashboard = dashboards
                .find(uid)
                .orElseThrow(
                        () -> Problem.of(Status.NOT_FOUND_404, "dashboard-unknown", "there is no dashboard " + uid));
        JsonBody.send(response, dashboard.json());
    }
}
