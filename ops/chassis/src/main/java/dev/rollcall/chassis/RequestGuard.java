package dev.rollcall.chassis;

import dev.rollcall.discovery.http.Problem;
import io.helidon.http.Header;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;

/** Refuses a request with too many headers, and adds security headers to every response. */
final class RequestGuard implements Filter {
    private static final int MAX_HEADERS = 100;
    private static final Status TOO_LARGE = Status.create(431, "Request Header Fields Too Large");
    private static final Header TRANSPORT_SECURITY =
            HeaderValues.createCached("Strict-Transport-Security", "max-age=31536000");

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        SecurityHeaders.forApi(response.headers());
        if (request.isSecure()) {
            response.header(TRANSPORT_SECURITY);
        }
        if (request.headers().size() > MAX_HEADERS) {
            throw Problem.of(TOO_LARGE, "too-many-headers", "a request may have at most " + MAX_HEADERS + " headers");
        }
        chain.proceed();
    }
}
