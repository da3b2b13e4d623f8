/**
 * The relay's HTTP API: what Alertmanager's webhooks and phone providers call. {@link
 * dev.rollcall.relay.http.NotificationRoutes} takes notifications, and answers 200 only when they are on disk; {@link
 * dev.rollcall.relay.http.CallRoutes} takes acknowledgements of calls.
 *
 * <pre>{@code
 * routing.addFeature(new NotificationRoutes(desk, meters, tokens));
 * }</pre>
 */
@org.jspecify.annotations.NullMarked
package dev.rollcall.relay.http;
