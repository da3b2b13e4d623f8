package dev.rollcall.relay.dingtalk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.rollcall.relay.domain.Alert;
import dev.rollcall.relay.domain.AlertStatus;
import dev.rollcall.relay.domain.Notification;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes notifications as one markdown message of a robot, in as many bytes as the robot takes:
 *
 * <pre>{@code
 * ### 🔴 TargetDown firing (1)
 * - **order-service-10.0.0.5-8081 cannot be scraped** · order-service-10.0.0.5-8081 · critical · firing since …
 *   Prometheus has had no answer from …
 *   Runbook: ops/runbooks/TargetDown.md
 *
 * @13800000000
 * }</pre>
 */
public final class MessageWriter {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int LONGEST_VALUE = 500;
    private static final int MOST_NAMES = 3;
    private static final Pattern BLANK = Pattern.compile("[\\p{Cc}\\p{Z}]+");

    private final Texts texts;
    private final Mentions mentions;
    private final int maxBytes;

    /**
     * A writer.
     *
     * @param texts the language
     * @param mentions who is mentioned
     * @param maxBytes the most bytes that a message may have as JSON in UTF-8
     */
    public MessageWriter(Texts texts, Mentions mentions, int maxBytes) {
        this.texts = texts;
        this.mentions = mentions;
        this.maxBytes = maxBytes;
    }

    /** How many of the notifications, from the first on, fit into one message; the first always does, cut if need be. */
    int fitting(List<Notification> notifications) {
        int count = 1;
        while (count < notifications.size() && whole(notifications.subList(0, count + 1)).length <= maxBytes) {
            count++;
        }
        return count;
    }

    /** The message; a single notification that is too long is cut, and says how many alerts it leaves out. */
    byte[] write(List<Notification> notifications) {
        byte[] whole = whole(notifications);
        if (whole.length <= maxBytes || notifications.size() > 1) {
            return whole;
        }
        int fits = 0;
        int tooMany = notifications.getFirst().alerts().size();
        while (tooMany - fits > 1) {
            int middle = (fits + tooMany) >>> 1;
            if (message(notifications, middle).length <= maxBytes) {
                fits = middle;
            } else {
                tooMany = middle;
            }
        }
        return message(notifications, fits);
    }

    private byte[] whole(List<Notification> notifications) {
        return message(notifications, Integer.MAX_VALUE);
    }

    private byte[] message(List<Notification> notifications, int alertsEach) {
        List<String> mobiles = mentions.of(notifications);
        String text = Stream.concat(
                        notifications.stream().map(notification -> section(notification, alertsEach)),
                        mobiles.isEmpty()
                                ? Stream.of()
                                : Stream.of(mobiles.stream().map(it -> "@" + it).collect(Collectors.joining(" "))))
                .collect(Collectors.joining("\n\n"));
        try {
            return JSON.writeValueAsBytes(Map.of(
                    "msgtype", "markdown",
                    "markdown", Map.of("title", title(notifications), "text", text),
                    "at", Map.of("atMobiles", mobiles, "isAtAll", false)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts can always be written", e);
        }
    }

    private String title(List<Notification> notifications) {
        List<Alert> firing = alerts(notifications, AlertStatus.FIRING);
        return firing.isEmpty()
                ? texts.fill("title.resolved", names(alerts(notifications, AlertStatus.RESOLVED)))
                : texts.fill("title.firing", names(firing));
    }

    private static List<Alert> alerts(List<Notification> notifications, AlertStatus status) {
        return notifications.stream()
                .flatMap(notification -> notification.alerts(status).stream())
                .toList();
    }

    private String section(Notification notification, int most) {
        List<Alert> alerts = notification.alerts();
        long left = notification.truncated() + Math.max(0L, (long) alerts.size() - most);
        Stream<String> lines = Stream.of(
                        Stream.of(heading(notification)),
                        alerts.stream().limit(most).flatMap(this::lines),
                        left == 0 ? Stream.<String>of() : Stream.of(texts.fill("more", left)))
                .flatMap(part -> part);
        // a line of its own needs an empty one before it
        return lines.collect(Collectors.joining("\n\n"));
    }

    private String heading(Notification notification) {
        List<Alert> firing = notification.alerts(AlertStatus.FIRING);
        List<Alert> resolved = notification.alerts(AlertStatus.RESOLVED);
        if (firing.isEmpty() || resolved.isEmpty()) {
            return texts.fill(
                    "heading." + notification.alerts().getFirst().status().text(),
                    names(notification.alerts()),
                    notification.alerts().size() + notification.truncated());
        }
        // nobody knows how many of those that were left out fire
        return texts.fill("heading.both", names(firing), firing.size(), names(resolved), resolved.size());
    }

    private Stream<String> lines(Alert alert) {
        String summary = alert.summary().isEmpty() ? name(alert.name()) : value(alert.summary());
        String where = alert.label("instance").isEmpty() ? alert.label("job") : alert.label("instance");
        Stream<String> first = Stream.of(texts.fill(
                "alert." + alert.status().text(),
                summary,
                where.isEmpty() ? name(alert.name()) : value(where),
                value(alert.label("severity")),
                texts.time(alert.startsAt())));
        return Stream.concat(
                first,
                Stream.of("description", "runbook")
                        .filter(annotation -> !annotation(alert, annotation).isEmpty())
                        .map(annotation -> texts.fill(annotation, value(annotation(alert, annotation)))));
    }

    private static String annotation(Alert alert, String name) {
        return name.equals("description")
                ? alert.description()
                : alert.annotations().getOrDefault(name, "");
    }

    private String names(List<Alert> alerts) {
        List<String> names = alerts.stream().map(Alert::name).distinct().toList();
        String first = names.stream().limit(MOST_NAMES).map(this::name).collect(Collectors.joining(", "));
        return names.size() <= MOST_NAMES ? first : texts.fill("names.more", first, names.size() - MOST_NAMES);
    }

    private String name(String name) {
        return name.isBlank() ? texts.fill("unknown") : value(name);
    }

    /** A value in one line, of bounded length, from which nobody's link or image is made. */
    private static String value(String value) {
        String line = BLANK.matcher(value).replaceAll(" ").strip().replace("](", "] (");
        if (line.codePointCount(0, line.length()) <= LONGEST_VALUE) {
            return line;
        }
        return line.substring(0, line.offsetByCodePoints(0, LONGEST_VALUE)) + "…";
    }
}
