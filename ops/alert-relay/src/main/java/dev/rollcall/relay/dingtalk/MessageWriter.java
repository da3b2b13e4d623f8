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
 * Writes notifications as one markdown message within the robot's size limit:
 *
 * <pre>{@code
 * ### 🔴 TargetDown firing (1)
 * - **order-service-10.0.0.5-8081 cannot be scraped** · order-service-10.0.0.5-8081 · critical · firing since …
 *   Prometheus has had no answer from …
 *   [Runbook](https://…/ops/runbooks/TargetDown.md)
 *
 * @13800000000
 * }</pre>
 */
public final class MessageWriter {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int MAX_VALUE = 500;
    private static final int MAX_NAMES = 3;
    private static final Pattern BLANK = Pattern.compile("[\\p{Cc}\\p{Z}]+");
    /** A URL that ends where the link of markdown does. */
    private static final Pattern URL = Pattern.compile("https?://[^\\p{Cc}\\p{Z}()<>\\[\\]\\\\]{1,500}");

    private final Texts texts;
    private final Mentions mentions;
    private final int maxBytes;

    /**
     * A writer.
     *
     * @param texts the language
     * @param mentions the people to mention
     * @param maxBytes the most bytes of a message as JSON in UTF-8
     */
    public MessageWriter(Texts texts, Mentions mentions, int maxBytes) {
        this.texts = texts;
        this.mentions = mentions;
        this.maxBytes = maxBytes;
    }

    /** How many of the notifications fit into one message; at least one, which is cut if necessary. */
    int fitting(List<Notification> notifications) {
        int count = 1;
        while (count < notifications.size() && whole(notifications.subList(0, count + 1)).length <= maxBytes) {
            count++;
        }
        return count;
    }

    /** Writes the message. A single notification that is too long is cut and says how many alerts are missing. */
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
            throw new IllegalStateException("texts can be written", e);
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
        // markdown starts a new line after an empty one only
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
        // how many of the truncated alerts fire is unknown
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
        return Stream.of(
                        first,
                        line("description", value(alert.description())),
                        runbook(alert.annotation("runbook_url")))
                .flatMap(part -> part);
    }

    /** A link, or the text of an annotation that is no link. */
    private Stream<String> runbook(String url) {
        return URL.matcher(url).matches() ? line("runbook", url) : line("runbook.text", value(url));
    }

    private Stream<String> line(String template, String value) {
        return value.isEmpty() ? Stream.of() : Stream.of(texts.fill(template, value));
    }

    private String names(List<Alert> alerts) {
        List<String> names = alerts.stream().map(Alert::name).distinct().toList();
        String first = names.stream().limit(MAX_NAMES).map(this::name).collect(Collectors.joining(", "));
        return names.size() <= MAX_NAMES ? first : texts.fill("names.more", first, names.size() - MAX_NAMES);
    }

    private String name(String name) {
        return name.isBlank() ? texts.fill("unknown") : value(name);
    }

    /** A value as one line of limited length that contains no link or image. */
    private static String value(String value) {
        String line = BLANK.matcher(value).replaceAll(" ").strip().replace("](", "] (");
        if (line.codePointCount(0, line.length()) <= MAX_VALUE) {
            return line;
        }
        return line.substring(0, line.offsetByCodePoints(0, MAX_VALUE)) + "…";
    }
}
