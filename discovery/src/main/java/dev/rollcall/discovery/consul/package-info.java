/**
 * Access to a Consul agent: transport, TLS, tokens, and the loop of blocking queries.
 *
 * <p>Internal, but for the configuration of an agent ({@code AgentConfig}, {@code AgentTlsConfig}) and the two exceptions:
 * other classes are public only for this library's other packages and may change with any release.
 */
@NullMarked
package dev.rollcall.discovery.consul;

import org.jspecify.annotations.NullMarked;
