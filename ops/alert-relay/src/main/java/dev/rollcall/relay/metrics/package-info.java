/**
 * The relay's metrics: {@link dev.rollcall.relay.metrics.RelayMeters} of notifications and their queues, and {@link
 * dev.rollcall.relay.metrics.RegisteredInstances} of the instances in Consul, which rules compare with Prometheus's targets.
 *
 * <pre>{@code
 * var meters = new RelayMeters(registry, clock);
 * meters.of(Channel.PHONE).count(Result.FAILED);
 * }</pre>
 */
@org.jspecify.annotations.NullMarked
package dev.rollcall.relay.metrics;
