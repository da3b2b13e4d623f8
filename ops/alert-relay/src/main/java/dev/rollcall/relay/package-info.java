/**
 * The alert relay: takes Alertmanager's notifications, keeps them on disk until they are delivered to DingTalk robots and
 * to people on the phone, and tells Prometheus who is registered in Consul.
 *
 * <p>{@link dev.rollcall.relay.AlertRelay} puts it together from top to bottom: configuration, queue, destinations, lanes,
 * routes, server. {@link dev.rollcall.relay.Main} runs it as a process.
 *
 * <pre>{@code
 * try (var relay = AlertRelay.start(Config.create())) {
 *     System.out.println("webhooks at http://127.0.0.1:" + relay.port() + "/notifications/dingtalk");
 * }
 * }</pre>
 */
@org.jspecify.annotations.NullMarked
package dev.rollcall.relay;
