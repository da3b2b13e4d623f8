package dev.rollcall.relay.dingtalk;

import dev.rollcall.relay.domain.AlertStatus;
import dev.rollcall.relay.domain.Notification;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * The people to mention: those of the teams in the label {@code team} of firing alerts. Resolved alerts mention nobody.
 *
 * @param mobiles mobile numbers by team
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
