package dev.rollcall.relay.dingtalk;

import dev.rollcall.relay.domain.AlertStatus;
import dev.rollcall.relay.domain.Notification;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Who is mentioned: the people of the teams that the label {@code team} of firing alerts names. What is resolved concerns
 * nobody in particular.
 *
 * @param mobiles by team, the mobile numbers of its people
 */
public record Mentions(Map<String, List<String>> mobiles) {
    /** Copies the map. */
    public Mentions {
        mobiles = Map.copyOf(mobiles);
    }

    List<String> of(Collection<Notification> notifications) {
        return notifications.stream()
                .flatMap(notification -> notification.alerts().stream())
                .filter(alert -> alert.status() == AlertStatus.FIRING)
                .flatMap(alert -> mobiles.getOrDefault(alert.label("team"), List.of()).stream())
                .distinct()
                .toList();
    }
}
