package dev.rollcall.launcher.engine;

import dev.rollcall.discovery.http.BoundedHttpClient;
import dev.rollcall.launcher.platform.CommandFailure;
import dev.rollcall.launcher.platform.Pause;
import dev.rollcall.launcher.platform.Port;
import dev.rollcall.launcher.platform.Ports;
import dev.rollcall.launcher.platform.Service;
import dev.rollcall.launcher.platform.Terminal;
import dev.rollcall.rollcall.CheckState;
import dev.rollcall.rollcall.ConsulReader;
import dev.rollcall.rollcall.HttpApi;
import dev.rollcall.rollcall.InstanceStatus;
import dev.rollcall.rollcall.Line;
import dev.rollcall.rollcall.NoAnswer;
import dev.rollcall.rollcall.Part;
import dev.rollcall.rollcall.PrometheusReader;
import dev.rollcall.rollcall.RollCall;
import dev.rollcall.rollcall.RollCaller;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Calls the roll of a platform, once or until it is as wanted. All looks share one HTTP client, closed with it. */
public final class RollCallWaiter implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final int TRIES = 5;

    private final Engine engine;
    private final Terminal terminal;
    private final BoundedHttpClient client = HttpApi.client();

    public RollCallWaiter(Engine engine, Terminal terminal) {
        this.engine = engine;
        this.terminal = terminal;
    }

    /** The roll call of what the engine had a moment ago. */
    public RollCall call(Deployment deployment) {
        Ports ports = deployment.ports();
        RollCaller caller = new RollCaller(
                new ConsulReader(new HttpApi(client, ports.uri(Port.CONSUL))),
                new PrometheusReader(new HttpApi(client, ports.uri(Port.PROMETHEUS))),
                Clock.systemUTC());
        return caller.call(deployment.members());
    }

    @Override
    public void close() {
        client.close();
    }

    /** Waits until all of the platform is accounted for. */
    void awaitComplete() {
        List<String> all =
                engine.deployment().members().stream().map(Part::name).toList();
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
                call -> call.instances().stream()
                        .filter(row -> ids.contains(row.id()))
                        .filter(row -> !row.isAccountedFor())
                        .map(InstanceStatus::complaint)
                        .toList());
    }

    /** Waits until neither Consul nor Prometheus knows these instances. */
    void awaitGone(List<String> ids) {
        await(
                "taking leave of",
                List.of(),
                call -> call.sources().isEmpty()
                        ? call.instances().stream()
                                .map(InstanceStatus::id)
                                .filter(ids::contains)
                                .map(id -> id + ": still known to Consul or Prometheus")
                                .toList()
                        : call.sources());
    }

    /** What others registered is theirs to repair. */
    private static boolean isAwaited(InstanceStatus row) {
        return row.process() != InstanceStatus.ProcessState.FOREIGN
                || Service.named(row.service()).isPresent();
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
            } catch (NoAnswer e) {
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
        call.instances().stream()
                .filter(row ->
                        row.process() == InstanceStatus.ProcessState.FOREIGN && row.check() == CheckState.CRITICAL)
                .filter(row -> Service.named(row.service()).isPresent())
                .map(InstanceStatus::id)
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
