package dev.rollcall.console;

import dev.rollcall.chassis.JsonBody;
import dev.rollcall.chassis.ProblemFeature;
import dev.rollcall.console.Dashboards.Dashboard;
import dev.rollcall.discovery.http.Problem;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpFeature;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Routes for the dashboards.
 *
 * <pre>{@code
 * GET /api/dashboards        {"items": [{"folder": "Business", "uid": "rollcall-business", "title": "Business"},
 *                                       {"folder": "", "uid": "broken", "title": "broken",
 *                                        "problem": "broken.json is not JSON (line 3: …)"}]}
 * GET /api/dashboards/{uid}  Grafana's file; 404 dashboard-unknown, 422 dashboard-unreadable
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
                        dashboards.all().stream().map(DashboardRoutes::item).toList()));
    }

    private void show(ServerRequest request, ServerResponse response) {
        String uid = request.path().pathParameters().get("uid");
        Dashboard dashboard = dashboards
                .find(uid)
                .orElseThrow(
                        () -> Problem.of(Status.NOT_FOUND_404, "dashboard-unknown", "there is no dashboard " + uid));
        if (!dashboard.problem().isEmpty()) {
            throw Problem.of(Status.UNPROCESSABLE_CONTENT_422, "dashboard-unreadable", dashboard.problem());
        }
        JsonBody.send(response, dashboard.json());
    }

    private static Map<String, Object> item(Dashboard dashboard) {
        Map<String, Object> item = new LinkedHashMap<>();
        item.put("folder", dashboard.folder());
        item.put("uid", dashboard.uid());
        item.put("title", dashboard.title());
        if (!dashboard.problem().isEmpty()) {
            item.put("problem", dashboard.problem());
        }
        return item;
    }
}
