package dev.rollcall.discovery.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rollcall.discovery.Discovery;
import dev.rollcall.discovery.Instance;
import dev.rollcall.discovery.Lookup;
import dev.rollcall.discovery.registration.Registration.State;
import dev.rollcall.discovery.testing.ConsulAgent;
import dev.rollcall.discovery.testing.Footprint;
import java.net.InetAddress;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("full")
class ScaleTest {
    @AutoClose
    private static final ConsulAgent consul = ConsulAgent.start();

    @Test
    void knowsFiveHundredInstancesOfOneService() {
        IntStream.range(0, 500).forEach(i -> register("crowd", "crowd-" + i, 10_000 + i));
        try (Discovery discovery = discovery()) {
            assertThat(size(discovery.lookup("crowd"))).isEqualTo(500);
            assertThat(IntStream.range(0, 500)
                            .mapToObj(i -> discovery.pick("crowd").orElseThrow().id())
                            .distinct())
                    .hasSize(500);

            register("crowd", "late", 20_000);

            await().atMost(Duration.ofSeconds(2)).until(() -> size(discovery.lookup("crowd")) == 501);
        }
    }

    @Test
    void keepsOnceWhatManyInstancesSay() {
        IntStream.range(0, 3).forEach(i -> register("choir", "choir-" + i, 10_000));
        try (Discovery discovery = discovery()) {
            assertThat(size(discovery.lookup("choir"))).isEqualTo(3);
            Instance first = discovery.pick("choir").orElseThrow();
            Instance second = discovery.pick("choir").orElseThrow();

            assertThat(second.id()).isNotEqualTo(first.id());
            assertThat(second.service()).isSameAs(first.service());
            assertThat(second.host()).isSameAs(first.host());
            assertThat(second.tags()).isNotEmpty().isSameAs(first.tags());
            assertThat(second.meta()).isNotEmpty().isSameAs(first.meta());
        }
    }

    @Test
    void followsAHundredServices() {
        IntStream.range(0, 100).forEach(i -> register("one-of-many-" + i, "many-" + i, 10_000));
        Footprint before = Footprint.now();
        try (Discovery discovery = discovery()) {
            IntStream.range(0, 100)
                    .forEach(i -> assertThat(size(discovery.lookup("one-of-many-" + i)))
                            .isEqualTo(1));

            // one connection each, no platform thread
            assertThat(Footprint.now().files() - before.files()).isLessThanOrEqualTo(150);
            assertThat(Footprint.now().threads() - before.threads()).isLessThanOrEqualTo(50);

            IntStream.range(0, 100).forEach(i -> register("one-of-many-" + i, "more-" + i, 10_001));
            await().untilAsserted(() -> IntStream.range(0, 100)
                    .forEach(i -> assertThat(size(discovery.lookup("one-of-many-" + i)))
                            .isEqualTo(2)));
        }
        await().untilAsserted(() -> Footprint.now().assertNotMuchLargerThan(before));
    }

    @Test
    void aThousandRegistrationsLeaveNothingBehind() {
        cycle(0);
        Footprint before = Footprint.now();

        IntStream.rangeClosed(1, 1_000).forEach(this::cycle);

        assertThat(consul.http().get("/v1/agent/services"))
                .noneMatch(it -> it.get("Service").asText().equals("cycle"));
        await().untilAsserted(() -> Footprint.now().assertNotMuchLargerThan(before));
    }

    private void cycle(int port) {
        ConsulFeatureConfig config = ConsulFeatureConfig.builder()
                .agent(a -> a.url(consul.url()))
                .name("cycle")
                .buildPrototype();
        try (AgentApi agent = new AgentApi(config.agent())) {
            Registrar registrar = new Registrar(agent, "cycle", Duration.ofSeconds(10));
            registrar.start(new LocalInstance(
                    config, new Sockets(port, false, port, "http", false), InetAddress.getLoopbackAddress(), null));
            assertThat(registrar.awaitRegistered(Duration.ofSeconds(10))).isTrue();
            registrar.leave(LeaveMode.DEREGISTER);
            assertThat(registrar.registration().state()).isEqualTo(State.LEFT);
        }
    }

    private static Discovery discovery() {
        return Discovery.create(it -> it.agent(a -> a.url(consul.url())));
    }

    private static void register(String service, String id, int port) {
        consul.http().put("/v1/agent/service/register", """
                {"Name": "%s", "ID": "%s", "Address": "127.0.0.1", "Port": %d,
                 "Tags": ["metrics"], "Meta": {"env": "test"}}""".formatted(service, id, port));
    }

    private static int size(Lookup lookup) {
        return lookup instanceof Lookup.Fresh fresh ? fresh.instances().size() : -1;
    }
}
