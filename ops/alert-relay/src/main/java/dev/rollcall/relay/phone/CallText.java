package dev.rollcall.relay.phone;

import dev.rollcall.relay.domain.Alert;
import dev.rollcall.relay.domain.AlertStatus;
import dev.rollcall.relay.queue.Queued;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The text of a call: one sentence for each of the first alerts that fire. */
final class CallText {
    private static final int MAX_ALERTS = 5;
    private static final int MAX_LENGTH = 200;

    private CallText() {}

    static String of(List<Queued> batch) {
        List<Alert> firing = batch.stream()
                .flatMap(queued -> queued.notification().alerts().stream())
                .filter(alert -> alert.status() == AlertStatus.FIRING)
                .toList();
        Stream<String> first = firing.stream().limit(MAX_ALERTS).map(CallText::line);
        long left = firing.size()
                - Math.min(MAX_ALERTS, firing.size())
                + batch.stream()
                        .mapToLong(queued -> queued.notification().truncated())
                        .sum();
        return Stream.concat(first, left == 0 ? Stream.of() : Stream.of("And " + left + " more."))
                .collect(Collectors.joining(" "));
    }

    private static String line(Alert alert) {
        String line = Stream.of(alert.name() + " firing", alert.label("instance"), alert.summary())
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(": "));
        return (line.codePointCount(0, line.length()) > MAX_LENGTH
                        ? line.substring(0, line.offsetByCodePoints(0, MAX_LENGTH)) + "…"
                        : line)
                + ".";
    }
}
