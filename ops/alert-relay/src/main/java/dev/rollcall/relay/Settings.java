package dev.rollcall.relay;

import static dev.rollcall.chassis.ConfigValues.atLeastOne;
import static dev.rollcall.chassis.ConfigValues.duration;
import static dev.rollcall.chassis.ConfigValues.names;
import static dev.rollcall.chassis.ConfigValues.path;

import dev.rollcall.relay.delivery.RetryPolicy;
import dev.rollcall.relay.dingtalk.Cooldowns;
import io.helidon.config.Config;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What the relay reads from the configuration; the server and its features read their own parts. */
record Settings(
        Path adminTokens,
        Path relayTokens,
        Queue queue,
        RetryPolicy retries,
        Duration timeout,
        Duration grace,
        DingTalk dingtalk,
        Phone phone) {
    static Settings of(Config config) {
        return new Settings(
                path(config.get("tokens.admin-file")),
                path(config.get("tokens.relay-file")),
                Queue.of(config.get("queue")),
                new RetryPolicy(
                        duration(config.get("delivery.first-delay")),
                        duration(config.get("delivery.longest-delay")),
                        duration(config.get("delivery.max-age"))),
                duration(config.get("delivery.timeout")),
                duration(config.get("delivery.grace")),
                DingTalk.of(config.get("dingtalk")),
                Phone.of(config.get("phone")));
    }

    private static ZoneId timeZone(Config value) {
        try {
            return value.asString().as(ZoneId::of).orElseGet(ZoneId::systemDefault);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    value.key() + ": " + value.asString().orElse("") + " (expected: one such as Asia/Shanghai)", e);
        }
    }

    record Queue(Path directory, long maxBytes, Duration duplicateWindow) {
        private static Queue of(Config queue) {
            return new Queue(
                    path(queue.get("directory")),
                    queue.get("max-bytes").asLong().get(),
                    duration(queue.get("duplicate-window")));
        }
    }

    record DingTalk(
            boolean enabled,
            List<RobotSettings> robots,
            ZoneId zone,
            int messages,
            Duration period,
            int maxBytes,
            Cooldowns cooldowns) {
        private static DingTalk of(Config dingtalk) {
            List<RobotSettings> robots = dingtalk.get("robots").asNodeList().orElse(List.of()).stream()
                    // single keys such as robots.0.name have no order: 10 comes after 9
                    .sorted(Comparator.comparingInt(
                                    (Config robot) -> robot.name().length())
                            .thenComparing(Config::name))
                    .map(RobotSettings::of)
                    .toList();
            if (robots.stream().map(RobotSettings::name).distinct().count() < robots.size()) {
                throw new IllegalArgumentException(
                        "dingtalk.robots: two with the same name (expected: different names)");
            }
            return new DingTalk(
                    dingtalk.get("enabled").asBoolean().get(),
                    robots,
                    timeZone(dingtalk.get("time-zone")),
                    atLeastOne(dingtalk.get("messages")),
                    duration(dingtalk.get("period")),
                    atLeastOne(dingtalk.get("max-bytes")),
                    new Cooldowns(
                            duration(dingtalk.get("throttled-pause")), duration(dingtalk.get("misconfigured-pause"))));
        }
    }

    record Phone(
            boolean enabled,
            Optional<String> url,
            Optional<Path> token,
            List<String> callees,
            Duration acknowledgeWithin,
            Duration roundPause,
            Duration misconfiguredPause) {
        private static Phone of(Config phone) {
            return new Phone(
                    phone.get("enabled").asBoolean().get(),
                    phone.get("url").asString().asOptional(),
                    phone.get("token-file").asString().as(Path::of).asOptional(),
                    names(phone.get("callees")),
                    duration(phone.get("acknowledge-within")),
                    duration(phone.get("round-pause")),
                    duration(phone.get("misconfigured-pause")));
        }
    }
}
