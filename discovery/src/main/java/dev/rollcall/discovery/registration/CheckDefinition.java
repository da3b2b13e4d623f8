package dev.rollcall.discovery.registration;

import com.google.gson.JsonObject;
import dev.rollcall.discovery.http.Authority;
import java.time.Duration;

/**
 * A check as registered in Consul. Its name contains its parameters, so that a changed definition is detected by name.
 *
 * @param target URL or host and port that Consul checks; empty for TTL
 * @param secure whether the target speaks TLS
 * @param status status until the first check
 * @see <a href="https://developer.hashicorp.com/consul/api-docs/agent/check#register-check">Agent API: checks</a>
 */
record CheckDefinition(CheckConfig config, String target, boolean secure, CheckStatus status) {
    static CheckDefinition create(CheckConfig config, String address, Sockets sockets) {
        String target = switch (config.type()) {
            case HTTP -> sockets.adminScheme() + "://" + Authority.of(address, sockets.adminPort()) + config.path();
            case TCP, GRPC -> Authority.of(address, sockets.port());
            case TTL -> "";
        };
        return new CheckDefinition(config, target, sockets.secure(), config.initialStatus());
    }

    String name() {
        String interval = seconds(config.interval());
        return switch (config.type()) {
            case HTTP -> "HTTP GET " + target + " every " + interval;
            case TCP -> "TCP " + target + " every " + interval;
            case GRPC -> "gRPC " + target + " every " + interval;
            case TTL -> "Own report within " + interval;
        };
    }

    /** Whether the instance's own readiness decides this check. */
    boolean asksInstance() {
        return config.type() == CheckType.HTTP || config.type() == CheckType.TTL;
    }

    /** This check with {@code other} as its status, if that is worse. */
    CheckDefinition atLeast(CheckStatus other) {
        return other.compareTo(status) > 0 ? new CheckDefinition(config, target, secure, other) : this;
    }

    /** The JSON for Consul. Consul refuses unknown fields: only what is set is sent. */
    JsonObject json() {
        JsonObject json = new JsonObject();
        json.addProperty("Name", name());
        switch (config.type()) {
            case HTTP -> json.addProperty("HTTP", target);
            case TCP -> json.addProperty("TCP", target);
            case GRPC -> {
                json.addProperty("GRPC", target);
                if (secure) {
                    json.addProperty("GRPCUseTLS", true);
                }
            }
            case TTL -> json.addProperty("TTL", seconds(config.interval()));
        }
        if (config.type() != CheckType.TTL) {
            json.addProperty("Interval", seconds(config.interval()));
            json.addProperty("Timeout", seconds(config.timeout()));
            // Consul counts only its own checks, and has these fields since 1.7
            if (config.successesBeforePassing() > 1) {
                json.addProperty("SuccessBeforePassing", config.successesBeforePassing());
            }
            if (config.failuresBeforeCritical() > 1) {
                json.addProperty("FailuresBeforeCritical", config.failuresBeforeCritical());
            }
        }
        json.addProperty("DeregisterCriticalServiceAfter", seconds(config.deregisterCriticalAfter()));
        json.addProperty("Status", status.text());
        return json;
    }

    private static String seconds(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + "s" : duration.toMillis() + "ms";
    }
}
