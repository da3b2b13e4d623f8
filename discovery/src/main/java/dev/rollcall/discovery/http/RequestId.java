package dev.rollcall.discovery.http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.logging.common.HelidonMdc;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What a request is called in the logs of all whom it concerns: as its {@code X-Request-Id} says, which proxies set, else by a
 * name made up here. It is told in the answer, and handed on in calls to other services.
 */
public final class RequestId implements Filter {
    /** The header. */
    public static final HeaderName HEADER = HeaderNames.create("X-Request-Id");

    /** Its name in Helidon's diagnostic context. */
    static final String KEY = "request-id";

    /** What can neither break a line nor a format. */
    private static final Predicate<String> FIT =
            Pattern.compile("[\\w.:-]{1,128}").asMatchPredicate();

    /**
     * The id of the request that this thread works for.
     *
     * @return the id; empty in a thread that works for none
     */
    public static Optional<String> current() {
        return HelidonMdc.get(KEY);
    }

    /** Has this thread work for a request from now on, as the one that gives it work does. */
    static void continueIn(Optional<String> id) {
        id.ifPresent(known -> HelidonMdc.set(KEY, known));
    }

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        String id = request.headers()
                .first(HEADER)
                .filter(FIT)
                .orElseGet(() -> UUID.randomUUID().toString());
        // the thread's next request has an id of its own: what is logged when this one has failed is still about this
        // one
        HelidonMdc.set(KEY, id);
        response.header(HEADER, id);
        chain.proceed();
    }
}
