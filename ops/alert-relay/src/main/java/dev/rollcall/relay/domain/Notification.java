package dev.rollcall.relay.domain;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A notification of Alertmanager: the alerts of one group, for one receiver.
 *
 * @param receiver name of the receiver in Alertmanager
 * @param groupKey Alertmanager's id of the group
 * @param status firing while one of its alerts is
 * @param truncated number of alerts that Alertmanager left out
 * @param alerts at least one alert; firing ones come first
 */
public record Notification(String receiver, String groupKey, AlertStatus status, int truncated, List<Alert> alerts) {
    private static final int DIGEST_LENGTH = 24;

    /** Copies the list and sorts firing alerts first. */
    public Notification {
        alerts = alerts.stream().sorted(Comparator.comparing(Alert::status)).toList();
        if (alerts.isEmpty()) {
            throw new IllegalArgumentException("alerts: none (expected: at least one)");
        }
    }

    /**
     * The identity. A resolution differs from its firing in the status, and an alert that fires again in its start.
     *
     * @return digests of receiver and group, and of status and alert set
     */
    public Identity identity() {
        Stream<String> set = alerts.stream()
                .map(alert -> alert.fingerprint() + " " + alert.status() + " " + alert.startsAt())
                .sorted();
        return new Identity(
                digest(Stream.of(receiver, groupKey)),
                digest(Stream.concat(Stream.of(status.text(), String.valueOf(truncated)), set)));
    }

    /**
     * The alerts with a status.
     *
     * @param status the status
     * @return the alerts
     */
    public List<Alert> alerts(AlertStatus status) {
        return alerts.stream().filter(alert -> alert.status() == status).toList();
    }

    /**
     * One line for the log.
     *
     * @return such as {@code NodeDown firing (1), DiskFull resolved (2)}
     */
    public String summary() {
        return Arrays.stream(AlertStatus.values())
                .filter(each -> !alerts(each).isEmpty())
                .map(each -> names(alerts(each)) + " " + each.text() + " ("
                        + alerts(each).size() + ")")
                .collect(Collectors.joining(", "));
    }

    private static String names(List<Alert> alerts) {
        return alerts.stream().map(Alert::name).distinct().collect(Collectors.joining(", "));
    }

    private static String digest(Stream<String> parts) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            parts.forEach(part -> {
                sha.update(part.getBytes(StandardCharsets.UTF_8));
                sha.update((byte) 0);
            });
            return HexFormat.of().formatHex(sha.digest()).substring(0, DIGEST_LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
