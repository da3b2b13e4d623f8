package dev.rollcall.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rollcall.discovery.registration.Registration.State;
import dev.rollcall.discovery.testing.FakeAgent;
import dev.rollcall.discovery.testing.TestServer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Faults that a real agent won't show on demand. */
class FaultyAgentTest {
    @Test
    void asksForChangesAfterTheIndexItWasGiven() {
        try (FakeAgent agent = new FakeAgent()
                        .thenInstances(7, "apple")
                        .thenInstances(9, "apple", "pear")
                        .thenSilence();
                Discovery discovery = discovery(agent)) {
            await().until(() -> ids(discovery).equals(List.of("apple", "pear")));
            await().untilAsserted(() -> assertThat(agent.requests())
                    .containsExactly(
                            "GET /v1/health/service/fruit?passing=true",
                            "GET /v1/health/service/fruit?passing=true&index=7&wait=30s",
                            "GET /v1/health/service/fruit?passing=true&index=9&wait=30s"));
        }
    }

    @Test
    void readsInFullWhenTheIndexGoesBackwards() {
        try (FakeAgent agent = new FakeAgent()
                        .thenInstances(70, "apple")
                        .thenInstances(3, "pear")
                        .thenInstances(4, "plum")
                        .thenSilence();
                Discovery discovery = discovery(agent)) {
            await().until(() -> ids(discovery).equals(List.of("plum")));
            await().untilAsserted(() -> assertThat(agent.requests())
                    .containsExactly(
                            "GET /v1/health/service/fruit?passing=true",
                            "GET /v1/health/service/fruit?passing=true&index=70&wait=30s",
                            "GET /v1/health/service/fruit?passing=true",
                            "GET /v1/health/service/fruit?passing=true&index=4&wait=30s"));
        }
    }

    @Test
    void readsInFullAfterAnError() {
        try (FakeAgent agent = new FakeAgent()
                        .thenInstances(7, "apple")
                        .thenStatus(500, "No cluster leader")
                        .thenInstances(8, "apple")
                        .thenSilence();
                Discovery discovery = discovery(agent)) {
            await().until(() -> agent.requests().size() == 4);
            assertThat(agent.requests().get(2)).isEqualTo("GET /v1/health/service/fruit?passing=true");
            await().until(() -> discovery.lookup("fruit") instanceof Lookup.Fresh);
        }
    }

    @Test
    void doesNotBusyLoopOnAnAgentThatNeverBlocks() throws InterruptedException {
        try (FakeAgent agent = new FakeAgent().thenInstances(0, "apple");
                Discovery discovery = discovery(agent)) {
            await().until(() -> ids(discovery).equals(List.of("apple")));
            Thread.sleep(Duration.ofSeconds(2));

            // a burst of two, then four per second
            assertThat(agent.requests().size()).isBetween(6, 12);
        }
    }

    @Test
    void keepsTheLastInstancesThroughEveryKindOfBadAnswer() {
        try (FakeAgent agent = new FakeAgent()
                        .thenInstances(7, "apple")
                        .thenStatus(500, "rpc error")
                        .thenStatus(403, "Permission denied")
                        .thenStatus(200, "not JSON")
                        .thenStatus(200, "")
                        .thenStatus(200, "{}")
                        .thenCutAnswer()
                        .thenStatus(429, "Too many");
                Discovery discovery = discovery(agent)) {
            await().until(() -> ids(discovery).equals(List.of("apple")));
            await().atMost(Duration.ofSeconds(20)).until(() -> agent.requests().size() >= 9);

            assertThat(discovery.lookup("fruit")).isInstanceOf(Lookup.Stale.class);
            assertThat(ids(discovery)).containsExactly("apple");
        }
    }

    @Test
    void namesTheRefusal() {
        try (FakeAgent agent = new FakeAgent().thenStatus(403, "Permission denied");
                Discovery discovery = discovery(agent)) {
            assertThat(discovery.lookup("fruit"))
                    .isInstanceOfSatisfying(
                            Lookup.Unavailable.class,
                            it -> assertThat(it.reason()).contains("403").contains("Permission denied"));
        }
    }

    @Test
    void doubtsAListThatCollapsesAndBelievesItAfterAWhile() {
        try (FakeAgent agent = new FakeAgent()
                        .thenInstances(7, "apple", "pear", "plum")
                        .thenInstances(8, "apple")
                        .thenInstances(8, "apple");
                Discovery discovery =
                        Discovery.create(it -> it.agent(a -> a.url(agent.url())).collapseHold(Duration.ofSeconds(2)))) {
            await().until(() -> discovery.lookup("fruit") instanceof Lookup.Stale);
            assertThat(ids(discovery)).containsExactly("apple", "pear", "plum");

            await().atMost(Duration.ofSeconds(5)).until(() -> ids(discovery).equals(List.of("apple")));
            assertThat(discovery.lookup("fruit")).isInstanceOf(Lookup.Fresh.class);
        }
    }

    @Test
    void forgetsTheDoubtWhenTheListIsWholeAgain() {
        try (FakeAgent agent = new FakeAgent()
                        .thenInstances(7, "apple", "pear")
                        .thenInstances(8)
                        .thenInstances(9, "apple", "pear")
                        .thenSilence();
                Discovery discovery = discovery(agent)) {
            discovery.lookup("fruit");
            await().until(() -> agent.requests().size() == 4);

            assertThat(discovery.lookup("fruit")).isInstanceOf(Lookup.Fresh.class);
            assertThat(ids(discovery)).containsExactly("apple", "pear");
        }
    }

    @Test
    void firstLookupIsBoundedWhenTheAgentIsSilent() {
        try (FakeAgent agent = new FakeAgent().thenSilence();
                Discovery discovery = Discovery.create(
                        it -> it.agent(a -> a.url(agent.url())).firstLookupTimeout(Duration.ofMillis(300)))) {
            assertThat(discovery.lookup("fruit"))
                    .isEqualTo(new Lookup.Unavailable("Consul did not answer within 300 ms"));
        }
    }

    @Test
    void registrationIsRefusedLoudlyAndTriedOn() {
        try (FakeAgent agent = new FakeAgent().thenStatus(403, "Permission denied");
                TestServer server = TestServer.start(agent.url())) {
            await().until(() -> server.feature().registration().state() == State.REFUSED);
            assertThat(server.feature().registration().detail()).contains("403").contains("Permission denied");
            int asked = agent.requests().size();
            await().until(() -> agent.requests().size() > asked + 2);
            assertThat(server.get("/")).isEqualTo("hello");
        }
    }

    @Test
    void stopIsBoundedWhenTheAgentIsSilent() {
        try (FakeAgent agent = new FakeAgent().thenSilence()) {
            TestServer server = TestServer.start(agent.url());
            long start = System.nanoTime();

            server.stop();

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
        }
    }

    private static Discovery discovery(FakeAgent agent) {
        Discovery discovery = Discovery.create(it -> it.agent(a -> a.url(agent.url())));
        discovery.lookup("fruit");
        return discovery;
    }

    private static List<String> ids(Discovery discovery) {
        return switch (discovery.lookup("fruit")) {
            case Lookup.Fresh fresh ->
                fresh.instances().stream().map(Instance::id).toList();
            case Lookup.Stale stale ->
                stale.instances().stream().map(Instance::id).toList();
            case Lookup.Unavailable unavailable -> List.of();
        };
    }
}
