package dev.rollcall.bench;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.cloud.client.discovery.event.HeartbeatEvent;
import org.springframework.cloud.client.loadbalancer.LoadBalanced;
import org.springframework.cloud.consul.discovery.ConsulDiscoveryClient;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

/** The peer on the caller's side; unlike by its default it asks for passing instances only, as ours does. */
final class PeerClient implements AutoCloseable {
    private final ConfigurableApplicationContext context;

    private PeerClient(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** Starts one as it is without the retry library, which it doesn't bring along. */
    static PeerClient start(URI agent) {
        return start(agent, false);
    }

    /**
     * Starts one.
     *
     * @param retry whether its load balancer goes on to another instance when one fails
     */
    static PeerClient start(URI agent, boolean retry) {
        return new PeerClient(new SpringApplicationBuilder(Settings.class)
                .web(WebApplicationType.NONE)
                .registerShutdownHook(false)
                .run(
                        "--spring.main.banner-mode=off",
                        "--spring.application.name=caller",
                        "--spring.cloud.consul.host=" + agent.getHost(),
                        "--spring.cloud.consul.port=" + agent.getPort(),
                        "--spring.cloud.consul.discovery.register=false",
                        "--spring.cloud.loadbalancer.retry.enabled=" + retry,
                        "--spring.cloud.consul.discovery.query-passing=true"));
    }

    ConsulDiscoveryClient discovery() {
        return context.getBean(ConsulDiscoveryClient.class);
    }

    /** GET of {@code http://<service>/} through its load balancer. */
    Callable<@Nullable String> get(String service) {
        RestClient client = context.getBean(RestClient.Builder.class).build();
        return () -> client.get().uri("http://" + service + "/").retrieve().body(String.class);
    }

    /** Calls {@code listener} when its watch of the catalog sees a change. */
    void onChange(Runnable listener) {
        context.addApplicationListener((ApplicationListener<HeartbeatEvent>) event -> listener.run());
    }

    @Override
    public void close() {
        context.close();
    }

    /** What an application with such a client declares. */
    @Configuration
    @EnableAutoConfiguration
    static class Settings {
        @Bean
        @LoadBalanced
        RestClient.Builder restClient() {
            JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory(HttpClient.newBuilder()
                    .connectTimeout(Duration.ofSeconds(2))
                    .build());
            requests.setReadTimeout(Duration.ofSeconds(2));
            return RestClient.builder().requestFactory(requests);
        }
    }
}
