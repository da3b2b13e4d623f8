package dev.rollcall.relay;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.chassis.RunningService;
import dev.rollcall.discovery.http.testing.Api;
import dev.rollcall.discovery.testing.Ports;
import dev.rollcall.standins.StandIns;
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

/** Running relays with free ports, a directory of their own, short delays and no Consul, and the stand-ins they deliver to. */
public final class Relays implements AutoCloseable {
    /** The token of the admin. */
    public static final String ADMIN = "admin-token";

    /** The token of Alertmanager and of phone providers. */
    public static final String RELAY = "relay-token";

    private final Path folder;
    private final List<RunningService> relays = new ArrayList<>();
    private final List<RunningService> standIns = new ArrayList<>();

    /** No relay is running yet. */
    public Relays(Path folder) {
        this.folder = folder;
        secret("admin", ADMIN);
        secret("relay", RELAY);
    }

    /** A file that contains a secret. */
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

    /** Settings with stand-ins for the robot and the phone, where both people on duty pick up. */
    public Map<String, String> settings() {
        return settings("duty-1,duty-2");
    }

    /** Settings with stand-ins for the robot and the phone, where some people pick up. */
    public Map<String, String> settings(String answering) {
        int port = Ports.free();
        // the relay's own application.yaml hides theirs on the class path
        RunningService started = StandIns.start(Config.just(ConfigSources.create(Map.ofEntries(
                Map.entry("server.host", "127.0.0.1"),
                Map.entry("server.sockets.0.name", "admin"),
                Map.entry("mail.host", "127.0.0.1"),
                Map.entry("mail.port", "0"),
                Map.entry("server.features.consul.enabled", "false"),
                Map.entry(
                        "robot.access-token-file",
                        secret("robot-token", "token-of-the-robot").toString()),
                Map.entry("robot.secret-file", secret("robot", FakeRobot.SECRET).toString()),
                Map.entry(
                        "phone.token-file",
                        secret("phone", "token-of-the-phone").toString()),
                Map.entry("phone.answering", answering),
                Map.entry("phone.answer-after", "PT0.05S"),
                Map.entry("phone.relay-url", "http://127.0.0.1:" + port),
                Map.entry("phone.relay-token-file", folder.resolve("relay").toString())))));
        standIns.add(started);
        Map<String, String> settings = settings(started.port());
        settings.put("server.port", String.valueOf(port));
        return settings;
    }

    /** Settings with a robot and a phone that do not answer. */
    public Map<String, String> unanswered() {
        return settings(9);
    }

    private Map<String, String> settings(int robotAndPhone) {
        Map<String, String> settings = ownSettings();
        settings.put("dingtalk.robots.0.name", "duty");
        settings.put("dingtalk.robots.0.url", "http://127.0.0.1:" + robotAndPhone + "/robot/send");
        settings.put(
                "dingtalk.robots.0.access-token-file",
                secret("robot-token", "token-of-the-robot").toString());
        settings.put(
                "dingtalk.robots.0.secret-file",
                secret("robot", FakeRobot.SECRET).toString());
        settings.put("phone.url", "http://127.0.0.1:" + robotAndPhone + "/calls");
        settings.put("phone.token-file", secret("phone", "token-of-the-phone").toString());
        return settings;
    }

    /** What the last stand-ins received: {@code dingtalk} or {@code phone}. */
    public JsonNode received(String inbox) {
        return Api.on(standIns.getLast().port())
                .get("/" + inbox + ".json")
                .json()
                .path("items");
    }

    /** Settings without a robot or a phone. */
    public Map<String, String> ownSettings() {
        var settings = new HashMap<String, String>();
        settings.put("server.port", "0");
        settings.put("server.features.consul.enabled", "false");
        settings.put("tokens.admin-file", folder.resolve("admin").toString());
        settings.put("tokens.relay-file", folder.resolve("relay").toString());
        settings.put("queue.directory", queue().toString());
        settings.put("delivery.first-delay", "PT0.05S");
        settings.put("delivery.longest-delay", "PT0.2S");
        settings.put("delivery.timeout", "PT5S");
        return settings;
    }

    /** Settings with a robot of the test's own and no phone. */
    public Map<String, String> settings(FakeRobot robot) {
        Map<String, String> settings = ownSettings();
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
    public RunningService start(Map<String, String> settings) {
        RunningService relay = AlertRelay.start(Config.builder()
                .sources(ConfigSources.create(settings), ConfigSources.classpath("application.yaml"))
                .disableEnvironmentVariablesSource()
                .disableSystemPropertiesSource()
                .build());
        relays.add(relay);
        return relay;
    }

    /** The API of a relay as Alertmanager calls it. */
    public static Api alertmanager(RunningService relay) {
        return Api.on(relay.port()).withToken(RELAY);
    }

    /** A sample of a relay's metrics. */
    public static double metric(RunningService relay, String series) {
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
    public static double notifications(RunningService relay, String channel, String result) {
        return metric(relay, "alert_notifications_total{channel=\"" + channel + "\",result=\"" + result + "\"}");
    }

    @Override
    public void close() {
        relays.forEach(RunningService::close);
        standIns.forEach(RunningService::close);
    }
}
