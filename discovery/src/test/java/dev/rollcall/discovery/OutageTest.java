package dev.rollcall.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rollcall.discovery.registration.Registration.State;
import dev.rollcall.discovery.testing.ConsulAgent;
import dev.rollcall.discovery.testing.ConsulCluster;
import dev.rollcall.discovery.testing.Footprint;
import dev.rollcall.discovery.testing.TestServer;
import io.helidon.webclient.http1.Http1Client;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Callers keep working while Consul stops, hangs or loses its leader. */
@Tag("full")
class OutageTest {
    @Test
    void callersGoOnThroughAMinuteWithoutConsul() {
        try (ConsulAgent consul = ConsulAgent.start();
                TestServer server = TestServer.start(consul.url());
                Discovery discovery = discovery(consul)) {
            Http1Client client = client(discovery);
            await().until(() -> ids(discovery).equals(List.of(server.id())));

            consul.kill();

            await().until(() -> discovery.lookup("greeting") instanceof Lookup.Stale);
            long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
            while (System.nanoTime() < end) {
                assertThat(client.get("/").requestEntity(String.class)).isEqualTo("hello");
                assertThat(server.feature().healthCheck().call().status().name())
                        .isEqualTo("UP");
                java.util.concurrent.locks.LockSupport.parkNanos(
                        Duration.ofMillis(100).toNanos());
            }
            assertThat(((Lookup.Stale) discovery.lookup("greeting")).age()).isGreaterThan(Duration.ofSeconds(59));

            consul.restart();

            await().atMost(Duration.ofSeconds(5))
                    .until(() -> consul.http().passing("greeting").equals(List.of(server.id())));
            await().until(() -> discovery.lookup("greeting") instanceof Lookup.Fresh);
        }
    }

    @Test
    void agentThatHangsStopsNobodyAndLeaksNothing() {
        try (ConsulAgent consul = ConsulAgent.start();
                TestServer server = TestServer.start(
                        consul.url(),
                        it -> it.agent(a -> a.url(consul.url()).timeout(Duration.ofSeconds(1)))
                                .reconcileInterval(Duration.ofSeconds(2)));
                Discovery discovery =
                        Discovery.create(it -> it.agent(a -> a.url(consul.url()).timeout(Duration.ofSeconds(1)))
                                .queryWait(Duration.ofSeconds(2)))) {
            Http1Client client = client(discovery);
            await().until(() -> ids(discovery).equals(List.of(server.id())));
            client.get("/").requestEntity(String.class);

            consul.pause();
            try {
                await().until(() -> discovery.lookup("greeting") instanceof Lookup.Stale);
                await().until(() -> server.feature().registration().state() == State.UNREACHABLE);
                Footprint before = Footprint.now();
                long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
                while (System.nanoTime() < end) {
                    assertThat(client.get("/").requestEntity(String.class)).isEqualTo("hello");
                }
                Footprint.now().assertNotMuchLargerThan(before);
            } finally {
                consul.resume();
            }

            await().until(() -> discovery.lookup("greeting") instanceof Lookup.Fresh);
            await().until(() -> server.feature().registration().state() == State.REGISTERED);
        }
    }

    @Test
    void stopIsBoundedWhileTheAgentHangs() {
        try (ConsulAgent consul = ConsulAgent.start()) {
            TestServer server = TestServer.start(consul.url());
            await().until(() -> server.feature().registration().state() == State.REGISTERED);
            consul.pause();
            try {
                long start = System.nanoTime();
                server.stop();
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
            } finally {
                consul.resume();
            }
        }
    }

    @Test
    void lostLeaderLeavesTheLastListAndComesBack() {
        try (ConsulCluster cluster = ConsulCluster.start();
                TestServer server = TestServer.start(cluster.url(0));
                Discovery discovery = Discovery.create(it -> it.agent(a -> a.url(cluster.url(0))))) {
            await().atMost(Duration.ofSeconds(20)).until(() -> ids(discovery).equals(List.of(server.id())));

            cluster.kill(1);
            cluster.kill(2);

            await().atMost(Duration.ofSeconds(60)).until(() -> discovery.lookup("greeting") instanceof Lookup.Stale);
            assertThat(ids(discovery)).containsExactly(server.id());
            assertThat(client(discovery).get("/").requestEntity(String.class)).isEqualTo("hello");

            cluster.launch(1);
            cluster.launch(2);

            await().atMost(Duration.ofSeconds(60)).until(() -> discovery.lookup("greeting") instanceof Lookup.Fresh);
            assertThat(ids(discovery)).containsExactly(server.id());
        }
    }

    private static Discovery discovery(ConsulAgent consul) {
        return Discovery.create(it -> it.agent(a -> a.url(consul.url())));
    }

    private static Http1Client client(Discovery discovery) {
        return Http1Client.builder()
                .baseUri("http://greeting")
                .addService(discovery.clientService())
                .build();
    }

    private static List<String> ids(Discovery discovery) {
        return switch (discovery.lookup("greeting")) {
            case Lookup.Fresh fresh ->
                fresh.instances().stream().map(Instance::id).toList();
            case Lookup.Stale stale ->
                stale.instances().stream().map(Instance::id).toList();
            case Lookup.Unavailable unavailable -> List.of();
        };
    }
}
