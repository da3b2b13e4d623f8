package dev.rollcall.discovery.testing;

import io.helidon.config.Config;
import io.helidon.config.ConfigSources;
import io.helidon.logging.common.LogConfig;
import io.helidon.webserver.WebServer;

/** A complete service: the dependency, minimal.yaml and this class. */
final class MinimalService {
    private MinimalService() {}

    public static void main(String[] args) {
        LogConfig.configureRuntime();
        Config config = Config.just(ConfigSources.systemProperties(), ConfigSources.classpath("minimal.yaml"));
        WebServer.builder()
                .config(config.get("server"))
                .routing(routing -> routing.get("/", (req, res) -> res.send("hello")))
                .build()
                .start();
    }
}
