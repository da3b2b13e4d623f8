package dev.rollcall.discovery.consul;

import io.helidon.builder.api.Option;
import io.helidon.builder.api.Prototype;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How to reach the Consul agent.
 */
@Prototype.Blueprint
@Prototype.Configured
interface AgentConfigBlueprint {
    /**
     * Address of the agent's HTTP API: scheme ({@code http} or {@code https}), host and port. Defaults to
     * {@code http://127.0.0.1:8500}.
     *
     * @return address of the agent
     */
    @Option.Configured
    @Option.Default("http://127.0.0.1:8500")
    URI url();

    /**
     * ACL token, sent in the {@code X-Consul-Token} header only. Like every value it may come from the environment, and
     * may refer to another one, as in <code>${CONSUL_HTTP_TOKEN}</code>. None by default.
     *
     * @return the token's secret
     */
    @Option.Configured
    @Option.Confidential
    Optional<String> token();

    /**
     * File that holds the ACL token; read for every call, so that a new token counts at once, and preferred to
     * {@link #token()}. None by default.
     *
     * @return path of the token file
     */
    @Option.Configured
    Optional<Path> tokenFile();

    /**
     * Time an answer may take, beyond the wait that a blocking query asked for. Defaults to {@code PT5S}.
     *
     * @return timeout of a call
     */
    @Option.Configured
    @Option.Default("PT5S")
    Duration timeout();

    /**
     * TLS to an agent behind {@code https}. By default Java's own authorities are trusted, and nothing is shown.
     *
     * @return configuration of TLS
     */
    @Option.Configured
    Optional<AgentTlsConfig> tls();
}
