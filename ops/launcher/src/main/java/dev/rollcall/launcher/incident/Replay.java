package dev.rollcall.launcher.incident;

import dev.rollcall.discovery.http.BoundedHttpClient;
import dev.rollcall.launcher.platform.CommandFailure;
import dev.rollcall.launcher.platform.Pause;
import dev.rollcall.launcher.platform.Port;
import dev.rollcall.launcher.platform.Ports;
import dev.rollcall.launcher.platform.Terminal;
import dev.rollcall.launcher.process.PartProcess;
import dev.rollcall.rollcall.Alert;
import dev.rollcall.rollcall.CheckState;
import dev.rollcall.rollcall.ConsulReader;
import dev.rollcall.rollcall.HttpApi;
import dev.rollcall.rollcall.NoAnswer;
import dev.rollcall.rollcall.PrometheusReader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Replays an incident and follows it from the fault to the delivered notification and back to normal. */
public final class Replay implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(200);

    private final Terminal terminal;
    private final IncidentContext context;
    private final Duration timeout;
    private final BoundedHttpClient client = HttpApi.client();
    private final ConsulReader consul;
    private final PrometheusReader prometheus;
    private final AlertmanagerReader alertmanager;
    private final Outbox outbox;
    private final Timeline timeline = new Timeline();

    /** @param timeout how long to wait for the effects of the fault, and again for the recovery */
    public Replay(Terminal terminal, IncidentContext context, Duration timeout) {
        this.terminal = terminal;
        this.context = context;
        this.timeout = timeout;
        Ports ports = context.platform().ports();
        this.consul = new ConsulReader(new HttpApi(client, ports.uri(Port.CONSUL)));
        this.prometheus = new PrometheusReader(new HttpApi(client, ports.uri(Port.PROMETHEUS)));
        this.alertmanager = new AlertmanagerReader(client, ports.uri(Port.ALERTMANAGER));
        this.outbox = new Outbox(client, ports.uri(Port.OUTBOX));
    }

    /** An event to wait for. */
    private record AwaitedEvent(String what, Look look) {}

    /** Checks whether the event has happened, and when. */
    private interface Look {
        Optional<Instant> when() throws NoAnswer;
    }

    /**
     * Runs an incident to its end and removes the fault; fails if an expected event does not happen.
     *
     * @return the events with their times
     */
    public Timeline run(Incident incident) {
        ExpectedAlert expected;
        List<Outbox.Channel> channels;
        try (Fault fault = incident.begin(context)) {
            expected = fault.expected();
            note(fault.description(), fault.since());
            await(signs(expected, fault.since()), () -> {});
            Alert alert = raised(expected);
            channels = Outbox.Channel.of(alert.labels().getOrDefault("severity", ""));
            await(delivered(expected, "firing", channels, alert.since()), () -> mustNotBeMuted(expected));
        }
        Instant ended = Instant.now();
        note("fault removed", ended);
        List<AwaitedEvent> over = new ArrayList<>(List.of(new AwaitedEvent(
                expected.alert() + " is over",
                () -> active(expected).isPresent() ? Optional.empty() : Optional.of(Instant.now()))));
        over.addAll(delivered(
                expected,
                "resolved",
                channels.stream()
                        .filter(channel -> channel != Outbox.Channel.PHONE)
                        .toList(),
                ended));
        await(over, () -> {});
        context.engine().awaitComplete();
        note("the roll call is complete", Instant.now());
        return timeline;
    }

    @Override
    public void close() {
        client.close();
    }

    private List<AwaitedEvent> signs(ExpectedAlert expected, Instant begun) {
        List<AwaitedEvent> signs = new ArrayList<>();
        expected.instance()
                .filter(id -> context.platform()
                        .named(id)
                        .filter(PartProcess::isInstance)
                        .isPresent())
                .ifPresent(id -> signs.add(new AwaitedEvent(
                        id + " is critical in Consul",
                        () -> consul.scraped().entries().stream()
                                .filter(seen -> seen.id().equals(id) && seen.state() == CheckState.CRITICAL)
                                .findFirst()
                                .map(seen -> Instant.now()))));
        signs.add(new AwaitedEvent(
                expected.alert() + " is pending",
                () -> active(expected).map(Alert::since).map(at -> mustFollow(at, begun, expected))));
        signs.add(new AwaitedEvent(
                expected.alert() + " fires",
                () -> active(expected).filter(Alert::firing).map(alert -> Instant.now())));
        return signs;
    }

    private List<AwaitedEvent> delivered(
            ExpectedAlert expected, String status, List<Outbox.Channel> channels, Instant since) {
        return channels.stream()
                .map(channel -> new AwaitedEvent(
                        "%s, %s, is in %s".formatted(expected.alert(), status, channel.place()),
                        () -> outbox.messages(channel).stream()
                                .filter(message -> expected.isIn(message.text(), status))
                                .filter(message ->
                                        channel == Outbox.Channel.PHONE || expected.isNamedIn(message.text()))
                                .map(Outbox.Message::received)
                                .filter(received -> received.isAfter(since))
                                .min(Instant::compareTo)))
                .toList();
    }

    /** Waits for all events, in any order. The check may fail earlier. */
    private void await(List<AwaitedEvent> expected, Runnable check) {
        List<AwaitedEvent> missing = new ArrayList<>(expected);
        long end = System.nanoTime() + timeout.toNanos();
        while (true) {
            missing.removeIf(this::hasHappened);
            if (missing.isEmpty()) {
                return;
            }
            check.run();
            terminal.progress("waiting: " + missing.getFirst().what());
            if (System.nanoTime() > end) {
                throw new CommandFailure("gave up after %d s waiting for this: %s"
                        .formatted(timeout.toSeconds(), missing.getFirst().what()));
            }
            Pause.of(PAUSE);
        }
    }

    private boolean hasHappened(AwaitedEvent event) {
        try {
            Optional<Instant> when = event.look().when();
            when.ifPresent(at -> note(event.what(), at));
            return when.isPresent();
        } catch (NoAnswer e) {
            // the incident may be the reason why a source does not answer
            return false;
        }
    }

    private Optional<Alert> active(ExpectedAlert expected) throws NoAnswer {
        return prometheus.alerts().stream()
                .filter(alert -> expected.isIn(alert.labels()))
                // of several alerts, a firing one
                .max(Comparator.comparing(Alert::firing));
    }

    private static Instant mustFollow(Instant at, Instant begun, ExpectedAlert expected) {
        if (at.isBefore(begun)) {
            throw new CommandFailure("%s was already active before the incident, since %s: wait until it is resolved"
                    .formatted(expected.alert(), at));
        }
        return at;
    }

    private void mustNotBeMuted(ExpectedAlert expected) {
        try {
            List<String> mutes = alertmanager.mutes(expected);
            if (!mutes.isEmpty()) {
                throw new CommandFailure(
                        "no notification of %s is sent while it is muted by %s: wait until that is over"
                                .formatted(expected.alert(), String.join(" and ", mutes)));
            }
        } catch (NoAnswer e) {
            // unknown whether the alert is muted: keep waiting
        }
    }

    private Alert raised(ExpectedAlert expected) {
        try {
            return active(expected)
                    .orElseThrow(() -> new CommandFailure(expected.alert() + " was resolved before it was delivered"));
        } catch (NoAnswer e) {
            throw new CommandFailure("Prometheus stopped answering: " + e.getMessage(), e);
        }
    }

    private void note(String what, Instant at) {
        terminal.say(timeline.add(what, at));
    }
}
