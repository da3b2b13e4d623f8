package dev.rollcall.discovery.kv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.rollcall.discovery.testing.ConsulAcl;
import dev.rollcall.discovery.testing.ConsulAgent;
import dev.rollcall.discovery.testing.LogRecords;
import io.helidon.common.media.type.MediaTypes;
import io.helidon.config.Config;
import io.helidon.config.ConfigException;
import io.helidon.config.ConfigSources;
import io.helidon.config.MetaConfig;
import io.helidon.config.spi.ConfigSource;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class ConsulKvSourceTest {
    @AutoClose
    private static final ConsulAgent consul = ConsulAgent.start();

    /** This test's own folder in the KV store. */
    private final String folder = "config/" + UUID.randomUUID();

    @Test
    void readsADocument() {
        put("app.yaml", """
                server:
                  port: 8081
                  hosts: [one, two]""");
        try (ConsulKvSource source = document("app.yaml")) {
            Config config = Config.just(source);

            assertThat(config.get("server.port").asInt().get()).isEqualTo(8081);
            assertThat(config.get("server.hosts").asList(String.class).get()).containsExactly("one", "two");
        }
    }

    @Test
    void readsADocumentInTheFormatThatTheKeyEndsWith() {
        put("app.properties", "server.port=8082");
        put("app.json", "{\"server\": {\"port\": 8083}}");
        put("app", "server: {port: 8084}");
        put("app.txt", "server: {port: 8085}");

        assertThat(port("app.properties")).isEqualTo(8082);
        assertThat(port("app.json")).isEqualTo(8083);
        assertThat(port("app")).isEqualTo(8084);
        assertThat(port("app.txt")).isEqualTo(8085);
    }

    @Test
    void readsADocumentInTheFormatThatIsConfigured() {
        put("app.yaml", "server.port=8082");
        try (ConsulKvSource source = source(it -> it.key(folder + "/app.yaml").mediaType("text/x-java-properties"))) {
            assertThat(Config.just(source).get("server.port").asInt().get()).isEqualTo(8082);
        }
        assertThatThrownBy(() -> source(it -> it.key("a").mediaType("application/toml")))
                .hasMessageStartingWith("media-type: application/toml (expected: one of [")
                .hasMessageContaining(MediaTypes.APPLICATION_YAML.text());
    }

    @Test
    void readsATreeOfKeys() {
        put("app/", "");
        put("app/server/port", "8081");
        put("app/server/hosts/0", "one");
        put("app/server/hosts/1", "two");
        put("app/greeting", "Grüezi, 你好");
        put("app/empty", "");
        put("app/sub folder/", "");
        put("app-other/server/port", "1");
        try (ConsulKvSource source = tree("app")) {
            Config config = Config.just(source);

            assertThat(config.get("server.port").asInt().get()).isEqualTo(8081);
            assertThat(config.get("server.hosts").asList(String.class).get()).containsExactly("one", "two");
            assertThat(config.get("greeting").asString().get()).isEqualTo("Grüezi, 你好");
            assertThat(config.get("empty").asString().get()).isEmpty();
            assertThat(config.asMap().get()).hasSize(5);
        }
    }

    @Test
    void readsAListOfATreeInTheOrderOfItsIndexes() {
        List<String> expected =
                IntStream.range(0, 12).mapToObj(index -> "v" + index).toList();
        for (int index : new int[] {11, 0, 1, 10, 9, 3, 2, 8, 4, 7, 5, 6}) {
            put("app/l/x/" + index, "v" + index);
            put("app/l/y/" + index + "/name", "v" + index);
        }
        put("app/l/x/", "");
        try (ConsulKvSource source = tree("app")) {
            Config config = Config.just(source);

            assertThat(config.get("l.x").asList(String.class).get()).isEqualTo(expected);
            assertThat(config.get("l.y").asNodeList().get())
                    .extracting(it -> it.get("name").asString().get())
                    .isEqualTo(expected);

            put("app/l/x/12", "v12");
            await().until(() -> {
                List<String> list =
                        config.context().last().get("l.x").asList(String.class).get();
                return list.size() == 13 && list.get(12).equals("v12");
            });
        }
    }

    @Test
    void readsAListOfADocumentInItsOrder() {
        List<String> expected =
                IntStream.range(0, 12).mapToObj(index -> "v" + index).toList();
        put("app.yaml", "x: " + expected);
        put("app.json", "{\"x\": [\"" + String.join("\", \"", expected) + "\"]}");
        put(
                "app.properties",
                expected.stream()
                        .map(value -> "x." + value.substring(1) + "=" + value + "\n")
                        .collect(Collectors.joining()));
        for (String key : List.of("app.yaml", "app.json", "app.properties")) {
            try (ConsulKvSource source = document(key)) {
                assertThat(Config.just(source).get("x").asList(String.class).get())
                        .as(key)
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void readsAValueWithALineEndAfterIt() {
        String pem = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
        put("app/on", "true\n");
        put("app/number", "42\r\n");
        put("app/time", "PT5S\n\n");
        put("app/mark", "\uFEFFtrue\r\n");
        put("app/text", " two words \n");
        put("app/pem", pem);
        put("app/crlf", "a\r\nb\r\n");
        put("app/only", "\n");
        put("app/l/0", "a\n");
        put("app/l/1", "b\n");
        try (ConsulKvSource source = tree("app")) {
            Config config = Config.just(source);

            assertThat(config.get("on").asBoolean().get()).isTrue();
            assertThat(config.get("number").asInt().get()).isEqualTo(42);
            assertThat(config.get("time").as(Duration.class).get()).isEqualTo(Duration.ofSeconds(5));
            assertThat(config.get("mark").asBoolean().get()).isTrue();
            assertThat(config.get("text").asString().get()).isEqualTo(" two words ");
            assertThat(config.get("pem").asString().get()).isEqualTo(pem);
            assertThat(config.get("crlf").asString().get()).isEqualTo("a\r\nb\r\n");
            assertThat(config.get("only").asString().get()).isEmpty();
            assertThat(config.get("l").asList(String.class).get()).containsExactly("a", "b");
        }
    }

    @Test
    void readsADocumentAsEditorsWriteIt() {
        put("app.yaml", "\uFEFFserver:\r\n  port: 8081\r\n");
        put("app.properties", "\uFEFFserver.port=8082\r\n");
        put("app.json", "\uFEFF{\"server\":\r\n{\"port\": 8083}}\r\n");

        assertThat(port("app.yaml")).isEqualTo(8081);
        assertThat(port("app.properties")).isEqualTo(8082);
        assertThat(port("app.json")).isEqualTo(8083);
    }

    @Test
    void refusesWhatIsNotText() {
        byte[] latin1 = "name=Grüezi".getBytes(StandardCharsets.ISO_8859_1);
        byte[] utf16 = "a=1".getBytes(StandardCharsets.UTF_16);
        consul.http().put("/v1/kv/" + folder + "/latin1.properties", latin1);
        consul.http().put("/v1/kv/" + folder + "/latin1/a/name", latin1);
        consul.http().put("/v1/kv/" + folder + "/utf16.properties", utf16);
        consul.http().put("/v1/kv/" + folder + "/utf16/a/name", utf16);
        put("nul.properties", "a=\0");
        put("nul/a/name", "a\0");
        for (String name : List.of("latin1", "utf16", "nul")) {
            try (ConsulKvSource document = document(name + ".properties");
                    ConsulKvSource tree = tree(name)) {
                assertThatThrownBy(() -> Config.just(document))
                        .isInstanceOf(ConfigException.class)
                        .hasMessage("Consul key " + folder + "/" + name
                                + ".properties: its value is not text (expected: UTF-8 without NUL)");
                assertThatThrownBy(() -> Config.just(tree))
                        .hasMessage("Consul key " + folder + "/" + name + "/: " + folder + "/" + name
                                + "/a/name is not text (expected: UTF-8 without NUL)");
            }
        }
    }

    @Test
    void anEmptyDocumentHasNoValues() {
        for (String key : List.of("app.yaml", "app.properties")) {
            put(key, "");
            try (ConsulKvSource source = document(key)) {
                assertThat(Config.just(source).asMap().orElse(Map.of())).as(key).isEmpty();
            }
        }
    }

    @Test
    void tellsOfAChangedDocument() {
        put("app.yaml", "server: {port: 8081}");
        try (ConsulKvSource source = document("app.yaml")) {
            Config config = Config.just(source);
            List<Integer> ports = new CopyOnWriteArrayList<>();
            config.get("server.port").onChange(it -> ports.add(it.asInt().get()));

            put("app.yaml", "server: {port: 8082}");
            await().atMost(Duration.ofSeconds(2)).until(() -> ports.equals(List.of(8082)));
            put("app.yaml", "server: {port: 8083}");
            await().atMost(Duration.ofSeconds(2)).until(() -> ports.equals(List.of(8082, 8083)));

            assertThat(last(config, "server.port")).isEqualTo("8083");
        }
    }

    @Test
    void tellsOfChangedAddedAndRemovedKeysOfATree() {
        put("app/a", "1");
        put("app/b", "1");
        try (ConsulKvSource source = tree("app")) {
            Config config = Config.just(source);

            put("app/a", "2");
            put("app/c", "1");
            consul.http().delete("/v1/kv/" + folder + "/app/b");

            await().until(() -> config.context().last().asMap().get().equals(Map.of("a", "2", "c", "1")));
        }
    }

    @Test
    void overridesWhatComesAfterIt() {
        put("app.yaml", "server: {port: 8081}");
        try (ConsulKvSource source = document("app.yaml")) {
            Config config =
                    Config.just(source, ConfigSources.create(Map.of("server.port", "1", "server.host", "localhost")));

            assertThat(config.get("server.port").asInt().get()).isEqualTo(8081);
            assertThat(config.get("server.host").asString().get()).isEqualTo("localhost");
        }
    }

    @Test
    void keepsTheLastGoodDocumentWhenTheNewOneIsBroken() {
        put("app.yaml", "server: {port: 8081}");
        try (LogRecords log = new LogRecords();
                ConsulKvSource source = document("app.yaml")) {
            Config config = Config.just(source);

            put("app.yaml", "server:\n  port: 8082\n password: hunter2\n");

            await().until(() -> log.lines().stream()
                    .anyMatch(it -> it.startsWith("WARNING")
                            && it.contains(
                                    "Consul key " + folder + "/app.yaml: keeping the last values: its value is invalid"
                                            + " at line 3, column 2 (expected: application/")));
            assertThat(last(config, "server.port")).isEqualTo("8081");
            assertThat(log.lines()).noneMatch(it -> it.contains("hunter2"));

            put("app.yaml", "server: {port: 8083}");
            await().until(() -> last(config, "server.port").equals("8083"));
        }
    }

    @Test
    void keepsTheLastGoodValuesWhenTheConfigurationCannotBeBuiltWithTheNewOnes() {
        put("app.yaml", "server: {port: 8081}");
        put("app/a", "1");
        try (LogRecords log = new LogRecords();
                ConsulKvSource document = document("app.yaml");
                ConsulKvSource tree = tree("app")) {
            Config config = Config.just(document, tree);

            // Helidon resolves only one level of references in keys
            put("app.yaml", "server: {port: 8082}\none: $two\ntwo: three\n$one: four");
            await().until(() -> log.lines().stream()
                    .anyMatch(it -> it.contains("app.yaml: keeping the last values: Key token 'one'")));
            // refused values must not block other sources
            put("app/a", "2");

            await().until(() -> last(config, "a").equals("2"));
            assertThat(last(config, "server.port")).isEqualTo("8081");
        }
    }

    @Test
    void keepsTheLastGoodTreeWhenAKeyIsNoneOfAConfiguration() {
        put("app/a", "1");
        try (LogRecords log = new LogRecords();
                ConsulKvSource source = tree("app")) {
            Config config = Config.just(source);

            put("app/b..c", "2");

            await().until(() ->
                    log.lines().stream().anyMatch(it -> it.contains(folder + "/app/b..c contains an empty name")));
            assertThat(config.context().last().asMap().get()).isEqualTo(Map.of("a", "1"));
        }
    }

    @Test
    void keepsTheLastGoodValuesWhileConsulIsAwayAndFollowsItAgain() {
        try (LogRecords log = new LogRecords();
                ConsulAgent own = ConsulAgent.start();
                ConsulKvSource source = ConsulKvSource.create(
                        it -> it.agent(a -> a.url(own.url())).key("app.yaml").optional(true))) {
            own.http().put("/v1/kv/app.yaml", "a: 1");
            Config config = Config.just(source);
            assertThat(last(config, "a")).isEqualTo("1");

            own.kill();
            await().until(() -> log.lines().stream()
                    .anyMatch(
                            it -> it.contains("Consul key app.yaml: keeping the last values: Consul at " + own.url())));
            assertThat(last(config, "a")).isEqualTo("1");

            own.restart();
            own.http().put("/v1/kv/app.yaml", "a: 2");
            await().until(() -> last(config, "a").equals("2"));
        }
    }

    @Test
    void deletedOptionalSourceTakesItsValuesAlong() {
        put("app.yaml", "a: 1");
        try (ConsulKvSource source = source(it -> it.key(folder + "/app.yaml").optional(true))) {
            Config config = Config.just(source, ConfigSources.create(Map.of("a", "default")));
            assertThat(last(config, "a")).isEqualTo("1");

            consul.http().delete("/v1/kv/" + folder + "/app.yaml");
            await().until(() -> last(config, "a").equals("default"));

            put("app.yaml", "a: 2");
            await().until(() -> last(config, "a").equals("2"));
        }
    }

    @Test
    void deletedMandatorySourceKeepsItsLastValues() {
        put("app.yaml", "a: 1");
        try (LogRecords log = new LogRecords();
                ConsulKvSource source = document("app.yaml")) {
            Config config = Config.just(source);

            consul.http().delete("/v1/kv/" + folder + "/app.yaml");
            await().until(() -> log.lines().stream()
                    .anyMatch(it -> it.startsWith("WARNING")
                            && it.contains("app.yaml: keeping the last values: it holds nothing")));
            assertThat(last(config, "a")).isEqualTo("1");

            put("app.yaml", "a: 2");
            await().until(() -> last(config, "a").equals("2"));
        }
    }

    @Test
    void bootsWithoutAnOptionalSourceAndTakesItInWhenItComes() {
        try (ConsulAgent late = ConsulAgent.create();
                ConsulKvSource source = ConsulKvSource.create(
                        it -> it.agent(a -> a.url(late.url())).prefix("app").optional(true))) {
            Config config = Config.just(source, ConfigSources.create(Map.of("a", "default")));
            assertThat(last(config, "a")).isEqualTo("default");

            late.restart();
            late.http().put("/v1/kv/app/a", "1");

            await().until(() -> last(config, "a").equals("1"));
        }
    }

    @Test
    void awaitsAMandatorySourceForABoundedTime() {
        URI nowhere = URI.create("http://127.0.0.1:1");
        try (ConsulKvSource source = ConsulKvSource.create(
                it -> it.agent(a -> a.url(nowhere)).key("app.yaml").loadTimeout(Duration.ofSeconds(1)))) {
            long start = System.nanoTime();

            assertThatThrownBy(() -> Config.just(source))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageStartingWith("Consul key app.yaml can't be loaded: Consul at http://127.0.0.1:1"
                            + " does not answer: Connect to 127.0.0.1:1")
                    .hasMessageEndingWith("(expected within PT1S, because the source isn't optional)")
                    .hasMessageNotContaining("\n");

            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(20));
        }
    }

    @Test
    void bootsOnceAMandatorySourceIsThere() {
        try (ConsulKvSource source = document("late.yaml")) {
            Thread.startVirtualThread(() -> {
                await().pollDelay(Duration.ofMillis(500)).until(() -> true);
                put("late.yaml", "a: 1");
            });

            assertThat(Config.just(source).get("a").asString().get()).isEqualTo("1");
        }
    }

    @Test
    void doesNotBootWithABrokenDocument() {
        put("app.yaml", "a: [1");
        for (boolean optional : List.of(true, false)) {
            try (ConsulKvSource source =
                    source(it -> it.key(folder + "/app.yaml").optional(optional))) {
                assertThatThrownBy(() -> Config.just(source))
                        .isInstanceOf(ConfigException.class)
                        .hasMessageStartingWith(
                                "Consul key " + folder + "/app.yaml: its value is invalid at line 1, column");
            }
        }
        put("text.yaml", "no configuration");
        try (ConsulKvSource source = document("text.yaml")) {
            assertThatThrownBy(() -> Config.just(source))
                    .hasMessageContaining("/text.yaml: its value is invalid (expected: ");
        }
    }

    @Test
    void comesByMetaConfiguration() {
        put("app.yaml", "a: 1");
        put("app/b", "2");
        Config meta = Config.just("""
                sources:
                  - type: "consul-kv"
                    properties:
                      agent.url: "%1$s"
                      key: "%2$s/app.yaml"
                  - type: "consul-kv"
                    properties:
                      agent.url: "%1$s"
                      prefix: "%2$s/app"
                  - type: "consul-kv"
                    properties:
                      agent.url: "%1$s"
                      key: "%2$s/none.yaml"
                      optional: true
                """.formatted(consul.url(), folder), MediaTypes.APPLICATION_YAML);
        List<ConfigSource> sources = meta.get("sources").asNodeList().get().stream()
                .flatMap(it -> MetaConfig.configSource(it).stream())
                .toList();
        try {
            Config config = Config.just(sources.toArray(ConfigSource[]::new));
            assertThat(config.get("a").asInt().get()).isEqualTo(1);
            assertThat(config.get("b").asInt().get()).isEqualTo(2);

            put("app/b", "3");
            put("none.yaml", "c: 4");
            await().until(() ->
                    last(config, "b").equals("3") && last(config, "c").equals("4"));
        } finally {
            sources.forEach(it -> ((ConsulKvSource) it).close());
        }
    }

    @Test
    void closedSourceChangesNothingMore() {
        put("app.yaml", "a: 1");
        ConsulKvSource source = document("app.yaml");
        Config config = Config.just(source);
        List<String> changes = new CopyOnWriteArrayList<>();
        config.onChange(it -> changes.add(it.get("a").asString().get()));
        put("app.yaml", "a: 2");
        await().until(() -> changes.equals(List.of("2")));

        source.close();
        source.close();
        put("app.yaml", "a: 3");

        await().during(Duration.ofSeconds(1)).until(() -> changes.equals(List.of("2")));
    }

    @Test
    void namesThePermissionThatTheTokenLacksAndComesInWithTheRightOne() {
        try (LogRecords log = new LogRecords();
                ConsulAgent guarded = ConsulAgent.create(ConsulAcl.DENY)) {
            guarded.restart();
            ConsulAcl acl = ConsulAcl.bootstrap(guarded);
            acl.http().put("/v1/kv/app.yaml", "a: 1");
            acl.http().put("/v1/kv/app/b", "2");
            String denied = acl.token("key \"other\" { policy = \"read\" }").secret();
            String reader =
                    acl.token("key_prefix \"app\" { policy = \"read\" }").secret();

            assertThatThrownBy(() -> Config.just(ConsulKvSource.create(
                            it -> it.agent(a -> a.url(guarded.url()).token(denied))
                                    .key("app.yaml")
                                    .loadTimeout(Duration.ofMillis(300)))))
                    .hasMessageContaining("answers 403 to GET /v1/kv/app.yaml: the token lacks key:read on app.yaml");
            // Consul filters a tree instead of refusing it
            assertThatThrownBy(() -> Config.just(ConsulKvSource.create(
                            it -> it.agent(a -> a.url(guarded.url()).token(denied))
                                    .prefix("app")
                                    .loadTimeout(Duration.ofMillis(300)))))
                    .hasMessageContaining("Consul key app/ can't be loaded: it holds nothing that the token may read");
            try (ConsulKvSource document = ConsulKvSource.create(it ->
                            it.agent(a -> a.url(guarded.url()).token(reader)).key("app.yaml"));
                    ConsulKvSource tree = ConsulKvSource.create(it ->
                            it.agent(a -> a.url(guarded.url()).token(reader)).prefix("app"))) {
                Config config = Config.just(document, tree);
                assertThat(config.get("a").asInt().get()).isEqualTo(1);
                assertThat(config.get("b").asInt().get()).isEqualTo(2);
            }
            assertThat(log.lines()).noneMatch(it -> it.contains(denied) || it.contains(reader));
        }
    }

    @Test
    void refusesAConfigurationThatSaysTooMuchOrTooLittle() {
        assertThatThrownBy(() -> source(it -> {}))
                .hasMessage("consul-kv: none of key and prefix (expected: one of them)");
        assertThatThrownBy(() -> source(it -> it.key("a").prefix("b")))
                .hasMessage("consul-kv: both of key and prefix (expected: one of them)");
        for (String path : List.of("", " ", "/a", "a/", "/")) {
            assertThatThrownBy(() -> source(it -> it.key(path)))
                    .hasMessage("key: '" + path
                            + "' (expected: names separated by slashes, for example config/order-service)");
        }
        assertThatThrownBy(() -> source(it -> it.prefix("a//"))).hasMessageStartingWith("prefix: 'a/' (expected: ");
    }

    private void put(String key, String value) {
        consul.http().put("/v1/kv/" + folder + "/" + key.replace(" ", "%20"), value);
    }

    private int port(String key) {
        try (ConsulKvSource source = document(key)) {
            return Config.just(source).get("server.port").asInt().get();
        }
    }

    private ConsulKvSource document(String key) {
        return source(it -> it.key(folder + "/" + key));
    }

    private ConsulKvSource tree(String prefix) {
        return source(it -> it.prefix(folder + "/" + prefix));
    }

    private static ConsulKvSource source(Consumer<ConsulKvConfig.Builder> customize) {
        return ConsulKvSource.create(it -> it.agent(a -> a.url(consul.url())).update(customize));
    }

    private static String last(Config config, String key) {
        return config.context().last().get(key).asString().orElse("none");
    }
}
