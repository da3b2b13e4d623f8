/**
 * Consul for Helidon: registers a server when its ports are known, watches the services it calls and balances over them.
 * Everything a neighbour does (an agent that is away, restarts empty, answers slowly) is expected here and survived
 * without stopping the server; nothing but {@code close} ends a background loop.
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
