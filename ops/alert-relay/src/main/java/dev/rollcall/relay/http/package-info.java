/**
 * The relay's HTTP API, called by Alertmanager's webhooks and by phone providers. {@link
 * dev.rollcall.relay.http.NotificationRoutes} receives notifications and answers 200 only when they are on disk; {@link
 * dev.rollcall.relay.http.CallRoutes} receives acknowledgements of calls.
 *
 * <pre>{@code
 * routing.addFeature(new NotificationRoutes(receiver, meters, tokens));
 * }</pre>
 */
@org.jspecify.annotations.NullMarked
package dev.rollcall.relay.http;
