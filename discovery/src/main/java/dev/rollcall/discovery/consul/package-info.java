/**
 * The way to a Consul agent: transport, TLS, tokens, and the loop of blocking queries.
 *
 * <p>Internal: classes are public only for the other packages of this library, and may change with any release.
 */
@NullMarked
package dev.rollcall.discovery.consul;

import org.jspecify.annotations.NullMarked;
