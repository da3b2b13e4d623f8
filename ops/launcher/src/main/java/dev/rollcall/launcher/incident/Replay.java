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

/** Replays an incident, and follows it from the deed to the person who is told, and back to normal. */
public final class Replay implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(200);

    private final Terminal terminal;
    private final Scene scene;
    private final Duration patience;
    private final BoundedHttpClient client = HttpApi.client();
    private final ConsulReader consul;
    private final PrometheusReader prometheus;
    private final AlertmanagerView alertmanager;
    private final Outbox outbox;
    private final Chain chain = new Chain();

    /** @param patience how long to wait for all that has to follow from the deed, and again from its remedy */
    public Replay(Terminal terminal, Scene scene, Duration patience) {
        this.terminal = terminal;
        this.scene = scene;
        this.patience = patience;
        Ports ports = scene.platform().ports();
        this.consul = new ConsulReader(new HttpApi(client, ports.uri(Port.CONSUL)));
        this.prometheus = new PrometheusReader(new HttpApi(client, ports.uri(Port.PROMETHEUS)));
        this.alertmanager = new AlertmanagerView(client, ports.uri(Port.ALERTMANAGER));
        this.outbox = new Outbox(client, ports.uri(Port.OUTBOX));
    }

    /** Something that is yet to be seen. */
    private record Sighting(String what, Look look) {}

    /** Asks whether it has happened, and when. */
    private interface Look {
        Optional<Instant> when() throws NoAnswer;
    }

    /**
     * Runs it to its end; fails if something did not follow, with the trouble ended all the same.
     *
     * @return what happened when
     */
    public Chain run(Incident incident) {
        Alarm alarm;
        List<Outbox.Channel> channels;
        try (Trouble trouble = incident.begin(scene)) {
            alarm = trouble.alarm();
            link(trouble.deed(), trouble.since());
            await(signs(alarm, trouble.since()));
            Alert alert = raised(alarm);
            channels = Outbox.Channel.of(alert.labels().getOrDefault("severity", ""));
            await(delivered(alarm, "firing", channels, alert.since()), () -> mustNotBeMuted(alarm));
        }
        Instant ended = Instant.now();
        link("put right", ended);
        List<Sighting> over = new ArrayList<>(List.of(new Sighting(
                alarm.alert() + " is over",
                () -> active(alarm).isPresent() ? Optional.empty() : Optional.of(Instant.now()))));
        over.addAll(delivered(
                alarm,
                "resolved",
                channels.stream()
                        .filter(channel -> channel != Outbox.Channel.PHONE)
                        .toList(),
                ended));
        await(over);
        scene.engine().awaitComplete();
        link("the roll call is complete", Instant.now());
        return chain;
    }

    @Override
    public void close() {
        client.close();
    }

    private List<Sighting> signs(Alarm alarm, Instant begun) {
        List<Sighting> signs = new ArrayList<>();
        alarm.instance()
                .filter(id -> scene.platform()
                        .named(id)
                        .filter(PartProcess::isInstance)
                        .isPresent())
                .ifPresent(id -> signs.add(new Sighting(
                        id + " is critical in Consul",
                        () -> consul.scraped().entries().stream()
                                .filter(seen -> seen.id().equals(id) && seen.state() == CheckState.CRITICAL)
                                .findFirst()
                                .map(seen -> Instant.now()))));
        signs.add(new Sighting(
                alarm.alert() + " is pending",
                () -> active(alarm).map(Alert::since).map(at -> mustFollow(at, begun, alarm))));
        signs.add(new Sighting(
                alarm.alert() + " fires",
                () -> active(alarm).filter(Alert::firing).map(alert -> Instant.now())));
        return signs;
    }

    private List<Sighting> delivered(Alarm alarm, String status, List<Outbox.Channel> channels, Instant since) {
        return channels.stream()
                .map(channel -> new Sighting(
                        "%s, %s, is in %s".formatted(alarm.alert(), status, channel.place()),
                        () -> outbox.messages(channel).stream()
                                .filter(message -> alarm.isIn(message.text(), status))
                                .filter(message -> channel == Outbox.Channel.PHONE || alarm.isNamedIn(message.text()))
                                .map(Outbox.Message::received)
                                .filter(received -> received.isAfter(since))
                                .min(Instant::compareTo)))
                .toList();
    }

    private void await(List<Sighting> expected) {
        await(expected, () -> {});
    }

    /** Waits until everything has been seen, in whatever order it comes; the check may give up earlier. */
    private void await(List<Sighting> expected, Runnable check) {
        List<Sighting> missing = new ArrayList<>(expected);
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            missing.removeIf(this::isSeen);
            if (missing.isEmpty()) {
                return;
            }
            check.run();
            terminal.progress("waiting: " + missing.getFirst().what());
            if (System.nanoTime() > end) {
                throw new CommandFailure("gave up after %d s: never seen that %s"
                        .formatted(patience.toSeconds(), missing.getFirst().what()));
            }
            Pause.of(PAUSE);
        }
    }

    private boolean isSeen(Sighting sighting) {
        try {
            Optional<Instant> when = sighting.look().when();
            when.ifPresent(at -> link(sighting.what(), at));
            return when.isPresent();
        } catch (NoAnswer e) {
            // it may be part of the incident that something does not answer
            return false;
        }
    }

    private Optional<Alert> active(Alarm alarm) throws NoAnswer {
        return prometheus.alerts().stream()
                .filter(alert -> alarm.isIn(alert.labels()))
                // of several, the one that is furthest
                .max(Comparator.comparing(Alert::firing));
    }

    private static Instant mustFollow(Instant at, Instant begun, Alarm alarm) {
        if (at.isBefore(begun)) {
            throw new CommandFailure(
                    "%s was there before, since %s: wait until it is over".formatted(alarm.alert(), at));
        }
        return at;
    }

    private void mustNotBeMuted(Alarm alarm) {
        try {
            List<String> mutes = alertmanager.mutes(alarm);
            if (!mutes.isEmpty()) {
                throw new CommandFailure("nobody is told of %s, which %s mutes: wait until that is over"
                        .formatted(alarm.alert(), String.join(" and ", mutes)));
            }
        } catch (NoAnswer e) {
            // nothing is known to mute it
            return;
        }
    }

    private Alert raised(Alarm alarm) {
        try {
            return active(alarm)
                    .orElseThrow(() -> new CommandFailure(alarm.alert() + " was over before somebody was told"));
        } catch (NoAnswer e) {
            throw new CommandFailure("Prometheus went away: " + e.getMessage(), e);
        }
    }

    private void link(String what, Instant at) {
        terminal.say(chain.add(what, at));
    }
}
