/**
 * The console: a page that calls the roll of the platform as it changes, and draws Grafana's dashboard files on machines
 * that have no Grafana. It only reads: from Consul who is registered, from Prometheus what is scraped, measured and
 * firing.
 *
 * <p>{@link dev.rollcall.console.Console} puts it together; {@link dev.rollcall.console.Main} runs it as a process. What
 * the browser gets lies in {@code web} on the classpath, plain ES modules that need no build.
 *
 * <pre>{@code
 * try (var console = Console.start(Config.create())) {
 *     System.out.println("http://127.0.0.1:" + console.port() + "/");
 * }
 * }</pre>
 */
@org.jspecify.annotations.NullMarked
package dev.rollcall.console;
