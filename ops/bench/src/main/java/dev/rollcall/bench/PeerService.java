package dev.rollcall.bench;

import dev.rollcall.discovery.testing.Ports;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** A Spring Boot service as its user would write it, with everything at its default but the check's interval: 1 s. */
@RestController
@EnableAutoConfiguration
public class PeerService {
    static final String NAME = "peer";

    /** Answers its callers. */
    @GetMapping("/")
    public String hello() {
        return "hello";
    }

    /**
     * Starts one.
     *
     * @param name name of the service in Consul
     * @param settings further settings, below {@code spring.cloud.consul}
     */
    static Child start(URI agent, String name, String... settings) {
        int port = Ports.free();
        List<String> arguments = new ArrayList<>(List.of(
                "--server.port=" + port,
                "--server.address=127.0.0.1",
                "--spring.application.name=" + name,
                "--spring.main.banner-mode=off",
                "--spring.cloud.consul.host=" + agent.getHost(),
                "--spring.cloud.consul.port=" + agent.getPort(),
                "--spring.cloud.consul.discovery.hostname=127.0.0.1",
                "--spring.cloud.consul.discovery.instance-id=" + name + "-127.0.0.1-" + port,
                "--spring.cloud.consul.discovery.health-check-interval=1s"));
        for (String setting : settings) {
            arguments.add("--spring.cloud.consul." + setting);
        }
        return Child.start(PeerService.class, name, port, "/actuator/health", arguments);
    }

    /** Runs until it is stopped. Arguments: Spring's own. */
    public static void main(String[] args) {
        Child.followParent();
        SpringApplication.run(PeerService.class, args);
    }
}
