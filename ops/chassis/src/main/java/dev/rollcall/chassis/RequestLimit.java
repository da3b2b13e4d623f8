package dev.rollcall.chassis;

import dev.rollcall.discovery.http.Problem;
import io.helidon.common.concurrency.limits.FixedLimit;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.concurrency.limits.LimitAlgorithm.Outcome;
import io.helidon.config.Config;
import io.helidon.webserver.http.Handler;
import java.time.Duration;

/**
 * How many requests of a kind are worked on at once, and how many more wait for a while, so that a flood of one kind leaves
 * the others what they need. The rest is answered 503 with {@code Retry-After}.
 */
public final class RequestLimit {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final Limit limit;

    private RequestLimit(Limit limit) {
        this.limit = limit;
    }

    /**
     * A limit of its own.
     *
     * @param config {@code permits} (0, which is no limit, by default), {@code queue-length} (0) and {@code queue-timeout}
     *     (PT1S), as of Helidon's fixed limit
     * @return the limit
     */
    public static RequestLimit create(Config config) {
        return new RequestLimit(FixedLimit.create(config));
    }

    /**
     * Holds a handler to the limit, together with all others that are.
     *
     * @param handler what to limit
     * @return the handler, limited
     */
    public Handler around(Handler handler) {
        return (request, response) -> {
            if (!(limit.tryAcquireOutcome(true) instanceof Outcome.Accepted accepted)) {
                throw Problem.unavailable("too many requests of this kind at once", RETRY_AFTER);
            }
            try {
                handler.handle(request, response);
            } finally {
                // a fixed limit learns nothing from how it went
                accepted.token().ignore();
            }
        };
    }
}
