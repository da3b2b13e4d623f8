package dev.rollcall.bench;

import dev.rollcall.discovery.registration.ConsulFeature;
import dev.rollcall.discovery.testing.Ports;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.observe.ObserveFeature;
import io.helidon.webserver.observe.health.HealthObserver;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** A Helidon service as its user would write it, with everything at its default but the check's interval: 1 s. */
public final class OurService {
    static final String NAME = "ours";

    private OurService() {}

    static Child start(URI agent) {
        int port = Ports.free();
        return Child.start(
                OurService.class, NAME, port, "/observe/health/ready", List.of(String.valueOf(port), agent.toString()));
    }

    /** Runs until it is stopped. Arguments: its port, the agent's address. */
    public static void main(String[] args) {
        Child.followParent();
        ConsulFeature consul = ConsulFeature.create(it -> it.name(NAME)
                .agent(agent -> agent.url(URI.create(args[1])))
                .addCheck(check -> check.interval(Duration.ofSeconds(1))));
        WebServer.builder()
                .address(InetAddress.getLoopbackAddress())
                .port(Integer.parseInt(args[0]))
                .addFeature(ObserveFeature.builder()
                        .addObserver(HealthObserver.builder()
                                .addCheck(consul.healthCheck())
                                .build())
                        .build())
                .addFeature(consul)
                .routing(routing -> routing.get("/", (req, res) -> res.send("hello")))
                .build()
                .start();
    }
}
