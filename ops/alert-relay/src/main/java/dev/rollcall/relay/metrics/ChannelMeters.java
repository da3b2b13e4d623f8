package dev.rollcall.relay.metrics;

import dev.rollcall.discovery.scrape.LatencyBuckets;
import dev.rollcall.relay.domain.Channel;
import dev.rollcall.relay.domain.Result;
import dev.rollcall.relay.queue.Spool;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The meters of one channel, declared by {@link RelayMeters}. */
public final class ChannelMeters {
    /** Buckets beyond the latency of a call, for waits for a robot, a person or the end of an outage. */
    private static final List<Duration> WAITS = List.of(
            Duration.ofSeconds(30),
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofMinutes(10),
            Duration.ofMinutes(30),
            Duration.ofHours(1),
            Duration.ofHours(6),
            Duration.ofDays(1));

    private final Map<Result, Counter> notifications;
    private final Timer delivery;
    private final List<Spool> spools = new CopyOnWriteArrayList<>();
    private final Clock clock;

    ChannelMeters(MeterRegistry registry, Channel channel, Clock clock) {
        this.clock = clock;
        notifications = Arrays.stream(Result.values())
                .collect(Collectors.toUnmodifiableMap(
                        Function.identity(),
                        result -> Counter.builder("alert.notifications")
                                .description("Notifications and attempts to deliver them, by what became of them")
                                .tag("channel", channel.text())
                                .tag("result", result.text())
                                .register(registry)));
        delivery = Timer.builder("alert.delivery")
                .description("Time from the acceptance of a notification to its delivery")
                .tag("channel", channel.text())
                .serviceLevelObjectives(buckets())
                .register(registry);
        Gauge.builder(
                        "alert.queue.depth",
                        spools,
                        all -> all.stream().mapToInt(Spool::depth).sum())
                .description("Notifications that wait to be delivered")
                .tag("channel", channel.text())
                .register(registry);
        Gauge.builder("alert.queue.oldest", this, ChannelMeters::oldest)
                .description("Time that the oldest notification has waited; 0 if none waits")
                .baseUnit("seconds")
                .tag("channel", channel.text())
                .register(registry);
    }

    /**
     * Counts the result of a notification or of an attempt.
     *
     * @param result anything but {@link Result#DELIVERED}
     */
    public void count(Result result) {
        Objects.requireNonNull(notifications.get(result)).increment();
    }

    /**
     * Counts a delivery.
     *
     * @param took the time since its acceptance
     */
    public void delivered(Duration took) {
        count(Result.DELIVERED);
        delivery.record(took.isNegative() ? Duration.ZERO : took);
    }

    /**
     * Includes a spool in the measured queue.
     *
     * @param spool of one of the channel's destinations
     */
    public void follow(Spool spool) {
        spools.add(spool);
    }

    private double oldest() {
        return spools.stream()
                .flatMap(spool -> spool.oldest().stream())
                .mapToDouble(since -> Duration.between(since, clock.instant()).toMillis() / 1e3)
                .map(seconds -> Math.max(0, seconds))
                .max()
                .orElse(0);
    }

    private static Duration[] buckets() {
        return Stream.concat(Arrays.stream(LatencyBuckets.durations()), WAITS.stream())
                .toArray(Duration[]::new);
    }
}
