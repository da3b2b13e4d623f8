package dev.rollcall.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** Holds the roll call over a platform, again and again until it is as wanted. */
final class RollCaller {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final int TRIES = 5;

    private final Workspace workspace;
    private final Terminal terminal;
    private final Platform platform;
    private final ConsulView consul;
    private final PrometheusView prometheus;

    RollCaller(Workspace workspace, Terminal terminal, Platform platform) {
        this.workspace = workspace;
        this.terminal = terminal;
        this.platform = platform;
        this.consul = new ConsulView(platform.ports().of(Port.CONSUL));
        this.prometheus = new PrometheusView(platform.ports().of(Port.PROMETHEUS));
    }

    RollCall call() {
        return RollCall.of(platform, Evidence.gather(consul, prometheus, Clock.systemUTC()));
    }

    /** Waits until all of the platform is accounted for. */
    void awaitComplete() {
        await("waiting for", platform.running(), call -> {
            forgetStrangers(call);
            return call.problems();
        });
    }

    /** Waits until these instances are accounted for. */
    void awaitPresent(List<Running> instances) {
        List<String> ids = instances.stream().map(Running::name).toList();
        await(
                "waiting for",
                instances,
                call -> call.rows().stream()
                        .filter(row -> ids.contains(row.id()))
                        .filter(row -> !row.isAccountedFor())
                        .map(Row::complaint)
                        .toList());
    }

    /** Waits until neither Consul nor Prometheus knows these instances. */
    void awaitGone(List<String> ids) {
        await(
                "taking leave of",
                List.of(),
                call -> call.blind().isEmpty()
                        ? call.rows().stream()
                                .map(Row::id)
                                .filter(ids::contains)
                                .map(id -> id + ": still known to Consul or Prometheus")
                                .toList()
                        : call.blind());
    }

    /** Makes Consul forget an instance that could not take leave itself. */
    void forget(String id) {
        for (int tries = 1; ; tries++) {
            try {
                consul.deregister(id);
                return;
            } catch (HttpJson.Unanswered e) {
                // a busy agent answers the next time: to give up at once would mean to wait for its reaper
                if (tries == TRIES) {
                    terminal.say(id + " stays registered for another 5 minutes: " + e.getMessage());
                    return;
                }
                Pause.of(PAUSE);
            }
        }
    }

    /** What a crash of an earlier platform left behind in Consul's data. */
    private void forgetStrangers(RollCall call) {
        call.rows().stream()
                .filter(row -> row.process().equals("foreign") && row.check().equals("critical"))
                .filter(row -> Service.named(row.service()).isPresent())
                .forEach(row -> forget(row.id()));
    }

    private interface Missing {
        List<String> in(RollCall call);
    }

    private void await(String doing, List<Running> mustLive, Missing missing) {
        long started = System.nanoTime();
        while (true) {
            List<String> problems = missing.in(call());
            if (problems.isEmpty()) {
                return;
            }
            Duration waited = Duration.ofNanos(System.nanoTime() - started);
            String first =
                    problems.getFirst() + (problems.size() == 1 ? "" : " (and %d more)".formatted(problems.size() - 1));
            terminal.progress("%2d s, %s %s".formatted(waited.toSeconds(), doing, first));
            mustLive.stream().filter(process -> !process.isAlive()).findFirst().ifPresent(this::fail);
            if (waited.compareTo(PATIENCE) > 0) {
                throw new CommandFailure("gave up after %d s %s %s".formatted(PATIENCE.toSeconds(), doing, first));
            }
            Pause.of(PAUSE);
        }
    }

    private void fail(Running process) {
        Path log = workspace.log(process.name());
        String last;
        try {
            last = Files.readAllLines(log).stream()
                    // the rest of a stack trace says less than its beginning
                    .filter(line -> !line.isBlank() && !Character.isWhitespace(line.charAt(0)))
                    .reduce("it printed nothing", (before, line) -> line);
        } catch (IOException e) {
            last = e.getMessage();
        }
        throw new CommandFailure("%s ended while starting: %s (all of it: %s)".formatted(process.name(), last, log));
    }
}
