package dev.rollcall.discovery.consul;

import io.helidon.builder.api.Option;
import io.helidon.builder.api.Prototype;
import java.nio.file.Path;
import java.util.Optional;

/** Trusted authorities and client certificate for an {@code https} agent. PEM files, read once at start. */
@Prototype.Blueprint
@Prototype.Configured
interface AgentTlsConfigBlueprint {
    /**
     * File with the only authorities that may sign the agent's certificate. Defaults to the authorities that Java
     * trusts.
     *
     * @return path of a PEM file
     */
    @Option.Configured
    Optional<Path> caFile();

    /**
     * File with the client certificate, for an agent with {@code verify_incoming}, followed by intermediate
     * certificates. Needs {@link #keyFile()}. Defaults to none.
     *
     * @return path of a PEM file
     */
    @Option.Configured
    Optional<Path> certificateFile();

    /**
     * File with the private key of {@link #certificateFile()}: RSA or EC, not encrypted, in PKCS#8 or in the older form
     * that {@code consul tls cert create} writes. Defaults to none.
     *
     * @return path of a PEM file
     */
    @Option.Configured
    Optional<Path> keyFile();

    /**
     * Whether the agent's certificate must be for the host in {@link AgentConfig#url()}. With {@code false} anyone with
     * a certificate of the same authority can impersonate the agent. Defaults to {@code true}.
     *
     * @return {@code false} to accept a certificate for any host
     */
    @Option.Configured
    @Option.DefaultBoolean(true)
    boolean verifyHostname();
}
