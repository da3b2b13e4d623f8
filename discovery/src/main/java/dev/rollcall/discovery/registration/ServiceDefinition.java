package dev.rollcall.discovery.registration;

import com.ecwid.consul.json.GsonFactory;
import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.annotations.SerializedName;
import dev.rollcall.discovery.registration.AgentApi.AgentCheck;
import dev.rollcall.discovery.registration.AgentApi.AgentService;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The desired registration of a running server.
 *
 * @param checks its checks, each with its status until the first check
 * @see <a href="https://developer.hashicorp.com/consul/api-docs/agent/service#register-service">Agent API: services</a>
 */
record ServiceDefinition(
        String name,
        String id,
        String address,
        int port,
        List<String> tags,
        boolean enableTagOverride,
        Map<String, String> meta,
        Weights weights,
        List<CheckDefinition> checks) {
    ServiceDefinition {
        tags = List.copyOf(tags);
        meta = Map.copyOf(meta);
        checks = List.copyOf(checks);
    }

    /**
     * Definition of a server whose sockets are open.
     *
     * @param address address at which others reach it
     */
    static ServiceDefinition create(ConsulFeatureConfig config, String address, Sockets sockets) {
        String name = config.name().orElseThrow();
        Map<String, String> meta = new HashMap<>(config.meta());
        meta.put("metrics_port", String.valueOf(sockets.adminPort()));
        meta.put("metrics_path", config.metricsPath());
        meta.put("metrics_scheme", sockets.adminScheme());
        if (sockets.secure()) {
            meta.put("secure", "true");
        }
        if (sockets.tokenRequired()) {
            meta.put("metrics_auth", "bearer");
        }
        meta.put("env", config.env());
        meta.put("version", config.version());
        return new ServiceDefinition(
                name,
                config.id().orElse(name + "-" + address + "-" + sockets.port()),
                address,
                sockets.port(),
                config.tags(),
                config.enableTagOverride(),
                meta,
                new Weights(config.passingWeight(), config.warningWeight()),
                checks(config).stream()
                        .map(check -> CheckDefinition.create(check, address, sockets))
                        .toList());
    }

    /** The configured checks, or the default one. */
    static List<CheckConfig> checks(ConsulFeatureConfig config) {
        return config.checks().isEmpty() ? List.of(CheckConfig.create()) : config.checks();
    }

    /** Whether the agent's entry equals this definition. */
    boolean matches(AgentService found, Collection<AgentCheck> checks) {
        return name.equals(found.name())
                && address.equals(found.address())
                && port == found.port()
                && (enableTagOverride || tags.equals(found.tags() == null ? List.of() : found.tags()))
                && meta.equals(found.meta() == null ? Map.of() : found.meta())
                && weights.equals(found.weights())
                && checkNames()
                        .equals(checks.stream().map(AgentCheck::name).sorted().toList());
    }

    /** This definition with the agent's tags, if others may override them. */
    ServiceDefinition withTagsOf(AgentService found) {
        return enableTagOverride && found.tags() != null ? with(found.tags(), checks) : this;
    }

    /**
     * This definition with the current status of each check.
     *
     * @param own the instance's own status; empty if unknown
     * @param found the agent's checks of the instance
     */
    ServiceDefinition withStatus(Optional<CheckStatus> own, Collection<AgentCheck> found) {
        Optional<CheckStatus> seen =
                found.stream().map(AgentCheck::status).map(CheckStatus::of).max(CheckStatus::compareTo);
        return with(
                tags,
                checks.stream()
                        .map(check -> check.asksInstance() && own.isPresent()
                                ? check.atLeast(own.get())
                                : seen.map(check::atLeast).orElse(check))
                        .toList());
    }

    /** The JSON for Consul. */
    JsonObject json() {
        Gson gson = GsonFactory.getGson();
        JsonArray checksJson = new JsonArray();
        checks.forEach(check -> checksJson.add(check.json()));
        JsonObject json = new JsonObject();
        json.addProperty("Name", name);
        json.addProperty("ID", id);
        json.addProperty("Address", address);
        json.addProperty("Port", port);
        json.add("Tags", gson.toJsonTree(tags));
        json.addProperty("EnableTagOverride", enableTagOverride);
        json.add("Meta", gson.toJsonTree(meta));
        json.add("Weights", gson.toJsonTree(weights));
        json.add("Checks", checksJson);
        return json;
    }

    private ServiceDefinition with(List<String> otherTags, List<CheckDefinition> otherChecks) {
        return new ServiceDefinition(name, id, address, port, otherTags, enableTagOverride, meta, weights, otherChecks);
    }

    private List<String> checkNames() {
        return checks.stream().map(CheckDefinition::name).sorted().toList();
    }

    /** Shares of the calls, while passing and while in warning. */
    record Weights(
            @SerializedName("Passing") int passing,
            @SerializedName("Warning") int warning) {}
}
