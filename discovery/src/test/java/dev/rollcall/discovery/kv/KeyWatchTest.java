package dev.rollcall.discovery.kv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.rollcall.discovery.consul.AgentConfig;
import dev.rollcall.discovery.testing.FakeAgent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Faults that a real KV store won't show on demand. */
class KeyWatchTest {
    @Test
    void asksForChangesAfterTheIndexItWasGiven() {
        try (FakeAgent agent = new FakeAgent()
                        .thenKey(7, "a/b c", "one")
                        .thenKey(8, "a/b c", "one")
                        .thenKey(9, "a/b c", "two")
                        .thenSilence();
                Followed key = follow(agent, "a/b c")) {
            await().untilAsserted(() -> assertThat(agent.requests())
                    .containsExactly(
                            "GET /v1/kv/a/b%20c",
                            "GET /v1/kv/a/b%20c?index=7&wait=30s",
                            "GET /v1/kv/a/b%20c?index=8&wait=30s",
                            "GET /v1/kv/a/b%20c?index=9&wait=30s"));
            // a query may return without a change
            assertThat(key.states()).containsExactly(found("a/b c", "one"), found("a/b c", "two"));
        }
    }

    @Test
    void readsInFullWhenTheIndexGoesBackwards() {
        try (FakeAgent agent = new FakeAgent()
                        .thenKey(70, "a", "one")
                        .thenKey(3, "a", "two")
                        .thenKey(4, "a", "three")
                        .thenSilence();
                Followed key = follow(agent, "a")) {
            await().untilAsserted(() -> assertThat(agent.requests())
                    .containsExactly(
                            "GET /v1/kv/a",
                            "GET /v1/kv/a?index=70&wait=30s",
                            "GET /v1/kv/a",
                            "GET /v1/kv/a?index=4&wait=30s"));
            assertThat(key.states()).containsExactly(found("a", "one"), found("a", "two"), found("a", "three"));
        }
    }

    @Test
    void tellsOnceThatConsulIsAwayAndReadsInFullAfterwards() {
        try (FakeAgent agent = new FakeAgent()
                        .thenKey(7, "a", "one")
                        .thenStatus(500, "No cluster leader")
                        .thenStatus(200, "no JSON")
                        .thenStatus(200, "[{\"Key\": \"a\", \"Value\": \"no base64!\"}]")
                        .thenCutAnswer()
                        .thenKey(9, "a", "one")
                        .thenSilence();
                Followed key = follow(agent, "a")) {
            await().atMost(Duration.ofSeconds(15)).until(() -> agent.requests().size() == 7);

            assertThat(agent.requests().subList(2, 6)).containsOnly("GET /v1/kv/a");
            await().until(() -> key.states().size() == 3);
            assertThat(key.states())
                    .containsExactly(
                            found("a", "one"),
                            new KeyState.Unavailable(
                                    "Consul at " + agent.url() + " answers 500 to GET /v1/kv/a: No cluster leader"),
                            found("a", "one"));
        }
    }

    @Test
    void tellsThatAKeyIsGoneAndBack() {
        try (FakeAgent agent = new FakeAgent()
                        .thenNoKey(5)
                        .thenKey(6, "a", "")
                        .thenNoKey(7)
                        .thenSilence();
                Followed key = follow(agent, "a")) {
            await().until(() -> agent.requests().size() == 4);

            assertThat(key.states()).containsExactly(new KeyState.Missing(), found("a", ""), new KeyState.Missing());
        }
    }

    @Test
    void doesNotBusyLoopOnAnAgentThatNeverBlocks() throws InterruptedException {
        try (FakeAgent agent = new FakeAgent().thenKey(0, "a", "one");
                Followed key = follow(agent, "a")) {
            await().until(() -> !key.states().isEmpty());
            Thread.sleep(Duration.ofSeconds(2));

            // a burst of two, then four per second
            assertThat(agent.requests().size()).isBetween(6, 12);
            assertThat(key.states()).hasSize(1);
        }
    }

    @Test
    void listenerThatFailsDoesNotEndIt() {
        try (FakeAgent agent = new FakeAgent()
                        .thenKey(7, "a", "one")
                        .thenKey(8, "a", "two")
                        .thenSilence();
                KeyWatch watch = watch(agent, "a")) {
            List<KeyState> states = new CopyOnWriteArrayList<>();
            watch.follow(state -> {
                states.add(state);
                throw new IllegalStateException("a listener's bug");
            });

            await().until(() -> states.size() == 2);
        }
    }

    @Test
    void awaitIsBoundedByTheTimeoutAndOneCall() {
        try (FakeAgent agent = new FakeAgent().thenSilence();
                KeyWatch watch = new KeyWatch(
                        AgentConfig.builder()
                                .url(agent.url())
                                .timeout(Duration.ofMillis(300))
                                .build(),
                        "a",
                        Duration.ofSeconds(30))) {
            long start = System.nanoTime();

            assertThat(watch.await(Duration.ofSeconds(1))).isInstanceOf(KeyState.Unavailable.class);

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
        }
    }

    @Test
    void closeEndsTheLoopInMidAnswer() throws InterruptedException {
        try (FakeAgent agent = new FakeAgent().thenKey(7, "a", "one").thenSilence()) {
            KeyWatch watch = watch(agent, "a");
            List<Thread> loop = new CopyOnWriteArrayList<>();
            watch.follow(state -> loop.add(Thread.currentThread()));
            await().until(() -> agent.requests().size() == 2);

            watch.close();
            watch.close();

            assertThat(loop.getFirst().getName()).isEqualTo("consul-kv-a");
            assertThat(loop.getFirst().join(Duration.ofSeconds(1))).isTrue();
            assertThat(loop).hasSize(1);
        }
    }

    @Test
    void isFollowedByOneListener() {
        try (FakeAgent agent = new FakeAgent().thenSilence();
                Followed key = follow(agent, "a")) {
            assertThatThrownBy(() -> key.watch().follow(state -> {}))
                    .hasMessage("Consul key a is already watched (expected: one listener)");
        }
    }

    private static Followed follow(FakeAgent agent, String path) {
        Followed followed = new Followed(watch(agent, path), new CopyOnWriteArrayList<>());
        followed.watch().follow(followed.states()::add);
        return followed;
    }

    private static KeyWatch watch(FakeAgent agent, String path) {
        return new KeyWatch(AgentConfig.builder().url(agent.url()).build(), path, Duration.ofSeconds(30));
    }

    private static KeyState found(String key, String value) {
        return new KeyState.Found(new TreeMap<>(Map.of(key, value)));
    }

    private record Followed(KeyWatch watch, List<KeyState> states) implements AutoCloseable {
        @Override
        public void close() {
            watch.close();
        }
    }
}
