package dev.rollcall.relay;

import dev.rollcall.discovery.http.testing.Api;
import io.helidon.config.Config;
import io.helidon.config.ConfigSources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Running relays with free ports, a folder of their own, short delays, and no Consul. */
public final class Relays implements AutoCloseable {
    /** The token of the admin. */
    public static final String ADMIN = "admin-token";

    /** The token of Alertmanager and of phone providers. */
    public static final String RELAY = "relay-token";

    private final Path folder;
    private final List<AlertRelay> relays = new ArrayList<>();

    /** No relay yet. */
    public Relays(Path folder) {
        this.folder = folder;
        secret("admin", ADMIN);
        secret("relay", RELAY);
    }

    /** A file with a secret in it. */
    public Path secret(String name, String value) {
        try {
            return Files.writeString(folder.resolve(name), value + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where the queue is. */
    public Path queue() {
        return folder.resolve("queue");
    }

    /** Settings that are no defaults: a demonstration. */
    public Map<String, String> settings() {
        var settings = new HashMap<String, String>();
        settings.put("server.port", "0");
        settings.put("server.features.consul.enabled", "false");
        settings.put("tokens.admin-file", folder.resolve("admin").toString());
        settings.put("tokens.relay-file", folder.resolve("relay").toString());
        settings.put("queue.directory", queue().toString());
        settings.put("delivery.first-delay", "PT0.05S");
        settings.put("delivery.longest-delay", "PT0.2S");
        settings.put("delivery.timeout", "PT5S");
        settings.put("demonstration.enabled", "true");
        settings.put("demonstration.smtp-port", "0");
        settings.put("demonstration.answer-after", "PT0.05S");
        return settings;
    }

    /** Settings with a robot of the test's own and no phone. */
    public Map<String, String> settings(FakeRobot robot) {
        Map<String, String> settings = settings();
        settings.put("demonstration.enabled", "false");
        settings.put("phone.enabled", "false");
        settings.put("dingtalk.robots.0.name", "duty");
        settings.put("dingtalk.robots.0.url", robot.url());
        settings.put(
                "dingtalk.robots.0.secret-file",
                secret("robot", FakeRobot.SECRET).toString());
        settings.put("dingtalk.period", "PT0.5S");
        settings.put("dingtalk.throttled-pause", "PT0.3S");
        settings.put("dingtalk.misconfigured-pause", "PT0.1S");
        return settings;
    }

    /** Starts a relay. */
    public AlertRelay start(Map<String, String> settings) {
        AlertRelay relay = AlertRelay.start(Config.builder()
                .sources(ConfigSources.create(settings), ConfigSources.classpath("application.yaml"))
                .disableEnvironmentVariablesSource()
                .disableSystemPropertiesSource()
                .build());
        relays.add(relay);
        return relay;
    }

    /** The API of a relay as Alertmanager calls it. */
    public static Api alertmanager(AlertRelay relay) {
        return Api.on(relay.port()).withToken(RELAY);
    }

    /** A sample of a relay's metrics. */
    public static double metric(AlertRelay relay, String series) {
        return Api.on(relay.adminPort())
                .get("/metrics")
                .text()
                .lines()
                .filter(line -> line.startsWith(series + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("there is no " + series));
    }

    /** Notifications of a channel with a result. */
    public static double notifications(AlertRelay relay, String channel, String result) {
        return metric(relay, "alert_notifications_total{channel=\"" + channel + "\",result=\"" + result + "\"}");
    }

    @Override
    public void close() {
        relays.forEach(AlertRelay::close);
    }
}
