package dev.rollcall.bench;

import dev.rollcall.discovery.testing.ConsulAgent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** How long it takes until an agent that has lost everything lists the instances as passing again. */
final class AgentRestartMeasurement implements Measurement {
    private static final String HEARTBEAT = "peer-heartbeat";
    private static final int RESTARTS = 5;
    private static final Duration PATIENCE = Duration.ofSeconds(6);
    private static final double MOST_SECONDS = 2;

    @Override
    public List<Row> run() throws InterruptedException {
        try (ConsulAgent consul = Agents.start();
                Child ours = OurService.start(consul.url());
                Child peer = PeerService.start(consul.url(), PeerService.NAME);
                Child heartbeat = PeerService.start(
                        consul.url(),
                        HEARTBEAT,
                        "discovery.heartbeat.enabled=true",
                        "discovery.heartbeat.ttl=3s",
                        "discovery.heartbeat.reregister-service-on-failure=true")) {
            List<String> services =
                    Stream.of(ours, peer, heartbeat).map(Child::service).toList();
            for (String service : services) {
                Until.holds(
                        service + " to pass",
                        () -> !consul.http().passing(service).isEmpty());
            }
            List<Comeback> comebacks = new ArrayList<>();
            for (int restart = 0; restart < RESTARTS; restart++) {
                comebacks.add(Comeback.observe(consul, services, PATIENCE));
            }
            return List.of(row(comebacks));
        }
    }

    private static Row row(List<Comeback> comebacks) {
        List<Double> ours = times(comebacks, OurService.NAME);
        List<Double> heartbeat = times(comebacks, HEARTBEAT);
        boolean always = ours.size() == RESTARTS;
        Row row = Row.plain(
                        "agent restarted empty → passing again",
                        text(times(comebacks, PeerService.NAME))
                                + "; with a 3 s heartbeat that registers again on failure: " + text(heartbeat),
                        text(ours))
                .reach("median ≤ 2 s", always && new Sample(ours).median() <= MOST_SECONDS);
        return always && heartbeat.size() == RESTARTS
                ? row.ratio(new Sample(heartbeat).median(), new Sample(ours).median())
                : row;
    }

    private static List<Double> times(List<Comeback> comebacks, String service) {
        return comebacks.stream()
                .flatMap(comeback -> comeback.of(service).stream().boxed())
                .toList();
    }

    private static String text(List<Double> seconds) {
        if (seconds.size() == RESTARTS) {
            return new Sample(seconds).text("s");
        }
        return "back within %d s %d of %d times".formatted(PATIENCE.toSeconds(), seconds.size(), RESTARTS);
    }
}
