package dev.rollcall.bench;

import dev.rollcall.discovery.Discovery;
import dev.rollcall.discovery.Lookup;
import dev.rollcall.discovery.testing.ConsulAgent;
import java.time.Duration;
import java.util.List;

/** What callers know, and what services say of their health, while Consul is down and after it is back, empty. */
final class OutageMeasurement implements Measurement {
    private static final Duration DOWN = Duration.ofSeconds(30);
    private static final Duration BACK = Duration.ofSeconds(5);

    @Override
    public List<Row> run() throws InterruptedException {
        try (ConsulAgent consul = Agents.start();
                Child ours = OurService.start(consul.url());
                Child theirs = PeerService.start(consul.url(), PeerService.NAME);
                Discovery discovery = Discovery.create(it -> it.agent(agent -> agent.url(consul.url())));
                PeerClient peer = PeerClient.start(consul.url())) {
            Until.holds(
                    "both to pass and to be known",
                    () -> known(discovery).equals("1 known") && known(peer).equals("1 known"));
            consul.kill();
            Thread.sleep(DOWN);
            String oursDown = known(discovery) + ", health " + ours.health();
            String theirsDown = known(peer) + ", health " + theirs.health();
            boolean lastKnown = known(discovery).equals("stale, 1 known") && ours.isWell();
            consul.restart();
            Thread.sleep(BACK);
            return List.of(Row.plain(
                            "Consul down for 30 s; then back, empty",
                            theirsDown + "; then " + known(peer) + ", health " + theirs.health(),
                            oursDown + "; then " + known(discovery) + ", health " + ours.health())
                    .reach(
                            "last known, health up",
                            lastKnown && known(discovery).equals("1 known") && ours.isWell()));
        }
    }

    private static String known(Discovery discovery) {
        return switch (discovery.lookup(OurService.NAME)) {
            case Lookup.Fresh fresh -> fresh.instances().size() + " known";
            case Lookup.Stale stale -> "stale, " + stale.instances().size() + " known";
            case Lookup.Unavailable unavailable -> "unavailable";
        };
    }

    private static String known(PeerClient peer) {
        try {
            return peer.discovery().getInstances(PeerService.NAME).size() + " known";
        } catch (RuntimeException e) {
            return e.getClass().getSimpleName();
        }
    }
}
