package dev.rollcall.discovery.consul;

import io.helidon.builder.api.Option;
import io.helidon.builder.api.Prototype;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How an agent behind {@code https} is trusted, and how this side shows who it is. PEM files, read once at start.
 */
@Prototype.Blueprint
@Prototype.Configured
interface AgentTlsConfigBlueprint {
    /**
     * File with the certificates of the authorities that may sign the agent's certificate; no others are trusted then.
     * Defaults to the authorities that Java trusts.
     *
     * @return path of a PEM file
     */
    @Option.Configured
    Optional<Path> caFile();

    /**
     * File with the certificate to show to an agent that asks for one ({@code verify_incoming}), followed by those between
     * it and the authority. None by default; wants {@link #keyFile()}.
     *
     * @return path of a PEM file
     */
    @Option.Configured
    Optional<Path> certificateFile();

    /**
     * File with the private key of {@link #certificateFile()}: RSA or EC, not encrypted, in PKCS#8 or in the older form
     * that {@code consul tls cert create} writes. None by default.
     *
     * @return path of a PEM file
     */
    @Option.Configured
    Optional<Path> keyFile();

    /**
     * Whether the agent's certificate has to be for the host in {@link AgentConfig#url()}. Defaults to {@code true};
     * {@code false} lets anybody with a certificate of the same authority pass for the agent.
     *
     * @return {@code false} to accept a certificate for any host
     */
    @Option.Configured
    @Option.DefaultBoolean(true)
    boolean verifyHostname();
}
