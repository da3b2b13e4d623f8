package dev.rollcall.standins;

import io.helidon.config.Config;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What the stand-ins read from the configuration; the server reads its own part. */
record Settings(Path robotToken, Path robotSecret, Phone phone, String mailHost, int mailPort) {
    static Settings of(Config config) {
        return new Settings(
                path(config.get("robot.access-token-file")),
                path(config.get("robot.secret-file")),
                new Phone(
                        path(config.get("phone.token-file")),
                        config.get("phone.answering").asList(String.class).orElse(List.of()).stream()
                                .filter(callee -> !callee.isBlank())
                                .collect(Collectors.toUnmodifiableSet()),
                        config.get("phone.answer-after").as(Duration.class).get(),
                        config.get("phone.relay-url").asString().as(URI::create).get(),
                        path(config.get("phone.relay-token-file"))),
                config.get("mail.host").asString().get(),
                config.get("mail.port").asInt().get());
    }

    private static Path path(Config value) {
        return Path.of(value.asString().get());
    }

    record Phone(Path token, Set<String> answering, Duration answerAfter, URI relay, Path relayToken) {}
}
