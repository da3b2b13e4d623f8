package dev.rollcall.discovery.scrape;

import dev.rollcall.discovery.http.BearerTokens;
import dev.rollcall.discovery.http.Problem;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpFeature;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Answers scrapes as OpenMetrics or in the Prometheus text format, as the scraper prefers. From the second answer on it
 * includes {@code discovery_first_scrape_seconds}, the time from process start to the first scrape.
 */
final class ScrapeEndpoint implements HttpFeature {
    private static final String OPEN_METRICS = "application/openmetrics-text";
    private static final String OPEN_METRICS_TYPE = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    private static final String TEXT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final String path;
    private final PrometheusMeterRegistry registry;
    private final Handler scrape;
    private final AtomicBoolean scraped = new AtomicBoolean();

    /** An endpoint that needs one of {@code tokens}, or is open if they are empty. */
    ScrapeEndpoint(String path, PrometheusMeterRegistry registry, Optional<Path> tokens) {
        this.path = path;
        this.registry = registry;
        this.scrape = tokens.map(
                        file -> Problem.answering(BearerTokens.fromFile(file).service(this::scrape)))
                .orElse(this::scrape);
    }

    @Override
    public void setup(HttpRouting.Builder routing) {
        routing.get(path, scrape);
    }

    private void scrape(ServerRequest request, ServerResponse response) {
        boolean openMetrics = request.headers()
                .value(HeaderNames.ACCEPT)
                .filter(accept -> accept.contains(OPEN_METRICS))
                .isPresent();
        String type = openMetrics ? OPEN_METRICS_TYPE : TEXT_TYPE;
        byte[] exposition = exposition(type).getBytes(StandardCharsets.UTF_8);
        response.header(HeaderValues.create(HeaderNames.CONTENT_TYPE, type)).send(exposition);
        if (scraped.compareAndSet(false, true)) {
            Duration sinceStart = Duration.ofMillis(System.currentTimeMillis()
                    - ManagementFactory.getRuntimeMXBean().getStartTime());
            TimeGauge.builder("discovery.first.scrape", sinceStart::toMillis, TimeUnit.MILLISECONDS)
                    .description("Time from the start of the process to its first answered scrape")
                    .register(registry);
        }
    }

    /**
     * Writes the exposition on a platform thread. On a virtual one, the JDK's {@link java.io.BufferedWriter} begins with 512
     * characters and grows by what the next write needs, so that an exposition's many short writes copy some 16 MB.
     */
    private String exposition(String type) {
        var task = new FutureTask<>(() -> registry.scrape(type));
        Thread.ofPlatform().daemon().name("scrape").start(task);
        try {
            return task.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the meters can't be read", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped while the meters were read", e);
        }
    }
}
