package dev.rollcall.bench;

import dev.rollcall.discovery.Discovery;
import dev.rollcall.discovery.testing.ConsulAgent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long after a change in Consul a caller has the new list. The peer keeps no list: a caller of it that keeps one is told
 * by its watch of the catalog, and asks again then.
 */
final class ChangeMeasurement implements Measurement {
    private static final String SERVICE = "change";
    private static final int CHANGES = 25;
    private static final int MOST_MILLIS = 50;

    private final ConsulAgent consul;
    private final Discovery discovery;
    private final PeerClient peer;
    private volatile Arrival ours = Arrival.NONE;
    private volatile Arrival theirs = Arrival.NONE;

    ChangeMeasurement(ConsulAgent consul, Discovery discovery, PeerClient peer) {
        this.consul = consul;
        this.discovery = discovery;
        this.peer = peer;
    }

    @Override
    public List<Row> run() throws InterruptedException {
        Catalog catalog = new Catalog(consul.http());
        catalog.register(SERVICE, "change-0", 10_000);
        List<Double> oursMillis = new ArrayList<>();
        List<Double> theirsMillis = new ArrayList<>();
        peer.onChange(() ->
                theirs = new Arrival(peer.discovery().getInstances(SERVICE).size(), System.nanoTime()));
        Discovery.Subscription subscription =
                discovery.watch(SERVICE, instances -> ours = new Arrival(instances.size(), System.nanoTime()));
        Until.holds("the first list of " + SERVICE, () -> ours.instances() == 1);
        for (int change = 1; change <= CHANGES; change++) {
            // no fixed step that a poller could fall into
            Thread.sleep(ThreadLocalRandom.current().nextInt(300, 700));
            int instances = change + 1;
            long start = System.nanoTime();
            catalog.register(SERVICE, "change-" + change, 10_000 + change);
            Until.holds(
                    "both lists of " + SERVICE, () -> ours.instances() == instances && theirs.instances() == instances);
            oursMillis.add((ours.nanos() - start) / 1e6);
            theirsMillis.add((theirs.nanos() - start) / 1e6);
        }
        subscription.close();
        Sample oursSample = new Sample(oursMillis);
        Sample theirsSample = new Sample(theirsMillis);
        return List.of(Row.plain(
                        "change in Consul → in the caller's list",
                        theirsSample.text("ms") + " by its watch; its LoadBalancer keeps a list for 35 s",
                        oursSample.text("ms"))
                .reach("median ≤ 50 ms", oursSample.median() <= MOST_MILLIS)
                .ratio(theirsSample.median(), oursSample.median()));
    }

    /**
     * A list that arrived.
     *
     * @param instances its size
     * @param nanos when
     */
    private record Arrival(int instances, long nanos) {
        static final Arrival NONE = new Arrival(0, 0);
    }
}
