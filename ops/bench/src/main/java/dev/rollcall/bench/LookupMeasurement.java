package dev.rollcall.bench;

import dev.rollcall.discovery.Discovery;
import dev.rollcall.discovery.testing.ConsulAgent;
import java.util.ArrayList;
import java.util.List;
import org.springframework.cloud.consul.discovery.ConsulDiscoveryClient;

/** What it costs a caller to ask for an instance: time and garbage, with few instances and with many. */
final class LookupMeasurement implements Measurement {
    private static final int PICKS = 2_000_000;
    private static final int PEER_LOOKUPS = 20;
    private static final int MOST_NANOS = 50;

    private final ConsulAgent consul;
    private final Discovery discovery;
    private final PeerClient peer;
    /** What was looked up, so that no compiler leaves the look-up out. */
    private long seen;

    LookupMeasurement(ConsulAgent consul, Discovery discovery, PeerClient peer) {
        this.consul = consul;
        this.discovery = discovery;
        this.peer = peer;
    }

    @Override
    public List<Row> run() {
        Catalog catalog = new Catalog(consul.http());
        List<Row> rows = new ArrayList<>();
        for (int instances : List.of(10, 500)) {
            String service = "lookup-" + instances;
            catalog.register(service, instances);
            rows.add(row(service, instances));
        }
        if (seen == 0) {
            throw new IllegalStateException("No look-up found an instance");
        }
        return rows;
    }

    private Row row(String service, int instances) {
        Cost ours = Cost.of(PICKS, () -> pick(service));
        Cost theirs = Cost.of(PEER_LOOKUPS, () -> getInstances(service));
        int answer = consul.http()
                .get("/v1/health/service/" + service + "?passing=true")
                .toString()
                .length();
        return Row.plain(
                        "look-up of one of %d instances".formatted(instances),
                        "%s ms, %,d KB garbage, %,d KB answer"
                                .formatted(
                                        Sample.digits(theirs.nanos() / 1e6),
                                        Math.round(theirs.bytes() / 1024),
                                        answer / 1024),
                        "%s ns, %s B".formatted(Sample.digits(ours.nanos()), Math.round(ours.bytes() * 10) / 10.0))
                .reach("≤ 50 ns, 0 B", ours.nanos() <= MOST_NANOS && ours.bytes() < 0.01)
                .ratio(theirs.nanos(), ours.nanos());
    }

    private void pick(String service) {
        seen += discovery.pick(service).orElseThrow().port();
    }

    private void getInstances(String service) {
        ConsulDiscoveryClient client = peer.discovery();
        seen += client.getInstances(service).getFirst().getPort();
    }
}
