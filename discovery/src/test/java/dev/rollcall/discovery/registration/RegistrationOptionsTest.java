package dev.rollcall.discovery.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.discovery.registration.Registration.State;
import dev.rollcall.discovery.scrape.ScrapeFeature;
import dev.rollcall.discovery.testing.ConsulAgent;
import dev.rollcall.discovery.testing.LoopbackServer;
import dev.rollcall.discovery.testing.TestServer;
import io.helidon.config.Config;
import io.helidon.config.ConfigSources;
import io.helidon.webserver.WebServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistrationOptionsTest {
    @AutoClose
    private static final ConsulAgent consul = ConsulAgent.start();

    @Test
    void registersWhatTheConfigurationSays() {
        Config config = Config.just(ConfigSources.create(Map.ofEntries(
                Map.entry("name", "configured"),
                Map.entry("id", "configured a/b#1"),
                Map.entry("agent.url", consul.url().toString()),
                Map.entry("address", "127.0.0.1"),
                Map.entry("env", "staging"),
                Map.entry("version", "3.2.1"),
                Map.entry("tags.0", "metrics"),
                Map.entry("tags.1", "blue"),
                Map.entry("meta.team", "checkout"),
                Map.entry("passing-weight", "7"),
                Map.entry("warning-weight", "2"),
                Map.entry("enable-tag-override", "true"),
                Map.entry("checks.0.type", "TCP"),
                Map.entry("checks.0.interval", "PT1S"),
                Map.entry("drain", "PT0S"))));
        try (ConsulFeature feature = ConsulFeature.create(config)) {
            try (LoopbackServer server = LoopbackServer.start(it -> it.addFeature(feature))) {
                await().until(() -> feature.registration().state() == State.REGISTERED);

                JsonNode service = consul.http()
                        .get("/v1/health/service/configured")
                        .get(0)
                        .get("Service");
                assertThat(service.get("ID").asText()).isEqualTo("configured a/b#1");
                assertThat(service.get("Address").asText()).isEqualTo("127.0.0.1");
                assertThat(service.get("Tags")).extracting(JsonNode::asText).containsExactly("metrics", "blue");
                assertThat(service.get("EnableTagOverride").asBoolean()).isTrue();
                assertThat(service.get("Weights").toString()).isEqualTo("{\"Passing\":7,\"Warning\":2}");
                assertThat(service.get("Meta").get("team").asText()).isEqualTo("checkout");
                assertThat(service.get("Meta").get("env").asText()).isEqualTo("staging");
                assertThat(service.get("Meta").get("version").asText()).isEqualTo("3.2.1");
                // without an admin socket, the default one is scraped
                assertThat(service.get("Meta").get("metrics_port").asInt()).isEqualTo(server.port());
                assertThat(service.get("Meta").has("metrics_auth")).isFalse();
            }
            assertThat(consul.http().ids("configured")).isEmpty();
        }
    }

    @Test
    void saysThatScrapesNeedATokenWhenTheyDo(@TempDir Path folder) throws IOException {
        Path tokens = Files.writeString(folder.resolve("metrics"), "scrape-1");
        ScrapeFeature scrape = ScrapeFeature.create(it -> it.tokenFile(tokens));
        try (ConsulFeature feature = ConsulFeature.create(it ->
                        it.name("protected").agent(a -> a.url(consul.url())).drain(Duration.ZERO));
                LoopbackServer server =
                        LoopbackServer.start(it -> it.addFeature(scrape).addFeature(feature))) {
            await().until(() -> feature.registration().state() == State.REGISTERED);

            JsonNode service = consul.http().get("/v1/health/service/protected").at("/0/Service");
            assertThat(service.get("Port").asInt()).isEqualTo(server.port());
            assertThat(service.at("/Meta/metrics_auth").asText()).isEqualTo("bearer");
        }
    }

    @Test
    void takesTheAddressThatIsInTheRange() {
        try (TestServer server = TestServer.start(consul.url(), it -> it.addressCidr("127.0.0.0/8"))) {
            await().until(() -> server.feature().registration().id().startsWith("greeting-127.0.0.1-"));
        }
    }

    @Test
    void saysWhichAddressesThereAreWhenNoneIsInTheRange() {
        try (TestServer server = TestServer.start(consul.url(), it -> it.addressCidr("203.0.113.0/24"))) {
            await().until(
                            () -> server.feature().registration().detail(),
                            detail -> detail.contains(
                                    "server.features.consul.address-cidr: 203.0.113.0/24 (expected: a range that contains"
                                            + " one of this host's addresses:"));
            assertThat(server.get("/")).isEqualTo("hello");
        }
    }

    @Test
    void refusesARangeThatIsNone() {
        for (String range : List.of("10.0.0.0", "10.0.0.0/33", "example.org/8", "/8", "10.0.0.0/8/8", "10.0.0.0/x")) {
            assertThatThrownBy(() -> Cidr.parse(range))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("address-cidr: " + range + " (expected: ");
        }
        assertThat(Cidr.parse("fd00::/8").contains(InetAddress.getLoopbackAddress()))
                .isFalse();
    }

    @Test
    void nameIsRequired() {
        assertThatThrownBy(() -> WebServer.builder()
                        .addFeature(ConsulFeature.create(it -> it.agent(a -> a.url(consul.url()))))
                        .build())
                .hasMessageContaining("server.features.consul.name is missing (expected: ");
    }

    @Test
    void agentUrlMustBeOne() {
        assertThatThrownBy(() -> ConsulFeature.create(it -> it.name("x").agent(a -> a.url(URI.create("consul:8500")))))
                .hasMessage(
                        "agent.url: consul:8500 (expected: scheme, host and port, for example http://127.0.0.1:8500)");
    }

    @Test
    void serverWithoutConfigurationOfConsulRegistersNothing() {
        try (LoopbackServer loopback = LoopbackServer.start(it -> it.config(Config.empty()))) {
            assertThat(loopback.server().prototype().features())
                    .anySatisfy(feature -> assertThat(feature)
                            .isInstanceOfSatisfying(
                                    ConsulFeature.class,
                                    it -> assertThat(it.registration().state()).isEqualTo(State.PENDING)));
        }
    }

    @Test
    void failsFastWhereAsked() {
        ConsulFeature feature = ConsulFeature.create(it -> it.name("hasty")
                .agent(a -> a.url(URI.create("http://127.0.0.1:1")))
                .failFast(true)
                .failFastTimeout(Duration.ofMillis(300)));
        WebServer server = WebServer.builder()
                .address(InetAddress.getLoopbackAddress())
                .port(0)
                .addFeature(feature)
                .build();

        assertThatThrownBy(server::start)
                .hasMessageStartingWith(
                        "Server stopped: Consul did not register hasty within PT0.3S: UNREACHABLE Consul at http://127.0.0.1:1 does not answer");
        assertThat(server.isRunning()).isFalse();
    }

    @Test
    void leavesTagsAloneThatOthersMayOverride() {
        try (TestServer server = TestServer.start(consul.url(), it -> it.enableTagOverride(true))) {
            await().until(() -> server.feature().registration().state() == State.REGISTERED);
            JsonNode own = consul.http().get("/v1/agent/service/" + server.id());

            consul.http().put("/v1/agent/service/register", """
                    {"ID": "%s", "Name": "greeting", "Address": "127.0.0.1", "Port": 1, "Tags": ["theirs"],
                     "EnableTagOverride": true, "Meta": %s}""".formatted(server.id(), own.get("Meta")));

            await().until(() -> consul.http()
                            .get("/v1/agent/service/" + server.id())
                            .get("Port")
                            .asInt()
                    == server.port());
            assertThat(consul.http().get("/v1/agent/service/" + server.id()).get("Tags"))
                    .extracting(JsonNode::asText)
                    .containsExactly("theirs");
        }
    }

    @Test
    void healthCheckTellsTheRegistrationAndStaysUpWhenOnlyConsulIsAway() {
        try (TestServer server = TestServer.start(URI.create("http://127.0.0.1:1"))) {
            await().until(() -> server.feature().registration().state() == State.UNREACHABLE);

            var response = server.feature().healthCheck().call();

            assertThat(response.status().name()).isEqualTo("UP");
            assertThat(response.details()).containsEntry("registration", "UNREACHABLE");
            assertThat(response.details().toString()).contains("http://127.0.0.1:1");
        }
    }

    @Test
    void healthCheckFollowsTheRegistrationWhereAsked() {
        try (TestServer server =
                TestServer.start(URI.create("http://127.0.0.1:1"), it -> it.healthFollowsRegistration(true))) {
            assertThat(server.feature().healthCheck().call().status().name()).isEqualTo("DOWN");
        }
    }

    @Test
    void maintenanceIsKeptWhenTheInstanceRegistersAgain() {
        try (ConsulAgent own = ConsulAgent.start();
                TestServer server = TestServer.start(own.url())) {
            await().until(() -> own.http().passing("greeting").size() == 1);

            server.feature().enterMaintenance("disk change");
            await().until(() -> own.http().passing("greeting").isEmpty());
            assertThat(own.http().ids("greeting")).hasSize(1);

            own.restart();
            await().until(() -> own.http().get("/v1/agent/checks").toString().contains("disk change"));

            server.feature().leaveMaintenance();
            await().until(() -> own.http().passing("greeting").size() == 1);
        }
    }

    @Test
    void leavesByMaintenanceAndComesBackFromIt() {
        int port;
        try (TestServer server = TestServer.start(consul.url(), it -> it.leaveMode(LeaveMode.MAINTENANCE))) {
            await().until(() -> consul.http().passing("greeting").size() == 1);
            port = server.port();
        }
        assertThat(consul.http().ids("greeting")).hasSize(1);
        assertThat(consul.http().passing("greeting")).isEmpty();

        try (TestServer server = TestServer.start(consul.url(), port)) {
            await().until(() -> consul.http().passing("greeting").equals(List.of(server.id())));
        }
    }
}
