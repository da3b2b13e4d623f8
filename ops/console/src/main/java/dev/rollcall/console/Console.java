package dev.rollcall.console;

import dev.rollcall.chassis.RunningService;
import dev.rollcall.chassis.SecurityHeaders;
import dev.rollcall.discovery.consul.AgentConfig;
import dev.rollcall.discovery.http.BoundedHttpClient;
import dev.rollcall.discovery.http.TokenFile;
import dev.rollcall.rollcall.ConsulReader;
import dev.rollcall.rollcall.HttpApi;
import dev.rollcall.rollcall.PrometheusReader;
import dev.rollcall.rollcall.RollCaller;
import io.helidon.config.Config;
import java.time.Clock;
import java.util.function.Supplier;

/** Assembles the console. */
public final class Console {
    private Console() {}

    /**
     * Starts a console. Consul and Prometheus may be down: it then shows their last answers and how old these are.
     *
     * @param config the configuration, with the keys of {@code application.yaml}
     * @return the console, listening
     * @throws RuntimeException if a value is missing or invalid or a port is taken; the message names it
     */
    public static RunningService start(Config config) {
        var settings = Settings.of(config);
        return RunningService.start(config, Console.class, service -> {
            AgentConfig agent = service.consul().prototype().agent();
            HttpApi prometheus =
                    new HttpApi(new BoundedHttpClient(settings.timeout(), settings.maxBytes()), settings.prometheus());
            HttpApi consul = new HttpApi(new BoundedHttpClient(agent.timeout(), settings.maxBytes()), agent.url())
                    .with("X-Consul-Token", token(agent));
            Clock clock = Clock.systemUTC();
            var caller = new RollCaller(new ConsulReader(consul), new PrometheusReader(prometheus), clock);
            service.api(routing -> routing.addFilter(SecurityHeaders.forPages()));
            service.api(new PrometheusRoutes(prometheus));
            service.api(new RollCallRoutes(new FreshRollCall(caller, clock)));
            service.api(new DashboardRoutes(new Dashboards(settings.dashboards())));
            service.api(new RunbookRoutes(settings.runbooks()));
            service.api(new Pages());
        });
    }

    private static Supplier<String> token(AgentConfig agent) {
        return agent.tokenFile()
                .map(TokenFile::open)
                .<Supplier<String>>map(file -> file::token)
                .orElseGet(() -> () -> agent.token().orElse(""));
    }
}
