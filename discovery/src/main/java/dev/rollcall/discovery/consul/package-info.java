/**
 * Access to a Consul agent: transport, TLS, tokens, and the loop of blocking queries.
 *
 * <p>Internal: classes are public only for this library's other packages and may change with any release.
 */
@NullMarked
package dev.rollcall.discovery.consul;

import org.jspecify.annotations.NullMarked;
