package dev.rollcall.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rollcall.discovery.testing.ConsulAgent;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;

/** Every instance with a tag, of whatever service, as a real Consul has it. */
class RegisteredTest {
    private static final String CHECK = "\"Check\": {\"CheckID\": \"check-%s\", \"TTL\": \"1h\", \"Status\": \"%s\"}";

    private static void register(ConsulAgent consul, String service, String id, String tag, String more) {
        consul.http()
                .put("/v1/agent/service/register", """
                {"Name": "%s", "ID": "%s", "Address": "127.0.0.1", "Port": 1, "Tags": ["%s"]%s}""".formatted(service, id, tag, more.isEmpty() ? "" : ", " + more));
    }

    private static Discovery discovery(ConsulAgent consul) {
        return Discovery.create(it -> it.agent(agent -> agent.url(consul.url())));
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(50));
    }

    /** Health by id; fails while Consul doesn't stand behind it. */
    private static Map<String, Health> registered(Discovery discovery) {
        Map<String, Health> all = new TreeMap<>();
        assertThat(discovery.registered("metrics"))
                .isInstanceOfSatisfying(
                        Lookup.Fresh.class,
                        fresh -> fresh.instances().forEach(instance -> all.put(instance.id(), instance.health())));
        return all;
    }

    @Test
    void knowsEveryInstanceWithTheTagAndWhatItsChecksSay() {
        try (ConsulAgent consul = ConsulAgent.start();
                Discovery discovery = discovery(consul)) {
            register(consul, "fruit", "fruit-1", "metrics", CHECK.formatted("fruit-1", "passing"));
            register(consul, "fruit", "fruit-2", "metrics", CHECK.formatted("fruit-2", "critical"));
            register(consul, "fruit", "fruit-3", "other", "");
            register(consul, "nuts", "nuts-1", "metrics", "");
            register(consul, "stone", "stone-1", "other", "");

            soon().untilAsserted(() -> assertThat(registered(discovery))
                    .isEqualTo(
                            Map.of("fruit-1", Health.PASSING, "fruit-2", Health.CRITICAL, "nuts-1", Health.PASSING)));

            consul.http().put("/v1/agent/check/warn/check-fruit-2", "");
            consul.http().put("/v1/agent/service/maintenance/nuts-1?enable=true", "");
            register(consul, "wood", "wood-1", "metrics", "");

            soon().untilAsserted(() -> assertThat(registered(discovery))
                    .isEqualTo(Map.of(
                            "fruit-1", Health.PASSING,
                            "fruit-2", Health.WARNING,
                            "nuts-1", Health.MAINTENANCE,
                            "wood-1", Health.PASSING)));

            consul.http().put("/v1/agent/service/deregister/wood-1", "");
            consul.http().put("/v1/agent/service/deregister/fruit-1", "");

            soon().untilAsserted(() -> assertThat(registered(discovery)).containsOnlyKeys("fruit-2", "nuts-1"));
        }
    }

    @Test
    void saysThatItDoesNotKnowWhileConsulIsAway() {
        try (ConsulAgent consul = ConsulAgent.create();
                Discovery discovery = Discovery.create(
                        it -> it.agent(agent -> agent.url(consul.url())).firstLookupTimeout(Duration.ofMillis(200)))) {
            assertThat(discovery.registered("metrics")).isInstanceOf(Lookup.Unavailable.class);

            consul.restart();
            register(consul, "fruit", "fruit-1", "metrics", "");
            soon().untilAsserted(() -> assertThat(registered(discovery)).containsOnlyKeys("fruit-1"));

            consul.kill();
            soon().until(() -> discovery.registered("metrics") instanceof Lookup.Stale);
            assertThat(((Lookup.Stale) discovery.registered("metrics")).instances())
                    .extracting(Instance::id)
                    .containsExactly("fruit-1");

            consul.restart();
            register(consul, "nuts", "nuts-1", "metrics", "");
            soon().untilAsserted(() -> assertThat(registered(discovery)).containsOnlyKeys("nuts-1"));
        }
    }

    @Test
    void doubtsThatEveryServiceIsGoneWhenConsulWasWiped() {
        try (ConsulAgent consul = ConsulAgent.start();
                Discovery discovery = Discovery.create(
                        it -> it.agent(agent -> agent.url(consul.url())).collapseHold(Duration.ofHours(1)))) {
            register(consul, "fruit", "fruit-1", "metrics", "");
            soon().untilAsserted(() -> assertThat(registered(discovery)).containsOnlyKeys("fruit-1"));

            consul.restart();
            register(consul, "nuts", "nuts-1", "metrics", "");

            soon().untilAsserted(() -> assertThat(discovery.registered("metrics"))
                    .isInstanceOfSatisfying(
                            Lookup.Stale.class,
                            stale -> assertThat(stale.instances())
                                    .extracting(Instance::id)
                                    .containsExactlyInAnyOrder("fruit-1", "nuts-1")));

            register(consul, "fruit", "fruit-1", "metrics", "");
            soon().untilAsserted(() -> assertThat(registered(discovery)).containsOnlyKeys("fruit-1", "nuts-1"));
        }
    }

    @Test
    void believesAfterAWhileThatAServiceIsGone() {
        try (ConsulAgent consul = ConsulAgent.start();
                Discovery discovery = Discovery.create(it -> it.agent(agent -> agent.url(consul.url()))
                        .queryWait(Duration.ofSeconds(1))
                        .collapseHold(Duration.ofSeconds(1)))) {
            register(consul, "fruit", "fruit-1", "metrics", "");
            soon().untilAsserted(() -> assertThat(registered(discovery)).containsOnlyKeys("fruit-1"));

            consul.restart();

            soon().untilAsserted(() -> assertThat(registered(discovery)).isEmpty());
        }
    }

    @Test
    void asksForAllListsAtOnce() {
        String[] services = IntStream.range(0, 20).mapToObj(i -> "service-" + i).toArray(String[]::new);
        try (FakeAgent agent = new FakeAgent().thenCatalog("metrics", Duration.ofMillis(500), services);
                Discovery discovery = Discovery.create(
                        it -> it.agent(a -> a.url(agent.url())).firstLookupTimeout(Duration.ofSeconds(5)))) {
            // one after the other, they would take twice the time that a look-up waits
            assertThat(registered(discovery)).hasSize(20);
        }
    }
}
