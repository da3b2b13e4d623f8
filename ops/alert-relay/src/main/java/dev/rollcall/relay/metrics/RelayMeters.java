package dev.rollcall.relay.metrics;

import dev.rollcall.relay.domain.Channel;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The meters of notifications and their queues.
 *
 * <pre>{@code
 * # HELP alert_delivery_seconds Time from the acceptance of a notification to its delivery
 * # TYPE alert_delivery_seconds histogram
 * alert_delivery_seconds_bucket{channel="dingtalk",le="0.001"} 0
 * …
 * # HELP alert_notifications_total Notifications and attempts to deliver them, by what became of them
 * # TYPE alert_notifications_total counter
 * alert_notifications_total{channel="dingtalk",result="accepted"} 1.0
 * alert_notifications_total{channel="dingtalk",result="corrupt"} 0.0
 * …
 * # HELP alert_queue_depth Notifications that wait to be delivered
 * # TYPE alert_queue_depth gauge
 * alert_queue_depth{channel="dingtalk"} 0.0
 * # HELP alert_queue_oldest_seconds Time that the oldest notification has waited; 0 if none waits
 * # TYPE alert_queue_oldest_seconds gauge
 * alert_queue_oldest_seconds{channel="dingtalk"} 0.0
 * }</pre>
 *
 * <p>Each destination counts: a notification for two robots is accepted twice and delivered twice. The label {@code result}
 * is a {@link dev.rollcall.relay.domain.Result}.
 */
public final class RelayMeters {
    private final Map<Channel, ChannelMeters> channels;

    /**
     * Declares the meters.
     *
     * @param registry the registry
     * @param clock the time
     */
    public RelayMeters(MeterRegistry registry, Clock clock) {
        channels = Arrays.stream(Channel.values())
                .collect(Collectors.toUnmodifiableMap(
                        Function.identity(), channel -> new ChannelMeters(registry, channel, clock)));
    }

    /**
     * The meters of one channel.
     *
     * @param channel the channel
     * @return its meters
     */
    public ChannelMeters of(Channel channel) {
        return Objects.requireNonNull(channels.get(channel));
    }
}
