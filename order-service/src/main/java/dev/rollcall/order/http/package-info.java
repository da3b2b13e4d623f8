/**
 * The order service's HTTP API on Helidon routes: each handler parses, calls the checkout or the store once and renders
 * what came out.
 *
 * <p>{@link dev.rollcall.order.http.OrderRoutes} lists the calls with who may make them. Every error is an RFC 9457
 * problem.
 */
@org.jspecify.annotations.NullMarked
package dev.rollcall.order.http;
