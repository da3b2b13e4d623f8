package dev.rollcall.bench;

import dev.rollcall.discovery.Discovery;
import dev.rollcall.discovery.testing.ConsulAgent;
import io.helidon.webclient.http1.Http1Client;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Calls that fail when one of two instances ends: by SIGTERM, and by SIGKILL. */
final class LossMeasurement implements Measurement {
    private static final Duration BEFORE = Duration.ofSeconds(5);
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final ConsulAgent consul;
    private final Discovery discovery;
    private final PeerClient peer;

    LossMeasurement(ConsulAgent consul, Discovery discovery, PeerClient peer) {
        this.consul = consul;
        this.discovery = discovery;
        this.peer = peer;
    }

    @Override
    public List<Row> run() throws InterruptedException {
        try (Child ours = OurService.start(consul.url());
                Child theirs = PeerService.start(consul.url(), PeerService.NAME)) {
            Until.holds("the instances that stay", () -> ours.serves() && theirs.serves());
            return List.of(terminated(), killed());
        }
    }

    private Row terminated() throws InterruptedException {
        try (Child ours = OurService.start(consul.url());
                Child theirs = PeerService.start(consul.url(), PeerService.NAME)) {
            awaitTwoOfEach();
            try (PollingCaller toOurs = new PollingCaller(consul.http(), OurService.NAME);
                    PollingCaller toTheirs = new PollingCaller(consul.http(), PeerService.NAME)) {
                Traffic oursTraffic = Traffic.start(toOurs);
                Traffic theirsTraffic = Traffic.start(toTheirs);
                Thread.sleep(BEFORE);
                ours.terminate();
                theirs.terminate();
                Map<String, Integer> oursFailures = oursTraffic.failures();
                return Row.plain(
                                "SIGTERM of one of two, a caller that polls ?passing and never retries",
                                text(theirsTraffic.failures()),
                                text(oursFailures))
                        .reach("none", oursFailures.isEmpty());
            }
        }
    }

    private Row killed() throws InterruptedException {
        Http1Client client = Http1Client.builder()
                .baseUri("http://" + OurService.NAME)
                .connectTimeout(TIMEOUT)
                .readTimeout(TIMEOUT)
                .addService(discovery.clientService())
                .build();
        try (Child ours = OurService.start(consul.url());
                Child theirs = PeerService.start(consul.url(), PeerService.NAME);
                PeerClient retrying = PeerClient.start(consul.url(), true)) {
            awaitTwoOfEach();
            Traffic oursTraffic = Traffic.start(() -> client.get("/").requestEntity(String.class));
            Traffic theirsTraffic = Traffic.start(peer.get(PeerService.NAME));
            Traffic retryingTraffic = Traffic.start(retrying.get(PeerService.NAME));
            Thread.sleep(BEFORE);
            ours.kill();
            theirs.kill();
            Map<String, Integer> oursFailures = oursTraffic.failures();
            return Row.plain(
                            "SIGKILL of one of two, each called through its own client, GET",
                            text(theirsTraffic.failures()) + "; with spring-retry added "
                                    + text(retryingTraffic.failures()),
                            text(oursFailures))
                    .reach("none", oursFailures.isEmpty());
        }
    }

    private void awaitTwoOfEach() throws InterruptedException {
        for (String service : List.of(OurService.NAME, PeerService.NAME)) {
            Until.holds(
                    "two instances of " + service,
                    () -> consul.http().passing(service).size() == 2);
        }
    }

    private static String text(Map<String, Integer> failures) {
        failures.forEach((reason, count) -> System.out.printf("  %,d calls failed: %s%n", count, reason));
        return "%,d of %,d fail"
                .formatted(
                        failures.values().stream().mapToInt(Integer::intValue).sum(), Traffic.CALLS);
    }
}
