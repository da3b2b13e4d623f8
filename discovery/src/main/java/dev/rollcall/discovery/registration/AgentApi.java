package dev.rollcall.discovery.registration;

import com.ecwid.consul.json.GsonFactory;
import com.ecwid.consul.transport.HttpResponse;
import com.google.gson.JsonObject;
import com.google.gson.annotations.SerializedName;
import com.google.gson.reflect.TypeToken;
import dev.rollcall.discovery.consul.AgentConfig;
import dev.rollcall.discovery.consul.ConsulRefusedException;
import dev.rollcall.discovery.consul.ConsulTransport;
import dev.rollcall.discovery.consul.ConsulTransport.Parameter;
import dev.rollcall.discovery.consul.ConsulUnavailableException;
import java.time.Duration;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The agent's entry of one service instance.
 *
 * @see <a href="https://developer.hashicorp.com/consul/api-docs/agent/service">Agent API: services</a>
 */
final class AgentApi implements AutoCloseable {
    private static final TypeToken<Map<String, AgentCheck>> CHECKS = new TypeToken<>() {};

    private final ConsulTransport transport;

    AgentApi(AgentConfig config) {
        this.transport = new ConsulTransport(config);
    }

    /** Registers the instance, or replaces the entry with the same id and its checks. */
    void register(ServiceDefinition definition) {
        transport.put(
                "/v1/agent/service/register",
                "service:write on " + definition.name(),
                definition.json().toString(),
                List.of(new Parameter("replace-existing-checks", "true")));
    }

    /** Removes the instance and its checks, if it is registered. */
    void deregister(String id) {
        try {
            transport.put("/v1/agent/service/deregister/" + ConsulTransport.segment(id), writeOn(id), "", List.of());
        } catch (ConsulRefusedException e) {
            if (e.status() != 404) {
                throw e;
            }
        } catch (ConsulUnavailableException e) {
            // an agent before 1.9 answers 500 for an unknown id
            if (!String.valueOf(e.getMessage()).contains("Unknown service")) {
                throw e;
            }
        }
    }

    /** Puts the instance into maintenance mode, in which it is critical, or takes it out. */
    void maintenance(String id, boolean enable, String reason) {
        transport.put(
                "/v1/agent/service/maintenance/" + ConsulTransport.segment(id),
                writeOn(id),
                "",
                List.of(new Parameter("enable", String.valueOf(enable)), new Parameter("reason", reason)));
    }

    /** Reports the status of a TTL check. */
    void report(String checkId, CheckStatus status, String output) {
        JsonObject body = new JsonObject();
        body.addProperty("Status", status.text());
        body.addProperty("Output", output);
        transport.put(
                "/v1/agent/check/update/" + ConsulTransport.segment(checkId),
                "service:write on the service of check " + checkId,
                body.toString(),
                List.of());
    }

    /** The agent's current entry. */
    Optional<AgentService> service(String id) {
        return service(id, List.of(), Duration.ZERO);
    }

    /** The agent's entry once it differs from {@code contentHash}, or after {@code wait}, in whole seconds. */
    Optional<AgentService> awaitChange(String id, String contentHash, Duration wait) {
        List<Parameter> parameters =
                List.of(new Parameter("hash", contentHash), new Parameter("wait", wait.toSeconds() + "s"));
        return service(id, parameters, wait);
    }

    /** Checks of the instance, filtered by the agent since Consul 1.5. */
    Collection<AgentCheck> checks(String id) {
        HttpResponse response = transport.get(
                "/v1/agent/checks",
                "service:read",
                List.of(new Parameter("filter", "ServiceID == " + quoted(id))),
                Duration.ZERO);
        Map<String, AgentCheck> checks = GsonFactory.getGson().fromJson(response.getContent(), CHECKS);
        return checks.values().stream()
                .filter(check -> id.equals(check.serviceId()))
                .toList();
    }

    @Override
    public void close() {
        transport.close();
    }

    private Optional<AgentService> service(String id, List<Parameter> parameters, Duration wait) {
        HttpResponse response = transport.find(
                "/v1/agent/service/" + ConsulTransport.segment(id),
                "service:read on the service of " + id,
                parameters,
                wait);
        return response.getStatusCode() == 404
                ? Optional.empty()
                : Optional.of(GsonFactory.getGson().fromJson(response.getContent(), AgentService.class));
    }

    /**
     * {@code text} as a literal in a filter. In Consul's grammar even an escaped quotation mark ends a literal, so that
     * it is written as a Go escape with its code point.
     *
     * @see <a href="https://developer.hashicorp.com/consul/api-docs/features/filtering">Filtering</a>
     */
    private static String quoted(String text) {
        StringBuilder literal = new StringBuilder("\"");
        text.codePoints().forEach(point -> {
            if (point < ' ' || point > '~' || point == '"' || point == '\\') {
                literal.append("\\U").append(HexFormat.of().toHexDigits(point));
            } else {
                literal.appendCodePoint(point);
            }
        });
        return literal.append('"').toString();
    }

    private static String writeOn(String id) {
        return "service:write on the service of " + id;
    }

    /** The agent's entry of an instance; absent fields are null. */
    record AgentService(
            @SerializedName("Service") String name,
            @SerializedName("Address") @Nullable String address,
            @SerializedName("Port") int port,
            @SerializedName("Tags") @Nullable List<String> tags,
            @SerializedName("Meta") @Nullable Map<String, String> meta,
            @SerializedName("Weights") ServiceDefinition.@Nullable Weights weights,
            @SerializedName("ContentHash") String contentHash) {}

    /** The agent's entry of a check. */
    record AgentCheck(
            @SerializedName("CheckID") String id,
            @SerializedName("Name") String name,
            @SerializedName("ServiceID") String serviceId,
            @SerializedName("Status") String status,
            @SerializedName("Type") @Nullable String type,
            @SerializedName("Notes") @Nullable String notes) {
        /** Reason of the maintenance mode that an instance enters when it stops. */
        static final String STOPPED = "The instance stopped.";

        private static final String MAINTENANCE_PREFIX = "_service_maintenance:";

        /** Whether this check represents maintenance mode, and isn't one of the definition's. */
        boolean isMaintenance() {
            return id.startsWith(MAINTENANCE_PREFIX);
        }

        /** Whether this is the maintenance mode that the instance entered when it last stopped. */
        boolean isOfStop() {
            return isMaintenance() && STOPPED.equals(notes);
        }

        boolean isTtl() {
            return "ttl".equals(type);
        }
    }
}
