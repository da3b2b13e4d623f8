package dev.rollcall.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.management.ThreadMXBean;
import dev.rollcall.discovery.http.RequestId;
import dev.rollcall.discovery.testing.ConsulAgent;
import dev.rollcall.discovery.testing.Load;
import dev.rollcall.discovery.testing.LoopbackServer;
import dev.rollcall.discovery.testing.TestServer;
import io.helidon.config.Config;
import io.helidon.config.ConfigSources;
import io.helidon.logging.common.HelidonMdc;
import io.helidon.webclient.http1.Http1Client;
import io.helidon.webclient.http1.Http1ClientResponse;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class DiscoveryTest {
    @AutoClose
    private static final ConsulAgent consul = ConsulAgent.start();

    @Test
    void looksUpWhatPassesItsChecks() {
        register("fruit", "apple", 1001, "passing");
        register("fruit", "pear", 1002, "critical");
        try (Discovery discovery = discovery(consul)) {
            assertThat(instances(discovery.lookup("fruit"))).singleElement().satisfies(instance -> {
                assertThat(instance.id()).isEqualTo("apple");
                assertThat(instance.host()).isEqualTo("127.0.0.1");
                assertThat(instance.port()).isEqualTo(1001);
                assertThat(instance.service()).isEqualTo("fruit");
                assertThat(instance.meta()).containsEntry("env", "test");
                assertThat(instance.tags()).containsExactly("metrics");
            });
        }
    }

    @Test
    void knowsOfAChangeWithinMoments() {
        register("berry", "straw", 1001, "passing");
        try (Discovery discovery = discovery(consul)) {
            assertThat(ids(discovery.lookup("berry"))).containsExactly("straw");

            register("berry", "blue", 1002, "passing");

            await().atMost(Duration.ofSeconds(1))
                    .until(() -> ids(discovery.lookup("berry")), ids -> ids.equals(List.of("blue", "straw")));
        }
    }

    @Test
    void followsMoreServicesThanTheAgentTakesConnections() {
        List<String> services =
                IntStream.range(0, 220).mapToObj(i -> "one-of-many-" + i).toList();
        services.forEach(service -> register(service, service + "-1", 1001, "passing"));
        try (Discovery discovery = discovery(consul)) {
            services.parallelStream().forEach(discovery::lookup);
            assertThat(services)
                    .allSatisfy(service -> assertThat(discovery.lookup(service))
                            .isInstanceOfSatisfying(
                                    Lookup.Fresh.class,
                                    it -> assertThat(it.instances()).hasSize(1)));

            services.forEach(service -> register(service, service + "-2", 1002, "passing"));

            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(services)
                            .allSatisfy(service -> assertThat(discovery.lookup(service))
                                    .isInstanceOfSatisfying(
                                            Lookup.Fresh.class,
                                            it -> assertThat(it.instances()).hasSize(2))));
        }
    }

    @Test
    void takesTurns() {
        register("nut", "hazel", 1001, "passing");
        register("nut", "wal", 1002, "passing");
        try (Discovery discovery = discovery(consul)) {
            List<String> picked = java.util.stream.IntStream.range(0, 4)
                    .mapToObj(i -> discovery.pick("nut").orElseThrow().id())
                    .toList();

            assertThat(picked).containsExactly("hazel", "wal", "hazel", "wal");
        }
    }

    @Test
    void picksWithoutGarbage() {
        register("seed", "sesame", 1001, "passing");
        register("seed", "poppy", 1002, "passing");
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        int picks = 10_000;
        for (Balancing balancing : Balancing.values()) {
            try (Discovery discovery = Discovery.create(
                    config -> config.agent(to -> to.url(consul.url())).balancing(balancing))) {
                discovery.pick("seed");
                long before = threads.getCurrentThreadAllocatedBytes();
                for (int i = 0; i < picks; i++) {
                    discovery.pick("seed");
                }

                // a few bytes in all: loading a class counts too
                assertThat(threads.getCurrentThreadAllocatedBytes() - before)
                        .as(balancing.toString())
                        .isLessThan(picks);
            }
        }
    }

    @Test
    void looksForTagsAndByFilter() {
        register("fowl", "duck", 1001, "passing");
        consul.http().put("/v1/agent/service/register", """
                {"Name": "fowl", "ID": "goose", "Address": "127.0.0.1", "Port": 1002, "Tags": ["metrics", "canary"],
                 "Meta": {"env": "prod"}, "Weights": {"Passing": 3, "Warning": 1}}""");
        register("fowl", "hen", 1003, "critical");
        try (Discovery discovery = discovery(consul)) {
            ServiceQuery.Builder query = ServiceQuery.builder().service("fowl");
            assertThat(ids(discovery.lookup(query.build()))).containsExactly("duck", "goose");
            assertThat(ids(discovery.lookup(
                            query.addTag("metrics").addTag("canary").build())))
                    .containsExactly("goose");
            assertThat(ids(discovery.lookup(ServiceQuery.builder()
                            .service("fowl")
                            .filter("Service.Meta.env == \"prod\"")
                            .build())))
                    .containsExactly("goose");
            assertThat(ids(discovery.lookup(ServiceQuery.builder()
                            .service("fowl")
                            .passingOnly(false)
                            .near("_agent")
                            .stale(true)
                            .build())))
                    .containsExactlyInAnyOrder("duck", "goose", "hen");
            assertThat(discovery.lookup(ServiceQuery.builder()
                            .service("fowl")
                            .datacenter("atlantis")
                            .build()))
                    .isInstanceOf(Lookup.Unavailable.class);
        }
    }

    @Test
    void instanceInWarningHasItsWarningWeight() {
        register("insect", "bee", 1001, "passing");
        consul.http().put("/v1/agent/service/register", """
                {"Name": "insect", "ID": "wasp", "Address": "127.0.0.1", "Port": 1002,
                 "Weights": {"Passing": 3, "Warning": 0}, "Check": {"TTL": "10m", "Status": "warning"}}""");
        try (Discovery discovery = Discovery.create(it -> it.agent(a -> a.url(consul.url()))
                .balancing(Balancing.WEIGHTED)
                .addService(query -> query.service("insect").passingOnly(false)))) {
            assertThat(ids(discovery.lookup("insect"))).containsExactly("bee", "wasp");
            assertThat(IntStream.range(0, 10)
                            .mapToObj(
                                    i -> discovery.pick("insect").orElseThrow().id()))
                    .containsOnly("bee");

            consul.http().put("/v1/agent/check/pass/service:wasp", "");

            await().until(() ->
                    instances(discovery.lookup("insect")).stream().allMatch(it -> it.health() == Health.PASSING));
            assertThat(IntStream.range(0, 4)
                            .mapToObj(
                                    i -> discovery.pick("insect").orElseThrow().id()))
                    .containsExactlyInAnyOrder("bee", "wasp", "wasp", "wasp");
        }
    }

    @Test
    void looksANameUpAsConfigured() {
        register("fish", "cod", 1001, "passing");
        register("fish", "eel", 1002, "critical");
        try (Discovery discovery = Discovery.create(it -> it.agent(a -> a.url(consul.url()))
                .addService(query -> query.service("fish").passingOnly(false)))) {
            assertThat(ids(discovery.lookup("fish"))).containsExactly("cod", "eel");
        }
    }

    @Test
    void tellsListenersOfEveryChange() {
        register("tree", "oak", 1001, "passing");
        try (Discovery discovery = discovery(consul)) {
            List<List<String>> heard = new java.util.concurrent.CopyOnWriteArrayList<>();
            List<List<String>> heardBeforeTheBroken = new java.util.concurrent.CopyOnWriteArrayList<>();
            discovery.watch("tree", instances -> {
                heardBeforeTheBroken.add(List.of());
                throw new IllegalStateException("broken listener");
            });
            Discovery.Subscription subscription = discovery.watch(
                    "tree",
                    instances -> heard.add(instances.stream().map(Instance::id).toList()));
            await().until(() -> heard.equals(List.of(List.of("oak"))));

            register("tree", "yew", 1002, "passing");
            await().until(() -> heard.equals(List.of(List.of("oak"), List.of("oak", "yew"))));

            subscription.close();
            register("tree", "elm", 1003, "passing");
            await().until(() -> heardBeforeTheBroken.size() == 3);
            assertThat(heard).hasSize(2);
        }
    }

    @Test
    void saysThatConsulListsNone() {
        try (Discovery discovery = discovery(consul)) {
            assertThat(discovery.lookup("unheard-of")).isEqualTo(new Lookup.Fresh(List.of()));
            assertThat(discovery.pick("unheard-of")).isEmpty();
        }
    }

    @Test
    void saysWhyItKnowsNothing() {
        try (ConsulAgent away = ConsulAgent.create();
                Discovery discovery = discovery(away)) {
            assertThat(discovery.lookup("fruit"))
                    .isInstanceOfSatisfying(
                            Lookup.Unavailable.class,
                            unavailable -> assertThat(unavailable.reason())
                                    .startsWith("Consul at " + away.url() + " does not answer: "));
        }
    }

    @Test
    void keepsLastInstancesWhenAgentIsDownAndTellsTheirAge() {
        try (ConsulAgent passing = ConsulAgent.start();
                TestServer server = TestServer.start(passing.url());
                Discovery discovery = discovery(passing)) {
            await().until(() -> ids(discovery.lookup("greeting")), ids -> ids.equals(List.of(server.id())));

            passing.kill();

            await().until(() -> discovery.lookup("greeting") instanceof Lookup.Stale);
            assertThat(((Lookup.Stale) discovery.lookup("greeting")).age()).isPositive();
            assertThat(ids(discovery.lookup("greeting"))).containsExactly(server.id());

            passing.restart();

            await().until(() -> discovery.lookup("greeting") instanceof Lookup.Fresh fresh
                    && ids(fresh).equals(List.of(server.id())));
        }
    }

    @Test
    void clientCallsAServiceByItsName() {
        try (TestServer one = TestServer.start(consul.url());
                TestServer two = TestServer.start(consul.url());
                Discovery discovery = discovery(consul)) {
            Http1Client client = client(discovery);
            await().until(() -> ids(discovery.lookup("greeting")).size() == 2);

            for (int i = 0; i < 10; i++) {
                assertThat(client.get("/").requestEntity(String.class)).isEqualTo("hello");
            }

            assertThat(one.requests()).isEqualTo(5);
            assertThat(two.requests()).isEqualTo(5);
        }
    }

    @Test
    void clientHandsOnTheIdOfTheRequestItWorksFor() {
        try (LoopbackServer server = LoopbackServer.start(it -> it.routing(routing -> routing.get(
                        "/",
                        (request, response) -> response.send(
                                request.headers().first(RequestId.HEADER).orElse("none")))));
                Discovery discovery = discovery(consul)) {
            register("echo", "echo", server.port(), "passing");
            assertThat(client(discovery).get("http://echo/").requestEntity(String.class))
                    .isEqualTo("none");
            HelidonMdc.set("request-id", "b2f0");

            assertThat(client(discovery).get("http://echo/").requestEntity(String.class))
                    .isEqualTo("b2f0");
        } finally {
            HelidonMdc.remove("request-id");
        }
    }

    @Test
    void clientMovesToAnotherInstanceWhenOneRefusesTheConnection() {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        try (TestServer server = TestServer.start(consul.url());
                Discovery discovery = discovery(consul)) {
            discovery.bindTo(meters);
            // passes in Consul, but nothing listens
            register("greeting", "dead", dev.rollcall.discovery.testing.Ports.free(), "passing");
            await().until(() -> ids(discovery.lookup("greeting")).size() == 2);
            Http1Client client = client(discovery);

            for (int i = 0; i < 10; i++) {
                assertThat(client.get("/").requestEntity(String.class)).isEqualTo("hello");
                assertThat(client.post("/").submit("you", String.class).entity())
                        .isEqualTo("hello you");
            }

            assertThat(server.requests()).isEqualTo(20);
            assertThat(meters.get("discovery.failovers")
                            .tag("service", "greeting")
                            .functionCounter()
                            .count())
                    .isBetween(3.0, 10.0);
        } finally {
            consul.http().put("/v1/agent/service/deregister/dead", "");
        }
    }

    @Test
    void clientMovesToAnotherInstanceWhenOneEndsTheConnectionWithoutAnAnswer() throws IOException {
        try (TestServer server = TestServer.start(consul.url());
                ServerSocket dying = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                Discovery discovery = discovery(consul)) {
            Thread.ofVirtual().start(() -> endEveryConnection(dying, new AtomicInteger()));
            register("greeting", "dying", dying.getLocalPort(), "passing");
            await().until(() -> ids(discovery.lookup("greeting")).size() == 2);
            Http1Client client = client(discovery);

            for (int i = 0; i < 4; i++) {
                assertThat(client.get("/").requestEntity(String.class)).isEqualTo("hello");
            }

            assertThat(server.requests()).isEqualTo(4);
        } finally {
            consul.http().put("/v1/agent/service/deregister/dying", "");
        }
    }

    @Test
    void callThatHasNowhereElseToGoTakesNoRetry() {
        register("lonely", "lonely", dev.rollcall.discovery.testing.Ports.free(), "passing");
        try (Discovery discovery = discovery(consul)) {
            Http1Client client = client(discovery);

            for (int i = 0; i < 30; i++) {
                assertThatThrownBy(() -> client.get("http://lonely/").request())
                        .hasRootCauseInstanceOf(ConnectException.class);
            }

            RetryBudget budget = discovery.calls("lonely").budget();
            assertThat(IntStream.range(0, 10 + 30 / 5)).allMatch(i -> budget.retry());
        }
    }

    @Test
    void callCutOffByTheOnlyInstanceIsRepeatedOnceWithinTheBudget() throws IOException {
        AtomicInteger connections = new AtomicInteger();
        try (ServerSocket dying = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                Discovery discovery = discovery(consul)) {
            Thread.ofVirtual().start(() -> endEveryConnection(dying, connections));
            register("dying", "dying", dying.getLocalPort(), "passing");
            Http1Client client = client(discovery);

            assertThatThrownBy(() -> client.get("http://dying/").request()).isInstanceOf(RuntimeException.class);
            assertThat(connections).hasValue(2);
            assertThatThrownBy(() -> client.post("http://dying/").request()).isInstanceOf(RuntimeException.class);
            assertThat(connections).hasValue(3);

            long start = System.nanoTime();
            for (int i = 0; i < 100; i++) {
                assertThatThrownBy(() -> client.get("http://dying/").request()).isInstanceOf(RuntimeException.class);
            }
            int retries = connections.get() - 3 - 100;
            double seconds = (System.nanoTime() - start) / 1e9;
            assertThat((double) retries).isBetween(10.0, 10 + 100 / 5 + 10 * seconds + 1);
        } finally {
            consul.http().put("/v1/agent/service/deregister/dying", "");
        }
    }

    @Test
    void clientNamesTheServiceThatHasNoInstance() {
        try (Discovery discovery = discovery(consul)) {
            Http1Client client = Http1Client.builder()
                    .baseUri("http://unheard-of")
                    .addService(discovery.clientService())
                    .build();

            assertThatThrownBy(() -> client.get("/").requestEntity(String.class))
                    .isInstanceOf(NoInstanceException.class)
                    .hasMessage("No instance of unheard-of to call: Consul at %s lists none as passing", consul.url());
        }
    }

    @Test
    void clientLeavesOtherAddressesAlone() {
        try (TestServer server = TestServer.start(consul.url());
                Discovery discovery = discovery(consul)) {
            Http1Client client =
                    Http1Client.builder().addService(discovery.clientService()).build();

            try (Http1ClientResponse response =
                    client.get("http://localhost:" + server.port() + "/").request()) {
                assertThat(response.status().code()).isEqualTo(200);
            }
        }
    }

    @Test
    void instanceThatFailsRepeatedlyIsEjectedForAWhile() {
        try (TestServer server = TestServer.start(consul.url());
                Discovery discovery = Discovery.create(
                        it -> it.agent(a -> a.url(consul.url())).ejectFor(Duration.ofMillis(500)))) {
            SimpleMeterRegistry meters = new SimpleMeterRegistry();
            discovery.bindTo(meters);
            int port = dev.rollcall.discovery.testing.Ports.free();
            register("greeting", "late", port, "passing");
            await().until(() -> ids(discovery.lookup("greeting")).equals(List.of(server.id(), "late")));
            Http1Client client = client(discovery);

            for (int i = 0; i < 8; i++) {
                client.get("/").requestEntity(String.class);
            }
            assertThat(meters.get("discovery.instances")
                            .tag("service", "greeting")
                            .gauge()
                            .value())
                    .isEqualTo(1);

            try (TestServer late = TestServer.start(URI.create("http://127.0.0.1:1"), port)) {
                await().until(() -> {
                    client.get("/").requestEntity(String.class);
                    return late.requests() > 0;
                });
            }
        } finally {
            consul.http().put("/v1/agent/service/deregister/late", "");
        }
    }

    @Test
    void webClientIsConfiguredByYamlAlone() {
        try (TestServer server = TestServer.start(consul.url())) {
            await().until(() -> consul.http().passing("greeting").equals(List.of(server.id())));
            Config config = Config.just(ConfigSources.create(Map.of(
                    "base-uri",
                    "http://greeting",
                    "services.discovery.agent.url",
                    consul.url().toString())));

            Http1Client client = Http1Client.builder().config(config).build();

            assertThat(client.get("/").requestEntity(String.class)).isEqualTo("hello");
        }
    }

    @Test
    void gracefulRestartsUnderLoadFailNoRequest() {
        try (Discovery discovery = discovery(consul)) {
            List<TestServer> servers = new java.util.concurrent.CopyOnWriteArrayList<>();
            for (int i = 0; i < 3; i++) {
                servers.add(TestServer.start(consul.url()));
            }
            await().until(() -> ids(discovery.lookup("greeting")).size() == 3);
            try (Load load = Load.start(client(discovery), 4)) {
                for (TestServer server : List.copyOf(servers)) {
                    int before = load.answered();
                    await().until(() -> load.answered() > before + 100);
                    int port = server.port();
                    server.feature().drain();
                    server.stop();
                    servers.remove(server);
                    servers.add(TestServer.start(consul.url(), port));
                    await().until(() -> ids(discovery.lookup("greeting")).size() == 3);
                }
                assertThat(load.failures()).isEmpty();
            } finally {
                servers.forEach(TestServer::close);
            }
        }
    }

    /** Reads a whole request and closes the connection, as a dying server does. */
    private static void endEveryConnection(ServerSocket server, AtomicInteger connections) {
        while (!server.isClosed()) {
            try (Socket connection = server.accept()) {
                connections.incrementAndGet();
                connection.getInputStream().read(new byte[8192]);
            } catch (IOException e) {
                // closed with the test
            }
        }
    }

    private static Discovery discovery(ConsulAgent agent) {
        return Discovery.create(it -> it.agent(a -> a.url(agent.url())));
    }

    private static Http1Client client(Discovery discovery) {
        return Http1Client.builder()
                .baseUri("http://greeting")
                .addService(discovery.clientService())
                .build();
    }

    private static void register(String service, String id, int port, String status) {
        consul.http().put("/v1/agent/service/register", """
                {"Name": "%s", "ID": "%s", "Address": "127.0.0.1", "Port": %d, "Tags": ["metrics"],
                 "Meta": {"env": "test"}, "Check": {"TTL": "10m", "Status": "%s"}}""".formatted(service, id, port, status));
    }

    private static List<Instance> instances(Lookup lookup) {
        return switch (lookup) {
            case Lookup.Fresh fresh -> fresh.instances();
            case Lookup.Stale stale -> stale.instances();
            case Lookup.Unavailable unavailable -> List.of();
        };
    }

    private static List<String> ids(Lookup lookup) {
        return instances(lookup).stream().map(Instance::id).toList();
    }
}
