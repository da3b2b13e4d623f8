package dev.rollcall.discovery.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.discovery.Discovery;
import dev.rollcall.discovery.testing.ChildService;
import dev.rollcall.discovery.testing.ConsulAgent;
import dev.rollcall.discovery.testing.Load;
import io.helidon.webclient.http1.Http1Client;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What callers notice when one of two processes of a minimal service is stopped or killed. */
class SignalTest {
    private static final String SERVICE = "minimal";

    @AutoClose
    private static final ConsulAgent consul = ConsulAgent.start();

    private ChildService one;
    private ChildService two;

    @BeforeEach
    void startServices() {
        one = ChildService.start(consul.url());
        two = ChildService.start(consul.url());
        await().atMost(Duration.ofSeconds(30))
                .until(() -> consul.http().passing(SERVICE).size() == 2);
    }

    @AfterEach
    void stopServices() {
        one.close();
        two.close();
        consul.http().ids(SERVICE).forEach(id -> consul.http().put("/v1/agent/service/deregister/" + id, ""));
    }

    @Test
    void minimalServiceIsRegisteredCheckedAndScrapable() throws IOException {
        List<String> source =
                Files.readAllLines(Path.of("src/test/java/dev/rollcall/discovery/testing/MinimalService.java"));
        assertThat(source).hasSizeLessThanOrEqualTo(40);

        JsonNode service =
                consul.http().get("/v1/health/service/" + SERVICE).get(0).get("Service");
        String metrics = Http1Client.create()
                .get("http://127.0.0.1:" + service.at("/Meta/metrics_port").asText()
                        + service.at("/Meta/metrics_path").asText())
                .requestEntity(String.class);

        assertThat(metrics).contains("build_info{version=\"1.0.0\"} 1").contains("consul_registration_up 1.0");
    }

    @Test
    void sigtermFailsNoCallOfOneWhoPollsAndNeverRetries() throws InterruptedException {
        List<JsonNode> known = instances();
        AtomicInteger calls = new AtomicInteger();
        List<String> failures = new java.util.concurrent.CopyOnWriteArrayList<>();
        Http1Client client = Http1Client.create();
        long start = System.nanoTime();
        Thread stopper = Thread.startVirtualThread(() -> {
            await().until(() -> calls.get() > 200);
            try {
                assertThat(one.terminate()).isEqualTo(143);
            } catch (InterruptedException | RuntimeException | AssertionError e) {
                failures.add(e.toString());
            }
        });

        // 200 calls per second for 6 s; Consul is queried ten times per second
        for (int i = 0; i < 1200; i++) {
            if (i % 20 == 0) {
                known = instances();
            }
            JsonNode target = known.get(i % known.size()).get("Service");
            try {
                String answer = client.get(
                                "http://127.0.0.1:" + target.get("Port").asInt() + "/")
                        .requestEntity(String.class);
                assertThat(answer).isEqualTo("hello");
            } catch (RuntimeException e) {
                failures.add(i + ": " + e);
            }
            calls.incrementAndGet();
            long ahead = (i + 1) * 5_000_000L - (System.nanoTime() - start);
            if (ahead > 0) {
                Thread.sleep(Duration.ofNanos(ahead));
            }
        }

        stopper.join();
        assertThat(failures).isEmpty();
        assertThat(consul.http().ids(SERVICE)).hasSize(1);
    }

    @Test
    void sigkillFailsNoIdempotentCallOfOurOwnClient() {
        try (Discovery discovery = Discovery.create(it -> it.agent(a -> a.url(consul.url())));
                Load load = Load.start(
                        Http1Client.builder()
                                .baseUri(URI.create("http://" + SERVICE))
                                .addService(discovery.clientService())
                                .build(),
                        4)) {
            await().until(() -> load.answered() > 500);

            one.kill();

            int then = load.answered();
            await().until(() -> load.answered() > then + 500);
            await().until(() -> consul.http().passing(SERVICE).size() == 1);
            int later = load.answered();
            await().until(() -> load.answered() > later + 500);
            assertThat(load.failures()).isEmpty();
        }
    }

    private static List<JsonNode> instances() {
        List<JsonNode> instances = new java.util.ArrayList<>();
        consul.http().get("/v1/health/service/" + SERVICE + "?passing=true").forEach(instances::add);
        return instances;
    }
}
