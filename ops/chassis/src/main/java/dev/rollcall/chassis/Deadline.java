package dev.rollcall.chassis;

import dev.rollcall.discovery.http.Problem;
import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.ServerRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;

/**
 * The time until which a client waits for its response. Services hand it on as {@code X-Envoy-Expected-Rq-Timeout-Ms}: the
 * milliseconds left when the request is sent. Work whose deadline has passed need not be started.
 *
 * @see <a
 *     href="https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_filters/router_filter#x-envoy-expected-rq-timeout-ms">Envoy:
 *     x-envoy-expected-rq-timeout-ms</a>
 */
public final class Deadline {
    private static final HeaderName HEADER = HeaderNames.create("X-Envoy-Expected-Rq-Timeout-Ms");
    private static final Pattern MILLISECONDS = Pattern.compile("[0-9]{1,9}");

    private Deadline() {}

    /**
     * A request's deadline.
     *
     * @param request the request, at its start
     * @param clock the time
     * @param longest the limit without the header, which can only shorten it
     * @return the deadline
     * @throws Problem 422 if the header isn't a number of milliseconds
     */
    public static Instant of(ServerRequest request, Clock clock, Duration longest) {
        Instant latest = clock.instant().plus(longest);
        String value = request.headers().first(HEADER).orElse(null);
        if (value == null) {
            return latest;
        }
        if (!MILLISECONDS.matcher(value).matches()) {
            throw Problem.invalidHeader(HEADER.defaultCase(), "must be milliseconds: 1 to 9 digits");
        }
        Instant asked = clock.instant().plusMillis(Integer.parseInt(value));
        return asked.isBefore(latest) ? asked : latest;
    }

    /** The header that hands a deadline on, with the time left; negative counts as zero. */
    public static Header header(Duration left) {
        return HeaderValues.create(HEADER, Math.max(0, left.toMillis()));
    }
}
