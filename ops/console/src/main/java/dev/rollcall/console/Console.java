package dev.rollcall.console;

import dev.rollcall.chassis.HealthEndpoint;
import dev.rollcall.chassis.Listeners;
import dev.rollcall.chassis.ProblemFeature;
import dev.rollcall.chassis.ServiceMain;
import dev.rollcall.discovery.consul.AgentConfig;
import dev.rollcall.discovery.http.TokenFile;
import dev.rollcall.discovery.registration.ConsulFeature;
import dev.rollcall.discovery.scrape.ScrapeFeature;
import io.helidon.config.Config;
import io.helidon.webserver.WebServer;
import java.time.Clock;
import java.util.function.Supplier;

/** A running console. */
public final class Console implements ServiceMain.Instance {
    private final WebServer server;
    private final ConsulFeature consul;

    private Console(WebServer server, ConsulFeature consul) {
        this.server = server;
        this.consul = consul;
    }

    /**
     * Starts a console. Consul and Prometheus may come later, and go: it shows what it last knew of them, and how old
     * that is.
     *
     * @param config the configuration, with the keys of {@code application.yaml}
     * @return the console, listening
     * @throws RuntimeException if a value is missing or wrong, or a port is taken; the message says which
     */
    public static Console start(Config config) {
        var settings = Settings.of(config);
        ScrapeFeature scrape = ScrapeFeature.create(
                feature -> feature.version(settings.version()).config(config.get("server.features.scrape")));
        ConsulFeature consul = ConsulFeature.create(
                feature -> feature.version(settings.version()).config(config.get("server.features.consul")));
        try {
            AgentConfig agent = consul.prototype().agent();
            var prometheus = new Upstream("Prometheus", settings.prometheus(), settings.timeout(), settings.maxBytes());
            var catalog = new Upstream("Consul", agent.url(), agent.timeout(), settings.maxBytes())
                    .with("X-Consul-Token", token(agent));
            var rollCaller = new RollCaller(new ConsulView(catalog), new PrometheusView(prometheus), Clock.systemUTC());
            WebServer server = WebServer.builder()
                    .config(config.get("server"))
                    .directHandlers(ProblemFeature.directHandlers())
                    .addFeature(HealthEndpoint.create(config.get("server.features.observe"), consul.healthCheck()))
                    .addFeature(scrape)
                    .addFeature(consul)
                    .routing("admin", routing -> routing.addFeature(new ProblemFeature()))
                    .routing(routing -> routing.addFeature(new ProblemFeature())
                            .addFilter(new SecurityHeaders())
                            .addFeature(new PrometheusRoutes(prometheus))
                            .addFeature(new RollCallRoutes(rollCaller))
                            .addFeature(new DashboardRoutes(new Dashboards(settings.dashboards())))
                            .addFeature(new Pages()))
                    .build();
            return new Console(Listeners.start(server), consul);
        } catch (RuntimeException e) {
            consul.close();
            throw e;
        }
    }

    @Override
    public int port() {
        return server.port();
    }

    @Override
    public int adminPort() {
        return server.port("admin");
    }

    @Override
    public String id() {
        return consul.registration().id();
    }

    /** Leaves Consul, finishes the requests in flight and stops. */
    @Override
    public void close() {
        consul.drain();
        server.stop();
    }

    private static Supplier<String> token(AgentConfig agent) {
        return agent.tokenFile()
                .map(TokenFile::open)
                .<Supplier<String>>map(file -> file::token)
                .orElseGet(() -> () -> agent.token().orElse(""));
    }
}
