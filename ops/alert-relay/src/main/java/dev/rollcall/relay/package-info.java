/**
 * The alert relay. It receives Alertmanager's notifications, keeps them on disk until they are delivered to DingTalk robots
 * and people on the phone, and exports which instances are registered in Consul.
 *
 * <p>{@link dev.rollcall.relay.AlertRelay} builds it from top to bottom: configuration, queue directory, destinations,
 * server, queues. {@link dev.rollcall.relay.Main} runs it as a process.
 *
 * <pre>{@code
 * try (var relay = AlertRelay.start(Config.create())) {
 *     System.out.println("webhooks at http://127.0.0.1:" + relay.port() + "/notifications/dingtalk");
 * }
 * }</pre>
 */
@org.jspecify.annotations.NullMarked
package dev.rollcall.relay;
