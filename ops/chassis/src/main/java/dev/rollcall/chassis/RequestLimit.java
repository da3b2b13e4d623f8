package dev.rollcall.chassis;

import dev.rollcall.discovery.http.Problem;
import io.helidon.common.concurrency.limits.FixedLimit;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.concurrency.limits.LimitAlgorithm.Outcome;
import io.helidon.config.Config;
import io.helidon.webserver.http.Handler;
import java.time.Duration;

/**
 * Limits the concurrent requests of one kind, so that a flood of them leaves room for the others. Some more wait in a queue;
 * the rest is answered 503 with {@code Retry-After}.
 */
public final class RequestLimit {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final Limit limit;

    private RequestLimit(Limit limit) {
        this.limit = limit;
    }

    /**
     * A limit as configured.
     *
     * @param config keys of Helidon's fixed limit: {@code permits} (default 0: no limit), {@code queue-length} (0) and {@code
     *     queue-timeout} (PT1S)
     * @return the limit
     */
    public static RequestLimit create(Config config) {
        return new RequestLimit(FixedLimit.create(config));
    }

    /** Limits a handler. All handlers of one limit share it. */
    public Handler around(Handler handler) {
        return (request, response) -> {
            if (!(limit.tryAcquireOutcome(true) instanceof Outcome.Accepted accepted)) {
                throw Problem.unavailable("too many requests of this kind at once", RETRY_AFTER);
            }
            try {
                handler.handle(request, response);
            } finally {
                // a fixed limit doesn't adapt to results
                accepted.token().ignore();
            }
        };
    }
}
