package dev.rollcall.relay;

import dev.rollcall.relay.dingtalk.Mentions;
import dev.rollcall.relay.domain.Alert;
import dev.rollcall.relay.domain.Notification;
import io.helidon.config.Config;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One robot of {@code dingtalk.robots}.
 *
 * @param name its name, also of its directory
 * @param url its URL
 * @param accessToken file with its access token, unless the URL contains it
 * @param secret file with its secret
 * @param language language of its messages
 * @param severities accepted severities; empty for all
 * @param teams accepted teams; empty for all
 * @param mentions whom its messages mention
 */
record RobotSettings(
        String name,
        Optional<String> url,
        Optional<Path> accessToken,
        Optional<Path> secret,
        String language,
        Set<String> severities,
        Set<String> teams,
        Mentions mentions) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,31}");

    static RobotSettings of(Config robot) {
        String name = robot.get("name").asString().orElse("robot-" + robot.name());
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(robot.key() + ".name: " + name
                    + " (expected: 1 to 32 lower-case letters, digits and -, because a directory has its name)");
        }
        return new RobotSettings(
                name,
                robot.get("url").asString().asOptional(),
                robot.get("access-token-file").asString().as(Path::of).asOptional(),
                robot.get("secret-file").asString().as(Path::of).asOptional(),
                robot.get("language").asString().orElse("en"),
                Set.copyOf(robot.get("severities").asList(String.class).orElse(List.of())),
                Set.copyOf(robot.get("teams").asList(String.class).orElse(List.of())),
                new Mentions(robot.get("mentions").asNodeList().orElse(List.of()).stream()
                        .collect(Collectors.toUnmodifiableMap(
                                team -> team.get("team").asString().get(),
                                team -> team.get("mobiles").asList(String.class).get()))));
    }

    /** Accepts notifications with an alert of one of its severities and one of its teams. */
    Predicate<Notification> accepts() {
        return notification -> notification.alerts().stream()
                .anyMatch(alert -> isAmong(severities, alert, "severity") && isAmong(teams, alert, "team"));
    }

    private static boolean isAmong(Set<String> wanted, Alert alert, String label) {
        return wanted.isEmpty() || wanted.contains(alert.label(label));
    }
}
