package dev.rollcall.discovery.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rollcall.discovery.consul.AgentConfig;
import dev.rollcall.discovery.registration.Registration.State;
import dev.rollcall.discovery.testing.ConsulAgent;
import dev.rollcall.discovery.testing.FakeAgent;
import dev.rollcall.discovery.testing.TcpRelay;
import dev.rollcall.discovery.testing.TestServer;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class ReconcileTest {
    @AutoClose
    private static final ConsulAgent consul = ConsulAgent.start();

    @Test
    void roundReadsNothingOfOtherServices() throws InterruptedException {
        // answers are compressed: identical checks would hide the traffic
        Random noise = new Random(1);
        for (int other = 0; other < 500; other++) {
            consul.http()
                    .put("/v1/agent/service/register", """
                    {"ID": "other-%1$d", "Name": "other-%1$d", "Address": "127.0.0.1", "Port": 1,
                     "Check": {"HTTP": "http://127.0.0.1:1/observe/health/ready", "Interval": "1h", "Notes": "%2$s"}}""".formatted(other, noise.nextLong() + "" + noise.nextLong()));
        }
        try (TcpRelay relay = new TcpRelay(consul.url())) {
            ConsulFeatureConfig config = ConsulFeatureConfig.builder()
                    .agent(a -> a.url(relay.url()))
                    .name("greeting")
                    .buildPrototype();
            LocalInstance instance = new LocalInstance(
                    config, new Sockets(7010, false, 7011, "http", false), InetAddress.getLoopbackAddress(), null);
            ServiceDefinition wanted = instance.awaitDefinition();
            try (AgentApi agent = new AgentApi(config.agent())) {
                Reconciler reconciler = new Reconciler(agent, Duration.ofSeconds(2));
                assertThat(reconciler.round(wanted, instance)).isFalse();
                assertThat(reconciler.round(wanted, instance)).isTrue();
                long before = relay.received();

                assertThat(reconciler.round(wanted, instance)).isTrue();

                long bytes = relay.received() - before;
                System.out.println("Bytes that a round reads beside 500 other services: " + bytes);
                assertThat(bytes).isLessThan(2_000);
            }
        }
    }

    @Test
    void findsItsChecksWhateverItsIdIs() {
        for (String id : List.of("a\"b\\c`d", "it's or ServiceID != \"", "优惠券 1", "a%41\\u0041")) {
            try (TestServer server =
                    TestServer.start(consul.url(), it -> it.id(id).drain(Duration.ZERO))) {
                await(id).until(() -> server.feature().registration().state() == State.REGISTERED);
            }
        }
    }

    @Test
    void findsItsChecksWhereTheAgentCannotFilter() {
        try (FakeAgent agent = new FakeAgent().thenStatus(200, """
                        {"service:apple": {"CheckID": "service:apple", "Name": "a", "ServiceID": "apple", "Status": "passing"},
                         "service:pear": {"CheckID": "service:pear", "Name": "p", "ServiceID": "pear", "Status": "critical"}}""");
                AgentApi api =
                        new AgentApi(AgentConfig.builder().url(agent.url()).build())) {
            assertThat(api.checks("pear")).extracting(AgentApi.AgentCheck::id).containsExactly("service:pear");
        }
    }
}
