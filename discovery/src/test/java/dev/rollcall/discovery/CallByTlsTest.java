package dev.rollcall.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.rollcall.discovery.registration.CheckType;
import dev.rollcall.discovery.registration.ConsulFeature;
import dev.rollcall.discovery.registration.Registration.State;
import dev.rollcall.discovery.testing.ConsulAgent;
import dev.rollcall.discovery.testing.LoopbackServer;
import dev.rollcall.discovery.testing.TestAuthority;
import dev.rollcall.discovery.testing.TestAuthority.Issued;
import io.helidon.common.tls.Tls;
import io.helidon.config.Config;
import io.helidon.config.ConfigSources;
import io.helidon.webclient.http1.Http1Client;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CallByTlsTest {
    private static final String LOOPBACK = "san=ip:127.0.0.1";

    @TempDir
    static Path folder;

    private static TestAuthority authority;
    private static TestAuthority stranger;

    @AutoClose
    private static final ConsulAgent consul = ConsulAgent.start();

    private final List<Server> servers = new ArrayList<>();

    @BeforeAll
    static void createAuthorities() throws IOException {
        authority = TestAuthority.create(Files.createDirectory(folder.resolve("own")));
        stranger = TestAuthority.create(Files.createDirectory(folder.resolve("stranger")));
    }

    @AfterEach
    void stopServers() {
        servers.forEach(Server::close);
    }

    @Test
    void callsInstancesByTlsIfTheyRegisteredSo() {
        Server secure = start("teapot", authority.issue("teapot", "EC", "-ext", LOOPBACK));

        try (Discovery discovery = discovery("teapot", 1)) {
            assertThat(instances(discovery, "teapot")).allSatisfy(instance -> {
                assertThat(instance.secure()).isTrue();
                assertThat(instance.meta()).containsEntry("secure", "true").containsEntry("metrics_scheme", "http");
            });
            assertThat(post(client(discovery, authority), "http://teapot/")).isEqualTo("tea");
            assertThat(post(client(discovery, authority), "https://teapot/")).isEqualTo("tea");
        }
        assertThat(secure.requests()).isEqualTo(2);
    }

    @Test
    void callsNobodyWithoutTlsWhenAskedForHttps() {
        Server plain = start("kettle");

        try (Discovery discovery = discovery("kettle", 1)) {
            Http1Client client = client(discovery, authority);
            assertThatThrownBy(() -> post(client, "https://kettle/"))
                    .isInstanceOf(NoInstanceException.class)
                    .hasMessageContaining("none of 1 instances has meta secure=true");
            assertThat(plain.requests()).isZero();
            assertThat(post(client, "http://kettle/")).isEqualTo("tea");
        }
    }

    @Test
    void doesNotFallBackToAnInstanceWithoutTls() {
        Server plain = start("samovar");
        Server secure = start("samovar", authority.issue("samovar", "EC", "-ext", LOOPBACK));

        try (Discovery discovery = discovery("samovar", 2)) {
            Http1Client client = client(discovery, stranger);
            assertThatThrownBy(() -> post(client, "https://samovar/"))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageStartingWith("samovar-127.0.0.1-" + secure.port() + " at 127.0.0.1:" + secure.port()
                            + " can't be called over TLS: its certificate is not signed by a trusted authority: ");
        }
        assertThat(plain.requests()).isZero();
        assertThat(secure.requests()).isZero();
    }

    /** The certificate is for localhost, the reverse DNS name of 127.0.0.1, but Consul lists the address. */
    @Test
    void wantsACertificateForTheAddressThatConsulLists() {
        start("urn", authority.issue("urn", "EC", "-ext", "san=dns:localhost"));

        try (Discovery discovery = discovery("urn", 1)) {
            Http1Client client = client(discovery, authority);
            assertThatThrownBy(() -> post(client, "https://urn/"))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("its certificate is invalid: ")
                    .hasMessageContaining("127.0.0.1");
        }
    }

    @Test
    void goesOnToAnInstanceWhoseCertificateIsGood() {
        Server bad = start("flask", stranger.issue("bad", "EC", "-ext", LOOPBACK));
        Server good = start("flask", authority.issue("good", "EC", "-ext", LOOPBACK));

        try (Discovery discovery = discovery("flask", 2)) {
            Http1Client client = client(discovery, authority);
            for (int i = 0; i < 4; i++) {
                assertThat(post(client, "https://flask/")).isEqualTo("tea");
            }
        }
        assertThat(good.requests()).isEqualTo(4);
        assertThat(bad.requests()).isZero();
    }

    private Server start(String name) {
        return start(name, Tls.builder().enabled(false).build());
    }

    private Server start(String name, Issued issued) {
        return start(
                name,
                Tls.create(config(Map.of(
                        "private-key.pem.key.resource.path", issued.key().toString(),
                        "private-key.pem.cert-chain.resource.path",
                                issued.certificate().toString()))));
    }

    private Server start(String name, Tls tls) {
        AtomicInteger requests = new AtomicInteger();
        ConsulFeature feature = ConsulFeature.create(it -> it.name(name)
                .agent(agent -> agent.url(consul.url()))
                .drain(Duration.ZERO)
                .readyTimeout(Duration.ZERO)
                .addCheck(check -> check.type(CheckType.TCP)));
        LoopbackServer server = LoopbackServer.start(it -> it.tls(tls)
                .putSocket("admin", admin -> admin.address(InetAddress.getLoopbackAddress()))
                .addFeature(feature)
                .routing(routing -> routing.post("/", (request, response) -> {
                    requests.incrementAndGet();
                    response.send("tea");
                })));
        Server started = new Server(server, requests);
        servers.add(started);
        await().until(() -> feature.registration().state() == State.REGISTERED);
        return started;
    }

    private static Discovery discovery(String service, int instances) {
        Discovery discovery = Discovery.create(it -> it.agent(agent -> agent.url(consul.url())));
        await().until(() -> instances(discovery, service).size() == instances);
        return discovery;
    }

    private static List<Instance> instances(Discovery discovery, String service) {
        return discovery.lookup(service) instanceof Lookup.Fresh fresh ? fresh.instances() : List.of();
    }

    private static Http1Client client(Discovery discovery, TestAuthority trusted) {
        return Http1Client.builder()
                .addService(discovery.clientService())
                .servicesDiscoverServices(false)
                .dnsResolver(Discovery.dnsResolver())
                .tls(Tls.create(config(Map.of(
                        "trust.pem.certificates.resource.path",
                        trusted.certificate().toString()))))
                .build();
    }

    private static String post(Http1Client client, String uri) {
        return client.post(uri).submit("water", String.class).entity();
    }

    private static Config config(Map<String, String> values) {
        return Config.just(ConfigSources.create(values));
    }

    private record Server(LoopbackServer server, AtomicInteger count) {
        int port() {
            return server.port();
        }

        int requests() {
            return count.get();
        }

        void close() {
            server.close();
        }
    }
}
