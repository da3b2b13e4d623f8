package dev.rollcall.discovery.scrape;

import io.helidon.http.Method;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Meters of the requests to one socket:
 * <pre>
 * http_requests_total{code="200",endpoint="/orders/{id}",method="GET"} 1.0
 * http_request_duration_seconds_bucket{endpoint="/orders/{id}",method="GET",le="0.001"} 1
 * http_requests_in_flight 0.0
 * </pre>
 * The endpoint is the route's pattern, or {@code none} if nothing matched; a method that HTTP doesn't define is
 * {@code OTHER}. Clients can't create new series.
 */
final class HttpMeters implements Filter {
    private static final String NO_ROUTE = "none";
    private static final String OTHER_METHOD = "OTHER";
    private static final Set<String> METHODS = Set.of(
            Method.GET_NAME,
            Method.HEAD_NAME,
            Method.POST_NAME,
            Method.PUT_NAME,
            Method.DELETE_NAME,
            Method.OPTIONS_NAME,
            Method.TRACE_NAME,
            Method.PATCH_NAME,
            Method.CONNECT_NAME);
    private static final String OBSERVE = "/observe";

    private final MeterRegistry registry;
    private final String scrapePath;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final Map<Answer, Series> answers = new ConcurrentHashMap<>();

    HttpMeters(MeterRegistry registry, String scrapePath) {
        this.registry = registry;
        this.scrapePath = scrapePath;
        Gauge.builder("http.requests.in.flight", inFlight, AtomicInteger::get)
                .description("Requests that are being answered")
                .register(registry);
    }

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        String path = request.path().path();
        if (path.equals(scrapePath) || path.startsWith(OBSERVE)) {
            chain.proceed();
            return;
        }
        long start = System.nanoTime();
        int code = 500;
        inFlight.incrementAndGet();
        try {
            chain.proceed();
            code = response.status().code();
        } finally {
            inFlight.decrementAndGet();
            record(request, code, System.nanoTime() - start);
        }
    }

    private void record(RoutingRequest request, int code, long nanos) {
        String method = request.prologue().method().text();
        var answer = new Answer(
                METHODS.contains(method) ? method : OTHER_METHOD,
                request.matchingPattern().orElse(NO_ROUTE),
                code);
        // computeIfAbsent alone may lock a key that is there
        Series series = answers.get(answer);
        if (series == null) {
            series = answers.computeIfAbsent(answer, this::series);
        }
        series.duration().record(nanos, TimeUnit.NANOSECONDS);
        series.requests().increment();
    }

    private Series series(Answer answer) {
        Tags call = Tags.of("method", answer.method(), "endpoint", answer.endpoint());
        return new Series(
                Timer.builder("http.request.duration")
                        .description("Time from the request to its answer")
                        .tags(call)
                        .serviceLevelObjectives(LatencyBuckets.durations())
                        .register(registry),
                Counter.builder("http.requests")
                        .description("Requests answered")
                        .tags(call)
                        .tag("code", String.valueOf(answer.code()))
                        .register(registry));
    }

    private record Answer(String method, String endpoint, int code) {}

    /** What an answer counts in: found by one look-up, not by its tags. */
    private record Series(Timer duration, Counter requests) {}
}
