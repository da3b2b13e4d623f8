/**
 * The order service's HTTP API. Each handler parses, calls the checkout or the store once and renders the result.
 *
 * <p>{@link dev.rollcall.order.http.OrderRoutes} lists the calls and the tokens they need. Every error is an RFC 9457
 * problem.
 */
@org.jspecify.annotations.NullMarked
package dev.rollcall.order.http;
