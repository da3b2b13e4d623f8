package dev.rollcall.discovery.consul;

import io.helidon.builder.api.Option;
import io.helidon.builder.api.Prototype;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** How to reach the Consul agent. */
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
     * ACL token, sent in the {@code X-Consul-Token} header only. It may refer to another value, as in
     * <code>${CONSUL_HTTP_TOKEN}</code>. Defaults to none.
     *
     * @return the token's secret
     */
    @Option.Configured
    @Option.Confidential
    Optional<String> token();

    /**
     * File with the ACL token; a new token takes effect within a second. Overrides {@link #token()}. Defaults to none.
     *
     * @return path of the token file
     */
    @Option.Configured
    Optional<Path> tokenFile();

    /**
     * Timeout of a call, in addition to the wait of a blocking query. Defaults to {@code PT5S}.
     *
     * @return timeout of a call
     */
    @Option.Configured
    @Option.Default("PT5S")
    Duration timeout();

    /**
     * TLS for an {@code https} agent. Defaults to Java's trusted authorities and no client certificate.
     *
     * @return configuration of TLS
     */
    @Option.Configured
    Optional<AgentTlsConfig> tls();
}
