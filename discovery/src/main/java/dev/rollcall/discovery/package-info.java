/**
 * Consul for Helidon: registers a server once its ports are open, watches the services it calls and balances over them.
 * An agent that is away, restarts empty or answers slowly never stops the server; only {@code close} ends a background
 * loop.
 *
 * <p>A server that registers itself and calls another service by its Consul name:
 * {@snippet lang="java" :
 * ConsulFeature consul = ConsulFeature.create(config.get("server.features.consul"));
 * WebServer server = WebServer.builder().config(config.get("server")).addFeature(consul).build().start();
 * Http1Client coupons = Http1Client.builder()
 *         .baseUri("http://coupon-service")
 *         .addService(consul.discovery().clientService())
 *         .build();
 * }
 */
@NullMarked
package dev.rollcall.discovery;

import org.jspecify.annotations.NullMarked;
