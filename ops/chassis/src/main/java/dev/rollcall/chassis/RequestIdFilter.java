package dev.rollcall.chassis;

import dev.rollcall.discovery.http.RequestId;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Takes a request's id from its {@code X-Request-Id}, or generates one, and returns it in the response. */
final class RequestIdFilter implements Filter {
    /** Characters that can break neither a log line nor a format. */
    private static final Predicate<String> VALID =
            Pattern.compile("[\\w.:-]{1,128}").asMatchPredicate();

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        String id = request.headers().first(RequestId.HEADER).filter(VALID).orElseGet(RequestIdFilter::generated);
        // never unset: what is logged after a failure still belongs to this request, and the next one sets its own
        RequestId.set(id);
        // either generated or matched above
        response.header(new ValidHeader(HeaderValues.create(RequestId.HEADER, id)));
        chain.proceed();
    }

    /** A random UUID that is not a secret: {@link UUID#randomUUID()} would ask the kernel for its bits. */
    private static String generated() {
        var random = ThreadLocalRandom.current();
        long version = (random.nextLong() & ~0xF000L) | 0x4000L;
        long variant = (random.nextLong() >>> 2) | Long.MIN_VALUE;
        return new UUID(version, variant).toString();
    }
}
