package dev.rollcall.bench;

import dev.rollcall.discovery.testing.ConsulAgent;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;

/** What services do that start 20 s before Consul. */
final class LateConsulMeasurement implements Measurement {
    private static final String LENIENT = "peer-lenient";
    private static final String ENDLESS = "peer-endless";
    private static final Duration AWAY = Duration.ofSeconds(20);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final double MOST_SECONDS = 2;

    @Override
    public List<Row> run() throws InterruptedException {
        try (ConsulAgent consul = ConsulAgent.createLocal();
                Child ours = OurService.start(consul.url());
                // as it is without the retry library, which it doesn't bring along
                Child peer = PeerService.start(consul.url(), PeerService.NAME, "retry.enabled=false");
                Child lenient =
                        PeerService.start(consul.url(), LENIENT, "retry.enabled=false", "discovery.fail-fast=false");
                Child endless = PeerService.start(consul.url(), ENDLESS, "retry.max-attempts=100000")) {
            Thread.sleep(AWAY);
            // where the machine is slow, a service may need longer to start
            List<Child> children = List.of(ours, peer, lenient, endless);
            for (Child child : children) {
                Until.holds(child.service() + " to serve or exit", () -> !child.isAlive() || child.serves());
            }
            boolean serves = ours.serves();
            String oursMeanwhile = meanwhile(ours);
            String theirsMeanwhile = "%s; fail-fast=false: %s; endless retry: %s"
                    .formatted(meanwhile(peer), meanwhile(lenient), meanwhile(endless));
            Comeback comeback = Comeback.observe(
                    consul, children.stream().map(Child::service).toList(), PATIENCE);
            OptionalDouble oursPasses = comeback.of(OurService.NAME);
            Row meanwhile = Row.plain("Consul away for the first 20 s: meanwhile", theirsMeanwhile, oursMeanwhile)
                    .reach("serves", serves);
            Row afterwards = Row.plain(
                            "… then Consul up → passing",
                            "%s; fail-fast=false: %s; endless retry: %s"
                                    .formatted(
                                            text(comeback.of(PeerService.NAME)),
                                            text(comeback.of(LENIENT)),
                                            text(comeback.of(ENDLESS))),
                            text(oursPasses))
                    .reach("≤ 2 s", oursPasses.isPresent() && oursPasses.getAsDouble() <= MOST_SECONDS);
            OptionalDouble endlessPasses = comeback.of(ENDLESS);
            return List.of(
                    meanwhile,
                    oursPasses.isPresent() && endlessPasses.isPresent()
                            ? afterwards.ratio(endlessPasses.getAsDouble(), oursPasses.getAsDouble())
                            : afterwards);
        }
    }

    private static String meanwhile(Child child) {
        return child.isAlive() ? "serves" : "exits";
    }

    private static String text(OptionalDouble seconds) {
        return seconds.isPresent()
                ? "after " + Sample.digits(seconds.getAsDouble()) + " s"
                : "not in " + PATIENCE.toSeconds() + " s";
    }
}
