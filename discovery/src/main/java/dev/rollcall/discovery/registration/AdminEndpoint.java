package dev.rollcall.discovery.registration;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rollcall.discovery.Instance;
import dev.rollcall.discovery.Lookup;
import dev.rollcall.discovery.consul.ConsulRefusedException;
import dev.rollcall.discovery.consul.ConsulUnavailableException;
import dev.rollcall.discovery.http.BearerTokens;
import dev.rollcall.discovery.http.Problem;
import io.helidon.common.buffers.DataReader;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpFeature;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The admin endpoint: this instance's registration and the services it calls.
 * <pre>
 * GET /admin/discovery   {"registration": {"id": …, "state": "REGISTERED", …}, "services": {"coupon-service": {…}}}
 * PUT /admin/maintenance {"enabled": true, "reason": "disk change"}     with the admin token
 * </pre>
 */
final class AdminEndpoint implements HttpFeature {
    private static final int MAX_BYTES = 64 * 1024;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final Pattern REASON = Pattern.compile("[^\\p{Cc}\\p{Cs}]{1,200}");
    private static final Set<String> FIELDS = Set.of("enabled", "reason");

    private final ConsulFeature feature;
    private final Handler maintenance;

    AdminEndpoint(ConsulFeature feature, Optional<Path> adminTokens) {
        this.feature = feature;
        this.maintenance = Problem.answering(adminTokens
                .map(file -> BearerTokens.fromFile(file).admin(this::maintenance))
                .orElse(AdminEndpoint::noToken));
    }

    @Override
    public void setup(HttpRouting.Builder routing) {
        routing.get("/admin/discovery", this::discovery).put("/admin/maintenance", maintenance);
    }

    private void discovery(ServerRequest request, ServerResponse response) {
        ObjectNode answer = JSON.createObjectNode();
        Registration registration = feature.registration();
        answer.putObject("registration")
                .put("id", registration.id())
                .put("state", registration.state().name())
                .put("since", registration.since().toString())
                .put("detail", registration.detail());
        ObjectNode services = answer.putObject("services");
        feature.discovery().lookups().forEach((service, lookup) -> describe(services.putObject(service), lookup));
        response.header(HeaderValues.create(HeaderNames.CONTENT_TYPE, "application/json"))
                .send(answer.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static void describe(ObjectNode service, Lookup lookup) {
        switch (lookup) {
            case Lookup.Fresh fresh -> instances(service.put("state", "FRESH"), fresh.instances());
            case Lookup.Stale stale ->
                instances(
                        service.put("state", "STALE")
                                .put("ageSeconds", stale.age().toMillis() / 1e3),
                        stale.instances());
            case Lookup.Unavailable unavailable ->
                service.put("state", "UNAVAILABLE").put("reason", unavailable.reason());
        }
    }

    private static void instances(ObjectNode service, List<Instance> instances) {
        ArrayNode array = service.putArray("instances");
        for (Instance instance : instances) {
            array.addObject()
                    .put("id", instance.id())
                    .put("host", instance.host())
                    .put("port", instance.port())
                    .put("weight", instance.weight());
        }
    }

    private void maintenance(ServerRequest request, ServerResponse response) {
        Maintenance wanted = Maintenance.read(request);
        try {
            if (wanted.enabled()) {
                feature.enterMaintenance(wanted.reason());
            } else {
                feature.leaveMaintenance();
            }
        } catch (ConsulUnavailableException | ConsulRefusedException e) {
            throw Problem.unavailable(String.valueOf(e.getMessage()), Duration.ofSeconds(1));
        }
        response.status(Status.NO_CONTENT_204).send();
    }

    private static void noToken(ServerRequest request, ServerResponse response) {
        throw Problem.of(
                Status.FORBIDDEN_403,
                "no-admin-token",
                "no admin token is configured (server.features.consul.admin-token-file)");
    }

    private record Maintenance(boolean enabled, String reason) {
        static Maintenance read(ServerRequest request) {
            ObjectNode body = body(request);
            for (var field : body.properties()) {
                if (!FIELDS.contains(field.getKey())) {
                    throw Problem.invalidField(field.getKey(), "is not a field of this object");
                }
            }
            JsonNode enabled = body.path("enabled");
            if (!enabled.isBoolean()) {
                throw Problem.invalidField("enabled", "must be true or false");
            }
            JsonNode reason = body.path("reason");
            if (reason.isMissingNode() || reason.isNull()) {
                return new Maintenance(enabled.booleanValue(), "by an admin");
            }
            if (!reason.isTextual() || !REASON.matcher(reason.asText()).matches()) {
                throw Problem.invalidField("reason", "must be a text of 1 to 200 printable characters");
            }
            return new Maintenance(enabled.booleanValue(), reason.asText());
        }

        private static ObjectNode body(ServerRequest request) {
            try (InputStream content = request.content().inputStream()) {
                byte[] bytes = content.readNBytes(MAX_BYTES + 1);
                if (bytes.length <= MAX_BYTES && JSON.readTree(bytes) instanceof ObjectNode body) {
                    return body;
                }
            } catch (IOException
                    | DataReader.InsufficientDataAvailableException
                    | DataReader.IncorrectNewLineException e) {
                // no JSON, or broken off
            }
            throw Problem.of(
                            Status.BAD_REQUEST_400,
                            "malformed-json",
                            "the body must be a JSON object of at most " + MAX_BYTES + " bytes")
                    // where the next request begins is unknown
                    .with(HeaderValues.CONNECTION_CLOSE);
        }
    }
}
