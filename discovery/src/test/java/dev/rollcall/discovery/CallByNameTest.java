package dev.rollcall.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.rollcall.discovery.testing.ConsulAgent;
import dev.rollcall.discovery.testing.LoopbackServer;
import dev.rollcall.discovery.testing.TestAuthority;
import io.helidon.common.tls.Tls;
import io.helidon.config.Config;
import io.helidon.config.ConfigSources;
import io.helidon.http.HeaderNames;
import io.helidon.webclient.http1.Http1Client;
import io.helidon.webclient.http1.Http1ClientConfig;
import io.helidon.webserver.WebServerConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Service names that aren't host names, and IPv6 addresses, with a real Consul and real servers. */
class CallByNameTest {
    private static final String IPV6 = "::1";

    @AutoClose
    private static final ConsulAgent consul = ConsulAgent.start();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"plain", "coupon_svc", "优惠券", "Upper_Case", "a b", "a/b", "a%b", "a%20b", "a?b#c", "-"})
    void callsAServiceOfAnyName(String name) {
        try (LoopbackServer server = server("127.0.0.1", it -> {});
                Discovery discovery = discovery()) {
            register(name, "127.0.0.1", server.port(), "");
            await().until(() -> !(discovery.lookup(name) instanceof Lookup.Unavailable));

            assertThat(client(discovery).get().uri(Discovery.uri(name)).requestEntity(String.class))
                    .isEqualTo("you are 127.0.0.1:" + server.port());
            assertThat(Http1Client.builder()
                            .baseUri(Discovery.uri(name))
                            .addService(discovery.clientService())
                            .build()
                            .get("/")
                            .requestEntity(String.class))
                    .isEqualTo("you are 127.0.0.1:" + server.port());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://coupon_svc/", "http://优惠券/", "http://a b/", "http://a%b/", "https://coupon_svc/"})
    void neverCallsThisHostForANameThatIsNoHostName(String uri) {
        register("coupon_svc", "127.0.0.1", 1, "");
        try (Discovery discovery = discovery()) {
            Http1Client client = client(discovery);

            assertThatThrownBy(() -> client.get(uri).request())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("Discovery.uri(\"coupon_svc\")");
        }
    }

    @Test
    void takesTheNameOfAServiceFromAConfiguredUri() {
        assertThat(Discovery.uri(URI.create("http://coupon_svc/api?x=1"))).hasToString("http://coupon_svc:80/api?x=1");
        assertThat(Discovery.uri(URI.create("https://优惠券"))).hasToString("https://优惠券:443/");
        assertThat(Discovery.uri(URI.create("http://127.0.0.1:8080/a"))).hasToString("http://127.0.0.1:8080/a");
        for (String bad : List.of("coupon_svc", "ftp://coupon", "http:///x", "http://a@coupon_svc", "http://a_b:80")) {
            assertThatThrownBy(() -> Discovery.uri(URI.create(bad)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(bad);
        }
        for (String bad : List.of("", " ", "localhost", "a.b", "a:1")) {
            assertThatThrownBy(() -> Discovery.uri(bad))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("'" + bad + "'");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {IPV6, "0:0:0:0:0:0:0:1"})
    void callsAnInstanceThatHasAnIpv6Address(String address) {
        try (LoopbackServer server = server(IPV6, it -> {});
                Discovery discovery = discovery()) {
            register("six", address, server.port(), "");
            for (Http1Client client : List.of(client(discovery), resolving(discovery, it -> {}))) {
                assertThat(client.get("http://six/").requestEntity(String.class))
                        .isEqualTo("you are [" + address + "]:" + server.port());
            }
        }
    }

    @Test
    void callsAnInstanceThatHasAnIpv6AddressWithAZone() {
        try (LoopbackServer server = server(IPV6, it -> {});
                Discovery discovery = discovery()) {
            register("zone", "::1%1", server.port(), "");
            assertThat(resolving(discovery, it -> {}).get("http://zone/").requestEntity(String.class))
                    .isEqualTo("you are [::1]:" + server.port());
        }
    }

    @Test
    void callsAnInstanceThatHasAnIpv6AddressByTls() throws IOException {
        TestAuthority authority = TestAuthority.create(Files.createDirectory(folder.resolve("own")));
        TestAuthority.Issued issued = authority.issue("six", "EC", "-ext", "san=ip:::1");
        try (LoopbackServer server = server(IPV6, it -> it.tls(serverTls(issued)));
                Discovery discovery = discovery()) {
            register("secure-six", IPV6, server.port(), "\"Meta\": {\"secure\": \"true\"},");
            Http1Client client = resolving(discovery, it -> it.tls(clientTls(authority)));

            assertThat(client.get("https://secure-six/").requestEntity(String.class))
                    .isEqualTo("you are [::1]:" + server.port());
        }
    }

    @Test
    void movesFromAnIpv6AddressToAnIpv4One() {
        try (LoopbackServer server = server("127.0.0.1", it -> {});
                Discovery discovery = discovery()) {
            register("both", IPV6, dev.rollcall.discovery.testing.Ports.free(), "");
            register("both", "127.0.0.1", server.port(), "");
            for (int i = 0; i < 2; i++) {
                assertThat(client(discovery).get("http://both/").requestEntity(String.class))
                        .isEqualTo("you are 127.0.0.1:" + server.port());
            }
        }
    }

    @Test
    void writesAnIpv6AddressInBrackets() {
        Instance instance =
                new Instance("six", "six-1", "fe80::1%eth0", 7010, false, List.of(), Map.of(), 1, Health.PASSING);

        assertThat(instance.authority()).isEqualTo("[fe80::1]:7010");
    }

    private static LoopbackServer server(String address, Consumer<WebServerConfig.Builder> more) {
        try {
            InetAddress bound = InetAddress.getByName(address);
            return LoopbackServer.start(it -> it.address(bound)
                    .update(more)
                    .routing(routing -> routing.get(
                            "/",
                            (request, response) -> response.send("you are "
                                    + request.headers().get(HeaderNames.HOST).get()))));
        } catch (UnknownHostException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void register(String name, String address, int port, String more) {
        consul.http().put("/v1/agent/service/register", """
                {"Name": "%s", "ID": "%s-%s", %s "Address": "%s", "Port": %d}""".formatted(name, name, address, more, address, port));
    }

    private static Discovery discovery() {
        return Discovery.create(it -> it.agent(agent -> agent.url(consul.url())));
    }

    private static Http1Client client(Discovery discovery) {
        return Http1Client.builder().addService(discovery.clientService()).build();
    }

    /** A client that verifies certificates against the address that Consul lists. */
    private static Http1Client resolving(Discovery discovery, Consumer<Http1ClientConfig.Builder> more) {
        return Http1Client.builder()
                .addService(discovery.clientService())
                .dnsResolver(Discovery.dnsResolver())
                .update(more)
                .build();
    }

    private static Tls serverTls(TestAuthority.Issued issued) {
        return tls(Map.of(
                "private-key.pem.key.resource.path", issued.key().toString(),
                "private-key.pem.cert-chain.resource.path", issued.certificate().toString()));
    }

    private static Tls clientTls(TestAuthority authority) {
        return tls(Map.of(
                "trust.pem.certificates.resource.path", authority.certificate().toString()));
    }

    private static Tls tls(Map<String, String> config) {
        return Tls.create(Config.just(ConfigSources.create(config)));
    }
}
