package dev.rollcall.bench;

import dev.rollcall.chassis.RunningService;
import dev.rollcall.discovery.registration.ConsulFeature;
import dev.rollcall.discovery.scrape.ScrapeFeature;
import io.helidon.config.Config;
import io.helidon.config.ConfigSources;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.observe.ObserveFeature;
import io.helidon.webserver.observe.health.HealthObserver;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/** A service that answers {@code GET /ping}, with more or less around its handler. */
public final class HttpService {
    private static final String LOOPBACK = "127.0.0.1";
    private static final Header TYPE =
            HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "application/json; charset=utf-8");
    private static final byte[] PONG = "{\"message\":\"pong\"}".getBytes(StandardCharsets.UTF_8);

    private HttpService() {}

    /** What is around the handler. */
    enum Kind {
        /** Registration and meters. */
        DISCOVERY,
        /** Registration alone. */
        UNMETERED,
        /** All that our own services have: also request ids, security headers, problems, limits. */
        CHASSIS,
        /** Nothing: what Helidon itself can do. */
        HELIDON
    }

    /** Runs until it is stopped. Arguments: its kind, its port, the agent's address. */
    public static void main(String[] args) {
        int port = Integer.parseInt(args[1]);
        URI agent = URI.create(args[2]);
        switch (Kind.valueOf(args[0])) {
            case DISCOVERY ->
                discovery(port, agent)
                        .addFeature(ScrapeFeature.builder().build())
                        .build()
                        .start();
            case UNMETERED -> discovery(port, agent).build().start();
            case CHASSIS -> chassis(port, agent);
            case HELIDON -> helidon(port).build().start();
        }
    }

    private static WebServerConfig.Builder helidon(int port) {
        return WebServer.builder()
                .address(InetAddress.getLoopbackAddress())
                .port(port)
                .routing(HttpService::ping);
    }

    private static WebServerConfig.Builder discovery(int port, URI agent) {
        ConsulFeature consul = ConsulFeature.create(it ->
                it.name("ours").agent(at -> at.url(agent)).addCheck(check -> check.interval(Duration.ofSeconds(1))));
        return helidon(port)
                .addFeature(ObserveFeature.builder()
                        .addObserver(HealthObserver.builder()
                                .addCheck(consul.healthCheck())
                                .build())
                        .build())
                .addFeature(consul);
    }

    private static void chassis(int port, URI agent) {
        Config config = Config.just(ConfigSources.create(Map.ofEntries(
                Map.entry("server.host", LOOPBACK),
                Map.entry("server.port", String.valueOf(port)),
                Map.entry("server.max-tcp-connections", "1024"),
                Map.entry("server.concurrency-limit.fixed.permits", "256"),
                Map.entry("server.concurrency-limit.fixed.queue-length", "256"),
                Map.entry("server.sockets.0.name", "admin"),
                Map.entry("server.sockets.0.host", LOOPBACK),
                Map.entry("server.sockets.0.port", "0"),
                Map.entry("server.features.observe.sockets", "admin"),
                Map.entry("server.features.consul.name", "ours"),
                Map.entry("server.features.consul.agent.url", agent.toString()))));
        RunningService.start(config, HttpService.class, service -> service.api(HttpService::ping));
    }

    private static void ping(HttpRouting.Builder routing) {
        routing.get("/ping", (request, response) -> response.header(TYPE).send(PONG));
    }
}
