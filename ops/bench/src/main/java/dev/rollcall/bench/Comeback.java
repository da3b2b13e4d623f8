package dev.rollcall.bench;

import dev.rollcall.discovery.testing.ConsulAgent;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * When services pass their checks in an agent that has just come.
 *
 * @param patience time they had
 * @param seconds time each took since the agent had a leader; those are missing that didn't come
 */
record Comeback(Duration patience, Map<String, Double> seconds) {
    Comeback {
        seconds = Map.copyOf(seconds);
    }

    /** Starts {@code consul}, empty, and waits for {@code services}. */
    static Comeback observe(ConsulAgent consul, List<String> services, Duration patience) throws InterruptedException {
        consul.kill();
        Thread starting = Thread.ofVirtual().name("agent").start(consul::restart);
        Until.holds(
                "a leader of Consul",
                () -> !consul.http().get("/v1/status/leader").asText().isEmpty());
        long leader = System.nanoTime();
        Map<String, Double> seconds = new HashMap<>();
        Until.millis(leader, patience, () -> {
            for (String service : services) {
                if (!seconds.containsKey(service)
                        && !consul.http().passing(service).isEmpty()) {
                    seconds.put(service, (System.nanoTime() - leader) / 1e9);
                }
            }
            return seconds.size() == services.size();
        });
        starting.join();
        return new Comeback(patience, seconds);
    }

    OptionalDouble of(String service) {
        Double time = seconds.get(service);
        return time == null ? OptionalDouble.empty() : OptionalDouble.of(time);
    }
}
