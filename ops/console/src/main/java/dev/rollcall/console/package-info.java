/**
 * The console: a live page with the roll call and with Grafana's dashboards, for machines without Grafana. It only
 * reads: registrations from Consul; targets, samples and alerts from Prometheus.
 *
 * <p>{@link dev.rollcall.console.Console} assembles it; {@link dev.rollcall.console.Main} runs it as a process. The
 * browser's files are in {@code web} on the classpath: plain ES modules without a build.
 *
 * <pre>{@code
 * try (var console = Console.start(Config.create())) {
 *     System.out.println("http://127.0.0.1:" + console.port() + "/");
 * }
 * }</pre>
 */
@org.jspecify.annotations.NullMarked
package dev.rollcall.console;
