package dev.rollcall.discovery;

import com.ecwid.consul.v1.agent.model.NewService;
import com.google.gson.annotations.SerializedName;
import dev.rollcall.discovery.AgentApi.AgentCheck;
import dev.rollcall.discovery.AgentApi.AgentService;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a running server wants to be in Consul.
 *
 * @see <a href="https://developer.hashicorp.com/consul/api-docs/agent/service#register-service">Agent API: services</a>
 */
final class ServiceDefinition extends NewService {
    // what consul-api's class lacks
    @SerializedName("Weights")
    private final Weights weights;

    private ServiceDefinition(Weights weights) {
        this.weights = weights;
    }

    /**
     * Definition of a server whose sockets are open.
     *
     * @param address address by which others reach it
     * @param sockets its real ports
     */
    static ServiceDefinition create(ConsulFeatureConfig config, String address, Sockets sockets) {
        String name = config.name().orElseThrow();
        ServiceDefinition definition =
                new ServiceDefinition(new Weights(config.passingWeight(), config.warningWeight()));
        definition.setName(name);
        definition.setId(config.id().orElse(name + "-" + address + "-" + sockets.port()));
        definition.setAddress(address);
        definition.setPort(sockets.port());
        definition.setTags(config.tags());
        definition.setEnableTagOverride(config.enableTagOverride());
        Map<String, String> meta = new HashMap<>(config.meta());
        meta.put("metrics_port", String.valueOf(sockets.adminPort()));
        meta.put("metrics_path", config.metricsPath());
        meta.put("metrics_scheme", sockets.adminScheme());
        if (sockets.secure()) {
            meta.put("secure", "true");
        }
        if (sockets.tokenWanted()) {
            meta.put("metrics_auth", "bearer");
        }
        meta.put("env", config.env());
        meta.put("version", config.version());
        definition.setMeta(meta);
        definition.setChecks(checks(config).stream()
                .<Check>map(check -> CheckDefinition.create(check, address, sockets))
                .toList());
        return definition;
    }

    /** The configured checks, or the one there is by default. */
    static List<CheckConfig> checks(ConsulFeatureConfig config) {
        return config.checks().isEmpty() ? List.of(CheckConfig.create()) : config.checks();
    }

    /** Whether the agent has all of this, and nothing else, under this id. */
    boolean matches(AgentService found, Collection<AgentCheck> checks) {
        return getName().equals(found.name())
                && getAddress().equals(found.address())
                && getPort() == found.port()
                && (getEnableTagOverride() || getTags().equals(found.tags() == null ? List.of() : found.tags()))
                && getMeta().equals(found.meta() == null ? Map.of() : found.meta())
                && weights.equals(found.weights())
                && checkNames()
                        .equals(checks.stream().map(AgentCheck::name).sorted().toList());
    }

    /**
     * Takes over what is not ours to say: a repair must neither turn a critical instance into a passing one, nor, where
     * tags may be overridden, undo that.
     */
    void adopt(AgentService found, Collection<AgentCheck> checks) {
        checks.stream()
                .map(AgentCheck::status)
                .map(CheckStatus::of)
                .max(CheckStatus::compareTo)
                .ifPresent(this::initialStatus);
        if (getEnableTagOverride() && found.tags() != null) {
            setTags(found.tags());
        }
    }

    /** The status of all checks until they are first made. */
    void initialStatus(CheckStatus status) {
        getChecks().forEach(check -> check.setStatus(status.text()));
    }

    private List<String> checkNames() {
        return getChecks().stream()
                .map(check -> ((CheckDefinition) check).name())
                .sorted()
                .toList();
    }

    /** Shares of the calls, while passing and while in warning. */
    record Weights(
            @SerializedName("Passing") int passing,
            @SerializedName("Warning") int warning) {}
}
