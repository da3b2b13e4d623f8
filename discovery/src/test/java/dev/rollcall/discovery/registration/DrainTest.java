package dev.rollcall.discovery.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rollcall.discovery.registration.Registration.State;
import dev.rollcall.discovery.testing.ConsulAgent;
import dev.rollcall.discovery.testing.TcpRelay;
import dev.rollcall.discovery.testing.TestServer;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class DrainTest {
    private static final Duration DRAIN = Duration.ofSeconds(40);

    @AutoClose
    private static final ConsulAgent consul = ConsulAgent.start();

    @Test
    void doesNotWaitForCallersOnceTheServerIsStopped() {
        TestServer server = start(consul.url());
        long begun = System.nanoTime();

        server.stop();
        server.feature().drain();

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(DRAIN.dividedBy(2));
        assertThat(consul.http().ids("greeting")).doesNotContain(server.id());
    }

    @Test
    void stopsWaitingForCallersWhenTheServerIsStopped() throws InterruptedException {
        TestServer server = start(consul.url());
        Thread draining = Thread.startVirtualThread(() -> server.feature().drain());
        await().until(() -> server.feature().registration().state() == State.LEFT);
        long begun = System.nanoTime();

        server.stop();

        draining.join();
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(DRAIN.dividedBy(2));
    }

    @Test
    void doesNotWaitForCallersWhoCannotLearnOfIt() {
        try (TcpRelay relay = new TcpRelay(consul.url());
                TestServer server = start(relay.url())) {
            relay.cut();
            long begun = System.nanoTime();

            server.feature().drain();

            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(DRAIN.dividedBy(2));
        }
    }

    private static TestServer start(URI agent) {
        TestServer server = TestServer.start(agent, it -> it.drain(DRAIN));
        await().until(() -> server.feature().registration().state() == State.REGISTERED);
        return server;
    }
}
