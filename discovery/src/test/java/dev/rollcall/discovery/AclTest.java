package dev.rollcall.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rollcall.discovery.registration.Registration.State;
import dev.rollcall.discovery.testing.ConsulAcl;
import dev.rollcall.discovery.testing.ConsulAcl.Token;
import dev.rollcall.discovery.testing.ConsulAgent;
import dev.rollcall.discovery.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An agent that denies by default. */
class AclTest {
    private static final String REGISTER = "service \"greeting\" { policy = \"write\" }";
    private static final String LOOK_UP = """
            service "greeting" { policy = "read" }
            node_prefix "" { policy = "read" }""";

    private static ConsulAgent consul;
    private static ConsulAcl acl;

    @TempDir
    Path folder;

    @BeforeAll
    static void startConsul() {
        consul = ConsulAgent.create(ConsulAcl.DENY);
        consul.restart();
        acl = ConsulAcl.bootstrap(consul);
    }

    @AfterAll
    static void stopConsul() {
        consul.close();
    }

    @Test
    void needsServiceWriteAndNothingElseToRegisterStayAndLeave() {
        try (TestServer server = start(acl.token(REGISTER))) {
            await().until(() -> acl.http().passing("greeting").equals(List.of(server.id())));
            await().until(() -> server.feature().registration().state() == State.REGISTERED);

            acl.http().put("/v1/agent/service/deregister/" + server.id(), "");
            await().until(() -> acl.http().passing("greeting").equals(List.of(server.id())));
            server.feature().enterMaintenance("inventory");
            await().until(() -> acl.http().passing("greeting").isEmpty());
            server.feature().leaveMaintenance();
        }
        assertThat(acl.http().ids("greeting")).isEmpty();
    }

    @Test
    void namesThePermissionThatTheTokenLacks() {
        try (TestServer server = start(acl.token("service \"other\" { policy = \"write\" }"))) {
            await().until(() -> server.feature().registration().state() == State.REFUSED);
            assertThat(server.feature().registration().detail())
                    .contains(
                            "answers 403 to PUT /v1/agent/service/register: the token lacks service:write on greeting");
            assertThat(server.get("/")).isEqualTo("hello");
        }
    }

    @Test
    void saysThatNoTokenIsSent() {
        try (TestServer server = TestServer.start(consul.url())) {
            await().until(() -> server.feature().registration().state() == State.REFUSED);
            assertThat(server.feature().registration().detail())
                    .contains("no token was sent, and without one service:write on greeting is not allowed");
        }
    }

    @Test
    void saysThatTheTokenIsUnknown() {
        try (TestServer server = start(new Token("", "9e2f0d2c-0000-4000-8000-5c0ffee00000"))) {
            await().until(() -> server.feature().registration().state() == State.REFUSED);
            assertThat(server.feature().registration().detail()).contains("Consul does not know the token (");
        }
    }

    @Test
    void registersOnceTheTokenFileHasTheRightToken() throws IOException {
        Path file = write(acl.token("service \"other\" { policy = \"write\" }"));
        try (TestServer server = TestServer.start(
                consul.url(), it -> it.agent(a -> a.url(consul.url()).tokenFile(file)))) {
            await().until(() -> server.feature().registration().state() == State.REFUSED);

            write(acl.token(REGISTER));

            await().atMost(Duration.ofSeconds(3))
                    .until(() -> server.feature().registration().state() == State.REGISTERED);
        }
    }

    @Test
    void keepsRegisteredWhileTokensAreRotated() throws IOException {
        Token first = acl.token(REGISTER);
        Path file = write(first);
        try (TestServer server = TestServer.start(
                consul.url(),
                it -> it.reconcileInterval(Duration.ofSeconds(2))
                        .agent(a -> a.url(consul.url()).tokenFile(file)))) {
            await().until(() -> server.feature().registration().state() == State.REGISTERED);

            write(acl.token(REGISTER));
            acl.revoke(first);
            acl.http().put("/v1/agent/service/deregister/" + server.id(), "");

            await().atMost(Duration.ofSeconds(5))
                    .until(() -> acl.http().passing("greeting").equals(List.of(server.id())));
            await().until(() -> server.feature().registration().state() == State.REGISTERED);
        }
        assertThat(acl.http().ids("greeting")).isEmpty();
    }

    @Test
    void looksUpWithReadOnServiceAndNodes() {
        try (TestServer server = start(acl.token(REGISTER));
                Discovery discovery = Discovery.create(it -> it.agent(
                        a -> a.url(consul.url()).token(acl.token(LOOK_UP).secret())))) {
            await().until(() ->
                    discovery.pick("greeting").map(Instance::port).equals(java.util.Optional.of(server.port())));
        }
    }

    private static TestServer start(Token token) {
        return TestServer.start(
                consul.url(), it -> it.agent(a -> a.url(consul.url()).token(token.secret())));
    }

    private Path write(Token token) throws IOException {
        return Files.writeString(folder.resolve("token"), token.secret() + "\n");
    }
}
