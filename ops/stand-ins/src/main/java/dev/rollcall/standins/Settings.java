package dev.rollcall.standins;

import static dev.rollcall.chassis.ConfigValues.duration;
import static dev.rollcall.chassis.ConfigValues.names;
import static dev.rollcall.chassis.ConfigValues.path;

import io.helidon.config.Config;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/** What the stand-ins read from the configuration; the server reads its own part. */
record Settings(Path robotToken, Path robotSecret, Phone phone, String mailHost, int mailPort) {
    static Settings of(Config config) {
        return new Settings(
                path(config.get("robot.access-token-file")),
                path(config.get("robot.secret-file")),
                new Phone(
                        path(config.get("phone.token-file")),
                        Set.copyOf(names(config.get("phone.answering"))),
                        duration(config.get("phone.answer-after")),
                        config.get("phone.relay-url").asString().as(URI::create).get(),
                        path(config.get("phone.relay-token-file"))),
                config.get("mail.host").asString().get(),
                config.get("mail.port").asInt().get());
    }

    record Phone(Path token, Set<String> answering, Duration answerAfter, URI relay, Path relayToken) {}
}
