package dev.rollcall.discovery.registration;

import io.helidon.builder.api.Option;
import io.helidon.builder.api.Prototype;
import java.time.Duration;

/**
 * A check of this instance.
 */
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
     * Path that is asked, by Consul ({@code HTTP}) or by the instance itself ({@code TTL}). Defaults to
     * {@code /observe/health/ready}.
     *
     * @return path on the admin socket
     */
    @Option.Configured
    @Option.Default("/observe/health/ready")
    String path();

    /**
     * Time between two checks; of a {@code TTL} check, the time after which silence is critical. Defaults to {@code PT5S}.
     *
     * @return interval of the check
     */
    @Option.Configured
    @Option.Default("PT5S")
    Duration interval();

    /**
     * Time a check may take. Defaults to {@code PT2S}.
     *
     * @return timeout of the check
     */
    @Option.Configured
    @Option.Default("PT2S")
    Duration timeout();

    /**
     * Time after which Consul removes an instance that stays critical; Consul takes no less than a minute.
     * Defaults to {@code PT5M}.
     *
     * @return time an instance may be critical
     */
    @Option.Configured
    @Option.Default("PT5M")
    Duration deregisterCriticalAfter();

    /**
     * Checks in a row that must succeed before the instance passes again. Defaults to 1. Consul 1.8 takes other numbers
     * and looks away.
     *
     * @return number of successes, 1 or more
     */
    @Option.Configured
    @Option.DefaultInt(1)
    int successesBeforePassing();

    /**
     * Checks in a row that must fail before the instance is critical. Defaults to 1. Consul 1.8 takes other numbers and
     * looks away.
     *
     * @return number of failures, 1 or more
     */
    @Option.Configured
    @Option.DefaultInt(1)
    int failuresBeforeCritical();

    /**
     * Status from registering to the first check. The sockets are open by then: waiting for a first check would only delay
     * the first call and the first scrape. Defaults to {@code PASSING}.
     *
     * @return status to start with
     */
    @Option.Configured
    @Option.Default("PASSING")
    CheckStatus initialStatus();
}
