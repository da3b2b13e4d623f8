package dev.rollcall.launcher;

import dev.rollcall.discovery.http.BoundedHttpClient;
import dev.rollcall.launcher.doctor.Line;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Calls the roll of a platform, once or until it is as wanted. All looks share one HTTP client, closed with it. */
final class RollCaller implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final int TRIES = 5;

    private final Engine engine;
    private final Terminal terminal;
    private final BoundedHttpClient client = HttpJson.client();

    RollCaller(Engine engine, Terminal terminal) {
        this.engine = engine;
        this.terminal = terminal;
    }

    /** The roll call of what the engine had a moment ago. */
    RollCall call(Deployment deployment) {
        ConsulView consul = new ConsulView(client, deployment.ports().uri(Port.CONSUL));
        PrometheusView prometheus =
                new PrometheusView(client, deployment.ports().uri(Port.PROMETHEUS));
        return RollCall.of(deployment.members(), Evidence.gather(consul, prometheus, Clock.systemUTC()));
    }

    @Override
    public void close() {
        client.close();
    }

    /** Waits until all of the platform is accounted for. */
    void awaitComplete() {
        List<String> all =
                engine.deployment().members().stream().map(Member::name).toList();
        Set<String> staying = new HashSet<>();
        await("waiting for", all, call -> {
            forgetStrangers(call, staying);
            return call.problems(row -> isAwaited(row) && !staying.contains(row.id()));
        });
    }

    /** Waits until these instances are accounted for. */
    void awaitPresent(List<String> ids) {
        await(
                "waiting for",
                ids,
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

    /** What others registered is theirs to repair. */
    private static boolean isAwaited(Row row) {
        return !row.process().equals("foreign") || Service.named(row.service()).isPresent();
    }

    /**
     * Makes Consul forget an instance that could not take leave itself.
     *
     * @return whether it did
     */
    boolean forget(String id) {
        for (int tries = 1; ; tries++) {
            try {
                engine.deregister(id);
                return true;
            } catch (HttpJson.Unanswered e) {
                // a busy agent answers the next time: to give up at once would mean to wait for its reaper
                if (tries == TRIES) {
                    terminal.say(Line.of(id) + " stays registered for another 5 minutes: " + e.getMessage());
                    return false;
                }
                Pause.of(PAUSE);
            }
        }
    }

    /** What a crash of an earlier platform left behind in Consul's data. Those that stay are added to a set. */
    private void forgetStrangers(RollCall call, Set<String> staying) {
        call.rows().stream()
                .filter(row -> row.process().equals("foreign") && row.check().equals("critical"))
                .filter(row -> Service.named(row.service()).isPresent())
                .map(Row::id)
                .filter(id -> !staying.contains(id) && !forget(id))
                .forEach(staying::add);
    }

    private interface Missing {
        List<String> in(RollCall call);
    }

    private void await(String doing, List<String> mustLive, Missing missing) {
        long started = System.nanoTime();
        while (true) {
            Deployment now = engine.deployment();
            List<String> problems = missing.in(call(now));
            if (problems.isEmpty()) {
                return;
            }
            Duration waited = Duration.ofNanos(System.nanoTime() - started);
            String first =
                    problems.getFirst() + (problems.size() == 1 ? "" : " (and %d more)".formatted(problems.size() - 1));
            terminal.progress("%2d s, %s %s".formatted(waited.toSeconds(), doing, first));
            now.members().stream()
                    .filter(member -> mustLive.contains(member.name()) && !member.isAlive())
                    .findFirst()
                    .ifPresent(gone -> {
                        throw new CommandFailure(
                                "%s ended while starting: %s".formatted(gone.name(), engine.lastWords(gone.name())));
                    });
            if (waited.compareTo(PATIENCE) > 0) {
                throw new CommandFailure("gave up after %d s %s %s".formatted(PATIENCE.toSeconds(), doing, first));
            }
            Pause.of(PAUSE);
        }
    }
}
