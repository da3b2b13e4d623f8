package dev.rollcall.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rollcall.discovery.testing.ConsulAgent;
import dev.rollcall.discovery.testing.FakeAgent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;

/** All instances with a tag, of every service, from a real Consul. */
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

    /** Health by id; fails unless Consul confirms the list. */
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
    void knowsAllOthersWhateverOneRegistersAs() {
        try (ConsulAgent consul = ConsulAgent.start();
                Discovery discovery = discovery(consul)) {
            register(consul, "fruit", "fruit-1", "metrics", "");
            for (String name : List.of("/service.v1", "//x", "..", ".", "/", "a/../fruit", "a\\nb", "\\u001b[31mred")) {
                register(consul, name, "unlistable-" + name, "metrics", "");
            }
            List<String> listable = List.of("a?b", "a#b", "a%2Fb", "a b", "😀", "a/b", "a+b", "x".repeat(300));
            listable.forEach(name -> register(consul, name, "listable-" + name, "metrics", ""));
            register(consul, "fruit", "fruit-2", "Metrics", "");
            register(consul, "fruit", "fruit-3", "metrics", "\"Weights\": {\"Passing\": 65535, \"Warning\": 0}");
            register(consul, "ports", "ports-1", "metrics", "\"Meta\": {\"metrics_port\": \"٧\"}");
            for (String port : List.of("-1", "70000", "1099511627776")) {
                consul.http()
                        .put(
                                "/v1/agent/service/register",
                                "{\"Name\": \"ports\", \"ID\": \"port %s\", \"Tags\": [\"metrics\"], \"Port\": %s}"
                                        .formatted(port, port));
            }
            Set<String> all = new TreeSet<>(
                    List.of("fruit-1", "fruit-3", "ports-1", "port -1", "port 70000", "port 1099511627776"));
            listable.forEach(name -> all.add("listable-" + name));

            soon().untilAsserted(() -> assertThat(registered(discovery)).containsOnlyKeys(all.toArray(String[]::new)));
        }
    }

    @Test
    void leavesOutSidecarsButForThoseThatSayThatTheyHaveMetrics() {
        try (ConsulAgent consul = ConsulAgent.start();
                Discovery discovery = discovery(consul)) {
            register(consul, "fruit", "fruit-1", "metrics", "\"Connect\": {\"SidecarService\": {}}");
            register(consul, "nuts", "nuts-1", "metrics", """
                    "Connect": {"SidecarService": {"Name": "proxy", "Tags": ["metrics"],
                                                   "Meta": {"metrics_proxy": "true", "metrics_port": "9102"}}}""");
            register(consul, "own-sidecar-proxy", "own-sidecar-proxy", "metrics", "");
            consul.http().put("/v1/agent/service/register", """
                    {"Kind": "connect-proxy", "Name": "alone", "ID": "alone-1", "Port": 1, "Tags": ["metrics"],
                     "Proxy": {"DestinationServiceName": "fruit"}}""");

            soon().untilAsserted(() -> assertThat(registered(discovery))
                    .containsOnlyKeys("fruit-1", "nuts-1", "nuts-1-sidecar-proxy", "own-sidecar-proxy", "alone-1"));
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
            // one after another, they would take twice as long as a look-up waits
            assertThat(registered(discovery)).hasSize(20);
        }
    }
}
