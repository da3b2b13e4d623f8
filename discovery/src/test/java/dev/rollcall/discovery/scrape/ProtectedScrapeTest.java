package dev.rollcall.discovery.scrape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.rollcall.discovery.http.testing.Api;
import dev.rollcall.discovery.testing.LoopbackServer;
import io.helidon.config.Config;
import io.helidon.config.ConfigSources;
import io.helidon.webserver.WebServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProtectedScrapeTest {
    @TempDir
    private Path folder;

    private Path tokens;

    @AutoClose
    private LoopbackServer server;

    private Api api;

    @BeforeEach
    void start() throws IOException {
        tokens = Files.writeString(folder.resolve("metrics"), "scrape-1\n");
        Config config = Config.just(ConfigSources.create(Map.of("token-file", tokens.toString())));
        server = LoopbackServer.start(it -> it.addFeature(ScrapeFeature.create(config)));
        api = Api.on(server.port());
    }

    @Test
    void opensToTheTokenOnly() {
        var missing = api.get("/metrics");
        assertThat(missing.status()).isEqualTo(401);
        assertThat(missing.problem()).isEqualTo("token-missing");
        assertThat(missing.header("WWW-Authenticate")).contains("Bearer realm=\"rollcall\"");
        assertThat(missing.text()).doesNotContain("jvm_");

        var unknown = api.withToken("scrape-2").get("/metrics");
        assertThat(unknown.status()).isEqualTo(401);
        assertThat(unknown.header("WWW-Authenticate").orElseThrow()).contains("error=\"invalid_token\"");

        var known = api.withToken("scrape-1").get("/metrics");
        assertThat(known.status()).isEqualTo(200);
        assertThat(known.text()).contains("build_info{");
    }

    @Test
    void followsARotationWithoutARestart() throws IOException {
        Files.writeString(tokens, "scrape-two\nscrape-1\n");
        await().until(() -> api.withToken("scrape-two").get("/metrics").status() == 200);
        assertThat(api.withToken("scrape-1").get("/metrics").status()).isEqualTo(200);

        Files.writeString(tokens, "scrape-two\n");
        await().until(() -> api.withToken("scrape-1").get("/metrics").status() == 401);
        assertThat(api.withToken("scrape-two").get("/metrics").status()).isEqualTo(200);
    }

    @Test
    void doesNotStartOpenWhenItsTokensAreMissing() {
        Path nowhere = folder.resolve("nowhere");

        assertThatThrownBy(() -> WebServer.builder()
                        .addFeature(ScrapeFeature.create(it -> it.tokenFile(nowhere)))
                        .build())
                .hasMessageContaining(nowhere.toString());
    }
}
