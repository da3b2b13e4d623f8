package dev.rollcall.discovery.testing;

import dev.rollcall.discovery.registration.ConsulFeature;
import dev.rollcall.discovery.registration.ConsulFeatureConfig;
import dev.rollcall.discovery.scrape.ScrapeFeature;
import io.helidon.health.HealthCheckResponse;
import io.helidon.health.HealthCheckType;
import io.helidon.webclient.http1.Http1Client;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.observe.ObserveFeature;
import io.helidon.webserver.observe.health.HealthObserver;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** A service as a user would write it, on free ports. */
public final class TestServer implements AutoCloseable {
    private final ScrapeFeature scrape = ScrapeFeature.create(it -> it.version("1.2.3"));
    private final AtomicInteger slowRequests = new AtomicInteger();
    private volatile boolean ready;
    private final AtomicInteger requests = new AtomicInteger();
    private final ConsulFeature consul;
    private final WebServer server;
    private final Http1Client client;

    private TestServer(URI agent, int port, Consumer<ConsulFeatureConfig.Builder> customize, boolean readyAtFirst) {
        ready = readyAtFirst;
        consul = ConsulFeature.create(it -> it.name("greeting")
                .agent(a -> a.url(agent))
                .env("test")
                .drain(Duration.ofMillis(200))
                .update(customize)
                .update(b -> {
                    if (b.checks().isEmpty()) {
                        b.addCheck(check -> check.interval(Duration.ofSeconds(1)));
                    }
                }));
        server = WebServer.builder()
                .address(InetAddress.getLoopbackAddress())
                .port(port)
                .putSocket(
                        "admin",
                        admin -> admin.address(InetAddress.getLoopbackAddress()).port(0))
                .addFeature(ObserveFeature.builder()
                        .sockets(List.of("admin"))
                        .addObserver(HealthObserver.builder()
                                .addCheck(consul.healthCheck())
                                .addCheck(
                                        () -> HealthCheckResponse.builder()
                                                .status(ready)
                                                .build(),
                                        HealthCheckType.READINESS)
                                .build())
                        .build())
                .addFeature(scrape)
                .addFeature(consul)
                .routing(routing -> routing.get("/", (req, res) -> {
                            requests.incrementAndGet();
                            res.send("hello");
                        })
                        .post("/", (req, res) -> {
                            requests.incrementAndGet();
                            res.send("hello " + req.content().as(String.class));
                        })
                        .get(
                                "/items/{id}",
                                (req, res) ->
                                        res.send(req.path().pathParameters().get("id")))
                        .get("/broken", (req, res) -> {
                            throw new IllegalStateException("broken");
                        })
                        .get("/slow", (req, res) -> {
                            slowRequests.incrementAndGet();
                            LockSupport.parkNanos(Duration.ofMillis(1500).toNanos());
                            res.send("slow");
                        }))
                .build()
                .start();
        client = Http1Client.builder()
                .baseUri("http://127.0.0.1:" + server.port())
                .build();
    }

    public static TestServer start(URI agent) {
        return new TestServer(agent, 0, it -> {}, true);
    }

    public static TestServer start(URI agent, Consumer<ConsulFeatureConfig.Builder> customize) {
        return new TestServer(agent, 0, customize, true);
    }

    /** A server that isn't ready until {@link #ready} says so. */
    public static TestServer startNotReady(URI agent, Consumer<ConsulFeatureConfig.Builder> customize) {
        return new TestServer(agent, 0, customize, false);
    }

    public static TestServer start(URI agent, int port) {
        return new TestServer(agent, port, it -> {}, true);
    }

    public ConsulFeature feature() {
        return consul;
    }

    public String id() {
        return "greeting-127.0.0.1-" + port();
    }

    public int port() {
        return server.port();
    }

    public int adminPort() {
        return server.port("admin");
    }

    public MeterRegistry meters() {
        return scrape.registry();
    }

    public int requests() {
        return requests.get();
    }

    public String get(String path) {
        return client.get(path).requestEntity(String.class);
    }

    public CompletableFuture<String> getAsync(String path) {
        CompletableFuture<String> answer = new CompletableFuture<>();
        Thread.startVirtualThread(() -> {
            try {
                answer.complete(get(path));
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        return answer;
    }

    public boolean slowRequestArrived() {
        return slowRequests.get() > 0;
    }

    public void ready(boolean now) {
        ready = now;
    }

    public void stop() {
        server.stop();
    }

    @Override
    public void close() {
        server.stop();
    }
}
