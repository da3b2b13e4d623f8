package dev.rollcall.discovery.consul;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.rollcall.discovery.Discovery;
import dev.rollcall.discovery.Lookup;
import dev.rollcall.discovery.registration.Registration.State;
import dev.rollcall.discovery.testing.ConsulAgent;
import dev.rollcall.discovery.testing.Ports;
import dev.rollcall.discovery.testing.TestAuthority;
import dev.rollcall.discovery.testing.TestAuthority.Issued;
import dev.rollcall.discovery.testing.TestServer;
import io.helidon.config.Config;
import io.helidon.config.ConfigSources;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {
    private static final String LOOPBACK = "san=dns:localhost,ip:127.0.0.1";

    @TempDir
    static Path folder;

    private static TestAuthority authority;
    private static TestAuthority stranger;
    private static Agent consul;
    private static Agent strict;
    private static Agent elsewhere;
    private static Agent expired;

    @BeforeAll
    static void startConsul() throws IOException {
        authority = TestAuthority.create(Files.createDirectory(folder.resolve("own")));
        stranger = TestAuthority.create(Files.createDirectory(folder.resolve("stranger")));
        Issued server = authority.issue("server", "RSA", "-ext", LOOPBACK);
        consul = Agent.start(server, false);
        strict = Agent.start(server, true);
        elsewhere = Agent.start(authority.issue("elsewhere", "EC", "-ext", "san=dns:consul.example"), false);
        expired = Agent.start(
                authority.issue("expired", "EC", "-ext", LOOPBACK, "-startdate", "-3d", "-validity", "1"), false);
    }

    @AfterAll
    static void stopConsul() {
        List.of(consul, strict, elsewhere, expired).forEach(it -> it.process().close());
    }

    @Test
    void registersAndLooksUpThroughTls() {
        try (TestServer server = start(consul, it -> it.caFile(authority.certificate()))) {
            await().until(() -> server.feature().registration().state() == State.REGISTERED);
            await().until(() -> server.feature().discovery().pick("greeting").isPresent());
        }
        assertThat(consul.process().http().ids("greeting")).isEmpty();
    }

    @Test
    void isConfiguredAsItIsBuilt() {
        Issued client = authority.issue("configured", "EC");
        Config config = Config.just(ConfigSources.create(Map.of(
                "agent.url", strict.url().toString(),
                "agent.tls.ca-file", authority.certificate().toString(),
                "agent.tls.certificate-file", client.certificate().toString(),
                "agent.tls.key-file", client.key().toString(),
                "agent.tls.verify-hostname", "true")));
        try (Discovery discovery = Discovery.create(config)) {
            assertThat(discovery.lookup("nobody")).isEqualTo(new Lookup.Fresh(List.of()));
        }
    }

    @Test
    void showsItsCertificateToAnAgentThatAsksForOne() {
        for (String algorithm : List.of("RSA", "EC")) {
            Issued client = authority.issue("client-" + algorithm, algorithm);
            try (TestServer server = start(
                    strict,
                    it -> it.caFile(authority.certificate())
                            .certificateFile(client.certificate())
                            .keyFile(client.key()))) {
                await().until(() -> server.feature().registration().state() == State.REGISTERED);
            }
        }
    }

    @Test
    void saysThatTheAgentAsksForACertificate() {
        assertThat(trouble(strict, it -> it.caFile(authority.certificate())))
                .endsWith(" (does it ask for a certificate? expected: agent.tls.certificate-file and key-file)");
    }

    @Test
    void saysThatTheAgentDoesNotAcceptTheCertificate() {
        Issued client = stranger.issue("client", "EC");

        assertThat(trouble(
                        strict,
                        it -> it.caFile(authority.certificate())
                                .certificateFile(client.certificate())
                                .keyFile(client.key())))
                .endsWith(" (does it accept agent.tls.certificate-file " + client.certificate() + "?)");
    }

    @Test
    void refusesAnAgentOfAnotherAuthority() {
        assertThat(trouble(consul, it -> it.caFile(stranger.certificate())))
                .contains(
                        "its certificate is not signed by an authority in agent.tls.ca-file " + stranger.certificate());
    }

    @Test
    void refusesAnAgentThatJavaDoesNotTrustWhereNoAuthorityIsNamed() {
        assertThat(trouble(consul, it -> {}))
                .contains(
                        "its certificate is not signed by an authority that Java trusts (agent.tls.ca-file names others)");
    }

    @Test
    void refusesACertificateForAnotherHostUnlessConfigured() {
        assertThat(trouble(elsewhere, it -> it.caFile(authority.certificate())))
                .contains("its certificate is for another host")
                .contains("consul.example");

        try (TestServer server =
                start(elsewhere, it -> it.caFile(authority.certificate()).verifyHostname(false))) {
            await().until(() -> server.feature().registration().state() == State.REGISTERED);
        }
    }

    @Test
    void refusesACertificateThatHasExpired() {
        assertThat(trouble(expired, it -> it.caFile(authority.certificate())))
                .contains("its certificate is out of date")
                .contains("NotAfter");
    }

    @Test
    void saysThatThePortDoesNotSpeakTls() {
        URI plain = URI.create("https://127.0.0.1:" + consul.process().url().getPort());

        assertThat(trouble(plain, it -> it.caFile(authority.certificate())))
                .contains("it does not speak TLS on this port");
    }

    @Test
    void saysWhatAPortThatSpeaksTlsAnswersToHttp() {
        try (TestServer server =
                TestServer.start(URI.create("http://127.0.0.1:" + consul.url().getPort()))) {
            await().until(() -> server.feature().registration().state() == State.REFUSED);
            assertThat(server.feature().registration().detail())
                    .contains("answers 400")
                    .contains("HTTP request to an HTTPS server");
        }
    }

    @Test
    void refusesTlsForAnAddressWithout() {
        assertThatThrownBy(() -> Discovery.create(it -> it.agent(a ->
                        a.url(URI.create("http://127.0.0.1:8500")).tls(tls -> tls.caFile(authority.certificate())))))
                .hasMessage("agent.url: http://127.0.0.1:8500 (expected: https, because agent.tls is set)");
    }

    private static TestServer start(Agent agent, Consumer<AgentTlsConfig.Builder> tls) {
        return TestServer.start(
                agent.url(), it -> it.agent(a -> a.url(agent.url()).tls(tls)));
    }

    private static String trouble(Agent agent, Consumer<AgentTlsConfig.Builder> tls) {
        return trouble(agent.url(), tls);
    }

    /** The reason that a look-up gives for an unusable agent. */
    private static String trouble(URI url, Consumer<AgentTlsConfig.Builder> tls) {
        try (Discovery discovery =
                Discovery.create(it -> it.agent(a -> a.url(url).tls(tls)))) {
            Lookup lookup = discovery.lookup("greeting");
            assertThat(lookup).isInstanceOf(Lookup.Unavailable.class);
            String reason = ((Lookup.Unavailable) lookup).reason();
            assertThat(reason)
                    .startsWith("Consul at " + url + " does not answer: ")
                    .doesNotContain("\n");
            return reason;
        }
    }

    private record Agent(ConsulAgent process, URI url) {
        /** An agent with a TLS port; the test itself uses the plain one. */
        static Agent start(Issued certificate, boolean verifyIncoming) {
            int port = Ports.free();
            ConsulAgent process = ConsulAgent.create(
                    """
                    ports { https = %d }
                    ca_file = "%s"
                    cert_file = "%s"
                    key_file = "%s"
                    verify_incoming_https = %s""".formatted(
                                    port,
                                    authority.certificate(),
                                    certificate.certificate(),
                                    certificate.key(),
                                    verifyIncoming),
                    authority.certificate(),
                    certificate.certificate(),
                    certificate.key());
            process.restart();
            return new Agent(process, URI.create("https://127.0.0.1:" + port));
        }
    }
}
