package dev.rollcall.discovery.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.rollcall.discovery.testing.BadPeer;
import dev.rollcall.discovery.testing.BadPeer.Behaviour;
import dev.rollcall.discovery.testing.LoopbackServer;
import dev.rollcall.discovery.testing.TestAuthority;
import io.helidon.common.tls.Tls;
import io.helidon.config.Config;
import io.helidon.config.ConfigSources;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BoundedHttpClientTest {
    private static final Duration TIMEOUT = Duration.ofMillis(700);

    private final BoundedHttpClient client = new BoundedHttpClient(TIMEOUT, 1000);

    @AfterEach
    void close() {
        client.close();
    }

    @ParameterizedTest
    @EnumSource
    void endsInTimeAndHangsUpWhateverThePeerDoes(Behaviour behaviour) {
        try (BadPeer peer = new BadPeer(behaviour)) {
            long start = System.nanoTime();

            assertThatThrownBy(() -> client.send(request(peer.url())))
                    .isInstanceOf(IOException.class)
                    .satisfies(e -> {
                        switch (behaviour) {
                            case SILENT, TRICKLED_HEADERS, TRICKLED_BODY ->
                                assertThat(e)
                                        .isInstanceOf(HttpTimeoutException.class)
                                        .hasMessage("does not answer within 700 ms");
                            case ENDLESS_BODY ->
                                assertThat(e)
                                        .isInstanceOf(BoundedHttpClient.TooLargeException.class)
                                        .hasMessage("answers more than 1000 bytes");
                            // the JDK limits headers to 384 KiB since 21.0.5; earlier, the deadline applies
                            case ENDLESS_HEADERS, RESET_IN_BODY, GARBAGE ->
                                assertThat(e.getMessage()).isNotEmpty();
                        }
                    });

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(TIMEOUT.plusSeconds(8));
            if (behaviour == Behaviour.ENDLESS_HEADERS) {
                // the JDK abandons such a response without closing the connection
                client.close();
            }
            await().atMost(Duration.ofSeconds(5)).until(peer::isAlone);
        }
    }

    @Test
    void aSilentHandshakeEndsInTime() {
        try (BadPeer peer = new BadPeer(Behaviour.SILENT)) {
            URI https = URI.create("https://127.0.0.1:" + peer.port());

            assertThatThrownBy(() -> client.send(request(https))).isInstanceOf(HttpTimeoutException.class);

            await().atMost(Duration.ofSeconds(5)).until(peer::isAlone);
        }
    }

    /** Plain clients have no authorities at all, so that https must be another one's business. */
    @Test
    void trustsWhomTheJdkTrusts(@TempDir Path folder) throws Exception {
        TestAuthority authority = TestAuthority.create(folder);
        TestAuthority.Issued issued = authority.issue("server", "EC", "-ext", "san=ip:127.0.0.1");
        Tls tls = Tls.create(Config.just(ConfigSources.create(Map.of(
                "private-key.pem.key.resource.path", issued.key().toString(),
                "private-key.pem.cert-chain.resource.path", issued.certificate().toString()))));
        SSLContext usual = SSLContext.getDefault();
        try (LoopbackServer server = LoopbackServer.start(it ->
                it.tls(tls).routing(routing -> routing.get("/", (request, response) -> response.send("tea"))))) {
            HttpRequest https = request(URI.create("https://127.0.0.1:" + server.port()));
            for (HttpClient.Redirect redirects : HttpClient.Redirect.values()) {
                SSLContext.setDefault(usual);
                try (var wary = new BoundedHttpClient(Duration.ofSeconds(5), 1000, redirects)) {
                    assertThatThrownBy(() -> wary.send(https)).isInstanceOf(SSLException.class);
                }
                SSLContext.setDefault(authority.trusting());
                try (var trusting = new BoundedHttpClient(Duration.ofSeconds(5), 1000, redirects)) {
                    assertThat(trusting.send(https).text()).isEqualTo("tea");
                }
            }
        } finally {
            SSLContext.setDefault(usual);
        }
    }

    @Test
    void aCallMayHaveADeadlineOfItsOwn() {
        try (BadPeer peer = new BadPeer(Behaviour.TRICKLED_BODY)) {
            assertThatThrownBy(() -> client.send(request(peer.url()), Duration.ofMillis(200)))
                    .hasMessage("does not answer within 200 ms");
        }
    }

    @Test
    void anInterruptEndsACallAndHangsUp() {
        try (BadPeer peer = new BadPeer(Behaviour.TRICKLED_BODY)) {
            Thread.currentThread().interrupt();

            assertThatThrownBy(() -> client.send(request(peer.url()))).isInstanceOf(InterruptedException.class);

            assertThat(Thread.interrupted()).isFalse();
        }
    }

    @Test
    void closingEndsACallInFlight() {
        BoundedHttpClient patient = new BoundedHttpClient(Duration.ofMinutes(1), 1000);
        try (BadPeer peer = new BadPeer(Behaviour.TRICKLED_BODY)) {
            Thread.startVirtualThread(() -> {
                await().until(() -> peer.connections() == 1);
                patient.close();
            });

            assertThatThrownBy(() -> patient.send(request(peer.url()))).isInstanceOf(IOException.class);
        }
    }

    @Test
    void nobodyThereIsAConnectException() {
        assertThatThrownBy(() -> client.send(request(URI.create("http://127.0.0.1:1/"))))
                .isInstanceOf(ConnectException.class);
    }

    @Test
    void readsAnAnswerOfExactlyTheLimitAndFollowsRedirectsOnlyIfAskedTo() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        byte[] body = "é".repeat(500).getBytes(StandardCharsets.UTF_8);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.createContext("/elsewhere", exchange -> {
            exchange.getResponseHeaders().set("Location", "/");
            exchange.sendResponseHeaders(301, -1);
            exchange.close();
        });
        server.start();
        URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
        try (var following = new BoundedHttpClient(Duration.ofSeconds(5), 1000, HttpClient.Redirect.NORMAL);
                var still = new BoundedHttpClient(Duration.ofSeconds(5), 1000)) {
            assertThat(still.send(request(url)).text()).isEqualTo("é".repeat(500));
            assertThat(still.send(request(url.resolve("/elsewhere"))).status()).isEqualTo(301);
            assertThat(following.send(request(url.resolve("/elsewhere"))).status())
                    .isEqualTo(200);
        } finally {
            server.stop(0);
        }
    }

    private static HttpRequest request(URI url) {
        return HttpRequest.newBuilder(url).build();
    }
}
