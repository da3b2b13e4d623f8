package dev.rollcall.chassis;

import dev.rollcall.discovery.http.Problem;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.util.List;

/**
 * Refuses a request with too many headers, and has every answer say that it is neither to be guessed at, nor shown
 * inside of, nor kept by, anything.
 */
final class RequestGuard implements Filter {
    private static final int MAX_HEADERS = 100;
    private static final Status TOO_LARGE = Status.create(431, "Request Header Fields Too Large");
    private static final Header TRANSPORT_SECURITY =
            HeaderValues.createCached("Strict-Transport-Security", "max-age=31536000");
    private static final List<Header> ALWAYS = List.of(
            HeaderValues.createCached("X-Content-Type-Options", "nosniff"),
            HeaderValues.createCached("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
            HeaderValues.createCached("Referrer-Policy", "no-referrer"),
            HeaderValues.createCached(HeaderNames.CACHE_CONTROL, "no-store"));

    static void protect(ServerResponseHeaders headers) {
        ALWAYS.forEach(headers::set);
    }

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        protect(response.headers());
        if (request.isSecure()) {
            response.header(TRANSPORT_SECURITY);
        }
        if (request.headers().size() > MAX_HEADERS) {
            throw Problem.of(
                    TOO_LARGE, "too-many-headers", "a request may have " + MAX_HEADERS + " headers at the most");
        }
        chain.proceed();
    }
}
