package dev.rollcall.discovery.registration;

import io.helidon.builder.api.Option;
import io.helidon.builder.api.Prototype;
import java.time.Duration;

/** A health check of this instance. */
@Prototype.Blueprint
@Prototype.Configured
interface CheckConfigBlueprint {
    /**
     * Kind of check: {@code HTTP}, {@code TCP}, {@code TTL} or {@code GRPC}. Defaults to {@code HTTP}.
     *
     * @return kind of check
     */
    @Option.Configured
    @Option.Default("HTTP")
    CheckType type();

    /**
     * Path that Consul ({@code HTTP}) or the instance itself ({@code TTL}) requests. Defaults to
     * {@code /observe/health/ready}.
     *
     * @return path on the admin socket
     */
    @Option.Configured
    @Option.Default("/observe/health/ready")
    String path();

    /**
     * Time between two checks; for {@code TTL}, the time without a report that makes it critical. Defaults to
     * {@code PT5S}.
     *
     * @return interval of the check
     */
    @Option.Configured
    @Option.Default("PT5S")
    Duration interval();

    /**
     * Timeout of a check. Defaults to {@code PT2S}.
     *
     * @return timeout of the check
     */
    @Option.Configured
    @Option.Default("PT2S")
    Duration timeout();

    /**
     * Time after which Consul removes an instance that stays critical. Consul's minimum is one minute. Defaults to
     * {@code PT5M}.
     *
     * @return time an instance may be critical
     */
    @Option.Configured
    @Option.Default("PT5M")
    Duration deregisterCriticalAfter();

    /**
     * Successful checks in a row before the instance passes again. Defaults to 1. Consul 1.8 ignores other values.
     *
     * @return number of successes, 1 or more
     */
    @Option.Configured
    @Option.DefaultInt(1)
    int successesBeforePassing();

    /**
     * Failed checks in a row before the instance is critical. Defaults to 1. Consul 1.8 ignores other values.
     *
     * @return number of failures, 1 or more
     */
    @Option.Configured
    @Option.DefaultInt(1)
    int failuresBeforeCritical();

    /**
     * Status from registration to the first check. The sockets are already open, so that waiting for a check would only
     * delay the first call and scrape. Defaults to {@code PASSING}.
     *
     * @return initial status
     */
    @Option.Configured
    @Option.Default("PASSING")
    CheckStatus initialStatus();
}
